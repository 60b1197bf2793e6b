"""What comes after a decision: appeals of applicants, and mistakes that the office mends. The history keeps the rest."""

from datetime import date, datetime

from candour.commissioning import rules as of_agreements
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.commands.base import not_to_come
from candour.commissioning.models import Appeal, Application, Scoring
from candour.commissioning.queries.rounds import limit_of
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.rules import Refused, need_reason


def receive_appeal(
    application: Application,
    *,
    on: date,
    actor: Actor,
    at: datetime,
    reason: str,
    correction: bool = False,
    effective: date | None = None,
) -> Appeal:
    """Record that an applicant appeals, or that the office found a mistake (correction). reason: the grounds.

    Raises Refused before the round is decided.
    """
    require(actor, CommissioningPermission.MANAGE, application.record)
    why = need_reason(reason, "Say what is wrong with the decision")
    if application.round.decided_on is None:
        raise Refused("reason", "The round is not decided yet")
    not_to_come(on, local_date(at))
    event = "application.mistake_found" if correction else "application.appealed"
    with recording(event, application.record, actor=actor, at=at, effective=effective, reason=why):
        return Appeal.objects.create(application=application, correction=correction, on=on, grounds=why)


def answer_appeal(
    appeal: Appeal,
    *,
    upheld: bool,
    after: int | None,
    actor: Actor,
    at: datetime,
    reason: str,
    approver: str = "",
    effective: date | None = None,
) -> Appeal:
    """Answer an appeal or a correction. after: the award from now on (pence) where it is upheld and changes; None as it was.

    Raises Refused for one that is answered, a change that is not upheld, more than was asked for, one with an agreement, an
    actor whose post scored it, and an award above the limit of their posts without the board that agreed.
    """
    application = appeal.application
    require(actor, CommissioningPermission.DECIDE, application.record)
    why = need_reason(reason, "Give the answer, as the applicant reads it")
    if appeal.answered_on is not None:
        raise Refused("upheld", "This is answered already: record another appeal")
    if after is not None and not upheld:
        raise Refused("after", "The award changes only where it is upheld")
    if after is not None and not 0 <= after <= application.asked:
        raise Refused("after", f"Enter at most {of_agreements.pounds(application.asked)}, which is asked for")
    if after is not None and application.agreement_id is not None:
        raise Refused("after", "There is an agreement already: record a variation of it")
    if Scoring.objects.filter(application=application, owner__in=actor.posts).exists():
        raise Refused("upheld", "Your post was given this application to score: somebody else answers")
    limit = limit_of(actor, application.round, local_date(at))
    if limit is not None and (after or 0) > limit and not approver.strip():
        most = of_agreements.pounds(limit)
        raise Refused("approver", f"Enter the board that agreed an award above {most}, the limit of your post")
    event = "application.corrected" if appeal.correction else "application.appeal_answered"
    with recording(event, application.record, actor=actor, at=at, effective=effective, reason=why, approver=approver):
        appeal.upheld, appeal.answer, appeal.answered_on = upheld, why, effective or local_date(at)
        if after is not None:
            appeal.before, appeal.after = application.award, after
            application.award = after
            application.outcome = "refused" if not after else "awarded" if after == application.asked else "part"
            application.save()
        appeal.save()
    return appeal
