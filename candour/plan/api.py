"""Plans for scripts: the activities, one of them with what was said; the plans, one of them with its objectives."""

from datetime import date
from typing import Any, ClassVar

from pydantic import Field

from candour.kernel.access import Actor
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import word_scales
from candour.kernel.service import api
from candour.kernel.service.api import Asked, Found, Named
from candour.plan.access import PlanPermission
from candour.plan.models import Activity, Plan
from candour.plan.queries.one import activity_at, plan_at, plans_of, said_of
from candour.plan.queries.overview import overview, values_of
from candour.plan.queries.past import activities_on, records_of, register_on, seen_on, whole_on
from candour.plan.queries.register import SORTS, VIEWS, ActivityFilter, lines, matches, page_of, rows_of
from candour.plan.queries.rows import plan_row
from candour.plan.rules import STATE_WORDS

NOT_MINE = [name for name in VIEWS if name != "mine"]
PLANS = 200


class ActivityFilters(api.Listed):
    """What the list can be narrowed to: what its page can."""

    view: str = api.choice(NOT_MINE, usual="open")
    plan: api.Number | None = Field(None, description="The number of a plan")
    objective: api.Number | None = Field(None, description="The number of an objective")
    state: str = api.choice(STATE_WORDS)
    sort: str = api.order(SORTS, "state")


class ActivityOut(api.RowOut):
    """An activity on a day."""

    under: str = Field(description="The reference of its objective")
    state: str
    rating: str = Field(description="What its owner says, in the words of the scale")
    at_risk: bool
    lead: str
    starts: date | None
    original_due: date | None
    due: date | None
    slips: int
    updated_on: date | None
    update_due: date | None
    outcome: str
    closed_on: date | None

    taken: ClassVar[dict[str, str]] = api.RowOut.taken | {"rating": "line.word"}


class SaidOut(api.Out):
    """What its owner said on a day."""

    on: date
    rating: str
    achieved: str
    left: str
    barriers: str

    taken: ClassVar[dict[str, str]] = {"rating": "word"}


class ActivityWhole(api.WholeOut, ActivityOut):
    """An activity with what was said of it."""

    text: str
    updates: list[SaidOut] | None = Field(description="Null as at a past day, of which the newest is in the paper")


class PlanFilters(api.Searched):
    """The plans that run."""


class PlanOut(api.RowOut):
    """A plan on a day."""

    number: int = Field(description="What activities are narrowed by")
    sort: str
    state: str
    starts: date
    ends: date
    published_on: date | None
    closed_on: date | None

    taken: ClassVar[dict[str, str]] = api.RowOut.taken | {"number": "pk"}


class ObjectiveOut(api.RowOut):
    """An objective, and how many of its activities are in each state."""

    number: int
    outcome: str
    state: str
    activities: dict[str, int]

    taken: ClassVar[dict[str, str]] = api.RowOut.taken | {"number": "pk", "activities": "tally.states"}


class PlanWhole(api.WholeOut, PlanOut):
    """A plan with its objectives."""

    aim: str
    objectives: list[ObjectiveOut]


def _activities(asked: Asked[ActivityFilters]) -> Found:
    given, view = asked.wanted, asked.wanted.view or "open"
    wanted = ActivityFilter(view, given.plan, given.objective, asked.organisation, given.state, given.q)

    def then() -> list[Any]:
        return [row for row in register_on(asked.actor, wanted, as_at=asked.day) if matches(row, view, asked.day)]

    return api.found_on(asked, live=lambda: page_of(asked.actor, wanted, today=asked.day, **asked.page), then=then)


def _activity(it: Activity, *, actor: Actor, day: date, past: date | None) -> Any:
    if past is None:
        rows = rows_of(lines(actor).filter(record=it.pk), actor, today=day, size=1)
        return Named(rows[0], updates=said_of(it.pk)) if rows else None
    records = records_of(actor).filter(pk__in=(it.pk, it.objective_id))
    seen = seen_on(actor, records, as_at=past)
    found = [row for row in activities_on(seen, word_scales(Scale.Kind.RATING), as_at=past) if row.pk == it.pk]
    return Named(found[0], updates=None) if found else None


def _plans(asked: Asked[PlanFilters]) -> Found:
    words = asked.wanted.q.casefold().split()
    rows = [plan_row(values_of(plan)) for plan in plans_of(asked.actor, most=PLANS)]
    rows = [row for row in rows if asked.organisation in {None, row.organisation_id}]
    rows = [row for row in rows if all(word in f"{row.reference} {row.title}".casefold() for word in words)]
    return Found(rows[asked.part], len(rows))


def _plan(it: Plan, *, actor: Actor, day: date, past: date | None) -> Any:
    whole = overview(it, actor, today=day) if past is None else whole_on(actor, it.pk, as_at=past)
    return None if whole is None else Named(whole.plan, objectives=whole.objectives)


activities = api.routes(
    api.Register(
        name="activities",
        of="plan",
        one="activity",
        many="Activities",
        see=PlanPermission.SEE,
        filters=ActivityFilters,
        row=ActivityOut,
        whole=ActivityWhole,
        rows=_activities,
        find=activity_at,
        full=_activity,
    )
)
plans = api.routes(
    api.Register(
        name="plans",
        of="plan",
        one="plan",
        many="Plans",
        see=PlanPermission.SEE,
        filters=PlanFilters,
        row=PlanOut,
        whole=PlanWhole,
        rows=_plans,
        find=plan_at,
        full=_plan,
    )
)
