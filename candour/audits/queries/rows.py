"""The frozen rows that the pages of audits read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from candour.audits import rules
from candour.kernel.calendar import working_days_between
from candour.kernel.scales.rules import Step, Words

LINE_FIELDS = tuple(name for name in rules.Line.__dataclass_fields__ if name not in {"organisation", "provider"})
FACTS = ("year", "days", "left", "advisory", "opinion", "satisfaction")


@dataclass(frozen=True)
class StageRow:
    """A stage on a day. late: working days since it was due, 0 where it is not late."""

    which: str
    planned: date | None
    first_planned: date | None
    actual: date | None
    late: int = 0

    @property
    def word(self) -> str:
        return rules.STAGES[self.which]

    @property
    def moved(self) -> bool:
        return self.first_planned is not None and self.planned != self.first_planned

    @property
    def day(self) -> date | None:
        return self.actual or self.planned


@dataclass(frozen=True)
class AuditRow:
    """An audit as it stood on a day. opinion: the step of the scale it was given on, which is in `scale`."""

    pk: int
    reference: str
    title: str
    organisation_id: int
    organisation: str
    organisation_code: str
    owner: str
    sensitivity: str
    provider: str
    provider_code: str
    line: rules.Line
    state: str
    reached: str
    stages: tuple[StageRow, ...]
    scale: Words | None = None
    opinion: Step | None = None
    deferred_to: str = ""
    shared: bool = False
    purpose: str = field(default="", repr=False)
    scope: str = field(default="", repr=False)
    planned_on: date | None = None

    @property
    def restricted(self) -> bool:
        return self.sensitivity == "restricted"

    @property
    def late(self) -> StageRow | None:
        """The stage that the audit waits for and that is past its date."""
        if self.state != "Late":
            return None
        return next(stage for stage in self.stages if stage.which == self.line.next_stage)

    @property
    def reached_word(self) -> str:
        return rules.STAGES.get(self.reached, "")

    @property
    def dates(self) -> dict[str, StageRow]:
        return {stage.which: stage for stage in self.stages}


def line_of(values: Mapping[str, Any], stages: Iterable[Mapping[str, Any]]) -> rules.Line:
    """The read line from plain values: of the live tables, or of the states of a past day."""
    facts = rules.Facts(
        organisation=values["organisation_id"],
        sensitivity=values["sensitivity"],
        provider=values["provider_id"],
        closed_on=values["closed_on"],
        opinion_scale=values["opinion_scale_id"],
        **{name: values[name] for name in FACTS},
    )
    dates = ("which", "planned", "first_planned", "actual")
    return rules.line(facts, [rules.Stage(**{name: row[name] for name in dates}) for row in stages])


def stage_rows(stages: Iterable[Mapping[str, Any]], line: rules.Line, today: date) -> tuple[StageRow, ...]:
    """Every stage in its order; the one that is waited for says how late it is."""
    by = {row["which"]: row for row in stages}
    late_one = line.next_stage if rules.state(line, today) == "Late" else ""
    found = []
    for which in rules.STAGES:
        row = by.get(which, {})
        planned, actual = row.get("planned"), row.get("actual")
        late = working_days_between(planned, today) if planned and which == late_one else 0
        found.append(StageRow(which, planned, row.get("first_planned"), actual, late))
    return tuple(found)


def audit_row(
    values: Mapping[str, Any],
    stages: Iterable[Mapping[str, Any]],
    *,
    scales: Mapping[int, Words],
    today: date,
    line: rules.Line | None = None,
) -> AuditRow:
    """One row from plain values. State and lateness are worked out here, on `today`."""
    stages = list(stages)
    line = line or line_of(values, stages)
    scale = scales.get(line.opinion_scale or 0)
    return AuditRow(
        pk=values["record_id"],
        reference=values["reference"],
        title=values["title"],
        organisation_id=values["organisation_id"],
        organisation=values["organisation_label"],
        organisation_code=values["organisation_code"],
        owner=values["owner_label"] or "",
        sensitivity=values["sensitivity"],
        provider=values["provider_label"],
        provider_code=values["provider_code"],
        line=line,
        state=rules.state(line, today),
        reached=rules.reached(line),
        stages=stage_rows(stages, line, today),
        scale=scale,
        opinion=scale.step(line.opinion) if scale else None,
        deferred_to=values.get("deferred_to") or "",
        shared=bool(values.get("shared")),
        purpose=values.get("purpose") or "",
        scope=values.get("scope") or "",
        planned_on=values.get("planned_on"),
    )
