"""The paper of changes: audit plans on two days side by side in, a pure Document out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from candour.audits.queries import AuditRow
from candour.audits.queries.changes import KINDS, PLAIN, Change, TwoDays, compare
from candour.kernel.calendar import say_date
from candour.kernel.papers.audiences import may_read
from candour.kernel.papers.changes import Register, Told, paper_of_changes
from candour.kernel.papers.document import Block, Column, Document, Heading, Row, Table, bold, cell, para
from candour.kernel.records.reasons import readable_by

_COLUMNS = (
    Column("Reference", 12, kind="reference"),
    Column("Audit", 20),
    Column("Plan", 9),
    Column("What changed", 27),
    Column("On", 12),
)
_REASONS = (Column("Why", 22), Column("Agreed by", 14))


@dataclass(frozen=True)
class Stock:
    """What a paper of changes is made from: both days, and what every copy says of itself."""

    body: str
    panel: str
    dated: date
    days: TwoDays


@dataclass(frozen=True)
class Copy:
    """What one audience may see: the changes in order, the audits shown, and those hidden from it."""

    changes: tuple[Change, ...]
    shown: tuple[AuditRow, ...]
    hidden: tuple[AuditRow, ...]


def copy_of(stock: Stock, audience: str) -> Copy:
    """The copy of an audience, of both days and of the reasons. Raises ValueError for an audience that does not exist.

    An audit that the audience may not read on either day is absent; that it changed is not admitted either.
    """
    readable, days = may_read(audience), stock.days
    kept_back = {row.pk for row in (*days.before, *days.after) if row.sensitivity not in readable}
    before, after = (tuple(row for row in rows if row.pk not in kept_back) for rows in (days.before, days.after))
    why = readable_by(days.why, readable)
    hidden = tuple(row for row in days.after if row.pk in kept_back)
    return Copy(tuple(compare(replace(days, before=before, after=after, why=why))), after, hidden)


def changes_paper(stock: Stock, audience: str) -> Document:
    """The copy of one audience, as a draft. Raises ValueError for an audience that does not exist."""
    changes, days = copy_of(stock, audience).changes, stock.days
    after = tuple(_definitions(changes))
    told = Told(stock.body, stock.panel, stock.dated, days.since, days.as_at, changes, after=after)
    return paper_of_changes(_REGISTER, told, audience)


def _table(kind: str, label: str, of: Sequence[Change]) -> Table:
    reasons = kind not in PLAIN or any(one.why or one.approver for one in of)
    columns = (*_COLUMNS, *_REASONS) if reasons else _COLUMNS
    return Table(label, columns, tuple(_row(one, reasons=reasons) for one in of))


def _row(one: Change, *, reasons: bool) -> Row:
    cells = (
        cell(one.row.reference),
        cell(one.row.title),
        cell(one.row.line.year),
        cell(*map(para, one.said)),
        cell(say_date(one.day) if one.day else "Between the days"),
    )
    if not reasons:
        return Row(cells)
    why = cell(*map(para, filter(str.strip, one.why.splitlines()))) if one.why else cell("No reason is recorded")
    return Row((*cells, why, cell(one.approver or "Not recorded")))


def _definitions(changes: Sequence[Change]) -> Iterator[Block]:
    """The scales of the opinions that the copy prints, with what each word means."""
    scales = {scale.id: scale for one in changes for scale in one.scales}
    if scales:
        yield Heading(1, "What the opinions mean")
    for _, scale in sorted(scales.items()):
        rows = tuple(
            Row((cell(bold(step.word), tone=step.tone), cell(step.meaning or "Not defined"))) for step in scale.steps
        )
        yield Table(scale.name, (Column("Opinion", 14), Column("Meaning", 60)), rows, look="plain")


_REGISTER = Register[Change](
    title="Changes to the audit plan",
    name="the audit plan",
    one="audit",
    many="audits",
    as_at="Plan as at",
    kinds=KINDS,
    kind=lambda one: one.kind,
    number=lambda one: one.row.pk,
    restricted=lambda one: one.row.restricted,
    table=_table,
)
