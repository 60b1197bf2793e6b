"""What a progress report is made from, and what of it each audience may see. Pure: rows in, rows out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from candour.audits.models import ProgressReport, Promise
from candour.audits.queries import AuditRow, MeasureRow, measured_of
from candour.audits.queries.stood import Happened
from candour.kernel.papers.audiences import may_read
from candour.kernel.records.raised import RaisedThen
from candour.kernel.scales.rules import Words


@dataclass(frozen=True)
class Dated:
    """A scale of an auditor with its days. owner: the number of the auditor."""

    kind: Literal["opinion", "priority"]
    owner: int
    words: Words
    starts: date
    ends: date | None

    def in_force(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or self.ends >= day)


@dataclass(frozen=True)
class Stock:
    """The audits of one body as they stood on a day, with all that belongs to them: every copy is made from it.

    rows: of every year, the body's own and those shared with it, by fieldwork. shared: by audit the bodies that it is shared
    with. raised: by audit the recommendations. happened: by audit what moved, oldest first. year: the plan shown.
    """

    body: str
    body_id: int
    panel: str
    as_at: date
    since: date
    dated: date
    year: str
    rows: tuple[AuditRow, ...]
    shared: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    raised: Mapping[int, tuple[RaisedThen, ...]] = field(default_factory=dict)
    happened: Mapping[int, tuple[Happened, ...]] = field(default_factory=dict)
    promised: tuple[Promise, ...] = ()
    meetings: tuple[ProgressReport, ...] = ()
    scales: tuple[Dated, ...] = ()


@dataclass(frozen=True)
class Copy:
    """One audience's copy. Every figure of the paper is the length of one of these, or follows from one of them."""

    stock: Stock
    audience: str
    plan: tuple[AuditRow, ...]  # of the year, the body's alone
    shared: tuple[AuditRow, ...]  # of the year, shared across forces
    issued: tuple[AuditRow, ...]  # final report out since the last panel, of any year, by day
    raised: Mapping[int, tuple[RaisedThen, ...]]
    happened: Mapping[int, tuple[Happened, ...]]
    hidden: tuple[AuditRow, ...]
    hidden_raised: tuple[RaisedThen, ...]

    @property
    def year(self) -> tuple[AuditRow, ...]:
        """Every audit of the plan shown."""
        return (*self.plan, *self.shared)

    @property
    def shown(self) -> tuple[AuditRow, ...]:
        """Every audit of the copy, once each."""
        return tuple({row.pk: row for row in (*self.plan, *self.shared, *self.issued)}.values())

    @property
    def auditors(self) -> tuple[tuple[int, str], ...]:
        """(number, name) of each auditor of the copy, by name."""
        return tuple(sorted({(row.line.provider, row.provider) for row in self.shown}, key=lambda one: one[1]))

    @property
    def restricted(self) -> bool:
        return any(row.restricted for row in self.shown) or any(
            one.sensitivity == "restricted" for row in self.shown for one in self.raised.get(row.pk, ())
        )

    def forces(self, row: AuditRow) -> tuple[str, ...]:
        """The bodies that an audit is for."""
        return tuple(sorted({row.organisation, *self.stock.shared.get(row.pk, ())}))

    def measures(self, auditor: int) -> tuple[MeasureRow, ...]:
        """What became of an auditor's promises, in the audits of this copy and the year's meetings."""
        first = date(int(self.stock.year[:4]), 4, 1)
        return measured_of(
            [row for row in self.year if row.line.provider == auditor],
            [row for row in self.stock.promised if row.provider_id == auditor],
            [
                row
                for row in self.stock.meetings
                if row.provider_id == auditor and first <= row.panel_on < first.replace(year=first.year + 1)
            ],
            today=self.stock.as_at,
        )

    def priority_scale(self, row: AuditRow) -> Dated | None:
        """The scale on which the recommendations of an audit are graded: of the day of its report, or of the audit's year
        where theirs are the words of that one.
        """
        days = (row.line.final_on or self.stock.as_at, date(int(row.line.year[:4]), 4, 1))
        tried = [found for day in days if (found := scale_on(self.stock, "priority", row.line.provider, day))]
        words = {one.group for one in self.raised.get(row.pk, ())}
        return max(tried, key=lambda scale: len(words & {step.word for step in scale.words.steps}), default=None)

    def priorities(self, row: AuditRow) -> tuple[tuple[str, str, int], ...]:
        """(priority, tone, how many) of the recommendations of an audit that the copy lists, every step of the scale."""
        scale = self.priority_scale(row)
        found: dict[str, tuple[str, int]] = {}
        found |= {step.word: (step.tone, 0) for step in scale.words.steps} if scale else {}
        for one in self.raised.get(row.pk, ()):
            tone, count = found.get(one.group, (one.tone, 0))
            found[one.group] = (tone, count + 1)
        return tuple((word, tone, count) for word, (tone, count) in found.items())


def copy_of(stock: Stock, audience: str) -> Copy:
    """The copy of an audience: the one place where it is decided what a copy holds.

    What an audience may not read is not there at all, audit or recommendation, so no count, total or link knows of it. A
    recommendation of a hidden audit is hidden with it. Raises ValueError for an audience that does not exist.
    """
    readable = may_read(audience)
    seen = [row for row in stock.rows if row.sensitivity in readable]
    hidden = tuple(row for row in stock.rows if row.sensitivity not in readable)
    raised = {row.pk: tuple(one for one in stock.raised.get(row.pk, ()) if one.sensitivity in readable) for row in seen}
    told = {row.pk: tuple(one for one in stock.happened.get(row.pk, ()) if one.sensitivity in readable) for row in seen}
    shown_references = {one.reference for rows in raised.values() for one in rows}
    of_year = [row for row in seen if row.line.year == stock.year]
    issued = [row for row in seen if row.line.final_on and stock.since < row.line.final_on <= stock.as_at]
    return Copy(
        stock=stock,
        audience=audience,
        plan=tuple(row for row in of_year if not stock.shared.get(row.pk)),
        shared=tuple(row for row in of_year if stock.shared.get(row.pk)),
        issued=tuple(sorted(issued, key=lambda row: (row.line.year, row.line.final_on or date.min, row.reference))),
        raised=raised,
        happened=told,
        hidden=hidden,
        hidden_raised=tuple(
            one for rows in stock.raised.values() for one in rows if one.reference not in shown_references
        ),
    )


def scale_on(stock: Stock, kind: str, owner: int, day: date) -> Dated | None:
    """An auditor's scale in force on a day, the one that began last; the first one ever for an earlier day."""
    of_kind = sorted(
        (one for one in stock.scales if one.kind == kind and one.owner == owner), key=lambda one: one.starts
    )
    held = [one for one in of_kind if one.in_force(day)]
    return held[-1] if held else of_kind[0] if of_kind else None
