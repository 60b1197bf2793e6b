"""The paper of changes: two registers side by side in, a pure Document out."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from candour.kernel.calendar import say_date
from candour.kernel.papers.audiences import COPY, READ_BY
from candour.kernel.papers.document import Block, Column, Document, Heading, Row, Table, cell, fact, para
from candour.risks.papers.stock import for_audience
from candour.risks.papers.words import count, short_day
from candour.risks.queries.changes import KINDS, WHY, Change, TwoDays, compare
from candour.risks.queries.rows import RiskRow

TITLE = "Changes to the risk register"
SUMMARY = "Changes by kind"
_COLUMNS = (
    Column("Reference", 10, kind="reference"),
    Column("Risk", 22),
    Column("Register", 11),
    Column("What changed", 26),
    Column("On", 14),
)
_WHY = Column("Why", 30)


@dataclass(frozen=True)
class Stock:
    """What a paper of changes is made from: both days, and what every copy says of itself."""

    body: str
    panel: str
    dated: date
    days: TwoDays


@dataclass(frozen=True)
class Copy:
    """What one audience may see: the changes in order, the risks shown, and those hidden from it."""

    changes: tuple[Change, ...]
    shown: tuple[RiskRow, ...]
    hidden: tuple[RiskRow, ...]


def copy_of(stock: Stock, audience: str) -> Copy:
    """The copy of an audience, of both days and of the reasons. Raises ValueError for an audience that does not exist.

    A risk that the audience may not read on either day is absent; that it changed is not admitted either.
    """
    part = for_audience(stock.days.after, audience, admit_redacted=False)
    before = tuple(row for row in stock.days.before if row.sensitivity in READ_BY[audience])
    told = {
        pk: tuple(one for one in events if one.sensitivity in READ_BY[audience])
        for pk, events in stock.days.happened.items()
    }
    days = replace(stock.days, before=before, after=part.rows, happened=told)
    found = compare(days, restricted=[row.pk for row in part.rows])
    return Copy(tuple(found), part.rows, part.hidden)


def changes_paper(stock: Stock, audience: str) -> Document:
    """The copy of one audience, as a draft. Raises ValueError for an audience that does not exist."""
    copy = copy_of(stock, audience)
    since, as_at = say_date(stock.days.since), say_date(stock.days.as_at)
    return Document(
        TITLE,
        stock.body,
        tuple(_blocks(copy, since, as_at)),
        subtitle=f"{COPY[audience]}. From the end of {since} to the end of {as_at}",
        marking="OFFICIAL-SENSITIVE" if any(one.risk.restricted for one in copy.changes) else "OFFICIAL",
        meta=(
            fact("Panel", stock.panel),
            fact("Date", say_date(stock.dated)),
            fact("Report of", stock.body),
            fact("Subject", "Changes to the risk register"),
            fact("Register as at", as_at),
            fact("Compared with", since),
        ),
        date=stock.dated,
    )


def _blocks(copy: Copy, since: str, as_at: str) -> Iterator[Block]:
    yield Heading(1, "Purpose")
    yield para(f"To show what changed in the risk register between {since} and {as_at}.", number=1)
    yield Heading(1, "Summary")
    risks = len({one.risk.pk for one in copy.changes})
    if not copy.changes:
        yield para("Nothing changed.", number=2)
        return
    yield para(*count(risks, "risk changed", "risks changed"), f" between {since} and {as_at}.", number=2)
    bands = len({one.risk.pk for one in copy.changes if one.kind == "scored" and one.band})
    yield para(*count(bands, "risk is", "risks are"), " in another band.", number=3)
    counts = Counter(one.kind for one in copy.changes)
    rows = tuple(Row((cell(label), cell(f"{counts[kind]:,}"))) for kind, label in KINDS.items())
    yield Table(SUMMARY, (Column("What", 30), Column("Changes", 10, "right", "number")), rows)
    yield Heading(1, "Changes")
    for kind, label in KINDS.items():
        if of := [one for one in copy.changes if one.kind == kind]:
            columns = (*_COLUMNS, _WHY) if kind in WHY else _COLUMNS
            yield Table(label, columns, tuple(_row(one) for one in of))


def _row(one: Change) -> Row:
    cells = (
        cell(one.risk.reference),
        cell(one.risk.title),
        cell(one.risk.line.kind.capitalize()),
        cell(one.words),
        cell(short_day(one.day) if one.day else "Between the days"),
    )
    return Row((*cells, cell(one.why or "No reason is recorded")) if one.kind in WHY else cells)
