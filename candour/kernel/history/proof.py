"""The proof of every record: its chain of entries, the states they hold, its head and its live rows, in one pass.

Everything is read in the order of kind, record and sequence, in step, so that memory stays constant.
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection

from candour.kernel.history.canonical import digest, parse, plain, snapshot_digest
from candour.kernel.history.codec import Codec, chain_root, codec, recorded_models
from candour.kernel.history.models import Chained, Recorded

CHUNK = 4000
REDACTED = "history.redacted"  # the one event that may account for words that are gone
# In canonical text a quote inside a string is escaped, so this finds commitments and nothing else.
COMMITMENT = re.compile(r'\{"commit":"([0-9a-f]{64})"\}')
EXACT = (str, int, bool, type(None))  # values that are their own canonical value

MOMENT = {
    "postgresql": """to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
    "sqlite": "replace(recorded_at, ' ', 'T') || CASE WHEN length(recorded_at) = 19 THEN '.000000Z' ELSE 'Z' END",
}
DAY = {
    "postgresql": "to_char(effective, 'YYYY-MM-DD')",
    "sqlite": "effective || ''",
}  # an expression, so that it stays text
WORDS = {"postgresql": "words::text", "sqlite": "words"}


class Broken(Exception):
    """The first place that does not hold, in words."""


class EntryRow(NamedTuple):
    """An entry as the database holds it; moments, days and words as text."""

    kind: str
    record: int
    pk: int
    sequence: int
    recorded: str
    effective: str
    event: str
    actor_kind: str
    actor_id: int
    actor_label: str
    label: str
    canonical: str
    words: str
    hash: str

    def __str__(self) -> str:
        return f"{self.label} ({self.kind} {self.record}) entry {self.sequence}"


class Shot(NamedTuple):
    """A snapshot as the database holds it."""

    kind: str
    record: int
    entry: int
    sequence: int
    recorded: str
    effective: str
    model: str
    key: int
    facts: str
    words: str


States = dict[tuple[str, int], Shot]  # the last state of each row of one record, by model and key


def check_records() -> int:
    """Every chain against its entries, states, head and live rows; gives how many entries there are. Raises Broken."""
    roots = {model._meta.label_lower: model for model in apps.get_models() if issubclass(model, Chained)}
    shots = Shots()
    count = 0
    for kind, of_kind in groupby(stream(entries_sql(), EntryRow), key=itemgetter(0)):
        if kind not in roots:
            raise Broken(f"there are entries of {kind}, which is no kind of record")
        register = Register(roots.pop(kind))
        for record, chain in groupby(of_kind, key=itemgetter(1)):
            last, states = check_chain(chain, shots)
            register.check(record, last, states)
            count += last.sequence
        register.finish()
    for root in roots.values():
        Register(root).finish()
    if left := shots.left():
        raise Broken(f"{left.kind} {left.record} has a state without its entry {left.sequence}")
    return count


def entries_sql() -> str:
    db = connection.vendor
    return (
        f"SELECT record_kind, record_id, id, sequence, {MOMENT[db]}, {DAY[db]}, event, actor_kind, actor_id, actor_label,"  # noqa: S608
        f" record_label, canonical, {WORDS[db]}, hash FROM history_entry ORDER BY record_kind, record_id, sequence"
    )


def shots_sql() -> str:
    db = connection.vendor
    return (
        f"SELECT record_kind, record_id, entry_id, sequence, {MOMENT[db]}, {DAY[db]}, model, key, facts, {WORDS[db]}"  # noqa: S608
        " FROM history_snapshot ORDER BY record_kind, record_id, sequence, id"
    )


def stream(sql: str, row: type[Any]) -> Iterator[Any]:
    """Rows of a query as named tuples, a chunk at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while chunk := cursor.fetchmany(CHUNK):
            yield from map(row._make, chunk)


class Shots:
    """All snapshots, handed out entry by entry."""

    def __init__(self) -> None:
        self.rows = stream(shots_sql(), Shot)
        self.waiting: Shot | None = next(self.rows, None)

    def of(self, entry: int) -> list[Shot]:
        found = []
        while self.waiting is not None and self.waiting.entry == entry:
            found.append(self.waiting)
            self.waiting = next(self.rows, None)
        return found

    def left(self) -> Shot | None:
        return self.waiting


def check_chain(chain: Iterator[EntryRow], shots: Shots) -> tuple[EntryRow, States]:
    """One record's entries in sequence; gives the last entry and the last state of each row."""
    previous, expected = "", 1
    absent: set[str] = set()
    removed: set[str] = set()
    states: States = {}
    for entry in chain:
        if entry.sequence != expected:
            raise Broken(f"{entry}: entry {expected} is missing")
        try:
            body = check_entry(entry, previous)
            found = shots.of(entry.pk)
            check_shots(entry, body, found)
            absent |= absent_words(entry.canonical, entry.words, entry)
            for shot in found:
                absent |= absent_words(shot.facts, shot.words, entry)
                before = states.get((shot.model, shot.key))
                if before is None or before.effective <= shot.effective:
                    states[shot.model, shot.key] = shot
        except (ValueError, TypeError, KeyError, AttributeError) as unreadable:
            raise Broken(f"{entry}: it cannot be read: {unreadable}") from None
        if body["removed"]:
            if entry.event != REDACTED:
                raise Broken(f"{entry}: it removes words without being a redaction")
            removed |= set(body["removed"])
        previous, expected = entry.hash, expected + 1
    if absent - removed:
        raise Broken(f"{entry.label} ({entry.kind} {entry.record}): words are gone that no redaction accounts for")
    return entry, states


