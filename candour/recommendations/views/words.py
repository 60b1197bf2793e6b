"""The words in which pages speak of recommendations: statuses, kinds of event, and the facts of a change."""

from collections.abc import Mapping
from typing import Any

from candour.kernel.records.telling import EVENTS as OF_ANY_RECORD
from candour.kernel.records.telling import Vocabulary
from candour.recommendations.models import Closure, DateAsked, Outcome, Response, Source

STATUS_TONES: Mapping[str, str] = {
    "Awaiting Response": "plum",
    "Overdue": "red",
    "Sent Back": "amber",
    "No Date": "amber",
    "Due Soon": "amber",
    "Open": "blue",
    "Proposed Closed": "plum",
    "Closed": "green",
    "Verified": "green",
    "Fell Short": "red",
    "Not Accepted": "",
    "Risk Accepted": "",
    "Superseded": "",
}
PRIORITY_TONES: Mapping[str, str] = {"high": "red", "medium": "amber", "low": ""}
SEEN_BY: Mapping[str, str] = {
    "public": "Office, panel and public",
    "office": "Office and panel",
    "restricted": "Its lead owner, and those who may see restricted records",
}


def labels(choices: Any) -> dict[Any, str]:
    """Words for the values of a model's choices."""
    return {value: str(label) for value, label in choices}


SOURCES = labels(Source.choices)
RESPONSES = {"": "Not yet"} | labels(Response.choices)
OUTCOMES = labels(Outcome.choices)
VERDICTS = labels(Closure.Verdict.choices)

EVENTS: Mapping[str, str] = OF_ANY_RECORD | {
    "inspection.response_drafted": "Answered in the response to the inspection",
    "inspection.item_noted": "Noted for the inspectorate",
    "inspection.item_carried_over": "Carried over to a later inspection",
    "recommendation.raised": "Recommendation raised",
    "recommendation.responded": "Response given",
    "recommendation.dated": "First date set",
    "recommendation.slipped": "Date moved",
    "recommendation.date_asked": "New date asked for",
    "recommendation.date_withdrawn": "Request for a new date taken back",
    "recommendation.date_granted": "New date granted",
    "recommendation.date_refused": "New date refused",
    "recommendation.owner_added": "Owner named",
    "recommendation.handed_over": "Handed over",
    "recommendation.updated": "Update recorded",
    "recommendation.asked": "Asked for an answer",
    "recommendation.answer_returned": "Answer sent back by the liaison",
    "recommendation.closure_proposed": "Closure proposed",
    "recommendation.closure_withdrawn": "Proposal taken back",
    "recommendation.closed": "Closed by the panel",
    "recommendation.sent_back": "Sent back by the panel",
    "recommendation.verified": "Verified by the auditor",
    "recommendation.ended": "Ended without being done",
    "recommendation.reopened": "Reopened",
    "recommendation.repeat_marked": "Marked as a repeat",
    "recommendation.reworded": "Wording changed",
    "recommendation.restricted": "Who may see it changed",
}

OF = "recommendation."
KINDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "dates": ("Dates", (f"{OF}slipped", f"{OF}dated", f"{OF}date_", f"{OF}raised")),
    "updates": ("Updates", (f"{OF}updated", f"{OF}closure_proposed", f"{OF}asked", f"{OF}answer_")),
    "closure": (
        "Closure and verification",
        (f"{OF}closure_", f"{OF}closed", f"{OF}sent_back", f"{OF}verified", f"{OF}ended", f"{OF}reopened"),
    ),
    "hands": ("Owners", (f"{OF}owner_added", f"{OF}handed_over")),
    "wording": ("Response and wording", (f"{OF}responded", f"{OF}reworded", f"{OF}repeat_marked", "history.redacted")),
    "sight": ("Who may see it", (f"{OF}restricted", "record.shared", "record.unshared")),
    "links": ("Links", ("record.linked", "record.unlinked")),
    "actions": ("Actions and evidence", ("action.", "evidence.")),
}

