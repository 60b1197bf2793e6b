"""What was asked to be removed, what legal holds stand, and where words stand in a record."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from candour.kernel.access import Actor
from candour.kernel.calendar import say_date
from candour.kernel.evidence.models import File
from candour.kernel.history.canonical import open_word
from candour.kernel.history.codec import REMOVED
from candour.kernel.history.models import Entry, Snapshot
from candour.kernel.history.removing import Remark, Text, gathered, holds, texts_of, without
from candour.kernel.records.models import Record
from candour.kernel.records.queries import visible_records
from candour.kernel.records.telling import EVENTS, event_words
from candour.kernel.retention.models import Hold, Removal
from candour.kernel.retention.queries.periods import seen_in

OURS = ("retention.",)  # models and events that say why something was removed: they stay when all else goes
KEPT_EVENTS = ("retention.", "history.redacted")
PLAIN = re.compile(r"[A-Za-z0-9 ]+")
MOST = 200  # records that are looked through for words
REMARKS = {"reason": "Reason of entry {}", "approver": "Who agreed entry {}"}


@dataclass(frozen=True)
class Found:
    """A place where words stand. what: in words. now: as it reads now, "" where only the past has it; leave: as it would.

    past: states and entries that have it. code: names it in a form.
    """

    code: str
    what: str
    now: str
    leave: str
    past: int


@dataclass(frozen=True)
class Looked:
    """What was found in a record: the texts and remarks that hold the words, as a page shows them and as they are."""

    rows: tuple[Found, ...]
    texts: dict[str, tuple[Text, str]]
    remarks: dict[str, Remark]


def look_for(record: Record, words: str) -> Looked:
    """Every place of a record and its past in which words stand; all of its texts where none are named. Two queries."""
    texts, remarks = texts_of(record)
    rows: list[Found] = []
    by_code: dict[str, tuple[Text, str]] = {}
    said: dict[str, Remark] = {}
    for text in texts:
        past = [*text.states.values(), *text.places.values()]
        count = sum(holds(each, words) for each in past)
        if not count or text.cell[0].startswith(OURS):
            continue
        code = ":".join(map(str, text.cell))
        in_row = bool(text.now) and holds(text.now, words)
        leave = fitting(text, without(text.now, words)) if in_row else text.now
        by_code[code] = (text, leave)
        rows.append(Found(code, what_is(text), text.now if in_row else "", leave if in_row else "", count))
    for remark in remarks:
        if holds(remark.words, words) and not remark.event.startswith(KEPT_EVENTS):
            code = f"entry:{remark.entry}:{remark.place}"
            said[code] = remark
            what = f"{REMARKS[remark.place].format(remark.sequence)}, {event_words(EVENTS, remark.event).lower()}"
            rows.append(Found(code, f"{what}, {_day(remark.day)}", remark.words, REMOVED, 1))
    return Looked(tuple(rows), by_code, said)


def fitting(text: Text, leave: str) -> str:
    """What a row is left with, REMOVED alone where its column has no room for more."""
    longest = apps.get_model(text.cell[0])._meta.get_field(text.cell[2]).max_length  # type: ignore[union-attr]
    return leave if longest is None or len(leave) <= longest else REMOVED


def what_is(text: Text) -> str:
    """What a text is of, in words: "Update of 3 May 2026: text"."""
    label, _, name = text.cell
    options = apps.get_model(label)._meta
    field = options.get_field(name)
    row, column = str(options.verbose_name), str(field.verbose_name)  # type: ignore[union-attr]
    return f"{row[:1].upper()}{row[1:]} of {_day(text.since)}: {column}"


def _day(text: str) -> str:
    return say_date(date.fromisoformat(text))


def places_of(looked: Looked, codes: list[str], words: str) -> tuple[list[dict[str, object]], list[str]]:
    """The chosen places as a Removal keeps them, and what each row is left with."""
    places: list[dict[str, object]] = []
    leaves: list[str] = []
    named = {row.code: row.what for row in looked.rows}
    for code in codes:
        remark = looked.remarks.get(code)
        chosen = [] if remark else [looked.texts[code]]
        found = gathered(chosen, [remark] if remark else [], among=words)
        row = [*chosen[0][0].cell, chosen[0][0].last] if found.rows else None
        places.append(
            {
                "what": named[code],
                "states": {str(pk): sorted(names) for pk, names in found.states.items()},
                "entries": {str(pk): sorted(names) for pk, names in found.entries.items()},
                "row": row,
            }
        )
        leaves.append(chosen[0][1] if found.rows else "")
    return places, leaves


def removals_seen(actor: Actor) -> QuerySet[Removal]:
    """Removals of records that an actor may see, of bodies for which they read how long records are kept."""
    rows = Removal.objects.filter(visible_records(actor, "record__"))
    held = seen_in(actor)
    rows = rows if held is None else rows.filter(record__organisation__in=held)
    return rows.select_related("record__organisation")


def removal_at(number: int, *, actor: Actor) -> Removal:
    """One of them. Raises Removal.DoesNotExist alike for a hidden one and one that never was."""
    return removals_seen(actor).get(pk=number)


def holds_seen(actor: Actor) -> QuerySet[Hold]:
    """Legal holds on such records, those that stand first, the latest first."""
    rows = Hold.objects.filter(visible_records(actor, "record__"))
    held = seen_in(actor)
    rows = rows if held is None else rows.filter(record__organisation__in=held)
    return rows.select_related("record__organisation")


def hold_at(number: int, *, actor: Actor) -> Hold:
    """One of them. Raises Hold.DoesNotExist alike for a hidden one and one that never was."""
    return holds_seen(actor).get(pk=number)


@dataclass(frozen=True)
class Shown:
    """A place of a removal as its page shows it: as it reads now, and as it will."""

    what: str
    now: str
    leave: str
    past: int


def shown(removal: Removal) -> list[Shown]:
    """The places of a removal that waits, with what they hold now; of one that is decided what they were. Two queries."""
    if not removal.waiting:
        return [Shown(place["what"], "", "", _past(place)) for place in removal.places]
    states = Snapshot.objects.filter(pk__in=[int(pk) for place in removal.places for pk in place["states"]]).in_bulk()
    entries = Entry.objects.filter(pk__in=[int(pk) for place in removal.places for pk in place["entries"]]).in_bulk()
    found = []
    for place, left in zip(removal.places, removal.leaves, strict=True):
        now, leave = "", left
        if place["row"]:
            _, _, name, last = place["row"]
            now = open_word(states[last].words[name]) if last in states and name in states[last].words else ""
        elif not place["states"]:
            number, names = next(iter(place["entries"].items()))
            now = open_word(entries[int(number)].words.get(names[0], "")) if int(number) in entries else ""
            leave = REMOVED
        found.append(Shown(place["what"], now, leave if now else "", _past(place)))
    return found


def _past(place: dict) -> int:  # type: ignore[type-arg]
    return sum(map(len, place["states"].values())) + sum(map(len, place["entries"].values()))


def files_of_removal(removal: Removal) -> list[File]:
    """The files whose bytes go. One query."""
    return list(File.objects.filter(pk__in=removal.files, record=removal.record_id).order_by("pk"))


def records_holding(words: str, actor: Actor) -> list[Record]:
    """The records that an actor may see whose texts, past texts or reasons hold words, by reference; MOST at most.

    Reads the words of the whole history: it is asked for now and then, by few.
    """
    numbers = set(_numbers(Snapshot.objects.all(), words)) | set(_numbers(Entry.objects.all(), words))
    rows = Record.objects.filter(visible_records(actor), pk__in=numbers)
    held = seen_in(actor)
    rows = rows if held is None else rows.filter(organisation__in=held)
    return list(rows.select_related("organisation").order_by("reference", "pk")[:MOST])


def _numbers(rows: QuerySet, words: str) -> Iterator[int]:  # type: ignore[type-arg]
    """The records of states or entries whose words hold some.

    A database looks past the case of plain letters alone, and a JSON column may hold others escaped. So it is asked for the
    plain parts of the words, and what comes is read to be sure.
    """
    alike = Q()
    for part in PLAIN.findall(words):
        alike &= Q(as_text__icontains=part)
    kind = Record._meta.label_lower
    found = rows.filter(record_kind=kind).annotate(as_text=Cast("words", TextField())).filter(alike).order_by()
    for number, held in found.values_list("record_id", "words").iterator(chunk_size=2000):
        if any(holds(open_word(salted), words) for salted in held.values()):
            yield number
