"""Where words stand in the history of one record, and what is left of each text when some of them go."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from candour.kernel.history.canonical import open_word
from candour.kernel.history.codec import REMOVED
from candour.kernel.history.models import Chained, Entry, Snapshot

Cell = tuple[str, int, str]  # model, key and field of one text


@dataclass(frozen=True)
class Words:
    """Words to be removed: of states by their number the fields, of entries by theirs the places, and what rows are left with.

    A place is "reason", "approver", or "0.1.old": change 0, field 1, what it was before. rows holds only texts that change.
    """

    states: Mapping[int, frozenset[str]] = field(default_factory=dict)
    entries: Mapping[int, frozenset[str]] = field(default_factory=dict)
    rows: Mapping[Cell, str] = field(default_factory=dict)


@dataclass
class Text:
    """One field of one row through its history: its last words, and by state and place of entry the words that it had.

    last: the number of the row's last state. since: from when the row stood.
    """

    cell: Cell
    since: str
    last: int = 0
    now: str = ""
    states: dict[int, str] = field(default_factory=dict)
    places: dict[tuple[int, str], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Remark:
    """The reason of an entry, or who agreed it: place says which."""

    entry: int
    place: str
    sequence: int
    event: str
    day: str
    words: str


def texts_of(record: Chained) -> tuple[list[Text], list[Remark]]:
    """Every text of a record with all its past, oldest row first, and what was said with its entries. Two queries."""
    place = {"record_kind": record._meta.label_lower, "record_id": record.pk}
    found: dict[Cell, Text] = {}
    shots = Snapshot.objects.filter(**place).order_by("effective", "sequence", "pk")
    last: dict[tuple[str, int], tuple[int, Mapping[str, str]]] = {}
    for shot in shots.iterator(chunk_size=2000):
        last[shot.model, shot.key] = (shot.pk, shot.words)
        for name, salted in shot.words.items():
            cell = (shot.model, shot.key, name)
            text = found.setdefault(cell, Text(cell, shot.effective.isoformat()))
            text.states[shot.pk] = open_word(salted)
    remarks = []
    for entry in Entry.objects.filter(**place).order_by("sequence").iterator(chunk_size=2000):
        cells = cells_of(entry)
        for where, salted in entry.words.items():
            if "." in where:
                text = found.setdefault(cells[where], Text(cells[where], entry.effective.isoformat()))
                text.places[entry.pk, where] = open_word(salted)
            else:
                day = entry.effective.isoformat()
                remarks.append(Remark(entry.pk, where, entry.sequence, entry.event, day, open_word(salted)))
    for (model, key, name), text in found.items():
        if (model, key) in last:
            text.last, words = last[model, key]
            text.now = open_word(words[name]) if name in words else ""
    return list(found.values()), remarks


def cells_of(entry: Entry) -> dict[str, Cell]:
    """By its place ("0.1.old") the text that each word of an entry's changes is of."""
    found: dict[str, Cell] = {}
    if all("." not in place for place in entry.words):
        return found
    for number, change in enumerate(json.loads(entry.canonical)["changes"]):
        for part, item in enumerate(change.get("fields", ())):
            for side in ("old", "new"):
                found[f"{number}.{part}.{side}"] = (change["model"], change["key"], item["field"])
    return found


def gathered(texts: Iterable[tuple[Text, str]], remarks: Iterable[Remark] = (), *, among: str = "") -> Words:
    """Some texts, each with what its row is left with, and some remarks, as words to be removed.

    among: only states and places whose words hold these, whatever the case of letters; all where it is empty.
    """
    states: dict[int, set[str]] = defaultdict(set)
    entries: dict[int, set[str]] = defaultdict(set)
    rows: dict[Cell, str] = {}
    for text, leave in texts:
        for number, words in text.states.items():
            if holds(words, among):
                states[number].add(text.cell[2])
        for (entry, place), words in text.places.items():
            if holds(words, among):
                entries[entry].add(place)
        if text.now and holds(text.now, among):
            rows[text.cell] = leave
    for remark in remarks:
        entries[remark.entry].add(remark.place)
    return Words(
        {number: frozenset(names) for number, names in states.items()},
        {number: frozenset(names) for number, names in entries.items()},
        rows,
    )


def holds(text: str, words: str) -> bool:
    """Whether a text holds words, whatever the case of letters; every text holds none."""
    return words.casefold() in text.casefold()


def without(text: str, words: str) -> str:
    """A text with REMOVED in the place of words, whatever the case of their letters; REMOVED alone where none are named."""
    if not words:
        return REMOVED
    left = re.sub(re.escape(words), REMOVED, text, flags=re.IGNORECASE)
    return REMOVED if holds(left.replace(REMOVED, ""), words) else left
