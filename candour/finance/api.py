"""Finance for scripts: budgets with their positions, savings, capital, projects and collaborations. Amounts are in pence."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, ClassVar

from pydantic import Field

from candour.finance.access import FinancePermission
from candour.finance.models import Budget, Scheme
from candour.finance.queries.budgets import budget_at, budget_in_full, budgets_seen
from candour.finance.queries.collaborations import collaboration_at, collaboration_in_full, collaborations_on
from candour.finance.queries.projects import project_at, project_in_full, projects_on
from candour.finance.queries.registers import (
    CAPITAL,
    COLLABORATIONS,
    PROJECTS,
    SAVINGS,
    Register,
    Wanted,
    page_of,
    shown_on,
)
from candour.finance.queries.schemes import scheme_at, scheme_in_full, schemes_on
from candour.kernel.access import Actor
from candour.kernel.service import api
from candour.kernel.service.api import Asked, Found, Named


class AmountsOut(api.Out):
    """The three amounts of a year, in pence."""

    budget: int | None
    forecast: int | None
    actual: int | None


class BudgetFilters(api.Listing):
    """The budgets that stand."""


class BudgetOut(api.Out):
    """A budget: of which body, for which year."""

    reference: str
    organisation: str
    year: date = Field(description="The first day of its financial year")

    taken: ClassVar[dict[str, str]] = {"organisation": "organisation_code"}


class HeadingOut(api.Out):
    """A heading of a budget."""

    heading: str
    amounts: AmountsOut


class ReserveOut(api.Out):
    """A reserve: what it begins the year with, and what moves."""

    name: str
    opening: int | None
    movement: int | None
    minimum: int | None
    closing: int | None


class BudgetWhole(api.WholeOut):
    """A budget with its newest position."""

    year: date
    position: date | None = Field(description="The month whose figures were loaded last")
    whole: AmountsOut
    headings: list[HeadingOut]
    reserves: list[ReserveOut]


class SchemeOut(api.RowOut):
    """A saving or a capital scheme on a day."""

    state: str
    rating: str
    position: date | None
    year: date | None
    budget: int | None
    forecast: int | None
    actual: int | None
    whole_budget: int | None
    whole_forecast: int | None
    whole_actual: int | None
    closed_on: date | None

    taken: ClassVar[dict[str, str]] = api.RowOut.taken | {"rating": "line.word"}


class SchemeYearOut(api.Out):
    """A year of a scheme."""

    year: date
    amounts: AmountsOut
    slipped: int
    unfunded: int


class SchemeWhole(api.WholeOut, SchemeOut):
    """A scheme with its years."""

    about: str
    years: list[SchemeYearOut]


class ProjectOut(api.RowOut):
    """A project on a day."""

    state: str
    stage: str
    period: date | None = Field(description="The month reported on last")
    report_due: date | None
    time: str
    cost: str
    benefits: str
    budget: int | None
    forecast: int | None
    ends: date | None
    expected: date | None
    closed_on: date | None

    taken: ClassVar[dict[str, str]] = api.RowOut.taken | {
        "time": "line.time_word",
        "cost": "line.cost_word",
        "benefits": "line.benefits_word",
    }


class CaseOut(api.Out):
    """A business case, and what was decided of it."""

    kind: str
    value: int
    submitted_on: date
    needs: str
    answer: str
    answered_on: date | None


class ProjectWhole(api.WholeOut, ProjectOut):
    """A project with its business cases."""

    cases: list[CaseOut]


class CollaborationOut(api.RowOut):
    """A collaboration on a day."""

    state: str
    lead: str
    members: int
    year: date | None
    cost: int | None
    own_share: int | None
    own_cost: int | None
    ends: date | None
    review_due: date
    closed_on: date | None


class CostOut(api.Out):
    """What a collaboration costs in a year."""

    year: date
    cost: int | None


class CollaborationWhole(api.WholeOut, CollaborationOut):
    """A collaboration with its years."""

    years: list[CostOut]


Stood = Callable[[Actor, date, int | None], list[Any]]


def _rows(register: Register, stood: Stood, asked: Asked[Any]) -> Found:
    given = asked.wanted
    wanted = Wanted(given.view or "open", asked.organisation, given.state, given.q)

    def then() -> list[Any]:
        rows = shown_on(register, stood(asked.actor, asked.day, asked.organisation), wanted)
        return [row for row in rows if register.views[wanted.view].holds(row)]

    return api.found_on(
        asked, live=lambda: page_of(register, asked.actor, wanted, today=asked.day, **asked.page), then=then
    )


def _filters(register: Register) -> type[api.Listed]:
    """What a list can be narrowed to: what its page can."""

    class Filters(api.Listed):
        view: str = api.choice(register.views, usual="open")
        state: str = api.choice(register.order)
        sort: str = api.order(register.sorts, "state")

    Filters.__name__ = f"{register.name.title()}Filters"
    return Filters


def _schemes(sort: str, actor: Actor, day: date, body: int | None) -> list[Any]:
    return [one.row for one in schemes_on(actor, sort, as_at=day, organisation=body)]


def _scheme_at(sort: str, organisation: str, reference: str, *, actor: Actor) -> Scheme:
    found = scheme_at(organisation, reference, actor=actor)
    if found.sort != sort:
        raise Scheme.DoesNotExist
    return found


def _whole(
    read: Callable[..., Any], names: tuple[str, ...], it: Any, *, actor: Actor, day: date, past: date | None
) -> Any:
    whole = read(it, actor=actor, today=day, as_at=past)
    return None if whole is None else Named(whole.row, **{name: getattr(whole, name) for name in names})


def _budgets(asked: Asked[BudgetFilters]) -> Found:
    rows = [row for row in budgets_seen(asked.actor) if asked.organisation in {None, row.organisation_id}]
    return Found(rows[asked.part], len(rows))


def _budget(it: Budget, *, actor: Actor, day: date, past: date | None) -> Any:
    found = budget_in_full(it, actor=actor, as_at=past)
    if found is None:
        return None
    whole = found[0]
    headings = [{"heading": heading, "amounts": amounts} for heading, amounts in whole.headings]
    return Named(whole.row, whole=whole.whole, headings=headings, reserves=whole.reserves)


def _register(register: Register, one: str, row: type[api.RowOut], whole: type[api.WholeOut], **asked: Any) -> Any:
    stood = asked.pop("stood")
    return api.routes(
        api.Register(
            name=register.name,
            of="finance",
            one=one,
            many=register.many.capitalize(),
            see=FinancePermission.SEE,
            filters=_filters(register),
            row=row,
            whole=whole,
            rows=partial(_rows, register, stood),
            **asked,
        )
    )


budgets = api.routes(
    api.Register(
        name="budgets",
        of="finance",
        one="budget",
        many="Budgets",
        see=FinancePermission.SEE,
        filters=BudgetFilters,
        row=BudgetOut,
        whole=BudgetWhole,
        rows=_budgets,
        find=budget_at,
        full=_budget,
    )
)
_OF_SCHEMES = partial(_whole, scheme_in_full, ("about", "years"))
savings = _register(
    SAVINGS, "saving", SchemeOut, SchemeWhole,
    stood=partial(_schemes, "saving"), find=partial(_scheme_at, "saving"), full=_OF_SCHEMES,
)  # fmt: skip
capital = _register(
    CAPITAL, "capital scheme", SchemeOut, SchemeWhole,
    stood=partial(_schemes, "capital"), find=partial(_scheme_at, "capital"), full=_OF_SCHEMES,
)  # fmt: skip
projects = _register(
    PROJECTS, "project", ProjectOut, ProjectWhole,
    stood=lambda actor, day, body: [one.row for one in projects_on(actor, as_at=day, organisation=body)],
    find=project_at, full=partial(_whole, project_in_full, ("cases",)),
)  # fmt: skip
collaborations = _register(
    COLLABORATIONS, "collaboration", CollaborationOut, CollaborationWhole,
    stood=lambda actor, day, body: [one.row for one in collaborations_on(actor, as_at=day, organisation=body)],
    find=collaboration_at, full=partial(_whole, collaboration_in_full, ("years",)),
)  # fmt: skip
