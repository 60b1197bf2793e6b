"""The log of actions as a paper: rows in, a pure Document out, with its copies and checks.

What was set in the closed part is in the panel's copy alone; the public's has what boards that meet in public set in their
open part.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from candour.boards.queries.acted import BoardActionRow, actions_on
from candour.boards.rules.acting import STATE_WORDS, STATES
from candour.kernel.access import Actor
from candour.kernel.actions.access import ActionPermission
from candour.kernel.calendar import local_date, say_date
from candour.kernel.papers import leaks
from candour.kernel.papers.audiences import COPY, may_read
from candour.kernel.papers.document import (
    Block,
    Cell,
    Column,
    Document,
    Group,
    Heading,
    Row,
    Table,
    bold,
    cell,
    fact,
    para,
)
from candour.kernel.papers.kinds import Check, PaperKind
from candour.kernel.papers.leaks import Told
from candour.kernel.papers.walk import block_texts
from candour.kernel.people.models import Organisation
from candour.kernel.records.models import Sensitivity

TITLE = "Action log"
TO_DO_TABLE, SETTLED_TABLE = "Actions still to do", "Actions settled"
TO_DO = STATES[:3]
TONES = {"late": "red", "due soon": "amber", "open": "blue", "done": "green"}


@dataclass(frozen=True)
class Stock:
    """The actions of a body's boards as they stood on a day: every copy is made from it. before: their dates on `since`."""

    body: str
    as_at: date
    since: date
    dated: date
    rows: tuple[BoardActionRow, ...]
    before: Mapping[int, date] = field(default_factory=dict)

    def changed(self, row: BoardActionRow) -> str:
        """Whether it was set since the earlier day, or had another date then; "" for neither."""
        was = self.before.get(row.pk)
        if was is None:
            return f"Set since {say_date(self.since)}" if row.meeting > self.since else ""
        return "" if was == row.due else f"Moved from {say_date(was)}"


@dataclass(frozen=True)
class Copy:
    """One audience's copy: what is still to do, what was settled since, and what it does not hold at all."""

    to_do: tuple[BoardActionRow, ...]
    settled: tuple[BoardActionRow, ...]
    hidden: tuple[BoardActionRow, ...]

    @property
    def shown(self) -> tuple[BoardActionRow, ...]:
        return (*self.to_do, *self.settled)

    @property
    def restricted(self) -> bool:
        return any(row.sensitivity == Sensitivity.RESTRICTED for row in self.shown)


def gather(actor: Actor, *, organisation: Organisation, as_at: date, since: date, at: datetime) -> Stock:
    """The actions of a body at the end of a day, from what had been recorded by `at` and the actor may see."""
    rows, then = (actions_on(actor, organisation.pk, as_at=day, known_on=at) for day in (as_at, since))
    before = {row.pk: row.due for row in then}
    return Stock(organisation.name, as_at, since, local_date(at), tuple(rows), before)


def copy_of(stock: Stock, audience: str) -> Copy:
    """The copy of an audience: the one place where it is decided what a copy holds. Raises ValueError."""
    readable = may_read(audience)
    seen: list[BoardActionRow] = []
    hidden: list[BoardActionRow] = []
    for row in stock.rows:
        may = row.sensitivity in readable or (audience == "public" and row.in_public)
        (seen if may else hidden).append(row)
    since = [row for row in seen if row.state not in TO_DO and stock.since < (_settled_on(row) or date.min)]
    return Copy(tuple(row for row in seen if row.state in TO_DO), tuple(since), tuple(hidden))


def action_paper(stock: Stock, audience: str) -> Document:
    """The copy of one audience, as a draft. Raises ValueError for an audience that does not exist."""
    copy = copy_of(stock, audience)
    return Document(
        TITLE,
        stock.body,
        tuple(_blocks(stock, copy)),
        subtitle=f"{COPY[audience]}. Actions as they stood on {say_date(stock.as_at)}",
        marking="OFFICIAL-SENSITIVE" if copy.restricted else "OFFICIAL",
        meta=(
            fact("Report of", stock.body),
            fact("Date", say_date(stock.dated)),
            fact("Subject", "Actions that boards set"),
            fact("Actions as at", say_date(stock.as_at)),
            fact("Since", say_date(stock.since)),
        ),
        date=stock.dated,
    )


