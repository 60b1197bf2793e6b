"""Measures for scripts: the list, one measure with its figures, and figures to load."""

from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any, ClassVar

from ninja import Router
from pydantic import Field

from candour.kernel.access import Actor
from candour.kernel.people.models import Organisation
from candour.kernel.records.queries import bodies
from candour.kernel.rules import Refused
from candour.kernel.service import api
from candour.kernel.service.api import Asked, Found, Named, Text
from candour.performance.access import PerformancePermission
from candour.performance.commands import NewFigure, load_figures
from candour.performance.models import Measure
from candour.performance.queries import SORTS, VIEWS, MeasureFilter, in_full_on, matches, page_of, rows_on, shown_on
from candour.performance.queries.one import in_full, measure_at, measures_named
from candour.performance.rules import STATE_WORDS

Amount = Decimal | None
MOST = 5000  # figures of one load


class MeasureFilters(api.Listed):
    """What the list can be narrowed to: what its page can."""

    view: str = api.choice(VIEWS, usual="open")
    topic: str = Field("", max_length=120)
    state: str = api.choice(STATE_WORDS)
    sort: str = api.order(SORTS, "state")


class MeasureOut(api.RowOut):
    """A measure on a day, with its newest figure."""

    topic: str
    unit: str
    better: str = Field(description="higher, lower or neither")
    frequency: str
    state: str
    last_period: date | None
    value: Decimal | None
    provisional: bool
    target: Decimal | None
    target_by: date | None
    variation: str = Field(description="Whether the newest figure gives a signal, in words")
    assurance: str = Field(description="Whether the process will meet the target, in words")
    closed_on: date | None

    taken: ClassVar[dict[str, str]] = api.RowOut.taken | {"target": "line.target"}


class FigureOut(api.Out):
    """A figure as it stands. A small number, or one that would give one away, is hidden and has no value."""

    area: str = Field(description="Empty for the whole")
    period: date
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    status: str
    first: Decimal | None = Field(description="As it was first loaded")
    loaded_on: date | None


class ExplanationOut(api.Out):
    """What a post was asked about a figure, and its answer."""

    period: date
    signal: str
    post: str
    asked: str
    asked_on: date
    due: date
    answer: str
    answered_on: date | None
    recovers_on: date | None

    taken: ClassVar[dict[str, str]] = {"post": "post_label"}


class BreakOut(api.Out):
    """A period from which the limits are worked out anew."""

    period: date
    why: str
    removed_on: date | None


class MeasureWhole(api.WholeOut, MeasureOut):
    """A measure with its figures, breaks and explanations."""

    figures: list[FigureOut]
    breaks: list[BreakOut]
    explanations: list[ExplanationOut]


class FigureIn(api.In):
    """A figure to load. Of a rate or a share give numerator and denominator, of anything else the value."""

    measure: Text = Field(max_length=60, description="The reference of the measure")
    period: api.AnyDay = Field(description="A day within the period")
    area: Text = Field("", max_length=120, description="Empty for the whole")
    value: Amount = Field(None, max_digits=15, decimal_places=4)
    numerator: Amount = Field(None, max_digits=15, decimal_places=4)
    denominator: Amount = Field(None, max_digits=15, decimal_places=4)
    provisional: bool = False
    suppressed: bool = Field(False, description="It is a small number that is not to be shown")


class FiguresIn(api.In):
    """Figures of measures of one body. What stands so already is left out."""

    organisation: Text = Field(max_length=40, description="The code of the body")
    reason: Text = Field(description="Where the figures come from")
    figures: list[FigureIn] = Field(min_length=1, max_length=MOST)


class LoadedOut(api.Out):
    """What a load brought."""

    load: int | None = Field(description="The number of the load; null where everything stood so already")
    figures: int = Field(description="How many figures were new or differed")


def _rows(asked: Asked[MeasureFilters]) -> Found:
    given = asked.wanted
    wanted = MeasureFilter(given.view or "open", given.topic, asked.organisation, given.state, given.q)

    def then() -> list[Any]:
        rows = shown_on(rows_on(asked.actor, wanted, as_at=asked.day), wanted, as_at=asked.day)
        return [row for row in rows if matches(row, wanted.view, asked.day)]

    return api.found_on(
        asked,
        live=lambda: page_of(asked.actor, wanted, today=asked.day, **asked.page),
        then=then,
        shown=lambda part: in_full_on(part, as_at=asked.day),
    )


def _full(measure: Measure, *, actor: Actor, day: date, past: date | None) -> Any:
    whole = in_full(measure, actor=actor, today=day, as_at=past)
    if whole is None:
        return None
    return Named(whole.row, figures=whole.figures, breaks=whole.breaks, explanations=whole.explanations)


def _writes(router: Router) -> None:
    @router.post(
        "/figures", response=api.WRITES | {201: LoadedOut}, url_name="api-figures", operation_id="load_figures",
        summary="Load figures of measures", description="Scope: measures:write",
    )  # fmt: skip
    def figures(request: Any, said: FiguresIn) -> Any:
        actor = api.entered(request, "measures:write")

        def do() -> dict[str, Any]:
            body = _body(actor, said.organisation)
            load = load_figures(
                _figures(said, body, actor),
                organisation=body,
                file_name=f"API, {request.token.name}",
                sha256=sha256(request.body).hexdigest(),
                actor=actor,
                at=request.now,
                reason=said.reason,
            )
            return {"load": load and load.pk, "figures": load.figures if load else 0}

        return api.written(request, find=lambda: None, do=do)


def _body(actor: Actor, code: str) -> Organisation:
    found = next((one for one in bodies(actor, PerformancePermission.MANAGE) if one.code == code), None)
    if found is None:
        raise Refused("organisation", "Enter the code of a body whose figures the token may load")
    return found


def _figures(said: FiguresIn, body: Organisation, actor: Actor) -> list[NewFigure]:
    known = measures_named(body.pk, actor)
    found = []
    for number, one in enumerate(said.figures):
        measure = known.get(one.measure.casefold())
        if measure is None or measure.record.reference.casefold() != one.measure.casefold():
            raise Refused(
                f"figures.{number}.measure", f"{body.name} has no measure {one.measure} that is still measured"
            )
        found.append(NewFigure(measure, **one.model_dump(exclude={"measure"})))
    return found


router = api.routes(
    api.Register(
        name="measures",
        of="measures",
        one="measure",
        many="Measures",
        see=PerformancePermission.SEE,
        filters=MeasureFilters,
        row=MeasureOut,
        whole=MeasureWhole,
        rows=_rows,
        find=measure_at,
        full=_full,
    ),
    _writes,
)
