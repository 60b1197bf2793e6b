"""Entries of the history told in the words of finance: a title, what changed, why and who."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from candour.finance import rules
from candour.kernel.calendar import say_date
from candour.kernel.history.queries import Change, Event
from candour.kernel.money import pounds
from candour.kernel.records.telling import EVENTS as OF_RECORDS
from candour.kernel.records.telling import Told, attached_text, day_in, event_words, field_texts, told_as

ATTACHED = {"actions.action": "text", "evidence.file": "name"}
EVENTS: Mapping[str, str] = OF_RECORDS | {
    "budget.opened": "Opened",
    "budget.changed": "Changed",
    "finance_scheme.added": "Added",
    "finance_scheme.changed": "Changed",
    "finance_scheme.rated": "Rated",
    "finance_scheme.finished": "Finished",
    "finance.restricted": "Who may see it changed",
    "project.begun": "Begun",
    "project.changed": "Changed",
    "project.reported": "Highlight report",
    "project.case_submitted": "Business case submitted",
    "project.case_answered": "Business case answered",
    "project.change_asked": "Change asked for",
    "project.change_answered": "Request for change answered",
    "project.closed": "Closed",
    "benefit.planned": "Benefit planned",
    "benefit.measured": "Benefit measured",
    "benefit.dropped": "Benefit no longer sought",
    "collaboration.entered": "Entered",
    "collaboration.changed": "Changed",
    "collaboration.costs_shared": "Costs shared out",
    "collaboration.reviewed": "Reviewed",
    "collaboration.ended": "Ended",
}
FIELDS: Mapping[str, str] = {
    "title": "Title",
    "owner": "Owner",
    "sensitivity": "Seen by",
    "about": "What it does",
    "cashable": "Cashable",
    "word": "Rated",
    "closed_on": "Ended on",
    "starts": "Starts on",
    "ends": "Done by",
    "every": "Months between",
    "budget": "Budget",
    "kind": "Case",
    "value": "Value",
    "needs": "To be approved by",
    "answer": "Answer",
    "answered_by": "Answered by",
    "summary": "In short",
    "period": "Month",
    "progress": "Done",
    "next": "Next",
    "issues": "In the way",
    "spent": "Spent",
    "forecast": "Forecast for all of it",
    "asked": "Asked",
    "cost": "Cost",
    "outcome": "What it brought",
    "lessons": "Learnt",
    "what": "Benefit",
    "planned": "Planned each year",
    "due": "Measured by",
    "measured": "Measured each year",
    "found": "Found",
    "lead": "Lead body",
    "review_due": "Reviewed next by",
    "pence": "Cost of the year",
    "member": "Member",
    "share": "Share",
    "on": "On",
}
MONEY = frozenset({"budget", "value", "spent", "forecast", "planned", "measured", "pence"})
LONG = frozenset({"about", "summary", "progress", "next", "issues", "outcome", "lessons"})
MADE = frozenset({"finance.budget", "finance.scheme", "finance.project", "finance.collaboration", "records.record"})
CODED: Mapping[str, Mapping[str, str]] = {"kind": rules.CASES, "answer": rules.ANSWERS}


def told(event: Event) -> Told:
    """An entry as a reader wants it."""
    return told_as(event, event_words(EVENTS, event.event), _texts(event))


def _texts(event: Event) -> Iterable[str]:
    for change in event.changes:
        if change.model in ATTACHED and change.new:
            yield attached_text(change, ATTACHED[change.model])
        elif change.new and change.model in MADE:
            continue
        elif change.model == "finance.portion":
            yield from _portion(change)
        elif change.model == "records.record" or change.model.startswith("finance."):
            yield from _plain_texts(change)


def _portion(change: Change) -> Iterable[str]:
    """The share of a member in one sentence, where it is new or moved."""
    fields = {name: (old, new) for name, old, new in change.fields}
    if fields.get("removed_on", (None, None))[1]:
        yield f"{change.label or 'A member'} bears no share any more."
    elif "share" in fields:
        member = fields["member"][1] if "member" in fields else "A member"
        old, new = fields["share"]
        before = f", {rules.say_share(int(old))} before" if old not in (None, "") and not change.new else ""
        yield f"{member}: {rules.say_share(int(new))}{before}."


def _plain_texts(change: Change) -> Iterable[str]:
    """A step of a highlight report is no money: the report on the page says its word. A new long text stands on the page."""
    left = {"cost"} if change.model == "finance.highlight" else set()
    left |= LONG if change.new else set()
    told = {name: label for name, label in FIELDS.items() if name not in left}
    return field_texts(change, told, long=LONG, said=partial(_said, change.model))


def _said(model: str, name: str, value: Any) -> str:
    if value in (None, ""):
        return "none"
    if name in MONEY or (name == "cost" and model == "finance.change"):
        return pounds(int(value))
    if value is True or value is False:
        return "yes" if value else "no"
    if day := day_in(value):
        return f"{day:%B %Y}" if name == "period" else say_date(day)
    return CODED.get(name, {}).get(value, str(value))
