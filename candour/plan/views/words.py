"""Entries of the history told in the words of plans: a title, what changed, why and who."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from candour.kernel.calendar import local_date, say_date
from candour.kernel.history.queries import Change, Event
from candour.plan import rules

ATTACHED = {"actions.action": "text", "evidence.file": "name"}
EVENTS: Mapping[str, str] = {
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
    "record.shared": "Shared with another body",
    "record.unshared": "No longer shared",
    "record.linked": "Linked to another record",
    "record.unlinked": "Link ended",
    "history.redacted": "Words removed from the record and its history",
    "action.added": "Action added",
    "action.moved": "Action given a new date",
    "action.finished": "Action done",
    "action.dropped": "Action dropped",
    "evidence.added": "File added",
    "evidence.removed": "File taken off",
    "evidence.erased": "File erased",
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


@dataclass(frozen=True)
class Told:
    """One thing that happened, for the timeline."""

    day: date
    title: str
    texts: tuple[str, ...]
    why: str
    by: str
    sequence: int
    recorded_at: datetime
    hash: str
    holds: bool

    @property
    def fingerprint(self) -> str:
        return f"{self.hash[:4]} {self.hash[4:8]} … {self.hash[-4:]}"


def told(event: Event) -> Told:
    """An entry as a reader wants it."""
    recorded = local_date(event.recorded_at)
    late = "" if recorded == event.effective else f". Recorded on {say_date(recorded)}"
    agreed = f". Agreed by {event.approver}" if event.approver else ""
    plain = EVENTS.get(event.event) or event.event.replace(".", " ").replace("_", " ").capitalize()
    return Told(
        day=event.effective,
        title=plain,
        texts=tuple(_texts(event)),
        why=event.reason,
        by=f"{event.actor_label}{agreed}{late}",
        sequence=event.sequence,
        recorded_at=event.recorded_at,
        hash=event.hash,
        holds=event.holds,
    )


def _texts(event: Event) -> Iterable[str]:
    for change in event.changes:
        if change.model in ATTACHED and change.new:
            text = {name: new for name, _, new in change.fields}[ATTACHED[change.model]]
            yield f"{text.rstrip('.')}."
        elif change.new and change.model in SILENT:
            continue
        elif change.model == "plan.activity" and event.event in (
            "activity.moved",
            "activity.updated",
            "activity.read_in",
        ):
            continue  # the slip and the answers say it
        elif change.model == "records.record" or change.model.startswith("plan."):
            yield from _plain_texts(change)


def _plain_texts(change: Change) -> Iterable[str]:
    for name, old, new in change.fields:
        if name not in FIELDS or (change.new and new in (None, "", 0, False)):
            continue
        if name == "outcome" and change.model == "plan.activity":
            continue
        if name in LONG:
            yield f"{FIELDS[name]} {'written' if not old else 'changed'}."
        else:
            before = f", {_said(name, old)} before" if old not in (None, "") else ""
            text = f"{FIELDS[name]}: {_said(name, new).rstrip('.')}{before}"
            yield text if text.endswith(("?", "!")) else f"{text}."


def _said(name: str, value: Any) -> str:
    if value in (None, ""):
        return "none"
    if day := _day(value):
        return say_date(day)
    return rules.EVERY.get(value, str(value)) if name == "every" else str(value)


def _day(value: Any) -> date | None:
    """A day, or one as the history writes it; None for anything else."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
        return date.fromisoformat(value)
    return None
