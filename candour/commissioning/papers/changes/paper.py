"""The paper of changes: the register of agreements on two days side by side in, a pure Document out."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from candour.commissioning.queries import AgreementRow
from candour.commissioning.queries.changes import KINDS, PLAIN, Change, TwoDays, compare
from candour.kernel.calendar import say_date
from candour.kernel.papers.audiences import COPY, may_read
from candour.kernel.papers.document import Block, Column, Document, Heading, Row, Table, bold, cell, fact, para

TITLE = "Changes to agreements"
SUMMARY = "Changes by kind"
_COLUMNS = (
    Column("Reference", 13, kind="reference"),
    Column("Agreement", 23),
    Column("What changed", 27),
    Column("On", 13),
)
_REASONS = (Column("Why", 22), Column("Approved by", 14))


@dataclass(frozen=True)
class Stock:
    """What a paper of changes is made from: both days, and what every copy says of itself."""

    body: str
    panel: str
    dated: date
    days: TwoDays


@dataclass(frozen=True)
class Copy:
    """What one audience may see: the changes in order, the agreements shown, and those hidden from it."""

    changes: tuple[Change, ...]
    shown: tuple[AgreementRow, ...]
    hidden: tuple[AgreementRow, ...]


def copy_of(stock: Stock, audience: str) -> Copy:
    """The copy of an audience, of both days and of the reasons. Raises ValueError for an audience that does not exist.

    An agreement that the audience may not read on either day is absent; that it changed is not admitted either.
    """
    readable, days = may_read(audience), stock.days
    kept_back = {row.pk for row in (*days.before, *days.after) if row.sensitivity not in readable}
    before, after = (tuple(row for row in rows if row.pk not in kept_back) for rows in (days.before, days.after))
    why = {
        pk: tuple(one if one.sensitivity in readable else one.unsaid() for one in told) for pk, told in days.why.items()
    }
    hidden = tuple(row for row in days.after if row.pk in kept_back)
    return Copy(tuple(compare(replace(days, before=before, after=after, why=why))), after, hidden)


def changes_paper(stock: Stock, audience: str) -> Document:
    """The copy of one audience, as a draft. Raises ValueError for an audience that does not exist."""
    copy = copy_of(stock, audience)
    since, as_at = say_date(stock.days.since), say_date(stock.days.as_at)
    return Document(
        TITLE,
        stock.body,
        tuple(_blocks(copy, since, as_at)),
        subtitle=f"{COPY[audience]}. From the end of {since} to the end of {as_at}",
        marking="OFFICIAL-SENSITIVE" if any(one.row.restricted for one in copy.changes) else "OFFICIAL",
        meta=(
            fact("Meeting", stock.panel),
            fact("Date", say_date(stock.dated)),
            fact("Report of", stock.body),
            fact("Subject", TITLE),
            fact("Register as at", as_at),
            fact("Compared with", since),
        ),
        date=stock.dated,
    )


def _blocks(copy: Copy, since: str, as_at: str) -> Iterator[Block]:
    yield Heading(1, "Purpose")
    yield para(f"To show what changed in the register of agreements between {since} and {as_at}.", number=1)
    yield Heading(1, "Summary")
    if not copy.changes:
        yield para("Nothing changed.", number=2)
        return
    number = len({one.row.pk for one in copy.changes})
    words = "agreement changed" if number == 1 else "agreements changed"
    yield para(bold(f"{number:,}"), f" {words} between {since} and {as_at}.", number=2)
    counts = Counter(one.kind for one in copy.changes)
    rows = tuple(Row((cell(label), cell(f"{counts[kind]:,}"))) for kind, label in KINDS.items())
    yield Table(SUMMARY, (Column("What", 30), Column("Changes", 12, "right", "number")), rows)
    yield Heading(1, "Changes")
    for kind, label in KINDS.items():
        if of := [one for one in copy.changes if one.kind == kind]:
            reasons = kind not in PLAIN or any(one.why or one.approver for one in of)
            columns = (*_COLUMNS, *_REASONS) if reasons else _COLUMNS
            yield Table(label, columns, tuple(_row(one, reasons=reasons) for one in of))


def _row(one: Change, *, reasons: bool) -> Row:
    cells = (
        cell(one.row.reference),
        cell(one.row.title),
        cell(*map(para, one.said)),
        cell(say_date(one.day) if one.day else "Between the days"),
    )
    if not reasons:
        return Row(cells)
    why = cell(*map(para, filter(str.strip, one.why.splitlines()))) if one.why else cell("No reason is recorded")
    return Row((*cells, why, cell(one.approver or "Not recorded")))
