"""Outcomes of agreements, and what they come to for the plan, each counted once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import F

from candour.commissioning.access import CommissioningPermission
from candour.commissioning.models import Agreement, Outcome, OutcomeFigure, PlanMeasure
from candour.commissioning.rules import follow
from candour.kernel.access import Actor
from candour.kernel.records.models import visible

RECORD = "agreement__record__"


@dataclass(frozen=True)
class OutcomeRow:
    """An outcome of an agreement with the sum of its figures, and what of it counts for the plan.

    counted_by: the agreement that is said to count it; elsewhere, counted_in: whether one of those at hand does, and its
    reference. Where none is at hand it counts here, so that nothing is lost and what one may not see changes nothing.
    figures: (first day, last day, figure), the earliest first; value: all of them together.
    """

    pk: int
    agreement: int
    reference: str
    title: str
    organisation_code: str
    sensitivity: str
    stream: str
    measure: int
    priority: str
    name: str
    unit: str
    adds_up: bool
    what: str
    target: Decimal | None
    share: int
    counted_by: int | None
    stopped_on: date | None
    elsewhere: bool = False
    counted_in: str = ""
    counted: Fraction = Fraction(0)
    figures: tuple[tuple[date, date, Decimal], ...] = ()

    @property
    def value(self) -> Decimal:
        return sum((value for _, _, value in self.figures), Decimal(0))

    @property
    def same(self) -> tuple[int, str]:
        return self.measure, self.what.casefold()


@dataclass(frozen=True)
class MeasureTotal:
    """A measure of a plan with what the agreements that an actor sees come to. total: None where figures do not add up."""

    pk: int
    priority: str
    name: str
    unit: str
    adds_up: bool
    target: Decimal | None
    total: Decimal | None
    rows: tuple[OutcomeRow, ...]


COLUMNS = {
    "reference": F(f"{RECORD}reference"),
    "title": F(f"{RECORD}title"),
    "organisation_code": F(f"{RECORD}organisation__code"),
    "sensitivity": F(f"{RECORD}sensitivity"),
    "stream": F("agreement__stream__name"),
    "priority": F("measure__priority"),
    "name": F("measure__name"),
    "unit": F("measure__unit"),
    "adds_up": F("measure__adds_up"),
}
OWN = ("pk", "what", "target", "share", "stopped_on", "agreement_id", "measure_id", "counted_by_id")


def outcome_rows(actor: Actor, *, measures: Any = None, until: date | None = None) -> list[OutcomeRow]:
    """Every outcome of the agreements that an actor may see, by priority, measure and agreement, each with what counts of it.

    measures: those alone. until: figures of periods that ended by then. Two queries.
    """
    mine = visible(actor, CommissioningPermission.SEE, RECORD)
    rows = Outcome.objects.filter(mine)
    if measures is not None:
        rows = rows.filter(measure__in=measures)
    figures = OutcomeFigure.objects.filter(outcome__in=rows.order_by().values("pk"))
    if until is not None:
        figures = figures.filter(ends__lte=until)
    told: dict[int, list[tuple[date, date, Decimal]]] = {}
    for outcome, *figure in figures.order_by("starts").values_list("outcome", "starts", "ends", "value"):
        told.setdefault(outcome, []).append(tuple(figure))  # type: ignore[arg-type]
    found = list(
        rows.order_by("measure__priority", "measure__name", f"{RECORD}reference", "pk").values(*OWN, **COLUMNS)
    )
    return counting([_row(one, tuple(told.get(one["pk"], ()))) for one in found])


def _row(values: dict[str, Any], figures: tuple[tuple[date, date, Decimal], ...]) -> OutcomeRow:
    numbers = {name: values.pop(f"{name}_id") for name in ("agreement", "measure", "counted_by")}
    return OutcomeRow(**values, **numbers, figures=figures)


def counting(rows: Sequence[OutcomeRow]) -> list[OutcomeRow]:
    """What counts of each of some outcomes, among them alone, in their order. Pure."""
    at_hand = {(one.agreement, one.measure): one.reference for one in rows if one.counted_by is None}
    told = [at_hand.get((one.counted_by or 0, one.measure), "") for one in rows]
    counts = follow.counted(
        follow.Part(one.pk, one.same, one.figures, one.share, bool(by)) for one, by in zip(rows, told, strict=True)
    )
    return [
        replace(one, elsewhere=bool(by), counted_in=by, counted=each.value)
        for one, by, each in zip(rows, told, counts, strict=True)
    ]


def outcomes_of(agreement: Agreement, *, actor: Actor) -> tuple[OutcomeRow, ...]:
    """The outcomes of an agreement, and what counts of each beside those of others. Two queries."""
    mine = Outcome.objects.filter(agreement=agreement).values("measure")
    return tuple(row for row in outcome_rows(actor, measures=mine) if row.agreement == agreement.pk)


def measures_in(organisation: int) -> list[PlanMeasure]:
    """The measures of a body's plan, by priority and name. One query."""
    return list(PlanMeasure.objects.filter(organisation=organisation).order_by("priority", "name"))


def plan_totals(actor: Actor, *, organisation: int, until: date | None = None) -> tuple[MeasureTotal, ...]:
    """The measures of a body's plan with what the agreements that an actor sees bring about. Three queries."""
    plan = PlanMeasure.objects.filter(organisation=organisation)
    rows = outcome_rows(actor, measures=plan.order_by().values("pk"), until=until)
    return totals(measures_in(organisation), rows)


def totals(measures: Sequence[PlanMeasure], rows: Sequence[OutcomeRow]) -> tuple[MeasureTotal, ...]:
    """Each measure with its rows and their sum."""
    found = []
    for one in measures:
        mine = tuple(row for row in rows if row.measure == one.pk)
        total = follow.per_unit(sum((row.counted for row in mine), Fraction(0))) if one.adds_up else None
        found.append(MeasureTotal(one.pk, one.priority, one.name, one.unit, one.adds_up, one.target, total, mine))
    return tuple(found)
