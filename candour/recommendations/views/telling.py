"""Entries of a recommendation's history told in plain words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from candour.kernel.history.queries import Change, Event
from candour.kernel.records.telling import Group, Shown, Told, group_of, shown_as, told_as
from candour.recommendations.queries.one import Neighbour
from candour.recommendations.views.words import VERDICTS, WORDS

TARGET, UPDATE, CLOSURE = "recommendations.target", "recommendations.update", "recommendations.closure"
ASKED = "recommendations.dateasked"
ATTACHED = {"actions.action": "text", "evidence.file": "name"}
PLAIN = frozenset({"owner", "response", "sensitivity", "title", "outcome", "first_reported"})


@dataclass(frozen=True)
class Known:
    """Other records that entries name by their numbers, where the reader may see them."""

    names: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, neighbours: Iterable[Neighbour]) -> "Known":
        return cls({each.pk: f"{each.reference} {each.title}" for each in neighbours})

    def other(self, number: Any) -> str:
        """What another record is called here."""
        return self.names.get(number, "another record") if isinstance(number, int) else ""


def told(event: Event) -> Told:
    """An entry for the timeline."""
    return told_as(event, title_of(event), tuple(_texts(event)))


def shown(event: Event, known: Known) -> Shown:
    """An entry for the page of history: everything that it changed, old beside new."""
    return shown_as(event, told(event), tuple(_groups(event, known.other)))


def title_of(event: Event) -> str:
    """What an entry is called: the event, and better words where what it changed says more."""
    plain = WORDS.event(event.event)
    if event.event == "recommendation.verified":
        verdict = next((change.get("verdict") for change in event.changes if change.get("verdict")), None)
        return f"{plain}: {VERDICTS[verdict[1]].lower()}" if verdict and verdict[1] else plain
    if event.event == "recommendation.slipped":
        number = next((new["number"] for change in event.changes if (new := _values(change)).get("number")), 1)
        return {1: "Date moved", 2: "Date moved a second time"}.get(number, f"Date moved, slip {number}")
    return plain


def _texts(event: Event) -> Iterable[str]:
    for change in event.changes:
        values = _values(change)
        if change.model == TARGET and change.new:
            yield _date_said(values)
        elif change.model == ASKED and change.new:
            due = WORDS.value(ASKED, "due", values["due"])
            words = values["text"]
            yield f"Asked for {due or f'‘{words}’'}."
        elif change.model == UPDATE and change.new:
            yield from (values[name] for name in ("achieved", "text") if values.get(name))
        elif change.model == CLOSURE and change.new and event.reason != values.get("case"):
            continue  # the update of the same entry says it
        elif change.model in ATTACHED and change.new:
            yield f"{values[ATTACHED[change.model]].rstrip('.')}."
        elif not change.new:
            yield from _plain(change)


def _date_said(values: Mapping[str, Any]) -> str:
    which, due = "New date" if values["number"] else "First date", WORDS.value(TARGET, "due", values["due"])
    if not due:
        return f"{which} in words: ‘{values['text']}’."
    return f"{which} {due}." if values["text"] == due else f"{which} {due}, as ‘{values['text']}’."


def _plain(change: Change) -> Iterable[str]:
    for name, old, new in change.fields:
        if name in PLAIN:
            was, now = (WORDS.value(change.model, name, value) or "none" for value in (old, new))
            yield f"{WORDS.field(change.model, name)} from {was} to {now}."


def _groups(event: Event, other: Callable[[Any], str]) -> Iterable[Group]:
    for change in event.changes:
        yield group_of(change, event, WORDS, other=other)


def _values(change: Change) -> dict[str, Any]:
    return {name: new for name, _, new in change.fields}
