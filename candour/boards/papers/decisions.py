"""What boards decided between two days as a paper: rows in, a pure Document out, with its copies and checks.

What was decided in the closed part is in the panel's copy alone; the public's has what may be published.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from candour.boards.access import BoardPermission
from candour.boards.queries.decided import DecidedRow, decisions_on
from candour.kernel.access import Actor
from candour.kernel.calendar import local_date, say_date
from candour.kernel.papers import leaks
from candour.kernel.papers.audiences import COPY, may_read
from candour.kernel.papers.document import (
    Block,
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

TITLE = "Decisions of boards"
COLUMNS = (
    Column("Date", 15, kind="date"),
    Column("Minute", 12, kind="reference"),
    Column("What was resolved", 31),
    Column("Why", 24),
    Column("Value", 10),
    Column("Publication", 16),
)


@dataclass(frozen=True)
class Stock:
    """The decisions that a body's boards took after one day and up to another, as they read on the later."""

    body: str
    as_at: date
    since: date
    dated: date
    rows: tuple[DecidedRow, ...]


@dataclass(frozen=True)
class Copy:
    """One audience's copy, and what it does not hold at all."""

    shown: tuple[DecidedRow, ...]
    hidden: tuple[DecidedRow, ...]


def gather(actor: Actor, *, organisation: Organisation, as_at: date, since: date, at: datetime) -> Stock:
    """The decisions of a body between two days, from what had been recorded by `at` and the actor may see."""
    rows = decisions_on(actor, organisation.pk, since=since, as_at=as_at, known_on=at)
    return Stock(organisation.name, as_at, since, local_date(at), tuple(rows))


def copy_of(stock: Stock, audience: str) -> Copy:
    """The copy of an audience: the one place where it is decided what a copy holds. Raises ValueError."""
    readable = may_read(audience)
    shown: list[DecidedRow] = []
    hidden: list[DecidedRow] = []
    for row in stock.rows:
        may = row.publishable if audience == "public" else row.sensitivity in readable
        (shown if may else hidden).append(row)
    return Copy(tuple(shown), tuple(hidden))


def decision_paper(stock: Stock, audience: str) -> Document:
    """The copy of one audience, as a draft. Raises ValueError for an audience that does not exist."""
    copy = copy_of(stock, audience)
    restricted = any(row.sensitivity == Sensitivity.RESTRICTED for row in copy.shown)
    return Document(
        TITLE,
        stock.body,
        tuple(_blocks(stock, copy)),
        subtitle=f"{COPY[audience]}. Decisions taken after {say_date(stock.since)} and up to {say_date(stock.as_at)}",
        marking="OFFICIAL-SENSITIVE" if restricted else "OFFICIAL",
        meta=(
            fact("Report of", stock.body),
            fact("Date", say_date(stock.dated)),
            fact("Subject", "What boards decided"),
            fact("After", say_date(stock.since)),
            fact("Up to", say_date(stock.as_at)),
        ),
        date=stock.dated,
    )


def _blocks(stock: Stock, copy: Copy) -> Iterator[Block]:
    yield Heading(1, "Purpose")
    yield para("To show what boards decided, why, and what of it is public.", number=1)
    yield Heading(1, "Summary")
    count, key = len(copy.shown), sum(row.key for row in copy.shown)
    taken = f" {'decision was' if count == 1 else 'decisions were'} taken after {say_date(stock.since)}."
    yield para(
        bold(f"{count:,}") if count else "None",
        taken if count else f" was taken after {say_date(stock.since)}.",
        number=2,
    )
    yield para(
        bold(f"{key:,}") if key else "None",
        f" of them {'is a key decision' if key < 2 else 'are key decisions'}.",
        number=3,
    )
    yield Heading(1, "Board by board")
    if not copy.shown:
        yield para("Boards decided nothing that stands here.")
        return
    lines: list[Row | Group] = []
    for board, rows in groupby(copy.shown, key=lambda row: row.board):
        lines.append(Group(board))
        lines += [_line(row) for row in rows]
    yield Table(TITLE, COLUMNS, tuple(lines), row_headers=False)


def _line(row: DecidedRow) -> Row:
    public = "Withheld" if row.withheld else "Closed part" if row.sensitivity == Sensitivity.RESTRICTED else "Public"
    return Row(
        (
            cell(say_date(row.met_on)),
            cell(row.minute or "none"),
            cell(f"{'Key decision. ' if row.key else ''}{' '.join(row.resolved.split())}"),
            cell(" ".join(row.reasons.split()) or "none"),
            cell("none" if row.value is None else f"£{row.value:,.2f}".removesuffix(".00")),
            cell(public if row.publishable or public != "Public" else "Not yet public"),
        )
    )


def checks(stock: Stock, audience: str, document: Document) -> tuple[Check, ...]:
    """The count of the summary against the rows of the table, and whether a copy gives hidden decisions away."""
    copy = copy_of(stock, audience)
    stated = next(block for block in document.blocks if getattr(block, "number", None) == 2)
    said = " ".join(block_texts(stated)).split()[0].replace("None", "0").replace(",", "")
    tables = [block for block in document.blocks if isinstance(block, Table)]
    listed = str(sum(isinstance(row, Row) for table in tables for row in table.rows))
    counts = Check(said == listed, "The count is the decisions listed", f"{said} stated, {listed} listed")
    if audience == "panel":
        return (counts,)
    known = {row.resolved for row in copy.shown}
    hidden = [_told(row) for row in copy.hidden if row.resolved not in known]
    shown = [_told(row) for row in copy.shown]
    return (counts, *leaks.leak_checks(document, hidden=hidden, shown=shown, what="decisions"))


def _told(row: DecidedRow) -> Told:
    """What a decision says: what it resolved is all the title that it has."""
    return Told(f"decision {row.pk}", row.resolved, (row.reasons,))


BOARD_DECISIONS = PaperKind(
    name="board-decisions",
    label="Decisions of boards",
    permission=BoardPermission.SEE,
    gather=gather,
    write=decision_paper,
    check=checks,
)
