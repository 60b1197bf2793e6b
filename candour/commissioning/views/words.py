"""Entries of the history told in the words of agreements: a title, what changed, why and who."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from candour.commissioning import rules
from candour.commissioning.rules import follow, publishing
from candour.kernel.calendar import say_date
from candour.kernel.history.queries import Change, Event
from candour.kernel.records.telling import EVENTS as OF_ANY_RECORD
from candour.kernel.records.telling import Told, attached_text, day_in, event_words, told_as

ATTACHED = {"actions.action": "text", "evidence.file": "name"}
EVENTS: Mapping[str, str] = OF_ANY_RECORD | {
    "agreement.raised": "Put into the register",
    "agreement.changed": "Facts changed",
    "agreement.priorities_set": "Priorities of the plan chosen",
    "agreement.signed": "Signed",
    "agreement.varied": "Varied",
    "agreement.extended": "Extended",
    "agreement.ordered": "Order recorded",
    "agreement.gate_overridden": "Gate overridden",
    "agreement.next_decided": "Decided what comes next",
    "agreement.ended": "Ended",
    "agreement.contact_added": "Contact added",
    "agreement.contact_confirmed": "Contact confirmed",
    "agreement.contact_gone": "Contact has gone",
    "agreement.document_attached": "Document attached",
    "agreement.restricted": "Who may see it changed",
    "agreement.withheld": "Withheld from publication",
    "agreement.withheld_no_more": "Published again",
    "agreement.paid": "Payment recorded",
    "agreement.indicator_added": "KPI set",
    "agreement.indicator_ended": "KPI measured no more",
    "agreement.rated": "KPI rated",
    "agreement.process_begun": "Its steps began",
    "agreement.step_done": "Step done",
    "agreement.step_skipped": "Step skipped",
    "agreement.step_put_back": "Step put back: it had been recorded by mistake",
    "agreement.returns_asked": "Returns asked for",
    "agreement.return_received": "Return received",
    "agreement.return_assessed": "Return assessed",
    "agreement.return_sent_back": "Return sent back",
    "agreement.return_chased": "Return chased",
    "agreement.forecast": "Spend forecast",
    "agreement.underspend_asked": "Underspend asked back",
    "agreement.underspend_agreed": "Underspend agreed",
    "agreement.underspend_received": "Underspend paid back",
    "agreement.underspend_carried": "Underspend carried over",
    "agreement.meeting_held": "Meeting held",
    "agreement.issue_raised": "Issue logged",
    "agreement.issue_resolved": "Issue resolved",
    "agreement.notice_given": "Performance notice given",
    "agreement.notice_answered": "Performance notice answered",
    "agreement.notice_published": "Breach published",
    "agreement.notice_settled": "Performance notice settled",
    "agreement.outcome_set": "Outcome set",
    "agreement.outcome_stopped": "Outcome reported no more",
    "agreement.outcome_reported": "Outcome reported",
    "agreement.exit_held": "Exit interview held",
    "plan_measure.added": "Measure of the plan added",
}
FOLLOWED: Mapping[str, str] = {
    "received_on": "Received on",
    "assessed_on": "Assessed on",
    "verdict": "Found",
    "wanted": "Wanted",
    "spent": "Spent so far",
    "chased_on": "Chased on",
    "year": "Year",
    "agreed": "Agreed",
    "carried_to": "Kept for",
    "present": "Present",
    "severity": "Severity",
    "resolved_on": "Resolved on",
    "responded_on": "Answered on",
    "response_due": "Answer due",
    "published_on": "Published on",
    "settled_on": "Settled on",
    "what": "Outcome",
    "share": "Share",
}
FIELDS: Mapping[str, str] = {
    "title": "Title",
    "owner": "Lead",
    "sensitivity": "Seen by",
    "project_code": "Project code",
    "starts": "First day",
    "ends": "Last day",
    "last_end": "Last possible end",
    "notice_on": "Notice by",
    "value": "Value",
    "data_controller": "Data controller",
    "specification": "Specification",
    "kpis": "KPIs",
    "monitoring": "Monitoring",
    "management": "Management plan",
    "follows": "What comes next",
    "closed_on": "Ended on",
    "office_signed_by": "Signed by",
    "office_signed_on": "Signed on",
    "provider_signed_by": "Signed by",
    "provider_signed_on": "Signed on",
    "on": "On",
    "new_end": "New last day",
    "change": "Change of value",
    "ground": "Ground",
    "number": "Number",
    "overridden_until": "Good until",
    "role": "Post",
    "confirmed_on": "Confirmed on",
    "left_on": "Gone on",
    "which": "What",
    "brackets": "Brackets left",
    "awarded_on": "Awarded on",
    "procedure": "How it was let",
    "bids": "Tenders or applications",
    "part": "What",
    "amount": "Amount",
    "purpose": "For",
    "withheld": "Redacted",
    "name": "KPI",
    "target": "Target",
    "rating": "Rating",
    "ended_on": "Until",
    "began_on": "Begun on",
    "step": "Next step",
    "step_due": "Planned for",
    "done_on": "Done on",
    **FOLLOWED,
}
LONG = frozenset({"specification", "kpis", "monitoring", "management"})  # the words themselves stand in the history
MONEY = frozenset({"value", "change", "amount", "spent", "agreed"})
FIGURES = frozenset({"commissioning.returnfigure", "commissioning.outcomefigure"})  # whose value is no money
CODED: Mapping[str, Mapping[str, str]] = {
    "follows": rules.NEXT,
    "ground": {**rules.GROUNDS, **publishing.REASONS},
    "withheld": publishing.REASONS,
    "part": publishing.PARTS,
    "procedure": publishing.PROCEDURES,
    "rating": publishing.RATINGS,
    "verdict": follow.VERDICTS,
    "severity": follow.SEVERITIES,
    "which": {"agreement": "The agreement", "specification": "The specification", "plan": "The management plan"},
}


def told(event: Event, serves: Mapping[int, str] = MappingProxyType({})) -> Told:
    """An entry as a reader wants it. serves: what the priorities that it serves are called, by number."""
    return told_as(event, _title(event), _texts(event, serves), agreed="approved")


def _title(event: Event) -> str:
    plain = event_words(EVENTS, event.event)
    if event.event == "agreement.signed":
        sides = [
            words for side, words in rules.SIDES.items() if any(one.get(f"{side}_signed_on") for one in event.changes)
        ]
        return f"{sides[0]} signed" if sides else plain
    return plain


ONE_BY_ONE = frozenset({"commissioning.return"})  # told where one changed: a schedule makes many at once


def _texts(event: Event, serves: Mapping[int, str]) -> Iterable[str]:
    for change in event.changes:
        if change.model in ATTACHED and change.new:
            yield attached_text(change, ATTACHED[change.model])
        elif change.model == "commissioning.agreement" and change.new:
            continue
        elif change.model == "commissioning.serving":
            named = serves.get(int(change.label), "a priority of a plan")
            yield f"{'Serves' if change.new else 'Serves no more'}: {named}."
        elif change.model in FIGURES:
            yield from (f"Figure: {new}." for name, _, new in change.fields if name == "value")
        elif change.model in ONE_BY_ONE and (change.new or event.event == "agreement.returns_asked"):
            continue
        elif change.model in ("records.record", "commissioning.agreement") or change.model.startswith("commissioning."):
            yield from _plain_texts(change)


def _plain_texts(change: Change) -> Iterable[str]:
    if change.model == "records.record" and change.new:
        return
    for name, old, new in change.fields:
        if change.new and new in (None, "", 0, False):
            continue
        if name in LONG:
            yield f"{FIELDS[name]} {'written' if not old else 'changed'}."
        elif name in FIELDS:
            before = f", {_said(name, old)} before" if old not in (None, "") else ""
            yield f"{FIELDS[name]}: {_said(name, new)}{before}."


def _said(name: str, value: Any) -> str:
    if value in (None, ""):
        return "none"
    if name in MONEY:
        return rules.pounds(value)
    if name in CODED:
        return CODED[name].get(value, str(value))
    day = day_in(value)
    return say_date(day) if day else str(value)
