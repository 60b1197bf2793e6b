"""What changed in a tracker between the ends of two days: the two side by side. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from candour.kernel.calendar import say_date
from candour.recommendations.papers.words import OUTCOMES, RESPONSES, VERDICTS, target_words
from candour.recommendations.queries.rows import OwnerRow, RecommendationRow

KINDS: Mapping[str, str] = {
    "raised": "Raised",
    "answered": "Answered by the body",
    "proposed": "Proposed closed",
    "sent back": "Sent back",
    "withdrawn": "Proposal taken back",
    "ended": "Left the tracker",
    "reopened": "Reopened",
    "verified": "Looked at again by the auditor",
    "slipped": "Given a new date",
    "hands": "Changed hands",
    "priority": "Another priority",
    "updated": "Updated",
}


@dataclass(frozen=True)
class Change:
    """One thing that changed of one recommendation, as it stands on the later day. day: from when, where it is one day."""

    kind: str
    row: RecommendationRow
    words: str
    day: date | None = None
    why: str = ""


def compare(before: Iterable[RecommendationRow], after: Iterable[RecommendationRow], *, since: date) -> list[Change]:
    """What changed, in the order of KINDS and then by reference. Both hold what has ended too."""
    stood = {row.pk: row for row in before}
    order = list(KINDS)
    found = [change for row in after for change in _changes(stood.get(row.pk), row, since)]
    return sorted(found, key=lambda one: (order.index(one.kind), one.row.reference, one.words))


def _changes(was: RecommendationRow | None, row: RecommendationRow, since: date) -> Iterator[Change]:
    line = row.line
    if was is None:
        yield Change("raised", row, f"{line.priority or 'No priority'}, reported {say_date(line.reported_on)}")
    elif line.response != was.line.response:
        yield Change("answered", row, f"{RESPONSES[line.response]}, before that {RESPONSES[was.line.response].lower()}")
    yield from _closing(was, row)
    yield from _dates(was, row, since)
    if was and line.priority != was.line.priority:
        yield Change("priority", row, f"{was.line.priority or 'None'} before, now {line.priority or 'none'}")
    for update in row.updates:
        if update.dated > since:
            barriers = f"Barriers: {' '.join(update.barriers.split())}" if update.barriers.strip() else ""
            yield Change("updated", row, _first(update.achieved or update.text), update.dated, barriers)


def _closing(was: RecommendationRow | None, row: RecommendationRow) -> Iterator[Change]:
    line, closure = row.line, row.closure
    closed_before = was.line.closed_on if was else None
    earlier = was.closure if was else None
    if line.closed_on and not closed_before:
        agreed = closure.decision if closure and line.outcome == "closed" else ""
        yield Change("ended", row, OUTCOMES.get(line.outcome, "Ended"), line.closed_on, agreed)
    if closed_before and not line.closed_on:
        yield Change("reopened", row, f"It had ended on {say_date(closed_before)}")
    if line.proposed_on and line.proposed_on != (was.line.proposed_on if was else None) and closure:
        yield Change("proposed", row, f"By {closure.proposed_by or 'no post'}", line.proposed_on, closure.case)
    if closure and closure.answer == "sent back" and not (earlier and earlier.answered_on == closure.answered_on):
        yield Change("sent back", row, closure.decision or "By the panel", closure.answered_on, closure.why)
    if was and was.line.proposed_on and closure is None and not line.closed_on:
        yield Change("withdrawn", row, f"It had been proposed on {say_date(was.line.proposed_on)}")
    if closure and closure.verified_on and not (earlier and earlier.verified_on) and line.closed_on:
        yield Change("verified", row, VERDICTS[closure.verdict], closure.verified_on, closure.found)


def _dates(was: RecommendationRow | None, row: RecommendationRow, since: date) -> Iterator[Change]:
    held = {owner.pk: owner for owner in was.owners} if was else {}
    for owner in row.owners:
        old = held.get(owner.pk)
        numbers = {target.number for target in old.targets} if old else set()
        for before, target in zip(owner.targets, owner.targets[1:], strict=False):
            if target.number not in numbers and (old or target.set_on > since):
                agreed = (
                    f"Agreed by {target.approver}"
                    if target.approver.strip()
                    else "Nobody is recorded as having agreed it"
                )
                why = ". ".join(part for part in (" ".join(target.why.split()).rstrip("."), agreed) if part)
                words = f"{target_words(before)} before, now {target_words(target)}: slip {target.number}"
                yield Change("slipped", row, words, target.set_on, why)
    if was and (old_names := _names(was.owners)) != (new_names := _names(row.owners)):
        yield Change("hands", row, f"{old_names} before, now {new_names}")


def _names(owners: Iterable[OwnerRow]) -> str:
    return ", ".join(owner.owner or "no post" for owner in owners) or "no post"


def _first(text: str) -> str:
    """The first line of what was said."""
    said = next((line.strip() for line in text.splitlines() if line.strip()), "Nothing is said of what was achieved")
    return said if len(said) <= 240 else f"{said[:237].rstrip()} ..."
