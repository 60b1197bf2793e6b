"""An entry of a tracker as the record that `candour read` prints. Pure."""

import re
from dataclasses import dataclass
from typing import Any

from candour.audits.intake.owners import Owner
from candour.audits.intake.words import read_outcome

from .entries import Entry
from .labels import REPEAT
from .updates import Story, Target, answered, read_story

Record = dict[str, Any]


@dataclass(eq=False)
class Recommendation:
    """An entry, its story, and the record made of them."""

    entry: Entry
    story: Story
    record: Record

    @property
    def key(self) -> str:
        return str(self.record["key"])

    @property
    def last(self) -> Any:
        """The newest update of a cycle, or None."""
        return next(reversed([*answered(self.story.updates)]), None)


def recommendation(entry: Entry, story: Story | None = None) -> Recommendation:
    """The record of an entry: words as printed, days and months as ISO where they can be told."""
    story = story or read_story(entry.lines)
    owners: list[Owner] = story.owners or story.signed
    original, current = ends_of(story.targets)
    audit = entry.audit
    record: Record = {
        "key": key_of(audit.title, audit.date, entry.reference),
        "audit": audit.title,
        "audit_note": audit.note,
        "opinion": audit.opinion,
        "opinion_text": audit.opinion_text,
        "audit_date": audit.date,
        "audit_date_text": audit.date_text,
        "reference": entry.reference,
        "heading": entry.heading,
        "title": entry.heading,
        "priority": entry.priority,
        "priority_text": entry.priority_text,
        "text": "\n".join(story.text),
        "response_text": "\n".join(story.response),
        "owners": owners,
        "original_target": original.date if original else None,
        "original_target_text": original.text if original else "",
        "current_target": current.date if current else None,
        "current_target_text": current.text if current else "",
        "targets": [{"text": one.text, "date": one.date} for one in story.targets],
        "updates": [one.as_json() for one in story.updates],
        "proposed_closed": story.marked is not None,
        "status": entry.status,
        "outcome": read_outcome(story.verdict or entry.status),
        "repeat_of": None,
        "place": str(entry.place),
    }
    found = Recommendation(entry, story, record)
    if not story.quoted and found.last is not None and found.last.proposes:
        record["proposed_closed"] = True
    return found


def key_of(audit: str, date: str | None, reference: str) -> str:
    """What names a recommendation in a paper where each audit counts from 1: "STORES 2024-05 4.1"."""
    return " ".join(part for part in (audit, date or "", reference) if part)


def ends_of(targets: list[Target]) -> tuple[Target | None, Target | None]:
    """(the first target, the one that holds). Of parts with a day each, the last day is the day of the whole."""
    if not targets:
        return None, None
    if len({one.part for one in targets if one.part}) > 1:
        firsts = {one.part: one for one in reversed(targets)}
        latest = max(firsts.values(), key=lambda one: one.date or "")
        return latest, latest
    plain = [one for one in targets if not one.revised]
    return (plain[0] if plain else None), targets[-1]


def repeats(found: Recommendation) -> bool:
    """Whether a recommendation says that it repeats one made before."""
    words = " ".join([found.entry.heading, *found.story.text, *found.story.response])
    return bool(REPEAT.search(words) or re.search(r"\brepeat\b", found.entry.heading, re.IGNORECASE))
