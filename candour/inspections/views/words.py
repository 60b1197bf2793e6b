"""Entries of the history told in the words of inspections: a title, what changed, why and who."""

from collections.abc import Iterable, Mapping
from typing import Any

from candour.inspections.rules.statement import SAID
from candour.kernel.calendar import say_date
from candour.kernel.history.queries import Change, Event
from candour.kernel.records.telling import EVENTS as OF_ANY_RECORD
from candour.kernel.records.telling import Told, attached_text, day_in, event_words, field_texts, told_as

ATTACHED = {"actions.action": "text", "evidence.file": "name"}
EVENTS: Mapping[str, str] = OF_ANY_RECORD | {
    "inspection.entered": "Entered",
    "inspection.changed": "Changed",
    "inspection.published": "Report published",
    "inspection.publication_corrected": "Day of publication corrected",
    "inspection.graded": "Graded",
    "inspection.comments_invited": "Chief officer’s comments invited",
    "inspection.comments_received": "Chief officer’s comments received",
    "inspection.response_drafted": "Response drafted",
    "inspection.response_approved": "Response approved",
    "inspection.response_published": "Response published",
    "inspection.copy_sent": "Copy sent",
    "inspection.step_moved": "Day of a step moved",
    "inspection.answered_with": "Answered with another report",
    "inspection.answered_alone": "Answered on its own again",
    "inspection.item_noted": "Noted for the inspectorate",
    "inspection.item_carried_over": "Carried over to a later inspection",
    "inspection.review_opened": "Monthly review opened",
    "inspection.review_closed": "Monthly review closed",
    "inspection.closed": "Closed",
    "inspection.reopened": "Opened again",
    "inspection.restricted": "Who may see it changed",
    "statement.item_entered": "Entered",
    "statement.item_changed": "Changed",
    "statement.progress_reported": "Progress reported",
    "statement.item_ended": "Ended",
    "statement.item_restricted": "Who may see it changed",
}
FIELDS: Mapping[str, str] = {
    "title": "Title",
    "owner": "Owner",
    "sensitivity": "Seen by",
    "closed_on": "Closed on",
    "notified_on": "Notified on",
    "fieldwork_on": "Fieldwork from",
    "debrief_on": "Hot debrief on",
    "published_on": "Report published on",
    "asked": "Invited",
    "where": "Response stands at",
    "answers_why": "Why the findings are identical",
    "about": "What it looks at",
    "comments": "Chief officer’s comments",
    "response": "Response",
    "section": "Section",
    "due": "Due",
    "left": "Became",
    "said": "Stands",
    "text": "Progress",
}
LONG = frozenset({"about", "comments", "response"})
CODED: Mapping[str, Mapping[str, str]] = {"said": SAID, "left": {"done": "Done", "dropped": "Dropped"}}


def told(event: Event) -> Told:
    """An entry as a reader wants it."""
    return told_as(event, event_words(EVENTS, event.event), _texts(event))


def _texts(event: Event) -> Iterable[str]:
    graded = sum(
        change.model == "inspections.grade" and any(name == "grade" for name, _, _ in change.fields)
        for change in event.changes
        if event.event == "inspection.graded"
    )
    if graded:
        yield f"{graded} {'grade' if graded == 1 else 'grades'} recorded or changed."
    for change in event.changes:
        fields = {name: new for name, _, new in change.fields}
        if change.model in ATTACHED and change.new:
            yield attached_text(change, ATTACHED[change.model])
        elif change.model == "inspections.steprow":
            yield from _step(change, fields)
        elif change.model == "inspections.grade":
            continue  # counted above
        elif change.new and change.model in ("inspections.inspection", "inspections.statementitem", "records.record"):
            continue
        elif change.model == "records.record" or change.model.startswith("inspections."):
            yield from field_texts(change, FIELDS, long=LONG, said=_said)


def _step(change: Change, fields: Mapping[str, Any]) -> Iterable[str]:
    """Days that were set with the report are told on the page itself; a day that moved, or a step that was undone, here."""
    if change.new:
        return
    for name, old, new in change.fields:
        if name == "due" and old and new:
            yield f"Due {_said(name, new)}, {_said(name, old)} before."
        elif name == "how" and new:
            yield f"{new}."
        elif name == "done_on" and old and not new:
            yield "What was done before has to be done again."


def _said(name: str, value: Any) -> str:
    if value in (None, ""):
        return "none"
    if day := day_in(value):
        return say_date(day)
    return CODED.get(name, {}).get(value, str(value))


__all__ = ["EVENTS", "Told", "told"]
