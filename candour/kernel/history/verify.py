"""Verify: does every entry, seal, trigger and live row still say what was recorded? Streams, so memory stays constant."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from candour.kernel.history.canonical import COMMIT, digest, is_commitment, plain, snapshot_digest
from candour.kernel.history.codec import codec, recorded_models
from candour.kernel.history.models import Chained, Entry, Recorded, Seal, Snapshot
from candour.kernel.history.triggers import missing

CHUNK = 4000
checks: list[Callable[[], str]] = []  # of apps: each gives the first failure in words, or ""


class Broken(Exception):
    """The first place that does not hold, in words."""


@dataclass(frozen=True)
class Verdict:
    """What verify found. failure is empty when everything holds."""

    entries: int
    seals: int
    root: str
    failure: str

    @property
    def holds(self) -> bool:
        return not self.failure

    def as_json(self) -> dict[str, Any]:
        return {
            "holds": self.holds,
            "entries": self.entries,
            "seals": self.seals,
            "root": self.root,
            "first_failure": self.failure or None,
        }


def verify() -> Verdict:
    """Check chains, heads, seals, triggers, live rows and what apps derive from them; stops at the first failure."""
    entries, root = 0, ""
    seals = 0
    failure = ""
    try:
        if gone := missing(connection):
            raise Broken(f"the database no longer refuses changes to history: trigger {gone[0]} is missing or altered")
        with one_moment():
            entries = check_chains()
            seals, root = check_seals()
            check_heads()
            for model in recorded_models():
                check_live(model)
        for check in checks:
            if said := check():
                raise Broken(said)
    except Broken as broken:
        failure = str(broken)
    return Verdict(entries, seals, root, failure)


@contextmanager
def one_moment() -> Iterator[None]:
    """Read everything as it stood at one moment, while others go on writing."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


ENTRY_COLUMNS = (
    "record_kind record_id sequence event actor_kind actor_id actor_label recorded_at effective record_label canonical words hash"
).split()
SNAPSHOT_COLUMNS = "record_kind record_id sequence model key effective recorded_at facts words".split()


def check_chains() -> int:
    """Every entry against its hash, its columns, its predecessor and its snapshots; gives how many there are."""
    order = ("record_kind", "record_id", "sequence")
    entries = Entry.objects.order_by(*order).values_list(*ENTRY_COLUMNS).iterator(chunk_size=CHUNK)
    shots = Snapshot.objects.order_by(*order, "pk").values_list(*SNAPSHOT_COLUMNS).iterator(chunk_size=CHUNK)
    of_entry = groupby(shots, key=lambda shot: shot[:3])
    waiting = next(of_entry, None)
    count = 0
    for record, chain in groupby(entries, key=lambda entry: entry[:2]):
        previous, expected, absent, removed = "", 1, set(), set()
        for entry in chain:
            found: list[tuple] = []
            if waiting is not None and waiting[0] == entry[:3]:
                found = list(waiting[1])
                waiting = next(of_entry, None)
            body = check_entry(entry, previous=previous, expected=expected)
            absent |= check_snapshots(entry, body, found) | absent_words(body, entry[11], place(entry))
            removed |= set(body["removed"])
            previous, expected, count = entry[12], expected + 1, count + 1
        if absent - removed:
            raise Broken(f"{record[0]} {record[1]}: words are gone that no redaction accounts for")
    if waiting is not None:
        raise Broken(f"{waiting[0][0]} {waiting[0][1]} has a snapshot without its entry {waiting[0][2]}")
    return count


def place(entry: tuple) -> str:
    return f"{entry[9]} ({entry[0]} {entry[1]}) entry {entry[2]}"


def check_entry(entry: tuple, *, previous: str, expected: int) -> dict[str, Any]:
    kind, pk, sequence, event, actor_kind, actor_id, actor_label, at, effective, label, text, _, entry_hash = entry
    where = place(entry)
    if sequence != expected:
        raise Broken(f"{where}: entry {expected} is missing")
    if digest(text) != entry_hash:
        raise Broken(f"{where}: the text does not match its hash")
    body = json.loads(text)
    if body["previous"] != previous:
        raise Broken(f"{where}: it does not follow the entry before it")
    columns = {
        "record": [kind, pk, label],
        "sequence": sequence,
        "event": event,
        "actor": [actor_kind, actor_id, actor_label],
        "recorded": plain(at),
        "effective": effective.isoformat(),
    }
    for name, value in columns.items():
        if body[name] != value:
            raise Broken(f"{where}: {name} was altered beside the text that was hashed")
    return body


