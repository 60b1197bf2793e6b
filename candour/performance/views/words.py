"""Entries of the history told in the words of measures: a title, what changed, why and who."""

from collections.abc import Iterable, Mapping
from typing import Any

from candour.kernel.calendar import say_date
from candour.kernel.history.queries import Event
from candour.kernel.records.telling import EVENTS as OF_ANY_RECORD
from candour.kernel.records.telling import Told, attached_text, day_in, event_words, field_texts, told_as
from candour.performance import rules

ATTACHED = {"actions.action": "text", "evidence.file": "name"}
EVENTS: Mapping[str, str] = OF_ANY_RECORD | {
    "measure.defined": "Defined",
    "measure.changed": "Definition changed",
    "measure.limits_broken": "Limits set anew",
    "measure.limits_joined": "A break of the limits taken back",
    "measure.explanation_asked": "Explanation asked for",
    "measure.explained": "Explained",
    "measure.ended": "Ended",
    "measure.put_in_sets": "Put in sets of measures",
    "set.begun": "Set begun",
    "set.changed": "Set changed",
    "set.contribution_stated": "Contribution stated",
    "group.set_up": "Group set up",
    "group.changed": "Group changed",
    "group.joined": "A body joined",
    "group.left": "A body left",
    "measure.restricted": "Who may see it changed",
}
FIELDS: Mapping[str, str] = {
    "title": "Title",
    "owner": "Owner",
    "sensitivity": "Seen by",
    "topic": "Stands under",
    "unit": "Unit",
    "better": "Better is",
    "frequency": "How often",
    "due_days": "Working days until it is due",
    "smallest": "Hides numbers below",
    "target": "Target",
    "target_by": "To be met by",
    "baseline_first": "Limits are set from",
    "baseline_last": "Limits are set to",
    "tolerance": "Tolerance",
    "set": "Set",
    "heading": "Heading",
    "since": "Stands there since",
    "until": "Stands there until",
    "headings": "Headings",
    "starts": "In force from",
    "ends": "In force to",
    "contributed_on": "Stated on",
    "contribution": "Statement",
    "mean": "Compared with the",
    "own_in": "Own figure in that mean",
    "body": "Body",
    "joined": "In it since",
    "left": "Out of it since",
    "name": "Name",
    "own": "Called itself",
    "closed_on": "Ended on",
    "period": "Period",
    "post": "Asked",
    "due": "Due",
    "asked": "Question",
    "answer": "Answer",
    "why": "What was changed",
    "recovers_on": "Should recover by",
    "counts": "What is counted",
    "source": "Source",
    "revisions": "When figures are revised",
}
MONTHLY = frozenset({"period", "baseline_first", "baseline_last"})  # told by the month in which they begin
LONG = frozenset({"counts", "source", "revisions", "headings", "contribution"})
CODED: Mapping[str, Mapping[Any, str]] = {
    "unit": rules.UNITS,
    "better": rules.BETTER,
    "frequency": rules.FREQUENCIES,
    "mean": rules.MEAN_WORDS,
    "own_in": {True: "yes", False: "no"},
}


def told(event: Event) -> Told:
    """An entry as a reader wants it."""
    return told_as(event, event_words(EVENTS, event.event), _texts(event))


def _texts(event: Event) -> Iterable[str]:
    for change in event.changes:
        if change.model in ATTACHED and change.new:
            yield attached_text(change, ATTACHED[change.model])
        elif change.new and change.model in ("performance.measure", "records.record"):
            continue
        elif change.model == "records.record" or change.model.startswith("performance."):
            yield from field_texts(change, FIELDS, long=LONG, said=_said)


def _said(name: str, value: Any) -> str:
    if value in (None, ""):
        return "none"
    if day := day_in(value):
        return rules.say_period(day, "month") if name in MONTHLY else say_date(day)
    if name in ("target", "tolerance"):
        return f"{value}".rstrip("0").rstrip(".") if "." in str(value) else str(value)
    return CODED.get(name, {}).get(value, str(value))
