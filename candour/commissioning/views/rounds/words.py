"""Entries of the history told in the words of rounds: a title, what changed, why and who."""

from collections.abc import Iterable, Mapping
from typing import Any

from candour.commissioning import rules as of_agreements
from candour.commissioning.rules import rounds as rules
from candour.kernel.history.queries import Change, Event
from candour.kernel.records.telling import EVENTS as OF_RECORDS
from candour.kernel.records.telling import Told, Vocabulary, told_as

EVENTS: Mapping[str, str] = OF_RECORDS | {
    "round.raised": "Set up",
    "round.changed": "Facts changed",
    "round.changed_in_public": "Facts changed after it had opened",
    "round.criteria_set": "Criteria set",
    "round.criteria_changed": "Criteria changed after it had opened",
    "round.form_set": "Form set",
    "round.form_changed": "Form changed after it had opened",
    "round.opened": "Opened: criteria and form published",
    "round.scoring_begun": "Scoring begun",
    "round.ranked": "Ranking settled",
    "round.decided": "Decided",
    "round.announced": "Announced",
    "application.received": "Application received",
    "application.file_attached": "File attached",
    "application.let_in": "Let in although late",
    "application.withdrawn": "Withdrawn",
    "application.judged": "Eligibility judged",
    "application.moderated": "Mark moderated",
    "application.tie_settled": "Tie settled",
    "application.conditions_set": "Conditions of the award set",
    "application.agreed": "Became an agreement",
    "application.appealed": "Appealed",
    "application.mistake_found": "Mistake found",
    "application.appeal_answered": "Appeal answered",
    "application.corrected": "Corrected",
}
FIELDS: Mapping[str, str] = {
    "title": "Name",
    "owner": "Lead",
    "budget": "Budget",
    "most": "The most that one may ask for",
    "opens": "First day",
    "closes": "Last day",
    "score_by": "Scores by",
    "pass_mark": "Pass mark",
    "tolerance": "Marks by which scorers may differ",
    "part_awards": "Part awards",
    "name": "Criterion",
    "weight": "Weight",
    "text": "Question",
    "received_on": "Received",
    "let_in_on": "Let in on",
    "withdrawn_on": "Withdrawn on",
    "eligible": "Eligible",
    "outcome": "Outcome",
    "award": "Award",
    "conditions": "Conditions",
    "excepted": "Excepted from a pass mark",
    "tie": "Place among equals",
    "value": "Mark",
    "upheld": "Upheld",
    "before": "Award before",
    "after": "Award after",
}
MONEY = frozenset({"budget", "most", "award", "before", "after", "asked"})
NEW = frozenset({"criterion", "question", "moderation", "appeal"})  # new rows of which every field is told
VOCABULARY = Vocabulary(
    EVENTS,
    FIELDS,
    special={},
    places={("commissioning.application", "outcome"): dict(rules.OUTCOMES)},
    repeating=frozenset({"on"}),
    silent=frozenset({"round", "application", "record", "criterion", "number", "head_hash", "head_sequence"}),
)


def told(event: Event) -> Told:
    """An entry as a reader wants it."""
    return told_as(event, VOCABULARY.event(event.event), _texts(event))


def _texts(event: Event) -> Iterable[str]:
    for change in event.changes:
        kind = change.model.partition(".")[2]
        if change.new and kind not in NEW:
            continue
        said = [part for name, old, new in change.fields if (part := _said(change, name, old, new))]
        if said:
            told_of = ", ".join(said)
            yield told_of if told_of.endswith(("?", ".")) else f"{told_of}."


def _said(change: Change, name: str, old: Any, new: Any) -> str:
    if name not in FIELDS or (change.new and new in (None, "", 0, False)):
        return ""
    was = _value(change.model, name, old)
    before = f" ({was} before)" if was and not change.new else ""
    return f"{FIELDS[name]}: {_value(change.model, name, new) or 'none'}{before}"


def _value(model: str, name: str, value: Any) -> str:
    if name in MONEY and value is not None:
        return of_agreements.pounds(value)
    return VOCABULARY.value(model, name, value)