def check_snapshots(entry: tuple, body: dict[str, Any], found: list[tuple]) -> set[str]:
    """Snapshots against what the entry says of them; gives commitments whose words are absent."""
    digests = [snapshot_digest(shot[3], shot[4], shot[5], shot[7]) for shot in found]
    if digests != body["snapshots"]:
        raise Broken(f"{place(entry)}: a state that it recorded is missing or altered")
    absent: set[str] = set()
    for shot in found:
        if shot[6] != entry[7]:
            raise Broken(f"{place(entry)}: the time of a state was altered")
        absent |= absent_words(json.loads(shot[7]), shot[8], place(entry))
    return absent


def absent_words(body: dict[str, Any], words: dict[str, str], where: str) -> set[str]:
    """Commitments in a text that have no word beside them. Raises Broken for a word that was altered or added."""
    held = {digest(salted) for salted in words.values()}
    said = set(commitments(body))
    if held - said:
        raise Broken(f"{where}: words were altered")
    return said - held


def commitments(value: Any) -> Iterator[str]:
    """Every commitment in a canonical value."""
    if is_commitment(value):
        yield value[COMMIT]
    elif isinstance(value, dict):
        for item in value.values():
            if isinstance(item, (dict, list)):
                yield from commitments(item)
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, (dict, list)):
                yield from commitments(item)


def check_seals() -> tuple[int, str]:
    """Every seal against the entries it covers; gives how many there are and the last root."""
    hashes = Entry.objects.order_by("pk").values_list("pk", "hash").iterator(chunk_size=CHUNK)
    root, count, last = "", 0, 0
    for seal in Seal.objects.order_by("pk").iterator():
        if seal.previous_root != root or seal.first_entry <= last:
            raise Broken(f"seal {seal.pk} does not follow the seal before it")
        rolling, covered = sha256(root.encode()), 0
        while covered < seal.entries:
            pk, entry_hash = next(hashes, (0, ""))
            if not pk or pk > seal.last_entry:
                raise Broken(f"seal {seal.pk}: an entry that it covers is missing")
            rolling.update(entry_hash.encode())
            covered += 1
        if rolling.hexdigest() != seal.root or pk != seal.last_entry:
            raise Broken(f"seal {seal.pk}: the entries that it covers are not those that were sealed")
        root, count, last = seal.root, count + 1, seal.last_entry
    return count, root


def check_heads() -> None:
    """Every record's head against its last entry: a cut tail shows here."""
    for model in apps.get_models():
        if not issubclass(model, Chained):
            continue
        kind = model._meta.label_lower
        last = Entry.objects.filter(record_kind=kind, record_id=models.OuterRef("pk")).order_by("-sequence")
        rows = model._base_manager.annotate(
            last_hash=models.Subquery(last.values("hash")[:1]), last_sequence=models.Subquery(last.values("sequence")[:1])
        ).filter(
            models.Q(last_hash=None, head_sequence__gt=0)
            | models.Q(last_hash__isnull=False) & ~models.Q(head_hash=models.F("last_hash"), head_sequence=models.F("last_sequence"))
        )
        if row := rows.order_by("pk").first():
            raise Broken(f"{kind} {row.pk}: its last entry is not the one its head names")
        orphans = Entry.objects.filter(record_kind=kind).exclude(record_id__in=model._base_manager.values("pk"))
        if orphan := orphans.first():
            raise Broken(f"{orphan.record_label} ({kind} {orphan.record_id}) has a history but the record is gone")


def check_live(model: type[Recorded]) -> None:
    """Every live row against its last snapshot; rows and snapshots are read in step, by key."""
    coder = codec(model)
    columns = [field.attname for field in coder.fields]
    shots = (
        Snapshot.objects.filter(model=coder.label)
        .order_by("key", "-effective", "-sequence")
        .values_list("key", "facts", "words")
        .iterator(chunk_size=CHUNK)
    )
    latest = (next(group) for _, group in groupby(shots, key=lambda shot: shot[0]))
    rows = model._base_manager.order_by("pk").values_list("pk", *columns).iterator(chunk_size=CHUNK)
    for row in rows:
        shot = next(latest, None)
        if shot is None or shot[0] != row[0]:
            raise Broken(f"{coder.label} {row[0]} was written without being recorded, or a row before it is gone")
        live = {field.name: plain(value) for field, value in zip(coder.fields, row[1:], strict=True)}
        recorded = coder.opened(shot[1], shot[2])
        if differing := [name for name in live if live[name] != recorded.get(name)]:
            raise Broken(f"{coder.label} {row[0]}: {differing[0]} is not what was recorded")
    if (left := next(latest, None)) is not None:
        raise Broken(f"{coder.label} {left[0]} is in the history but not in the register")
