"""The paper of changes: two trackers side by side in, a pure Document out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from candour.kernel.papers.changes import Register, Told, paper_of_changes
from candour.kernel.papers.document import Column, Document, Row, Table, cell
from candour.kernel.papers.say import lines, short_day
from candour.recommendations.papers.changes.compare import KINDS, Change, compare
from candour.recommendations.papers.stock import Rows, for_audience
from candour.recommendations.papers.words import report_words

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
    changes = copy_of(stock, audience).changes
    told = Told(stock.body, stock.panel, stock.dated, stock.since, stock.as_at, changes)
    return paper_of_changes(_REGISTER, told, audience)


def _table(kind: str, label: str, of: Sequence[Change]) -> Table:
    return Table(label, _COLUMNS, tuple(_row(one) for one in of))


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


_REGISTER = Register[Change](
    title="Changes to the recommendations tracker",
    name="the recommendations tracker",
    one="recommendation",
    many="recommendations",
    as_at="Tracker as at",
    kinds=KINDS,
    kind=lambda one: one.kind,
    number=lambda one: one.row.pk,
    restricted=lambda one: one.row.restricted,
    table=_table,
)
