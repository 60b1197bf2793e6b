"""What an entry of a risk is called: the event in words, and better words where what it changed says more."""

from typing import Protocol

from candour.kernel.history.queries import Change, Event
from candour.risks.views.words import event_words

ASSESSMENT, CONTROL, UPDATE = "risks.assessment", "risks.control", "risks.update"
ORDER = ("project", "operational", "strategic")  # levels, the highest last


class Names(Protocol):
    """What other records are called, by their number or by that of the link that leads to one."""

    def other(self, number: object) -> str: ...
    def linked(self, number: int) -> str: ...


def title_of(event: Event, known: Names, scored: str) -> str:
    """The title of an entry. scored: what happened to the current score, in words, or ""."""
    plain = event_words(event.event)
    match event.event:
        case "risk.rescored":
            plain = f"Score {scored}" if scored else plain
        case "risk.score_agreed":
            plain = f"Proposed score agreed: {scored}" if scored else plain
        case "risk.reviewed":
            plain = f"Reviewed, score {scored}" if scored else "Reviewed" if _moved(event) else "Reviewed, no change"
        case "risk.control_settled":
            plain = _settled(event)
        case "risk.level_changed":
            plain = _moved_level(event)
        case "risk.merged":
            plain = _merged(event, known)
        case "risk.reopened" if not _changed(event, "records.record", "closed_on"):
            plain = f"{_other_of_link(event, known)} was reopened"
    return plain


def _changed(event: Event, model: str, name: str) -> tuple[object, object] | None:
    """(old, new) of the field of a row that the entry changed."""
    found = (change.get(name) for change in event.changes if change.model == model)
    return next((pair for pair in found if pair), None)


def _moved(event: Event) -> bool:
    """Whether a review changed any control beyond saying how it works."""
    return any(
        change.model == CONTROL and {name for name, *_ in change.fields} - {"effect"} for change in event.changes
    )


def _settled(event: Event) -> str:
    return next((said for change in event.changes if (said := _settled_words(change))), event_words(event.event))


def _settled_words(change: Change) -> str:
    if change.get("removed_on"):
        return "Control removed"
    if change.get("pending"):
        return "Control put in place"
    if change.get("due"):
        return "Control given a new date"
    if effect := change.get("effect"):
        return {"in part": "Control works in part", "fails": "Control does not work"}.get(effect[1], "Control works")
    return ""


def _moved_level(event: Event) -> str:
    moved = _changed(event, "risks.risk", "level")
    if not moved or moved[0] not in ORDER or moved[1] not in ORDER:
        return event_words(event.event)
    up = ORDER.index(str(moved[1])) > ORDER.index(str(moved[0]))
    return f"{'Escalated' if up else 'De-escalated'} to the {moved[1]} register"


def _merged(event: Event, known: Names) -> str:
    if into := _changed(event, "risks.risk", "merged_into"):
        return f"Merged into {known.other(into[1])}"
    return f"{_other_of_link(event, known)} merged into this risk"


def _other_of_link(event: Event, known: Names) -> str:
    link = next((change.key for change in event.changes if change.model == "records.link"), 0)
    return known.linked(link)
