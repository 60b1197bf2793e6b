"""What each row of a log of actions becomes, and why one cannot be saved. Reads the register; writes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from candour.boards.commands import HeldAction
from candour.boards.models import Board, BoardAction, Meeting, visible_boards
from candour.boards.queries.acted import board_actions
from candour.boards.queries.boards import meetings_seen
from candour.kernel.access import Actor
from candour.kernel.calendar import say_date
from candour.kernel.intake.printed import words_key
from candour.kernel.people.models import Organisation, Post

Records = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Step:
    """A row with what it becomes. wrong: why it cannot be saved; standing: the action that it is already; other: what the log
    says otherwise than the register, or why it is left to a person."""

    record: Mapping[str, Any]
    board: Board | None = None
    day: date | None = None
    held: HeldAction | None = None
    wrong: str = ""
    standing: BoardAction | None = None
    other: str = ""

    @property
    def reference(self) -> str:
        return str(self.record["reference"])

    @property
    def name(self) -> str:
        """The row as a person finds it: by its reference, else by its place."""
        return self.reference or str(self.record["place"])

    @property
    def new(self) -> bool:
        return not (self.wrong or self.standing or self.other)


@dataclass(frozen=True)
class _Known:
    """What there is: boards by name and short name, posts by title, actions by number and by words, the days boards met."""

    boards: Mapping[str, Board]
    posts: Mapping[str, Post]
    numbered: Mapping[tuple[int, str], BoardAction]
    worded: Mapping[tuple[int, date, str], BoardAction]
    met: Mapping[tuple[int, date], Meeting]


def steps_of(records: Records, *, organisation: Organisation, effective: date, today: date, actor: Actor) -> list[Step]:
    """A step for each row. effective: the day of which the log speaks. Four queries."""
    known = _known(organisation, actor)
    return [_step(record, known, effective, today) for record in records]


def _known(organisation: Organisation, actor: Actor) -> _Known:
    boards = list(
        Board.objects.filter(visible_boards(actor), organisation=organisation).select_related(
            "organisation", "secretary"
        )
    )
    names = {words_key(name): board for board in boards for name in (board.name, board.code)}
    posts = Post.objects.select_related("organisation").order_by("-organisation", "pk")
    titles = {words_key(post.title): post for post in posts if post.organisation_id != organisation.pk}
    titles |= {words_key(post.title): post for post in posts if post.organisation_id == organisation.pk}
    actions = list(board_actions(actor).filter(item__record__organisation=organisation))
    meetings = meetings_seen(actor).filter(board__in=boards, called_off_on=None)
    return _Known(
        boards=names,
        posts=titles,
        numbered={(row.item.meeting.board_id, row.number): row for row in actions},
        worded={_words(row): row for row in actions},
        met={(meeting.board_id, meeting.held_on): meeting for meeting in meetings},
    )


def _words(row: BoardAction) -> tuple[int, date, str]:
    return row.item.meeting.board_id, row.item.meeting.held_on, words_key(row.action.text)


def _step(record: Mapping[str, Any], known: _Known, effective: date, today: date) -> Step:
    board = _board(record, known)
    if board is None:
        named = record["board"]
        said = f"there is no board called ‘{named}’: set it up, or mend the name" if named else "it names no board"
        return Step(record, wrong=said)
    day = _day(record, "set_on")
    standing = known.numbered.get((board.pk, str(record["reference"])))
    if day is None and standing is None:
        return Step(record, board, wrong="it does not say at which meeting, or on which day, it was set")
    standing = standing or known.worded.get((board.pk, day or date.min, words_key(record["text"])))
    if standing is not None:
        return Step(record, board, day, standing=standing, other=_otherwise(record, standing))
    assert day is not None  # noqa: S101  # nosec B101
    if (board.pk, day) in known.met:
        said = (
            f"{board.name} met on {say_date(day)} already, and set no such action there: enter it where it is minuted"
        )
        return Step(record, board, day, other=said)
    return _new(record, board, day, known, (effective, today))


def _board(record: Mapping[str, Any], known: _Known) -> Board | None:
    """By its name or short name; of a log that names none by the beginning of the number, CGB-2026-A07."""
    named = record["board"] or str(record["reference"]).partition("-")[0]
    return known.boards.get(words_key(named)) if named else None


def _new(record: Mapping[str, Any], board: Board, day: date, known: _Known, days: tuple[date, date]) -> Step:
    effective, today = days
    owner, state = known.posts.get(words_key(record["owner"])), record["state"] or ""
    due, done = _day(record, "due"), _day(record, "done_on")
    done = done or (effective if state == "done" else None)
    dropped = (_day(record, "dropped_on") or effective) if state in ("dropped", "superseded") else None
    settled = done or dropped
    wrong = ""
    if day > today:
        wrong = f"{say_date(day)} is still to come"
    elif day < board.started_on:
        wrong = f"{board.name} began on {say_date(board.started_on)}, after it was set"
    elif owner is None:
        wrong = (
            f"no post is called ‘{record['owner']}’: set it up, or mend the log"
            if record["owner"]
            else "it has no post"
        )
    elif due is None and settled is None:
        wrong = "it has no day by which it is to be done"
    elif settled is not None and settled > today:
        wrong = f"it was settled on {say_date(settled)}, which is still to come"
    if wrong or owner is None:
        return Step(record, board, day, wrong=wrong)
    outcome = record["outcome"] or record["update"] or "Done, as the log says"
    held = HeldAction(
        text=record["text"],
        owner=owner,
        due=due or settled or day,
        done_on=None if dropped else done,
        outcome=outcome if done and not dropped else "",
        first=_day(record, "first"),
        dropped_on=dropped,
        number=str(record["reference"]),
    )
    return Step(record, board, day, held)


def _otherwise(record: Mapping[str, Any], standing: BoardAction) -> str:
    """What the log says otherwise than the register, in words; "" for nothing."""
    action, found = standing.action, []
    due, done = _day(record, "due"), _day(record, "done_on")
    if due and due != action.due:
        found.append(f"due on {say_date(due)} in the log, on {say_date(action.due)} in the register")
    if done and done != action.done_on:
        now = f"done on {say_date(action.done_on)}" if action.done_on else "not done"
        found.append(f"done on {say_date(done)} in the log, {now} in the register")
    if record["state"] in ("late", "due soon", "open") and (action.done_on or action.removed_on):
        found.append("still to do in the log, settled in the register")
    if record["owner"] and words_key(record["owner"]) != words_key(action.owner.title):
        found.append(f"{record['owner']} in the log, {action.owner.title} in the register")
    return "; ".join(found)


def _day(record: Mapping[str, Any], name: str) -> date | None:
    return date.fromisoformat(record[name]) if record.get(name) else None
