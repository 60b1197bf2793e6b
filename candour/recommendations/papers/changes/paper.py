"""The paper of changes: two trackers side by side in, a pure Document out."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from candour.kernel.calendar import say_date
from candour.kernel.papers.audiences import COPY
from candour.kernel.papers.document import Block, Column, Document, Heading, Row, Table, cell, fact, para
from candour.recommendations.papers.changes.compare import KINDS, Change, compare
from candour.recommendations.papers.stock import Rows, for_audience
from candour.recommendations.papers.words import count, lines, report_words, short_day

TITLE = "Changes to the recommendations tracker"
SUMMARY = "Changes by kind"
_COLUMNS = (
    Column("Reference", 13, kind="reference"),
    Column("Recommendation", 22),
    Column("Report", 14),
    Column("What changed", 24),
    Column("On", 12),
    Column("Why, and what was said", 26),
)


@dataclass(frozen=True)
class Stock:
    """What a paper of changes is made from: both days, and what every copy says of itself."""

    body: str
    panel: str
    dated: date
    since: date
    as_at: date
    before: Rows
    after: Rows


@dataclass(frozen=True)
class Copy:
    """What one audience may see: the changes in order, the recommendations shown, and those hidden from it."""

    changes: tuple[Change, ...]
    shown: Rows
    hidden: Rows


def copy_of(stock: Stock, audience: str) -> Copy:
    """The copy of an audience. Raises ValueError for an audience that does not exist.

    One that the audience may not read on either day is absent; that it changed is not admitted either.
    """
    part = for_audience(stock.after, audience, admit_redacted=False)
    before = for_audience(stock.before, audience, admit_redacted=False)
    kept_back = {row.pk for row in before.hidden}
    after = tuple(row for row in part.rows if row.pk not in kept_back)
    hidden = (*part.hidden, *(row for row in part.rows if row.pk in kept_back))
    return Copy(tuple(compare(before.rows, after, since=stock.since)), after, hidden)


def changes_paper(stock: Stock, audience: str) -> Document:
    """The copy of one audience, as a draft. Raises ValueError for an audience that does not exist."""
    copy = copy_of(stock, audience)
    since, as_at = say_date(stock.since), say_date(stock.as_at)
    return Document(
        TITLE,
        stock.body,
        tuple(_blocks(copy, since, as_at)),
        subtitle=f"{COPY[audience]}. From the end of {since} to the end of {as_at}",
        marking="OFFICIAL-SENSITIVE" if any(one.row.restricted for one in copy.changes) else "OFFICIAL",
        meta=(
            fact("Panel", stock.panel),
            fact("Date", say_date(stock.dated)),
            fact("Report of", stock.body),
            fact("Subject", TITLE),
            fact("Tracker as at", as_at),
            fact("Compared with", since),
        ),
        date=stock.dated,
    )


def _blocks(copy: Copy, since: str, as_at: str) -> Iterator[Block]:
    yield Heading(1, "Purpose")
    yield para(f"To show what changed in the recommendations tracker between {since} and {as_at}.", number=1)
    yield Heading(1, "Summary")
    if not copy.changes:
        yield para("Nothing changed.", number=2)
        return
    number = len({one.row.pk for one in copy.changes})
    yield para(
        *count(number, "recommendation changed", "recommendations changed"), f" between {since} and {as_at}.", number=2
    )
    counts = Counter(one.kind for one in copy.changes)
    rows = tuple(Row((cell(label), cell(f"{counts[kind]:,}"))) for kind, label in KINDS.items())
    yield Table(SUMMARY, (Column("What", 30), Column("Changes", 10, "right", "number")), rows)
    yield Heading(1, "Changes")
    for kind, label in KINDS.items():
        if of := [one for one in copy.changes if one.kind == kind]:
            yield Table(label, _COLUMNS, tuple(_row(one) for one in of))


def _row(one: Change) -> Row:
    return Row(
        (
            cell(one.row.reference),
            cell(one.row.title),
            cell(report_words(one.row)),
            cell(one.words),
            cell(short_day(one.day) if one.day else "Between the days"),
            cell(*lines(one.why)) if one.why.strip() else cell("Nothing is recorded"),
        )
    )
