"""Risks for scripts: the register, one risk, and what was said of it since."""

from datetime import date
from typing import Any, ClassVar, Literal

from ninja import Router
from pydantic import Field

from candour.kernel.access import Actor
from candour.kernel.rules import Refused
from candour.kernel.scales.queries import scale_book
from candour.kernel.service import api
from candour.kernel.service.api import Asked, Found, Text
from candour.risks import commands
from candour.risks.access import RiskPermission
from candour.risks.models import Control, Level, Risk
from candour.risks.queries import RiskFilter, in_full, open_register, risk_at
from candour.risks.queries.lists import SORTS
from candour.risks.rules import MOVEMENT_WORDS, STATUS_WORDS
from candour.risks.views.frame import since_of

ANSWERS = ("in place", *Control.Effect.values, "still to do", "removed")


class RiskFilters(api.Listed):
    """What the register can be narrowed to: what its page can."""

    level: str = api.choice(Level.values, "strategic without it", usual=Level.STRATEGIC)
    owner: api.Number | None = Field(None, description="The number of the post that owns it")
    status: str = api.choice(STATUS_WORDS, "Any that is live without it")
    band: str = Field("", max_length=60, description="A band of the scale, for example High")
    movement: str = api.choice(["changed", *MOVEMENT_WORDS], "Since the last paper, or a quarter ago")
    sensitivity: str = api.choice(["public", "office", "restricted"])
    appetite: str = api.choice(["within", "at", "over"])
    sort: str = api.order(SORTS, "-score")


class RiskOut(api.RowOut):
    """A risk on a day."""

    level: str
    owner_number: int | None
    responsible_officer: str
    status: str
    score: int | None
    band: str
    impact: int | None
    likelihood: int | None
    target: int | None
    movement: str
    previous_score: int | None
    first_recorded: date
    last_review: date | None
    review_due: date | None
    open_controls: int
    next_control_due: date | None
    closed_on: date | None

    taken: ClassVar[dict[str, str]] = api.RowOut.taken | {
        "level": "line.kind",
        "owner_number": "owner_id",
        "band": "line.band",
        "target": "line.target",
        "movement": "direction",
    }


class ControlOut(api.Out):
    """A control, and its state on the day."""

    number: int
    text: str
    owner: str
    pending: bool
    due: date | None
    in_place_since: date | None
    removed_on: date | None
    state: str

    taken: ClassVar[dict[str, str]] = {"number": "pk"}


class UpdateOut(api.Out):
    """What was said on a day."""

    dated: date
    text: str


class ScoreOut(api.Out):
    """A score from a day on, on the scale that was in force."""

    since: date
    impact: int
    likelihood: int
    score: int
    band: str
    scale: str

    taken: ClassVar[dict[str, str]] = {"band": "band.name", "scale": "matrix.name"}


class RiskWhole(api.WholeOut, RiskOut):
    """A risk with its wording, scores, controls and updates."""

    source: str
    event: str
    effect: str
    context: str
    category: str
    response: str
    scores: list[ScoreOut]
    inherent: ScoreOut | None
    proposed: ScoreOut | None = Field(description="A score that waits for a board, and counts for nothing until then")
    controls: list[ControlOut]
    updates: list[UpdateOut]

    taken: ClassVar[dict[str, str]] = RiskOut.taken | {"scores": "history"}


class NewUpdate(api.In):
    """What is said of a risk."""

    text: Text
    reason: Text = ""


class ControlAnswer(api.In):
    """What became of a pending control, as the page of a review asks it."""

    control: api.Number
    answer: Literal[ANSWERS]  # type: ignore[valid-type]
    due: date | None = None


class NewReview(api.In):
    """A review: the score where it was looked at, what moved, and the controls that were answered."""

    narrative: Text = Field(description="What moved since the last review, or that nothing has")
    impact: int | None = Field(None, ge=1, le=99)
    likelihood: int | None = Field(None, ge=1, le=99)
    accept: bool = Field(False, description="The risk is accepted as it stands")
    controls: list[ControlAnswer] = Field([], max_length=200)


def _rows(asked: Asked[RiskFilters]) -> Found:
    wanted, day = asked.wanted, asked.day
    base = RiskFilter(level=wanted.level, organisation=asked.organisation)
    said: dict[str, Any] = {"today": day, "as_at": asked.past, "since": since_of(asked.request, day)}
    source = open_register(asked.actor, base, book=scale_book(), texts=bool(wanted.q), **said)
    chosen = RiskFilter(
        level=wanted.level,
        organisation=asked.organisation,
        words=wanted.q,
        owner=wanted.owner,
        status=wanted.status,
        band=wanted.band,
        movement=wanted.movement,
        sensitivity=wanted.sensitivity,
        closed=wanted.status == "Closed",
        appetite=wanted.appetite,
    )
    found = source.page(chosen, sort=wanted.sort, offset=wanted.offset, size=wanted.limit)
    return Found(found.rows, found.total)


def _full(risk: Risk, *, actor: Actor, day: date, past: date | None) -> Any:
    return in_full(risk, actor=actor, today=day, since=None, as_at=past)


RISKS = api.Register(
    name="risks",
    of="risks",
    one="risk",
    many="Risks",
    see=RiskPermission.SEE,
    filters=RiskFilters,
    row=RiskOut,
    whole=RiskWhole,
    rows=_rows,
    find=risk_at,
    full=_full,
)


def _writes(router: Router) -> None:
    @router.post(
        f"{api.ONE}/updates", response=api.WRITES, url_name="api-risk-update", operation_id="update_risk",
        summary="Record what was said of a risk", description="Scope: risks:write",
    )  # fmt: skip
    def update(request: Any, organisation: str, reference: str, said: NewUpdate) -> Any:
        return api.write(
            request,
            RISKS,
            organisation,
            reference,
            lambda risk, by: commands.record_update(risk, **said.model_dump(), **by),
        )

    @router.post(
        f"{api.ONE}/reviews", response=api.WRITES, url_name="api-risk-review", operation_id="review_risk",
        summary="Review a risk", description="Scope: risks:write",
    )  # fmt: skip
    def review(request: Any, organisation: str, reference: str, said: NewReview) -> Any:
        def do(risk: Risk, by: dict[str, Any]) -> Risk:
            answers = {each.control: (each.answer, each.due) for each in said.controls}
            known = set(Control.objects.filter(risk=risk, pk__in=answers).values_list("pk", flat=True))
            if unknown := sorted(set(answers) - known):
                raise Refused("controls", f"The risk has no control {unknown[0]}: take it out")
            return commands.review(risk, **said.model_dump(exclude={"controls"}), answers=answers, **by)

        return api.write(request, RISKS, organisation, reference, do)


router = api.routes(RISKS, _writes)
