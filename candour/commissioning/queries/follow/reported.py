"""What papers tell of agreements: each as it stood on a day with its money, ratings, returns and outcomes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from candour.commissioning.models import (
    Forecast,
    Indicator,
    Issue,
    Outcome,
    OutcomeFigure,
    Payment,
    PlanMeasure,
    Rating,
    Return,
    Underspend,
    Withheld,
)
from candour.commissioning.queries.follow.outcomes import OutcomeRow
from candour.commissioning.queries.past import register_on
from candour.commissioning.queries.register import AgreementFilter
from candour.commissioning.queries.rows import AgreementRow
from candour.commissioning.rules import follow
from candour.kernel.access import Actor
from candour.kernel.history.queries import as_at_together, grouped
from candour.kernel.people.models import Organisation
from candour.kernel.rules import read

Values = Mapping[str, Any]
OF_AGREEMENT: Mapping[str, Any] = {
    "payments": Payment, "returns": Return, "forecasts": Forecast, "underspends": Underspend, "issues": Issue,
    "indicators": Indicator, "ratings": Rating, "outcomes": Outcome, "figures": OutcomeFigure, "withheld": Withheld,
}  # fmt: skip


@dataclass(frozen=True)
class Kpi:
    """A KPI that is measured, with its last rating; "" where it was not rated."""

    name: str
    target: str
    rating: str


@dataclass(frozen=True)
class Followed:
    """An agreement as it stood on a day, with what followed it.

    back: what of underspends was asked back and is not settled.
    outcomes: not counted yet beside those of others; see outcomes.counting.
    """

    row: AgreementRow
    money: follow.Money
    back: int
    late: int
    waiting: int
    asked: int
    issues: int
    kpis: tuple[Kpi, ...]
    outcomes: tuple[OutcomeRow, ...]
    withheld: bool


@dataclass(frozen=True)
class MeasureThen:
    """A measure of the plan as it stood."""

    pk: int
    priority: str
    name: str
    unit: str
    adds_up: bool
    target: Decimal | None


def followed(
    actor: Actor, *, organisation: Organisation, as_at: date, at: datetime, only: int | None = None
) -> tuple[tuple[Followed, ...], tuple[MeasureThen, ...]]:
    """The agreements of a body on a day, from what had been recorded by `at` and the actor may see; the measures of its plan.

    only: the number of one of them, beside those it is compared with: all of its stream. Six queries, whatever there is.
    """
    rows = register_on(actor, AgreementFilter(organisation=organisation.pk), as_at=as_at, known_on=at)
    if only is not None:
        streams = {row.line.stream for row in rows if row.pk == only}
        rows = [row for row in rows if row.line.stream in streams]
    numbers = [row.pk for row in rows]
    asked: dict[str, Any] = {name: model.objects.filter(agreement__in=numbers) for name, model in OF_AGREEMENT.items()}
    (found,) = as_at_together(asked, (as_at,), known_on=at)
    plan = measures_named(PlanMeasure.objects.filter(organisation=organisation))
    tables = {name: grouped(sorted(held, key=lambda one: one["id"]), "agreement_id") for name, held in found.items()}
    told = tuple(
        _followed(row, {name: held.get(row.pk, ()) for name, held in tables.items()}, plan, as_at) for row in rows
    )
    return told, tuple(sorted(plan.values(), key=lambda one: (one.priority, one.name)))


PLAN = ("priority", "name", "unit", "adds_up", "target")


def measures_named(rows: QuerySet[PlanMeasure]) -> dict[int, MeasureThen]:
    """Measures by number. They never change, and an outcome may take effect before the day its measure was added. One query."""
    return {pk: MeasureThen(pk, *values) for pk, *values in rows.order_by().values_list("pk", *PLAN)}


def _followed(
    row: AgreementRow, held: Mapping[str, Sequence[Values]], plan: Mapping[int, MeasureThen], day: date
) -> Followed:
    returns = [one for one in held["returns"] if one["dropped_on"] is None]
    states = [read(follow.RETURN, _Read(one), day) for one in returns]
    outcomes = tuple(outcome_then(row, one, held["figures"], plan[one["measure_id"]]) for one in held["outcomes"])
    unsettled = [one for one in held["underspends"] if not (one["received_on"] or one["carried_on"])]
    return Followed(
        row=row,
        money=follow.money(_spend(row, returns, held), day),
        back=sum(one["agreed"] or one["amount"] for one in unsettled),
        late=sum(state in ("Late", "Sent back, late") for state in states),
        waiting=sum(state in ("To assess", "Assessment late") for state in states),
        asked=len(returns),
        issues=sum(one["resolved_on"] is None for one in held["issues"]),
        kpis=tuple(_kpi(one, held["ratings"]) for one in held["indicators"] if one["ended_on"] is None),
        outcomes=outcomes,
        withheld=any(one["ended_on"] is None for one in held["withheld"]),
    )


class _Read:
    """A past state of a return as its rule table reads it."""

    def __init__(self, values: Values) -> None:
        for name in ("due", "received_on", "assess_by", "verdict"):
            setattr(self, name, values[name])


def _spend(row: AgreementRow, returns: Sequence[Values], held: Mapping[str, Sequence[Values]]) -> follow.Spend:
    return follow.Spend(
        value=row.line.value,
        paid=[(one["on"], one["amount"]) for one in held["payments"]],
        reported=[(one["ends"], one["spent"]) for one in returns if one["received_on"] and one["spent"] is not None],
        forecast={one["year"]: one["amount"] for one in held["forecasts"]},
        settled=[
            follow.Settled(
                one["year"],
                one["received_on"] or one["carried_on"],
                one["agreed"] or one["amount"],
                bool(one["carried_on"]),
            )
            for one in held["underspends"]
            if one["received_on"] or one["carried_on"]
        ],
        ends=row.line.closed_on or row.line.ends,
    )


def _kpi(one: Values, ratings: Sequence[Values]) -> Kpi:
    mine = sorted((each["on"], each["rating"]) for each in ratings if each["indicator_id"] == one["id"])
    return Kpi(one["name"], one["target"], mine[-1][1] if mine else "")


def outcome_then(row: AgreementRow, one: Values, figures: Sequence[Values], measure: MeasureThen) -> OutcomeRow:
    mine = [(each["starts"], each["ends"], each["value"]) for each in figures if each["outcome_id"] == one["id"]]
    return OutcomeRow(
        pk=one["id"], agreement=row.pk, reference=row.reference, title=row.title, sensitivity=row.sensitivity,
        organisation_code=row.organisation_code, stream=row.stream, measure=measure.pk, priority=measure.priority,
        name=measure.name, unit=measure.unit, adds_up=measure.adds_up, what=one["what"], target=one["target"],
        share=one["share"], counted_by=one["counted_by_id"], stopped_on=one["stopped_on"], figures=tuple(sorted(mine)),
    )  # fmt: skip
