"""The paper of changes: two registers side by side in, a pure Document out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from candour.kernel.papers.audiences import READ_BY
from candour.kernel.papers.changes import Register, Told, paper_of_changes
from candour.kernel.papers.document import Column, Document, Row, Table, cell
from candour.kernel.papers.say import count, short_day
from candour.risks.papers.stock import for_audience
from candour.risks.queries.changes import KINDS, WHY, Change, TwoDays, compare
from candour.risks.queries.rows import RiskRow

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
    changes, days = copy_of(stock, audience).changes, stock.days
    bands = len({one.risk.pk for one in changes if one.kind == "scored" and one.band})
    more = [(*count(bands, "risk is", "risks are"), " in another band.")]
    told = Told(stock.body, stock.panel, stock.dated, days.since, days.as_at, changes, more=more)
    return paper_of_changes(_REGISTER, told, audience)


def _table(kind: str, label: str, of: Sequence[Change]) -> Table:
    columns = (*_COLUMNS, _WHY) if kind in WHY else _COLUMNS
    return Table(label, columns, tuple(_row(one) for one in of))


def _row(one: Change) -> Row:
    cells = (
        cell(one.risk.reference),
        cell(one.risk.title),
        cell(one.risk.line.kind.capitalize()),
        cell(one.words),
        cell(short_day(one.day) if one.day else "Between the days"),
    )
    return Row((*cells, cell(one.why or "No reason is recorded")) if one.kind in WHY else cells)


_REGISTER = Register[Change](
    title="Changes to the risk register",
    name="the risk register",
    one="risk",
    many="risks",
    as_at="Register as at",
    kinds=KINDS,
    kind=lambda one: one.kind,
    number=lambda one: one.risk.pk,
    restricted=lambda one: one.risk.restricted,
    table=_table,
)
