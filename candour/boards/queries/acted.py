"""Actions of boards across their meetings: as the log, the page of a meeting and the paper show them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from candour.boards.access import BoardPermission
from candour.boards.models import ACTION_WORDS, Board, BoardAction, BoardActionLine, Item, Meeting
from candour.boards.rules.acting import AGE, age_of, state_of
from candour.kernel.access import Actor
from candour.kernel.actions.access import ActionPermission
from candour.kernel.actions.models import Action
from candour.kernel.actions.queries import address
from candour.kernel.actions.rules import STATE, TO_DO, Line
from candour.kernel.calendar import days_late
from candour.kernel.history.queries import as_at as states_on
from candour.kernel.people.models import Post
from candour.kernel.records.compile import compiled, counted
from candour.kernel.records.models import visible
from candour.kernel.records.search import matching


@dataclass(frozen=True)
class BoardActionRow:
    """An action of a board on a day. first: the date first agreed. by: the number of the action that took its place.

    meeting: the day on which it was set. sensitivity: of the item, which only a restricted one's readers see at all.
    """

    pk: int
    number: str
    text: str
    owner: str
    owner_id: int
    board: str
    meeting: date
    meeting_reference: str
    item_number: str
    item_title: str
    item_reference: str
    organisation_code: str
    sensitivity: str
    in_public: bool
    added_on: date
    first: date
    due: date
    done_on: date | None
    outcome: str
    removed_on: date | None
    by: str
    state: str
    days_late: int
    age: str
    address: str

    @property
    def to_do(self) -> bool:
        return self.state in TO_DO

    @property
    def moved(self) -> bool:
        return self.first != self.due


def visible_board_actions(actor: Actor) -> Q:
    """Actions of items that an actor may see, where they may see actions."""
    path = "item__record__"
    return visible(actor, BoardPermission.SEE, path) & visible(actor, ActionPermission.SEE, path)


def board_actions(actor: Actor) -> QuerySet[BoardAction]:
    """The actions that an actor may see, with everything that a row needs."""
    return BoardAction.objects.filter(visible_board_actions(actor)).select_related(
        "action__owner", "item__record__organisation", "item__meeting__board", "item__meeting__record", "superseded_by"
    )


def actions_of_items(items: Iterable[Item], *, actor: Actor, today: date) -> dict[int, list[BoardActionRow]]:
    """By item the actions set at it. One query."""
    found: dict[int, list[BoardActionRow]] = defaultdict(list)
    for row in board_actions(actor).filter(item__in=[item.pk for item in items]).order_by("pk"):
        found[row.item_id].append(action_row(row, today=today))
    return found


def actions_at(meeting: Meeting, *, actor: Actor, today: date) -> list[BoardActionRow]:
    """What was set at a meeting, by its date. One query."""
    rows = board_actions(actor).filter(item__meeting=meeting).order_by("action__due", "pk")
    return [action_row(row, today=today) for row in rows]


def carried_to(meeting: Meeting, *, actor: Actor) -> QuerySet[BoardActionLine]:
    """The lines of what earlier meetings of the board set that was still to do when a meeting was held."""
    held = meeting.held_on
    then = Q(done_on=None) | Q(done_on__gte=held)
    then &= Q(removed_on=None) | Q(removed_on__gte=held)
    return lines_seen(actor).filter(then, board=meeting.board_id, action__item__meeting__held_on__lt=held)


def lines_seen(actor: Actor) -> QuerySet[BoardActionLine]:
    """The lines of the actions that an actor may see."""
    seen = visible(actor, BoardPermission.SEE, number="record")
    return BoardActionLine.objects.filter(seen & visible(actor, ActionPermission.SEE, number="record"))


def acting_words(words: str) -> Q:
    """Lines of the actions that say every one of some words, in what is to be done or as their number."""
    return matching(words, of=ACTION_WORDS)


def with_state(lines: QuerySet[BoardActionLine], today: date) -> QuerySet[Any]:
    """The lines with their state and age on a day, as rules.acting reads them."""
    state = Case(When(superseded=True, then=Value("superseded")), default=compiled(STATE, today))
    return lines.annotate(state=state, age=compiled(AGE, today))


def ageing_counts(lines: QuerySet[Any], today: date, titles: Mapping[int, str]) -> dict[tuple[int, str], Counter[str]]:
    """By (number, title) of the owner how many of what is still to do are so far past their first date. One query.

    titles: of the posts, by number. A later date makes none younger. Actions of one post and date are counted first, and how
    old a date is is decided once for each.
    """
    found: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    for post, age, number in counted(lines.filter(settled=0), "post_id", AGE, today):
        found[post or 0, titles.get(post or 0, "")][age] += number
    return dict(sorted(found.items(), key=lambda one: (one[0][1], one[0][0])))


def owners_and_boards(actor: Actor) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """(number, name) of the posts that own actions which an actor may see, and of the boards that set them. Two queries.

    Each post and board is asked for one action, so that it costs the same however many there are.
    """
    seen = lines_seen(actor).order_by()
    owned, of_board = seen.filter(post=OuterRef("pk")), seen.filter(board=OuterRef("pk"))
    posts = Post.objects.filter(Exists(owned)).values_list("pk", "title")
    boards = Board.objects.filter(Exists(of_board)).values_list("pk", "name")
    return sorted(posts, key=lambda one: one[1]), sorted(boards, key=lambda one: one[1])


STILL_TO_DO_FIRST = ("settled", "due", "pk")
BY_DATE = ("due", "pk")


def in_order(
    lines: QuerySet[Any], start: int, stop: int, *, actor: Actor, by: Sequence[str] = STILL_TO_DO_FIRST
) -> list[BoardAction]:
    """A page of lines as actions. Two queries."""
    keys = list(lines.order_by(*by).values_list("pk", flat=True)[start:stop])
    found = board_actions(actor).in_bulk(keys)
    return [found[key] for key in keys if key in found]


def board_action_at(number: int, *, actor: Actor) -> BoardAction:
    """One action of a board. Raises BoardAction.DoesNotExist alike for one that is hidden and one that never was."""
    return (
        board_actions(actor)
        .select_related("action__record__organisation", "item__meeting__record__organisation")
        .get(pk=number)
    )


def actions_on(
    actor: Actor, organisation: int, *, as_at: date, known_on: datetime | None = None
) -> list[BoardActionRow]:
    """The actions of a body's boards as they stood at the end of a day, by board and number. Three queries.

    What part of the meeting an action belongs to never changes once it is set: an item with actions stays in its part.
    """
    live = {row.pk: row for row in board_actions(actor).filter(item__record__organisation=organisation)}
    of_body = {"item__record__organisation": organisation}
    own = {row["action_id"]: row for row in states_on(BoardAction.objects.filter(**of_body), as_at, known_on=known_on)}
    stood = states_on(
        Action.objects.filter(board_action__in=BoardAction.objects.filter(**of_body)), as_at, known_on=known_on
    )
    found = [
        action_row(live[then["id"]], today=as_at, then=then, by=own[then["id"]]["superseded_by_id"])
        for then in stood
        if then["id"] in live and then["id"] in own
    ]
    return sorted(found, key=lambda row: (row.board, row.number))


def action_row(
    row: BoardAction, *, today: date, then: Mapping[str, Any] | None = None, by: int | None = None
) -> BoardActionRow:
    """The row of one action, read on a day. then: its values as they stood; by: what had taken its place."""
    action, item = row.action, row.item
    meeting = item.meeting
    values = then or {field.attname: getattr(action, field.attname) for field in action._meta.concrete_fields}
    superseded = row.superseded_by_id is not None if then is None else by is not None
    due, done, removed = values["due"], values["done_on"], values["removed_on"]
    line = Line(due, values["original_due"], done, removed)
    state = state_of(line, today, superseded=superseded)
    return BoardActionRow(
        pk=row.pk,
        number=row.number,
        text=values["text"],
        owner=action.owner.title,
        owner_id=action.owner_id,
        board=meeting.board.name,
        meeting=meeting.held_on,
        meeting_reference=meeting.record.reference,
        item_number=item.number,
        item_title=item.record.title,
        item_reference=item.record.reference,
        organisation_code=item.record.organisation.code,
        sensitivity=item.record.sensitivity,
        in_public=meeting.board.in_public and not item.closed,
        added_on=values["added_on"],
        first=values["original_due"],
        due=due,
        done_on=done,
        outcome=values["outcome"],
        removed_on=removed,
        by=row.superseded_by.number if superseded and row.superseded_by else "",
        state=state,
        days_late=days_late(due, done or today) if state in ("late", "done") else 0,
        age=age_of(line, today) if state in TO_DO else "",
        address=address("action", item.record, number=action.pk),
    )
