"""The proof of every record: its chain of entries, the states they hold, its head and its live rows, in one pass.

Everything is read in the order of kind, record and sequence, in step, so that memory stays constant.
"""

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection

from candour.kernel.history.canonical import digest, is_commitment, open_word, parse, plain, snapshot_digest
from candour.kernel.history.codec import REMOVED, Codec, chain_root, codec, recorded_models
from candour.kernel.history.models import Chained, Recorded

CHUNK = 4000
REDACTED = "history.redacted"  # the one event that may account for words that are gone
# In canonical text a quote inside a string is escaped, so this finds commitments and nothing else.
COMMITMENT = re.compile(r'\{"commit":"([0-9a-f]{64})"\}')
NO_REASON, A_REASON = len('""'), len('{"commit":""}') + 64
quoted = json.encoder.encode_basestring  # as canonical() writes a string
DIFFERENCES = {
    "previous": "it does not follow the entry before it",
    "snapshots": "a state that it recorded is missing or altered",
}
EXACT = frozenset({str, int, bool, type(None)})  # values that are their own canonical value

MOMENT = {
    "postgresql": """to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
    "sqlite": "replace(recorded_at, ' ', 'T') || CASE WHEN length(recorded_at) = 19 THEN '.000000Z' ELSE 'Z' END",
}
DAY = {
    "postgresql": "to_char(effective, 'YYYY-MM-DD')",
    "sqlite": "effective || ''",
}  # made an expression, it stays text
WORDS = {"postgresql": "words::text", "sqlite": "words"}


class Broken(Exception):
    """The first place that does not hold, in words."""


class Altered(Exception):
    """What is wrong with one entry, before it is said which."""


class EntryRow(NamedTuple):
    """An entry as the database holds it; moments, days and words as text. Rows are plain tuples in this order, for speed."""

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


class State(NamedTuple):
    """The last state of a row, its words by field."""

    effective: str
    facts: str
    words: dict[str, str]


Row = tuple[Any, ...]
States = dict[tuple[str, int], State]  # of the rows of one record, by model and key
NO_WORDS: dict[str, str] = {}


def check_records() -> int:
    """Every chain against its entries, states, head and live rows; gives how many entries there are. Raises Broken."""
    roots = {model._meta.label_lower: model for model in apps.get_models() if issubclass(model, Chained)}
    shots = Shots()
    count = 0
    for kind, of_kind in groupby(stream(entries_sql()), key=itemgetter(0)):
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
    if left := shots.waiting:
        raise Broken(f"{left[0]} {left[1]} has a state without its entry {left[3]}")
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


def stream(sql: str) -> Iterator[Row]:
    """Rows of a query, a chunk at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while chunk := cursor.fetchmany(CHUNK):
            yield from chunk


class Shots:
    """All snapshots in step with the entries: each (kind, record, entry, sequence, recorded, effective, model, key, facts, words)."""

    def __init__(self) -> None:
        self.rows = stream(shots_sql())
        self.waiting: Row | None = next(self.rows, None)

    def of(self, entry: int) -> list[Row]:
        found = []
        while self.waiting is not None and self.waiting[2] == entry:
            found.append(self.waiting)
            self.waiting = next(self.rows, None)
        return found


def check_chain(chain: Iterator[Row], shots: Shots) -> tuple[EntryRow, States]:
    """One record's entries in sequence; gives the last entry and the last state of each row."""
    previous, expected = "", 1
    absent: set[str] = set()
    removed: set[str] = set()
    states: States = {}
    for row in chain:
        try:
            removed.update(check_entry(row, previous, expected, found := shots.of(row[2])))
            absent.update(absent_words(row[11], spoken(row[12])))
            for *_, effective, model, key, facts, text in found:
                absent.update(absent_words(facts, words := spoken(text)))
                if (model, key) not in states or states[model, key].effective <= effective:
                    states[model, key] = State(effective, facts, words)
        except Altered as altered:
            raise Broken(f"{EntryRow(*row)}: {altered}") from None
        except (ValueError, TypeError, KeyError, AttributeError) as unreadable:
            raise Broken(f"{EntryRow(*row)}: it cannot be read: {unreadable}") from None
        previous, expected = row[13], expected + 1
    last = EntryRow(*row)
    if absent - removed:
        raise Broken(f"{last.label} ({last.kind} {last.record}): words are gone that no redaction accounts for")
    return last, states


def check_entry(row: Row, previous: str, expected: int, found: list[Row]) -> list[str]:
    """An entry's text against its hash, its columns, the entry before it and its states; gives what it removed.

    The text is made again from the columns, which is quicker than reading it; only where that fails is it read, to say
    what differs.
    """
    (
        kind,
        record,
        pk,
        sequence,
        recorded,
        effective,
        event,
        actor_kind,
        actor_id,
        actor_label,
        label,
        text,
        _,
        its_hash,
    ) = row
    if sequence != expected:
        raise Altered(f"entry {expected} is missing")
    if digest(text) != its_hash:
        raise Altered("the text does not match its hash")
    digests = [snapshot_digest(shot[6], shot[7], shot[5], shot[8]) for shot in found]
    place = (kind, record, pk, sequence, recorded)
    if any(shot[:5] != place for shot in found):
        raise Altered("the place or time of a state was altered")
    columns = {
        "actor": [actor_kind, actor_id, actor_label],
        "effective": effective,
        "event": event,
        "previous": previous,
        "record": [kind, record, label],
        "recorded": recorded,
        "sequence": sequence,
        "snapshots": digests,
    }
    return [] if reads_as(text, **columns) else differing(text, columns)


def reads_as(
    text: str,
    *,
    actor: list[Any],
    effective: str,
    event: str,
    previous: str,
    record: list[Any],
    recorded: str,
    sequence: int,
    snapshots: list[str],
) -> bool:
    """Whether an entry's text is what its columns make, whatever its changes and its reason, and removes nothing."""
    hashes = '"' + '","'.join(snapshots) + '"' if snapshots else ""
    end = (
        f',"record":["{record[0]}",{record[1]},{quoted(record[2])}],"recorded":"{recorded}","removed":[],'
        f'"sequence":{sequence},"snapshots":[{hashes}]}}'
    )
    middle = f'],"effective":"{effective}","event":"{event}","previous":"{previous}","reason":'
    start = f'{{"actor":["{actor[0]}",{actor[1]},{quoted(actor[2])}],"changes":['
    rest = len(text) - len(end)
    return (
        text.startswith(start)
        and text.endswith(end)
        and (text.endswith(middle, 0, rest - NO_REASON) or text.endswith(middle, 0, rest - A_REASON))
    )


def differing(text: str, columns: dict[str, Any]) -> list[str]:
    """What an entry removed, where that is all that its text says beyond its columns. Raises Altered for anything else."""
    body = parse(text)
    for name, value in columns.items():
        if body[name] != value:
            raise Altered(DIFFERENCES.get(name, f"{name} was altered beside the text that was hashed"))
    if body["removed"] and body["event"] != REDACTED:
        raise Altered("it removes words without being a redaction")
    return list(body["removed"])


def spoken(words: str) -> dict[str, str]:
    """The salted words beside a text, by their place in it."""
    return NO_WORDS if words == "{}" else parse(words)


def absent_words(text: str, words: dict[str, str]) -> list[str]:
    """Commitments in a text that have no word beside them. Raises Altered for a word that was altered or added."""
    said: list[str] = COMMITMENT.findall(text)
    for salted in words.values():
        commitment = sha256(salted.encode()).hexdigest()
        if commitment not in said:
            raise Altered("words were altered")
        said.remove(commitment)
    return said


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
        self.words = [field.name for field in self.coder.fields if field.name in self.coder.words]
        fields = [field for field in self.coder.fields if field.name not in self.coder.words]
        self.names = [field.name for field in fields]
        columns = [*(field.attname for field in fields), *self.words]
        rows = model._base_manager.order_by(column, *(["pk"] if column != "pk" else []))
        self.rows = iter(rows.values_list(column, "pk", *columns).iterator(CHUNK))
        self.waiting: Row | None = next(self.rows, None)

    def check(self, record: int, states: States) -> None:
        """The rows of a record against their last states, which are taken out of `states`."""
        while (row := self.waiting) is not None and row[0] <= record:
            state = states.pop((self.coder.label, row[1]), None)
            if state is None or row[0] < record:
                break
            if wrong := self.differing(row, state):
                raise Broken(f"{self.coder.label} {row[1]}: {wrong} is not what was recorded")
            self.waiting = next(self.rows, None)
        else:
            return
        self.finish()

    def differing(self, row: Row, state: State) -> str:
        """The first field in which a row is not its state, or ""."""
        facts = parse(state.facts)
        middle = len(self.names) + 2
        live = [value if type(value) in EXACT else plain(value) for value in row[2:middle]]
        if live != [facts.get(name) for name in self.names]:
            return next(name for name, value in zip(self.names, live, strict=True) if facts.get(name) != value)
        for name, value in zip(self.words, row[middle:], strict=True):
            said = facts.get(name)
            if is_commitment(said):
                said = open_word(state.words[name]) if name in state.words else REMOVED
            if said != value:
                return name
        return ""

    def finish(self) -> None:
        """Raises Broken for a row that no state accounts for."""
        if self.waiting is not None:
            raise Broken(f"{self.coder.label} {self.waiting[1]} was written without being recorded")