FIELDS: Mapping[str, str] = {
    "title": "Heading",
    "reference": "Reference",
    "organisation": "Body",
    "owner": "Owner",
    "sensitivity": "Seen by",
    "closed_on": "Ended on",
    "source": "Source",
    "audit": "Report",
    "printed": "Number in the report",
    "text": "Recommendation",
    "finding": "Finding",
    "risk": "Risk",
    "priority": "Priority",
    "priority_scale": "Scale of priorities",
    "priority_text": "Priority as printed",
    "response": "Response",
    "response_text": "Words of the response",
    "reported_on": "Reported on",
    "first_reported": "First reported on",
    "repeat_of": "Repeat of",
    "came_from": "Came from",
    "outcome": "How it ended",
    "number": "Slip",
    "due": "Date",
    "set_on": "Set on",
    "why": "Why",
    "approver": "Agreed by",
    "period": "Period",
    "by": "Said by",
    "achieved": "Achieved",
    "left": "Left to do",
    "barriers": "In the way",
    "proposes_closure": "Proposes closure",
    "evidence": "Evidence",
    "proposed_on": "Proposed on",
    "proposed_by": "Proposed by",
    "case": "Case for closing it",
    "answer": "What the panel decided",
    "answered_on": "Decided on",
    "decision": "Decision",
    "verdict": "What the auditor found",
    "verified_on": "Verified on",
    "found": "Finding of the auditor",
    "lapsed_on": "Counts no longer since",
    "added_on": "Added on",
    "removed_on": "Removed on",
    "dated": "Dated",
    "to": "To",
    "how": "How",
    "ended": "Ended",
    "cycle": "Cycle",
    "post": "Asked of",
    "sent_back_on": "Sent back on",
    "asked_on": "Asked on",
    "said": "What was answered",
}
SPECIAL: Mapping[tuple[str, str], str] = {
    ("recommendations.target", "text"): "Date as typed or printed",
    ("recommendations.target", "number"): "Number of the slip",
    ("recommendations.update", "text"): "Update",
    ("recommendations.dateasked", "text"): "Date asked for, as typed",
    ("recommendations.dateasked", "due"): "Date asked for",
    ("recommendations.dateasked", "answer"): "Answer",
    ("recommendations.dateasked", "answered_on"): "Answered on",
    ("recommendations.ask", "due"): "Answer by",
    ("recommendations.ask", "answer"): "Answer",
    ("recommendations.ask", "why"): "What the answer lacks",
    ("actions.action", "text"): "Action",
    ("inspections.answer", "action"): "What is done",
    ("inspections.answer", "why_none"): "Why nothing is done",
    ("inspections.note", "text"): "Note",
    ("inspections.note", "by"): "Said by",
    ("evidence.file", "name"): "File",
}
REPEATING = frozenset({"added_on", "asked_on", "dated", "set_on", "reported_on", "first_reported", "proposed_on"})
SILENT = frozenset({"id", "record", "recommendation", "assignment", "kind", "organisation_label"})
# Of rows that inspections keep about a recommendation: what is a number without its scale, or ties rows together.
SILENT |= {"inspection", "item", "review", "status", "status_scale", "level", "level_scale"}
OTHER_RECORDS = frozenset(
    {
        ("records.link", "to"),
        ("inspections.carried", "to"),
        ("recommendations.recommendation", "repeat_of"),
        ("recommendations.recommendation", "came_from"),
    }
)
PLACES: Mapping[tuple[str, str], Mapping[Any, str]] = {
    ("records.record", "sensitivity"): SEEN_BY,
    ("recommendations.recommendation", "source"): SOURCES,
    ("recommendations.recommendation", "response"): RESPONSES,
    ("recommendations.recommendation", "outcome"): OUTCOMES,
    ("recommendations.closure", "answer"): labels(Closure.Answer.choices),
    ("recommendations.dateasked", "answer"): labels(DateAsked.Answer.choices),
    ("recommendations.closure", "verdict"): VERDICTS,
}

WORDS = Vocabulary(
    events=EVENTS,
    fields=FIELDS,
    special=SPECIAL,
    places=PLACES,
    repeating=REPEATING,
    silent=SILENT,
    others=OTHER_RECORDS,
)