def check_entry(entry: EntryRow, previous: str) -> dict[str, Any]:
    """An entry's text against its hash, its columns and the entry before it; gives the text as data."""
    if digest(entry.canonical) != entry.hash:
        raise Broken(f"{entry}: the text does not match its hash")
    body: dict[str, Any] = parse(entry.canonical)
    if body["previous"] != previous:
        raise Broken(f"{entry}: it does not follow the entry before it")
    columns = {
        "record": [entry.kind, entry.record, entry.label],
        "sequence": entry.sequence,
        "event": entry.event,
        "actor": [entry.actor_kind, entry.actor_id, entry.actor_label],
        "recorded": entry.recorded,
        "effective": entry.effective,
    }
    for name, value in columns.items():
        if body[name] != value:
            raise Broken(f"{entry}: {name} was altered beside the text that was hashed")
    return body


def check_shots(entry: EntryRow, body: dict[str, Any], found: list[Shot]) -> None:
    """The states of an entry against what its text says of them."""
    digests = [snapshot_digest(shot.model, shot.key, shot.effective, shot.facts) for shot in found]
    if digests != body["snapshots"]:
        raise Broken(f"{entry}: a state that it recorded is missing or altered")
    place = (entry.kind, entry.record, entry.pk, entry.sequence, entry.recorded)
    if any(shot[:5] != place for shot in found):
        raise Broken(f"{entry}: the place or time of a state was altered")


def absent_words(text: str, words: str, entry: EntryRow) -> set[str]:
    """Commitments in a text that have no word beside them. Raises Broken for a word that was altered or added."""
    said = set(COMMITMENT.findall(text))
    if words == "{}":
        return said
    held = {sha256(salted.encode()).hexdigest() for salted in parse(words).values()}
    if held - said:
        raise Broken(f"{entry}: words were altered")
    return said - held


class Register:
    """The heads and live rows of one kind of chain, read in step with its entries."""

    def __init__(self, root: type[Chained]) -> None:
        self.kind = root._meta.label_lower
        self.heads = iter(
            root._base_manager.order_by("pk").values_list("pk", "head_sequence", "head_hash").iterator(CHUNK)
        )
        self.tables = [Live(model) for model in recorded_models() if chain_root(model)[0] is root]

    def check(self, record: int, last: EntryRow, states: States) -> None:
        """One record's head against its last entry, and its rows against their last states."""
        head = next((head for head in self.heads if not self.unrecorded(head, before=record)), None)
        if head is None or head[0] != record:
            raise Broken(f"{last.label} ({self.kind} {record}) has a history but the record is gone")
        if head[1:] != (last.sequence, last.hash):
            raise Broken(f"{self.kind} {record}: its last entry is not the one its head names")
        for table in self.tables:
            table.check(record, states)
        if states:
            model, key = next(iter(states))
            raise Broken(f"{model} {key} is in the history but not in the register")

    def unrecorded(self, head: tuple[int, int, str], *, before: int | None = None) -> bool:
        """Whether a head comes before a record, so that it has no entries. Raises Broken where it names one."""
        if before is not None and head[0] >= before:
            return False
        if head[1:] != (0, ""):
            raise Broken(f"{self.kind} {head[0]}: its last entry is not the one its head names")
        return True

    def finish(self) -> None:
        """No head may name an entry, and no row may stand, beyond the last record that has a history."""
        for head in self.heads:
            self.unrecorded(head)
        for table in self.tables:
            table.finish()


class Live:
    """The live rows of one model, handed out record by record."""

    def __init__(self, model: type[Recorded]) -> None:
        self.coder: Codec = codec(model)
        column = chain_root(model)[1]
        columns = [field.attname for field in self.coder.fields]
        self.names = [field.name for field in self.coder.fields]
        rows = model._base_manager.order_by(column, *(["pk"] if column != "pk" else []))
        self.rows = iter(rows.values_list(column, "pk", *columns).iterator(CHUNK))
        self.waiting: tuple[Any, ...] | None = next(self.rows, None)

    def check(self, record: int, states: States) -> None:
        """The rows of a record against their last states, which are taken out of `states`."""
        while self.waiting is not None and self.waiting[0] <= record:
            shot = states.pop((self.coder.label, self.waiting[1]), None)
            if shot is None or self.waiting[0] < record:
                break
            recorded = self.coder.opened(shot.facts, parse(shot.words) if shot.words != "{}" else {})
            for name, value in zip(self.names, self.waiting[2:], strict=True):
                live = value if type(value) in EXACT else plain(value)
                if recorded.get(name) != live:
                    raise Broken(f"{self.coder.label} {self.waiting[1]}: {name} is not what was recorded")
            self.waiting = next(self.rows, None)
        else:
            return
        self.finish()

    def finish(self) -> None:
        """Raises Broken for a row that no state accounts for."""
        if self.waiting is not None:
            raise Broken(f"{self.coder.label} {self.waiting[1]} was written without being recorded")
