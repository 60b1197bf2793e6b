"""The recommendation itself: the body's response, its wording, what it repeats, who may see it."""

from datetime import date, datetime

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording, recording_many
from candour.kernel.records.models import Record, Sensitivity
from candour.kernel.rules import Refused, need_reason
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.commands.stages import need_stage
from candour.recommendations.models import Outcome, Recommendation, Response


def respond(
    recommendation: Recommendation,
    *,
    response: str,
    response_text: str,
    actor: Actor,
    at: datetime,
    reason: str,
    approver: str = "",
    effective: date | None = None,
) -> Recommendation:
    """What the body says to it: accepted, in part, or not accepted, which ends it that day."""
    require(actor, RecommendationPermission.CHANGE, recommendation.record)
    need_stage("respond", recommendation, "response")
    if response not in Response.values:
        raise Refused("response", "Choose whether it is accepted")
    if not response_text.strip():
        raise Refused("response_text", "Enter the response, as the body gives it")
    why, day, record = need_reason(reason), effective or local_date(at), recommendation.record
    with recording(
        "recommendation.responded", record, actor=actor, at=at, effective=day, reason=why, approver=approver
    ):
        recommendation.response, recommendation.response_text = response, response_text.strip()
        if response == Response.NOT_ACCEPTED:
            recommendation.outcome, record.closed_on = Outcome.NOT_ACCEPTED, day
            record.save()
        recommendation.save()
    return recommendation


def change_wording(
    recommendation: Recommendation,
    *,
    title: str,
    text: str,
    finding: str,
    risk: str,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Recommendation:
    """Change how it is worded; history keeps the old words."""
    require(actor, RecommendationPermission.CHANGE, recommendation.record)
    if not title.strip():
        raise Refused("title", "Enter a heading")
    why, record = need_reason(reason, "Say why the wording changes"), recommendation.record
    with recording("recommendation.reworded", record, actor=actor, at=at, effective=effective, reason=why):
        record.title = " ".join(title.split())[:300]
        record.save()
        recommendation.text, recommendation.finding, recommendation.risk = text, finding, risk
        recommendation.save()
    return recommendation


def mark_repeat(
    recommendation: Recommendation, *, repeat_of: Record, actor: Actor, at: datetime, reason: str
) -> Recommendation:
    """Say that it repeats an earlier recommendation of the body: its age, and that of what repeats it, runs from the first.

    Raises Refused for what is no recommendation of the body, for itself or one that repeats it, and for one reported later.
    """
    require(actor, RecommendationPermission.CHANGE, recommendation.record)
    why = need_reason(reason, "Say why it is a repeat")
    own = {"record__organisation": recommendation.record.organisation_id}
    earlier = Recommendation.objects.filter(pk=repeat_of.pk, **own).first()
    if earlier is None:
        raise Refused("repeat_of", "Name a recommendation of the same body")
    later = _those_that_repeat(recommendation)
    if earlier.pk in {recommendation.pk, *(each.pk for each in later)}:
        raise Refused("repeat_of", "Name an earlier one: this is itself, or repeats it")
    if earlier.reported_on > recommendation.reported_on:
        raise Refused("repeat_of", "Name an earlier one: this was reported after it")
    moved = [each for each in later if each.first_reported > earlier.first_reported]
    records = [recommendation.record, *(each.record for each in moved)]
    with recording_many("recommendation.repeat_marked", records, actor=actor, at=at, reason=why):
        recommendation.repeat_of = repeat_of
        for each in (recommendation, *moved):
            each.first_reported = min(each.first_reported, earlier.first_reported)
            each.save()
    return recommendation


def _those_that_repeat(recommendation: Recommendation) -> list[Recommendation]:
    """Every later recommendation of its chain, the nearest first. A query for each step of the chain."""
    found: list[Recommendation] = []
    step = [recommendation.pk]
    while step:
        rows = list(Recommendation.objects.filter(repeat_of__in=step).select_related("record").order_by("pk"))
        found += rows
        step = [row.pk for row in rows]
    return found


def restrict(
    recommendation: Recommendation,
    *,
    sensitivity: str,
    actor: Actor,
    at: datetime,
    reason: str,
    approver: str = "",
    effective: date | None = None,
) -> Recommendation:
    """Change who may ever see it: public, office, restricted."""
    require(actor, RecommendationPermission.RESTRICT, recommendation.record)
    if sensitivity not in Sensitivity.values:
        raise Refused("sensitivity", "Choose who may see it")
    why, record = need_reason(reason, "Say why, without repeating what must not be seen"), recommendation.record
    with recording(
        "recommendation.restricted", record, actor=actor, at=at, effective=effective, reason=why, approver=approver
    ):
        record.sensitivity = sensitivity
        record.save()
    return recommendation
