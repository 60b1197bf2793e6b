"""Recommendations for scripts: the tracker, one recommendation, and what its owner says of it."""

from datetime import date
from typing import Any, ClassVar

from ninja import Router
from pydantic import Field

from candour.kernel.access import Actor
from candour.kernel.service import api
from candour.kernel.service.api import Asked, Found, Text
from candour.recommendations import commands
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.forms.filters import STATUSES, narrowed
from candour.recommendations.models import Recommendation, Source
from candour.recommendations.queries.filters import RecommendationFilter
from candour.recommendations.queries.one import in_full, recommendation_at
from candour.recommendations.queries.orders import SORTS
from candour.recommendations.queries.register import row_on
from candour.recommendations.queries.sources import open_tracker
from candour.recommendations.rules import AGE_WORDS, PAST_WORDS

PAST = ("past", *PAST_WORDS)
SLIPS = ("0", "1", "once", "2", "unapproved")


class RecommendationFilters(api.Listed):
    """What the tracker can be narrowed to: what its page can."""

    owner: api.Number | None = Field(None, description="The number of a post that owns part of it")
    status: str = api.choice([name for name, _ in STATUSES if name], "Any that is open without it")
    priority: str = Field("", max_length=60)
    source: str = api.choice(Source.values)
    past: str = api.choice(PAST, "How far past its first date")
    slips: str = api.choice(SLIPS, "How often its date moved")
    age: str = api.choice(AGE_WORDS)
    sensitivity: str = api.choice(["public", "office", "restricted"])
    audit: str = Field("", max_length=200, description="The report")
    sort: str = api.order(SORTS, "priority")


class RecommendationOut(api.RowOut):
    """A recommendation on a day."""

    source: str
    audit: str
    status: str
    priority: str
    response: str
    original_due: date | None
    due: date | None
    slips: int
    days_late: int = Field(description="Past the date that stands")
    days_past_first_date: int
    reported_on: date
    last_update: date | None
    proposed_on: date | None
    outcome: str
    closed_on: date | None

    taken: ClassVar[dict[str, str]] = api.RowOut.taken | {
        "days_late": "late.current",
        "days_past_first_date": "late.original",
    }


class TargetOut(api.Out):
    """A line of an owner's ledger of dates."""

    text: str
    due: date | None
    set_on: date
    why: str
    approver: str


class OwnerOut(api.Out):
    """A post that owns a part, with every date that it ever had."""

    number: int
    owner: str
    targets: list[TargetOut]

    taken: ClassVar[dict[str, str]] = {"number": "pk"}


class UpdateOut(api.Out):
    """What an owner said for a period."""

    number: int
    period: str
    dated: date
    by: str
    achieved: str
    left: str
    barriers: str
    text: str
    proposes_closure: bool

    taken: ClassVar[dict[str, str]] = {"number": "pk"}


class ClosureOut(api.Out):
    """A proposal to close, and what was decided of it."""

    proposed_on: date
    proposed_by: str
    case: str
    answered_on: date | None
    answer: str
    why: str
    verified_on: date | None
    verdict: str


class RecommendationWhole(api.WholeOut, RecommendationOut):
    """A recommendation with its words, owners, updates and closures."""

    text: str
    finding: str
    risk: str
    response_text: str
    owners: list[OwnerOut]
    updates: list[UpdateOut]
    closures: list[ClosureOut]


class NewAnswer(api.In):
    """What the post of the token says for a period. It answers what an open cycle asks of that post."""

    achieved: Text = ""
    left: Text = ""
    barriers: Text = ""
    text: Text = Field("", description="What was said without answering the questions one by one")
    period: Text = Field("", max_length=60)
    proposes_closure: bool = False
    evidence: Text = ""
    reason: Text = ""


def _rows(asked: Asked[RecommendationFilters]) -> Found:
    given = asked.wanted.model_dump()
    base = RecommendationFilter(organisation=asked.organisation)
    owner = "" if given["owner"] is None else str(given["owner"])
    wanted = narrowed(base, given | {"owner": owner, "directorate": "", "happened": ""})
    tracker = open_tracker(asked.actor, organisation=asked.organisation, today=asked.day, as_at=asked.past)
    total = tracker.counts({"list": wanted})["list"]
    rows = tracker.page(wanted, **asked.page, total=total).rows if total > asked.wanted.offset else ()
    return Found(rows, total)


def _full(it: Recommendation, *, actor: Actor, day: date, past: date | None) -> Any:
    if past is None:
        return in_full(it, today=day)
    return row_on(it.record, actor=actor, today=day, as_at=past)


RECOMMENDATIONS = api.Register(
    name="recommendations",
    of="recommendations",
    one="recommendation",
    many="Recommendations",
    see=RecommendationPermission.SEE,
    filters=RecommendationFilters,
    row=RecommendationOut,
    whole=RecommendationWhole,
    rows=_rows,
    find=recommendation_at,
    full=_full,
)


def _writes(router: Router) -> None:
    @router.post(
        f"{api.ONE}/answers", response=api.WRITES, url_name="api-recommendation-answer",
        operation_id="answer_recommendation", summary="Say what moved in a recommendation",
        description="Scope: recommendations:write",
    )  # fmt: skip
    def answer(request: Any, organisation: str, reference: str, said: NewAnswer) -> Any:
        def do(it: Recommendation, by: dict[str, Any]) -> Any:
            return commands.record_update(it, **said.model_dump(), by=request.token.post, **by)

        return api.write(request, RECOMMENDATIONS, organisation, reference, do)


router = api.routes(RECOMMENDATIONS, _writes)
