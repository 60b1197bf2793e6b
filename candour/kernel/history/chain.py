"""The proof of one chain: entries and the states they hold, read from the database in step (verify uses it)."""

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, NamedTuple

from django.db import connection

from candour.kernel.history.canonical import digest, parse, snapshot_digest, spoken
from candour.kernel.history.parts import WHOLE, Part, where

CHUNK = 4000
REDACTED = "history.redacted"  # the one event that may account for words that are gone
# In canonical text a quote inside a string is escaped, so this finds commitments and nothing else.
OPENING = '{"commit":"'
COMMITMENT = re.compile(r'\{"commit":"([0-9a-f]{64})"\}')
NO_REASON, A_REASON = len('""'), len('{"commit":""}') + 64
APPROVER, CHANGES = '"approver":{"commit":"', '"changes":['
AN_APPROVER = len('"approver":{"commit":""},') + 64
quoted = json.encoder.encode_basestring  # as canonical() writes a string
DIFFERENCES = {
    "previous": "it does not follow the entry before it",
    "snapshots": "a state that it recorded is missing or altered",
}

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
    """An entry as the database holds it; moments, days and words as text. For speed rows are plain tuples in this order."""

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


Row = tuple[Any, ...]
State = tuple[str, str, dict[str, str]]  # the last state of a row: from when, its facts, its words by field
States = dict[tuple[str, int], State]  # of the rows of one record, by model and key


def entries_sql(part: Part) -> str:
    db = connection.vendor
    return (
        f"SELECT record_kind, record_id, id, sequence, {MOMENT[db]}, {DAY[db]}, event, actor_kind, actor_id,"  # noqa: S608
        f" actor_label, record_label, canonical, {WORDS[db]}, hash FROM history_entry{where(part)}"
        " ORDER BY record_kind, record_id, sequence"
    )


def shots_sql(part: Part) -> str:
    db = connection.vendor
    return (
        f"SELECT entry_id, {DAY[db]}, model, key, facts, {WORDS[db]}"  # noqa: S608
        f" FROM history_snapshot{where(part)} ORDER BY record_kind, record_id, sequence, id"
    )


def stream(sql: str) -> Iterator[Row]:
    """Rows of a query, a chunk at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while chunk := cursor.fetchmany(CHUNK):
            yield from chunk


class Shots:
    """All snapshots in step with the entries: each (entry, effective, model, key, facts, words)."""

    def __init__(self, part: Part = WHOLE) -> None:
        self.rows = stream(shots_sql(part))
        self.waiting: Row | None = next(self.rows, None)

    def of(self, entry: int) -> list[Row]:
        found = []
        while self.waiting is not None and self.waiting[0] == entry:
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
            for _, effective, model, key, facts, text in found:
                absent.update(absent_words(facts, words := spoken(text)))
                if (model, key) not in states or states[model, key][0] <= effective:
                    states[model, key] = (effective, facts, words)
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

    The text is made again from the columns, whatever its approver, changes and reason, which is quicker than reading it;
    only where that fails is it read, to say what differs.
    """
    (
        kind,
        record,
        _,
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
    hashes = ",".join([f'"{snapshot_digest(model, key, day, facts)}"' for _, day, model, key, facts, _ in found])
    start = f'{{"actor":["{actor_kind}",{actor_id},{quoted(actor_label)}],'
    changes = len(start) + (AN_APPROVER if text.startswith(APPROVER, len(start)) else 0)
    middle = f'],"effective":"{effective}","event":"{event}","previous":"{previous}","reason":'
    end = (
        f',"record":["{kind}",{record},{quoted(label)}],"recorded":"{recorded}","removed":[],'
        f'"sequence":{sequence},"snapshots":[{hashes}]}}'
    )
    rest = len(text) - len(end)
    if (
        text.startswith(start)
        and text.startswith(CHANGES, changes)
        and text.endswith(end)
        and (text.endswith(middle, 0, rest - A_REASON) or text.endswith(middle, 0, rest - NO_REASON))
    ):
        return []
    columns = {
        "actor": [actor_kind, actor_id, actor_label],
        "effective": effective,
        "event": event,
        "previous": previous,
        "record": [kind, record, label],
        "recorded": recorded,
        "sequence": sequence,
        "snapshots": parse(f"[{hashes}]"),
    }
    return differing(text, columns)


def differing(text: str, columns: dict[str, Any]) -> list[str]:
    """What an entry removed, where its text says no more than that beyond its columns. Raises Altered for more."""
    body = parse(text)
    for name, value in columns.items():
        if body[name] != value:
            raise Altered(DIFFERENCES.get(name, f"{name} was altered beside the text that was hashed"))
    if body["removed"] and body["event"] != REDACTED:
        raise Altered("it removes words without being a redaction")
    return list(body["removed"])


def absent_words(text: str, words: dict[str, str]) -> list[str]:
    """Commitments in a text that have no word beside them. Raises Altered for a word that was altered or added."""
    if text.count(OPENING) == len(words):
        for salted in words.values():
            if f'{OPENING}{sha256(salted.encode()).hexdigest()}"}}' not in text:
                break
        else:
            return []  # the same answer as below, sooner
    held = [digest(salted) for salted in words.values()]
    said: list[str] = COMMITMENT.findall(text)
    if not set(held) <= set(said):
        raise Altered("words were altered")
    return [each for each in said if each not in held]