def _blocks(stock: Stock, copy: Copy) -> Iterator[Block]:
    late = [row for row in copy.to_do if row.state == "late"]
    moved = [row for row in copy.to_do if row.moved]
    yield Heading(1, "Purpose")
    yield para("To show what boards asked posts to do, what is done, and what is late.", number=1)
    yield Heading(1, "Summary")
    yield para(*_count(len(copy.to_do), "action is", "actions are"), " still to do.", number=2)
    yield para(*_count(len(late), "of them is", "of them are"), " past the date that stands now.", number=3)
    yield para(
        *_count(len(moved), "of them has", "of them have"), " moved from the date that was first agreed.", number=4
    )
    yield para(*_count(len(copy.settled), "was", "were"), f" settled since {say_date(stock.since)}.", number=5)
    day = say_date(stock.since)
    fresh, changed = ([row for row in copy.to_do if stock.changed(row).startswith(word)] for word in ("Set", "Moved"))
    yield para(*_still(fresh), f"{'was' if len(fresh) == 1 else 'were'} set since {day}.", number=6)
    yield para(*_still(changed), f"{'was' if len(changed) == 1 else 'were'} given a new date since {day}.", number=7)
    yield Heading(1, "Still to do")
    if copy.to_do:
        yield _table(TO_DO_TABLE, copy.to_do, "State", stock)
    else:
        yield para("Nothing that a board set is still to do.")
    yield Heading(1, "Settled")
    if copy.settled:
        yield _table(SETTLED_TABLE, copy.settled, "What came of it", stock)
    else:
        yield para(f"No action was settled since {say_date(stock.since)}.")


def _count(number: int, one: str, many: str) -> tuple:
    return (bold(f"{number:,}") if number else "None", f" {one if number == 1 else many}")


def _still(rows: Sequence[BoardActionRow]) -> tuple:
    return (*_count(len(rows), "that is", "that are"), " still to do ")


def _table(caption: str, rows: Sequence[BoardActionRow], last: str, stock: Stock) -> Table:
    columns = (
        Column("Number", 13, kind="reference"),
        Column("Action", 26),
        Column("Post", 15),
        Column("Set", 13),
        Column("First date", 13),
        Column("Date now", 13),
        Column(last, 16),
    )
    lines: list[Row | Group] = []
    for board, of_board in groupby(sorted(rows, key=lambda row: (row.board, row.number)), key=lambda row: row.board):
        lines.append(Group(board))
        lines += [Row(_cells(row, stock)) for row in of_board]
    return Table(caption, columns, tuple(lines))


def _cells(row: BoardActionRow, stock: Stock) -> tuple[Cell, ...]:
    days = (row.meeting, row.first, row.due)
    return (
        cell(row.number), cell(row.text), cell(row.owner), *(cell(say_date(day)) for day in days),
        cell(_said(row, stock), tone=TONES.get(row.state, "")),
    )  # fmt: skip


def _said(row: BoardActionRow, stock: Stock) -> str:
    """Late, by 13 days. Moved from 3 June 2026; Done on 3 June 2026: the letter went out; Replaced by CGB-2026-A09."""
    word = STATE_WORDS[row.state]
    if row.state in TO_DO:
        late = f", by {row.days_late:,} {'day' if row.days_late == 1 else 'days'}" if row.state == "late" else ""
        return ". ".join(part for part in (f"{word}{late}", stock.changed(row)) if part)
    if row.state == "done" and row.done_on:
        return f"{word} on {say_date(row.done_on)}: {' '.join(row.outcome.split())}"
    if row.state == "superseded":
        return f"{word} by {row.by}" if row.by else word
    return f"{word} on {say_date(row.removed_on)}" if row.removed_on else word


def _settled_on(row: BoardActionRow) -> date | None:
    return row.done_on or row.removed_on


def checks(stock: Stock, audience: str, document: Document) -> tuple[Check, ...]:
    """The counts of the summary against the rows of the tables, and whether a copy gives hidden actions away."""
    copy = copy_of(stock, audience)
    stated = [block for block in document.blocks if getattr(block, "number", None) in (2, 5)]
    said = [" ".join(block_texts(block)).split()[0].replace("None", "0").replace(",", "") for block in stated]
    listed = {
        block.caption: sum(isinstance(row, Row) for row in block.rows)
        for block in document.blocks
        if isinstance(block, Table)
    }
    counted = [str(listed.get(name, 0)) for name in (TO_DO_TABLE, SETTLED_TABLE)]
    counts = Check(
        said == counted, "Counts are the actions listed", f"{', '.join(said)} stated, {', '.join(counted)} listed"
    )
    if audience == "panel":
        return (counts,)
    titles = {row.item_title for row in copy.shown}
    hidden = [_told(row, titles) for row in copy.hidden]
    hidden += [Told(row.item_reference, "") for row in copy.hidden]
    return (
        counts,
        *leaks.leak_checks(document, hidden=hidden, shown=[_told(row) for row in copy.shown], what="actions"),
    )


def _told(row: BoardActionRow, known: set[str] | frozenset[str] = frozenset()) -> Told:
    """What an action says. The title of its item counts unless an item that is shown is called the same."""
    return Told(row.number, "" if row.item_title in known else row.item_title, (row.text, row.outcome))


BOARD_ACTIONS = PaperKind(
    name="board-actions",
    label="Action log of boards",
    permission=ActionPermission.SEE,
    gather=gather,
    write=action_paper,
    check=checks,
    issued=("panel", "public"),
)
