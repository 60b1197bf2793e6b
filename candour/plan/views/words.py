"""Entries of the history told in the words of plans: a title, what changed, why and who."""

from collections.abc import Iterable, Mapping
from typing import Any

from candour.kernel.calendar import say_date
from candour.kernel.history.queries import Event
from candour.kernel.records.telling import EVENTS as OF_ANY_RECORD
from candour.kernel.records.telling import Told, attached_text, day_in, event_words, field_texts, told_as
from candour.plan import rules

ATTACHED = {"actions.action": "text", "evidence.file": "name"}
EVENTS: Mapping[str, str] = OF_ANY_RECORD | {
    "plan.set_up": "Set up",
    "plan.changed": "Changed",
    "plan.published": "Published",
    "plan.ended": "Over",
    "plan.priority_added": "Priority added",
    "plan.priority_changed": "Priority changed",
    "plan.priority_removed": "Priority taken out",
    "plan.restricted": "Who may see it changed",
    "objective.added": "Added",
    "objective.changed": "Changed",
    "objective.closed": "Closed",
    "objective.success_agreed": "What good looks like",
    "objective.success_dropped": "A line of what good looks like taken out",
    "objective.dive_asked": "Deep dive asked for",
    "objective.dive_answered": "Deep dive answered",
    "objective.restricted": "Who may see it changed",
    "activity.added": "Added",
    "activity.brought_in": "Read from a paper",
    "activity.read_in": "Updated from a paper",
    "activity.changed": "Changed",
    "activity.moved": "Date moved",
    "activity.updated": "Updated",
    "activity.done": "Done, agreed",
    "activity.sent_back": "Not agreed as done",
    "activity.stopped": "Stopped",
    "activity.reopened": "Opened again",
    "activity.success_agreed": "What good looks like",
    "activity.success_dropped": "A line of what good looks like taken out",
    "activity.restricted": "Who may see it changed",
}
FIELDS: Mapping[str, str] = {
    "title": "Title",
    "owner": "Owner",
    "lead": "Lead",
    "sensitivity": "Seen by",
    "number": "Number",
    "aim": "What it is for",
    "text": "Words",
    "outcome": "Outcome",
    "starts": "Begins",
    "ends": "Ends",
    "every": "Months between updates",
    "published_on": "Published on",
    "due": "To be done by",
    "closed_on": "Closed on",
    "achieved": "Achieved",
    "left": "Left to do",
    "barriers": "In the way",
    "agreed_by": "Agreed by",
    "agreed_on": "Agreed on",
    "asked_by": "Asked by",
    "post": "Of",
    "asked": "Question",
    "answer": "Answer",
    "to": "New date",
    "before": "Date before",
}
# What a change of a whole row tells once, and the fields that say it again.
SILENT = frozenset({"plan.plan", "plan.objective", "plan.activity", "records.record"})
LONG = frozenset({"aim"})

ACTIVITY = {name: label for name, label in FIELDS.items() if name != "outcome"}  # its title says that


def told(event: Event) -> Told:
    """An entry as a reader wants it."""
    return told_as(event, event_words(EVENTS, event.event), _texts(event))


def _texts(event: Event) -> Iterable[str]:
    for change in event.changes:
        if change.model in ATTACHED and change.new:
            yield attached_text(change, ATTACHED[change.model])
        elif change.new and change.model in SILENT:
            continue
        elif change.model == "plan.activity" and event.event in (
            "activity.moved",
            "activity.updated",
            "activity.read_in",
        ):
            continue  # the slip and the answers say it
        elif change.model == "records.record" or change.model.startswith("plan."):
            fields = ACTIVITY if change.model == "plan.activity" else FIELDS
            yield from field_texts(change, fields, long=LONG, said=_said)


def _said(name: str, value: Any) -> str:
    if value in (None, ""):
        return "none"
    if day := day_in(value):
        return say_date(day)
    return rules.EVERY.get(value, str(value)) if name == "every" else str(value)
