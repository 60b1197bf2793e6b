"""Entries of the history told in the words of audits: a title, what changed, why and who."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from candour.audits.rules import ANSWERS
from candour.kernel.calendar import say_date
from candour.kernel.history.queries import Change, Event
from candour.kernel.records.telling import EVENTS as OF_ANY_RECORD
from candour.kernel.records.telling import Told, attached_text, event_words, told_as

AUDIT, STAGE = "audits.audit", "audits.stage"
ATTACHED = {"actions.action": "text", "evidence.file": "name"}

EVENTS: Mapping[str, str] = OF_ANY_RECORD | {
    "audit.planned": "Added to the plan",
    "audit.changed": "Audit changed",
    "audit.stages_planned": "Dates planned",
    "audit.stage_recorded": "Stage recorded",
    "audit.reported": "Final report issued",
    "audit.survey_answered": "Survey answered",
    "audit.deferred": "Deferred",
    "audit.cancelled": "Cancelled",
    "audit.reinstated": "Put back in the plan",
    "audit.restricted": "Who may see it changed",
}
FIELDS: Mapping[str, str] = {
    "title": "Title",
    "owner": "Owner",
    "sensitivity": "Seen by",
    "days": "Planned days",
    "purpose": "Terms of reference",
    "scope": "Scope",
    "year": "Year",
    "deferred_to": "Carried to",
    "provider": "Auditor",
    "satisfaction": "Survey",
}
LONG = frozenset({"purpose", "scope"})  # told as changed; the words themselves stand in the history


def told(event: Event) -> Told:
    """An entry as a reader wants it."""
    return told_as(event, _title(event), _texts(event))


def _title(event: Event) -> str:
    plain = event_words(EVENTS, event.event)
    stages = [change for change in event.changes if change.model == STAGE]
    match event.event:
        case "audit.deferred" if any(change.new and change.model == AUDIT for change in event.changes):
            return "Carried over from an earlier plan"
        case "audit.stages_planned" if any((change.get("planned") or (None,))[0] for change in stages):
            return "Dates moved"
        case "audit.stage_recorded":
            return next((_recorded(change) for change in stages if change.get("actual")), plain)
        case "audit.reported" if not any(change.get("actual") and not change.get("actual")[0] for change in stages):  # type: ignore[index]
            return "Report recorded anew"
    return plain


def _recorded(change: Change) -> str:
    was, now = change.get("actual") or (None, None)
    if now is None:
        return f"{change.label}: recorded date taken back"
    return f"{change.label}: recorded date corrected" if was else f"{change.label} reached"


def _texts(event: Event) -> Iterable[str]:
    for change in event.changes:
        if change.model == STAGE:
            yield from _stage_texts(change, event)
        elif change.model in ATTACHED and change.new:
            yield attached_text(change, ATTACHED[change.model])
        elif not change.new:
            yield from _plain_texts(change)


def _stage_texts(change: Change, event: Event) -> Iterable[str]:
    planned, actual = change.get("planned"), change.get("actual")
    if planned and planned != (None, None):
        was, now = planned
        to = f"planned for {_day(now)}" if now else "no date any more"
        yield f"{change.label}: {to}{f', was {_day(was)}' if was else ''}."
    if actual and actual != (None, None) and actual != (None, event.effective.isoformat()):
        was, now = actual
        yield f"{change.label}: {f'on {_day(now)}' if now else 'not reached'}{f', was {_day(was)}' if was else ''}."


def _plain_texts(change: Change) -> Iterable[str]:
    for name, old, new in change.fields:
        if name in LONG:
            yield f"{FIELDS[name]} {'written' if not old else 'changed'}."
        elif name in FIELDS:
            came = f" from {_said(name, old)} to" if old not in (None, "") else ":"
            yield f"{FIELDS[name]}{came} {_said(name, new)}."


def _said(name: str, value: Any) -> str:
    if value in (None, ""):
        return "none"
    return ANSWERS.get(value, str(value)).lower() if name == "satisfaction" else str(value)


def _day(value: Any) -> str:
    return say_date(date.fromisoformat(value)) if isinstance(value, str) else say_date(value)
