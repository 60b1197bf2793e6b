"""The words in which pages speak of risks: statuses, states, kinds of event, and the facts of a change."""

from collections.abc import Mapping
from typing import Any

from candour.kernel.records.telling import EVENTS as OF_ANY_RECORD
from candour.kernel.records.telling import Vocabulary

STATUS_TONES: Mapping[str, str] = {
    "Overdue Control": "red",
    "Awaiting Review": "plum",
    "Controls Tasked": "blue",
    "Managed": "amber",
    "Controlled": "green",
    "Closed": "",
}
STATE_TONES: Mapping[str, str] = {
    "overdue": "red",
    "due soon": "amber",
    "pending": "",
    "in place": "green",
    "removed": "",
}

SEEN_BY: Mapping[str, str] = {
    "public": "Office, panel and public",
    "office": "Office and panel",
    "restricted": "Its owner, and those who may see restricted records",
}
RESPONSES: Mapping[str, str] = {"reduce": "Reduce", "accept": "Accept", "share": "Share", "avoid": "Avoid"}
ANSWERS: Mapping[str, str] = {
    "still to do": "Still to do",
    "in place": "In place",
    "works": "Works",
    "in part": "Works in part",
    "fails": "Does not work",
    "removed": "Remove",
}

# What an event is called. A part of a page may know better: "Score raised from 8 to 12".
EVENTS: Mapping[str, str] = OF_ANY_RECORD | {
    "risk.raised": "Risk raised",
    "risk.loaded": "Loaded from a paper",
    "risk.rescored": "Score changed",
    "risk.target_set": "Target set",
    "risk.inherent_set": "Inherent score set",
    "risk.score_proposed": "Score proposed",
    "risk.score_agreed": "Proposed score agreed",
    "risk.score_refused": "Proposed score not agreed",
    "risk.score_withdrawn": "Proposed score withdrawn",
    "risk.response_chosen": "Response chosen",
    "risk.joint_changed": "Joint risk changed",
    "risk.merged": "Merged",
    "risk.control_changed": "Control reworded",
    "risk.control_added": "Control added",
    "risk.control_settled": "Control answered",
    "risk.updated": "Update recorded",
    "risk.reviewed": "Reviewed",
    "risk.reworded": "Wording changed",
    "risk.handed_over": "Handed over",
    "risk.level_changed": "Moved to another register",
    "risk.closed": "Closed",
    "risk.reopened": "Reopened",
    "risk.restricted": "Who may see it changed",
    "action.carried_over": "Actions moved with a merged risk",
}

SCORED = ("risk.raised", "risk.rescored", "risk.target_set", "risk.inherent_set", "risk.score_")
MOVED = ("risk.raised", "risk.level_changed", "risk.merged", "risk.closed", "risk.reopened")

# The kinds that a reader of history chooses from; one that ends with a dot or a line stands for all that begin so.
KINDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "score": ("Score", SCORED),
    "review": ("Review", ("risk.reviewed",)),
    "control": ("Control", ("risk.control_added", "risk.control_settled", "risk.control_changed")),
    "update": ("Update", ("risk.updated", "risk.loaded")),
    "wording": ("Wording", ("risk.reworded", "history.redacted", "risk.response_chosen", "risk.joint_changed")),
    "hands": ("Owner and officer", ("risk.handed_over",)),
    "register": ("Raised, moved, closed", MOVED),
    "sight": ("Who may see it", ("risk.restricted", "record.shared", "record.unshared")),
    "links": ("Links", ("record.linked", "record.unlinked")),
    "actions": ("Actions and evidence", ("action.", "evidence.")),
}

FIELDS: Mapping[str, str] = {
    "text": "Words",
    "title": "Title",
    "owner": "Owner",
    "organisation": "Body",
    "sensitivity": "Seen by",
    "closed_on": "Closed on",
    "reference": "Reference",
    "level": "Register",
    "source": "Source",
    "event": "Event",
    "effect": "Effect",
    "context": "Context",
    "category": "Category",
    "responsible_officer": "Responsible officer",
    "first_recorded": "First recorded",
    "last_review": "Last review",
    "transferred_on": "Handed over on",
    "accepted_on": "Accepted on",
    "next_key_date": "Next key date",
    "response": "Response",
    "joint_with": "Joint with",
    "joint_reference": "Their reference",
    "merged_into": "Merged into",
    "impact": "Impact",
    "likelihood": "Likelihood",
    "scored_on": "Scored on",
    "scale": "Scale",
    "purpose": "Which score",
    "proposed": "Proposed",
    "withdrawn_on": "Withdrawn on",
    "pending": "State",
    "due": "Due",
    "in_place_since": "In place since",
    "added_on": "Added on",
    "removed_on": "Removed on",
    "dated": "Dated",
    "to": "To",
    "how": "How",
    "ended": "Ended",
    "file_name": "File",
    "said": "Words",
    "why": "Why it is no leak",
    "cleared_on": "Said on",
}
SPECIAL: Mapping[tuple[str, str], str] = {
    ("risks.control", "effect"): "How it works",
    ("risks.control", "text"): "Control",
    ("risks.update", "text"): "Update",
}
# Of a new row: days that only repeat the day of the entry.
REPEATING = frozenset({"added_on", "scored_on", "dated", "first_recorded", "in_place_since"})
# Columns that only tie rows together, or say again what the entry says.
SILENT = frozenset({"id", "record", "risk", "kind", "closed_on_label", "organisation_label", "came_from"})
SILENT |= {"about", "paper", "sha256", "cleared_by"}  # of words that stand in a paper by chance

PLACES: Mapping[tuple[str, str], Mapping[Any, str]] = {
    ("risks.control", "pending"): {True: "Pending", False: "In place"},
    ("risks.control", "effect"): {"works": "Works", "in part": "Works in part", "fails": "Does not work"},
    ("records.record", "sensitivity"): SEEN_BY,
    ("risks.risk", "level"): {"strategic": "Strategic", "operational": "Operational", "project": "Project"},
    ("risks.risk", "response"): RESPONSES,
    ("risks.assessment", "purpose"): {"current": "Current", "target": "Target", "inherent": "Inherent"},
}


WORDS = Vocabulary(
    events=EVENTS,
    fields=FIELDS,
    special=SPECIAL,
    places=PLACES,
    repeating=REPEATING,
    silent=SILENT,
    others={("records.link", "to"), ("risks.risk", "merged_into")},
)
event_words, field_words, value_words = WORDS.event, WORDS.field, WORDS.value
