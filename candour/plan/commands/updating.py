"""What is said of an activity: four questions and a rating, done proposed by its owner and agreed by who runs the plan."""

from datetime import date, datetime

from candour.kernel.access import Actor
from candour.kernel.evidence.models import File
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Post
from candour.kernel.rules import Refused, need_reason
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import words_on
from candour.kernel.scales.rules import Step, Words
from candour.plan import rules
from candour.plan.commands.base import day_of, may_manage, own_or_manage, standing
from candour.plan.models import Activity, Progress


def scale_for(organisation: int, day: date) -> Words:
    """The scale on which a body rates progress on a day; Candour's own where it has none. One query."""
    return words_on(organisation, Scale.Kind.RATING, day) or rules.BRAG


def update_activity(
    activity: Activity,
    *,
    achieved: str,
    left: str,
    barriers: str,
    rating: int,
    actor: Actor,
    at: datetime,
    reason: str = "",
    by: Post | None = None,
    effective: date | None = None,
) -> Progress:
    """The four questions: what was achieved, what is left, what is in the way, and how it stands.

    rating: a value of the body's scale of the day. The word that stands for done proposes that it is done: it needs a file
    on the activity, nothing left to do, and whoever runs the plan agrees. Red and amber need a barrier. by: who said it.
    """
    record = activity.record
    own_or_manage(actor, record, record.owner_id, activity.lead_id)
    standing(record, "activity")
    day = day_of(effective, at)
    scale = scale_for(record.organisation_id, day)
    step = _answered(activity, scale.step(rating), achieved, left, barriers)
    proposes = step.stands == "done"
    with recording("activity.updated", record, actor=actor, at=at, effective=day, reason=reason.strip()):
        said = Progress.objects.create(
            activity=activity,
            on=day,
            achieved=achieved.strip(),
            left=left.strip(),
            barriers=barriers.strip(),
            scale_id=scale.id or None,
            rating=rating,
            proposes=proposes,
            by=by or record.owner,
        )
        activity.proposed_on = day if proposes else None
        if not proposes:  # until it is agreed it stands as it stood
            activity.scale_id, activity.rating = scale.id or None, rating
        activity.save()
    return said


def _answered(activity: Activity, step: Step | None, achieved: str, left: str, barriers: str) -> Step:
    if step is None:
        raise Refused("rating", "Choose how it stands")
    if not achieved.strip():
        raise Refused("achieved", "Write what was achieved. Where it is nothing, say so")
    if step.stands in rules.REASONED and rules.nothing(barriers):
        raise Refused("barriers", f"Write what is in the way: it is {step.word.casefold()}")
    if step.stands == "done":
        if not rules.nothing(left):
            raise Refused("left", f"Something is left to do: empty this, or choose another rating than {step.word}")
        if not File.objects.filter(record=activity.record_id, removed_on=None).exists():
            raise Refused("rating", "Add a file to it that shows what was done, then propose that it is done")
    elif rules.nothing(left) and step.stands != "unstarted":
        raise Refused("left", "Write what is left to do, or say that it is done")
    return step


def agree_done(
    activity: Activity,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
    approver: str = "",
    effective: date | None = None,
) -> Activity:
    """Agree that it is done, as its owner proposed. reason: what shows it; approver: the board or post that agreed."""
    record = activity.record
    may_manage(actor, record)
    standing(record, "activity")
    if activity.proposed_on is None:
        raise Refused("reason", "Its owner has not proposed that it is done: wait for their update, or write it down")
    why, day = need_reason(reason, "Say what shows that it is done"), day_of(effective, at)
    said = activity.progress.filter(proposes=True).order_by("-on", "-pk").first()
    with recording("activity.done", record, actor=actor, at=at, effective=day, reason=why, approver=approver):
        record.closed_on = day
        record.save()
        activity.outcome, activity.proposed_on = "done", None
        if said is not None:
            activity.scale_id, activity.rating = said.scale_id, said.rating
        activity.save()
    return activity


def send_back(
    activity: Activity, *, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Activity:
    """Do not agree that it is done: it goes on as it stood before. reason: what is missing, which its owner reads."""
    record = activity.record
    may_manage(actor, record)
    standing(record, "activity")
    if activity.proposed_on is None:
        raise Refused("reason", "Nobody proposed that it is done")
    why = need_reason(reason, "Say what is missing")
    with recording("activity.sent_back", record, actor=actor, at=at, effective=effective, reason=why):
        activity.proposed_on = None
        activity.save()
    return activity


def reopen_activity(
    activity: Activity, *, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Activity:
    """It was not done, or is taken up again: it runs on and waits for an update. Raises Refused under a closed objective."""
    record = activity.record
    may_manage(actor, record)
    if record.closed_on is None:
        raise Refused("reason", "It runs already")
    if activity.objective.record.closed_on is not None:
        raise Refused("reason", "Its objective is closed: add an activity to another objective")
    why = need_reason(reason, "Say why it is opened again")
    with recording("activity.reopened", record, actor=actor, at=at, effective=effective, reason=why):
        record.closed_on = None
        record.save()
        activity.outcome, activity.scale, activity.rating = "", None, None
        activity.save()
    return activity
