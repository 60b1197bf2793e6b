"""What owners say: the four questions for a period, a proposal to close, and taking it back."""

from datetime import date, datetime

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Post
from candour.kernel.rules import Refused, need_reason
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.commands.stages import need_proposal, need_stage
from candour.recommendations.models import Ask, Closure, Recommendation, Update


def record_update(
    recommendation: Recommendation,
    *,
    achieved: str,
    actor: Actor,
    at: datetime,
    period: str = "",
    left: str = "",
    barriers: str = "",
    text: str = "",
    proposes_closure: bool = False,
    evidence: str = "",
    by: Post | None = None,
    reason: str = "",
    effective: date | None = None,
) -> Update:
    """Record what the owner says for a period; with proposes_closure the closure is proposed in the same entry.

    text is for what was said without answering the questions one by one. Raises Refused when nothing was said, and when
    closure is proposed before the body has said whether it accepts.
    """
    require(actor, RecommendationPermission.UPDATE, recommendation.record)
    need_stage("update", recommendation, "achieved")
    if proposes_closure:
        need_stage("propose", recommendation, "proposes_closure")
    said = {"achieved": achieved.strip(), "left": left.strip(), "barriers": barriers.strip(), "text": text.strip()}
    if not any(said.values()):
        raise Refused("achieved", "Say what has been achieved since the last update")
    day = effective or local_date(at)
    event = "recommendation.closure_proposed" if proposes_closure else "recommendation.updated"
    with recording(event, recommendation.record, actor=actor, at=at, effective=day, reason=reason.strip()):
        update = Update.objects.create(
            recommendation=recommendation,
            period=period.strip()[:60],
            dated=day,
            by=by,
            proposes_closure=proposes_closure,
            evidence=evidence.strip(),
            **said,
        )
        if proposes_closure:
            case = said["achieved"] or said["text"]
            Closure.objects.create(recommendation=recommendation, proposed_on=day, proposed_by=by, case=case)
        _answers_what_is_asked(recommendation, update)
    return update


def _answers_what_is_asked(recommendation: Recommendation, update: Update) -> None:
    """The update is the answer to what an open cycle asks of the post, whichever way it came in; of all, without a post."""
    asked = Ask.objects.filter(recommendation=recommendation, cycle__closed_on=None)
    if update.by_id is not None:
        asked = asked.filter(post=update.by_id)
    asked.update(answer=update)


def propose_closure(
    recommendation: Recommendation,
    *,
    case: str,
    actor: Actor,
    at: datetime,
    by: Post | None = None,
    effective: date | None = None,
) -> Closure:
    """Propose to close it, with the case for it: what was done, and which file or place shows it."""
    require(actor, RecommendationPermission.UPDATE, recommendation.record)
    need_stage("propose", recommendation, "case")
    said = case.strip()
    if not said:
        raise Refused("case", "Say what was done, and what shows it")
    day = effective or local_date(at)
    with recording(
        "recommendation.closure_proposed", recommendation.record, actor=actor, at=at, effective=day, reason=said
    ):
        return Closure.objects.create(recommendation=recommendation, proposed_on=day, proposed_by=by, case=said)


def withdraw_closure(
    recommendation: Recommendation, *, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Closure:
    """Take a proposal to close back before the panel has answered: it is open again, with its dates as they were."""
    require(actor, RecommendationPermission.UPDATE, recommendation.record)
    need_stage("withdraw", recommendation)
    why, day = need_reason(reason, "Say why the proposal is taken back"), effective or local_date(at)
    proposal = need_proposal(recommendation)
    with recording(
        "recommendation.closure_withdrawn", recommendation.record, actor=actor, at=at, effective=day, reason=why
    ):
        proposal.lapsed_on = day
        proposal.save()
    return proposal
