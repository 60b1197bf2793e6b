"""Inspections for scripts: the register, and one inspection with its steps, grades and what it asks for."""

from datetime import date
from typing import Any, ClassVar

from pydantic import Field

from candour.inspections.access import InspectionPermission
from candour.inspections.models import Inspection
from candour.inspections.queries.items import items_of
from candour.inspections.queries.one import in_full, inspection_at
from candour.inspections.queries.past import inspections_on, shown_on
from candour.inspections.queries.register import SORTS, VIEWS, InspectionFilter, matches, page_of
from candour.inspections.rules import KINDS, STATE_WORDS
from candour.kernel.access import Actor
from candour.kernel.service import api
from candour.kernel.service.api import Asked, Found, Named


class InspectionFilters(api.Listed):
    """What the register can be narrowed to: what its page can."""

    view: str = api.choice(VIEWS, usual="open")
    kind: str = api.choice(KINDS)
    inspectorate: api.Number | None = Field(None, description="The number of the inspectorate")
    state: str = api.choice(STATE_WORDS)
    sort: str = api.order(SORTS, "state")


class InspectionOut(api.RowOut):
    """An inspection on a day."""

    kind: str
    inspectorate: str
    state: str
    notified_on: date | None
    fieldwork_on: date | None
    debrief_on: date | None
    published_on: date | None
    response_due: date | None
    answered_on: date | None
    next_due: date | None
    closed_on: date | None


class StepOut(api.Out):
    """A step of the statutory clock."""

    step: str
    words: str
    due: date
    done_on: date | None
    late: bool

    taken: ClassVar[dict[str, str]] = {"step": "which"}


class GradeOut(api.Out):
    """A grade, on the scale that it was given on."""

    area: str
    grade: str
    scale: str

    taken: ClassVar[dict[str, str]] = {"grade": "word", "scale": "scale_name"}


class ItemOut(api.Out):
    """Something that the report asks for."""

    reference: str
    title: str
    sort: str
    state: str
    owner: str
    due: date | None
    closed_on: date | None


class InspectionWhole(api.WholeOut, InspectionOut):
    """An inspection with its steps and grades, and today with what it asks for."""

    steps: list[StepOut]
    grades: list[GradeOut]
    items: list[ItemOut] | None = Field(description="Null as at a past day: read the recommendations as at that day")


def _rows(asked: Asked[InspectionFilters]) -> Found:
    given, view = asked.wanted, asked.wanted.view or "open"
    wanted = InspectionFilter(view, given.kind, asked.organisation, given.inspectorate, given.state, given.q)

    def then() -> list[Any]:
        rows = shown_on([one.row for one in inspections_on(asked.actor, wanted, as_at=asked.day)], wanted)
        return [row for row in rows if matches(row, view)]

    return api.found_on(asked, live=lambda: page_of(asked.actor, wanted, today=asked.day, **asked.page), then=then)


def _full(it: Inspection, *, actor: Actor, day: date, past: date | None) -> Any:
    whole = in_full(it, actor=actor, today=day, as_at=past)
    if whole is None:
        return None
    pk = it.record.pk
    items = None if past else items_of([pk], actor=actor, today=day).get(pk, ())
    return Named(whole.row, steps=whole.steps, grades=whole.grades, items=items)


router = api.routes(
    api.Register(
        name="inspections",
        of="inspections",
        one="inspection",
        many="Inspections",
        see=InspectionPermission.SEE,
        filters=InspectionFilters,
        row=InspectionOut,
        whole=InspectionWhole,
        rows=_rows,
        find=inspection_at,
        full=_full,
    )
)
