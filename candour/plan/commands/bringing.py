"""Activities are brought in as a paper prints them: what is written there stands, whatever an update would ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from candour.kernel.access import Actor
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Post
from candour.kernel.records.models import Record
from candour.kernel.scales.rules import Words
from candour.plan import rules
from candour.plan.commands.base import as_strict, day_of, may_manage, standing, titled, untaken
from candour.plan.models import Activity, Objective, Progress, Success


@dataclass(frozen=True)
class AsPrinted:
    """What a paper says of an activity. stands: what its rating stands for; successes: (text, agreed by, agreed on)."""

    title: str
    text: str = ""
    reference: str = ""
    owner: Post | None = None
    lead: Post | None = None
    said_owner: str = ""
    said_due: str = ""
    starts: date | None = None
    due: date | None = None
    original_due: date | None = None
    stands: str = ""
    achieved: str = ""
    left: str = ""
    barriers: str = ""
    proposes: bool = False
    successes: Sequence[tuple[str, str, date | None]] = ()


def bring_in_activity(
    objective: Objective,
    *,
    new: AsPrinted,
    number: str,
    scale: Words,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Activity:
    """An activity with its rating, what was said of it and what good looks like, in one entry. Done, it is closed."""
    whole = objective.record
    may_manage(actor, whole)
    standing(whole, "objective")
    title, day = titled(new.title, "Enter what will be done"), day_of(effective, at)
    reference = untaken(new.reference or f"{objective.plan.record.reference}/{number}", "activity", whole.organisation)
    done = new.stands == "done"
    with recording("activity.brought_in", actor=actor, at=at, effective=day, reason=reason):
        record = Record.objects.create(
            kind="activity",
            reference=reference,
            title=title,
            organisation=whole.organisation,
            owner=new.owner,
            sensitivity=as_strict("", whole),
            closed_on=day if done else None,
        )
        activity = Activity.objects.create(
            record=record,
            objective=objective,
            number=number,
            text=new.text,
            lead=new.lead,
            starts=new.starts,
            original_due=new.original_due or new.due,
            due=new.due,
            said_owner=new.said_owner[:200],
            said_due=new.said_due[:200],
            every=objective.plan.every,
            added_on=day,
            proposed_on=day if new.proposes and not done else None,
            outcome="done" if done else "",
            **_rated(new.stands, scale),
        )
        _said(activity, new, scale, day)
        for text, by, on in new.successes:
            Success.objects.create(record=record, text=text, agreed_by=by[:200], agreed_on=on, added_on=day)
    return activity


def bring_in_progress(
    activity: Activity,
    *,
    new: AsPrinted,
    scale: Words,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Activity:
    """What a later paper says of an activity that is there: an update as it is printed. Its date and posts stay."""
    record = activity.record
    may_manage(actor, record)
    standing(record, "activity")
    day = day_of(effective, at)
    with recording("activity.read_in", record, actor=actor, at=at, effective=day, reason=reason):
        for name, value in _rated(new.stands, scale).items():
            setattr(activity, name, value)
        if new.proposes or new.stands == "done":
            activity.proposed_on = day
        activity.save()
        _said(activity, new, scale, day)
    return activity


def _rated(stands: str, scale: Words) -> dict[str, int | None]:
    """The step of the body's scale that stands for the same; none for a rating that is not known."""
    step = next((step for step in scale.steps if step.stands == stands), None) if stands in rules.STANDS else None
    return {"scale_id": scale.id or None, "rating": step.value} if step else {"scale_id": None, "rating": None}


def _said(activity: Activity, new: AsPrinted, scale: Words, day: date) -> None:
    if new.achieved or new.left or new.barriers or new.stands:
        Progress.objects.create(
            activity=activity,
            on=day,
            achieved=new.achieved,
            left=new.left,
            barriers=new.barriers,
            proposes=new.proposes or new.stands == "done",
            by=activity.record.owner,
            **_rated(new.stands, scale),
        )
