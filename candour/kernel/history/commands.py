"""The verbs of history itself: seal what has been recorded, and remove words that must not be kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from django.apps import apps
from django.db import connection, models, transaction

from candour.kernel.history.batch import Actor
from candour.kernel.history.canonical import digest, seal_start
from candour.kernel.history.codec import REMOVED, codec
from candour.kernel.history.locks import SEAL_LOCK
from candour.kernel.history.models import Chained, Entry, Recorded, Seal, Snapshot
from candour.kernel.history.queries import last_seal
from candour.kernel.history.recording import recording
from candour.kernel.history.removing import Words, gathered, texts_of

guards: list[Callable[[Chained], None]] = []  # of those above: each raises Refused where nothing may be removed


def seal(*, at: datetime) -> Seal | None:
    """Seal all entries since the last seal; None when there are none. Waits for open recordings."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEAL_LOCK])
        before = last_seal()
        since = before.last_entry if before else 0
        root = sha256(seal_start(before.root if before else "", at).encode())
        first = last = count = 0
        entries = Entry.objects.filter(pk__gt=since).order_by("pk").values_list("pk", "hash")
        for pk, entry_hash in entries.iterator(chunk_size=5000):
            root.update(entry_hash.encode())
            first, last, count = first or pk, pk, count + 1
        if not count:
            return None
        return Seal.objects.create(
            sealed_at=at,
            first_entry=first,
            last_entry=last,
            entries=count,
            previous_root=before.root if before else "",
            root=root.hexdigest(),
        )


def redact(record: Chained, row: Recorded, field: str, *, actor: Actor, at: datetime, reason: str) -> int:
    """Remove the words of one field of one row from the row and from all its history; gives how many were removed.

    As remove_words. Raises ValueError for a field that holds no free text.
    """
    coder = codec(type(row))
    if field not in coder.words:
        raise ValueError(f"{field} holds no free text, so it cannot be redacted")
    cell = (coder.label, row.pk, field)
    texts = [(text, REMOVED) for text in texts_of(record)[0] if text.cell == cell]
    found = gathered(texts)
    found = replace(found, rows={cell: REMOVED} if found.rows or not texts else {})
    return remove_words(record, found, actor=actor, at=at, reason=reason)


def remove_words(
    record: Chained,
    words: Words,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
    also: Callable[[], object] | None = None,
) -> int:
    """Remove words from rows, states and entries of one record; gives how many were removed from the history.

    The chain still verifies: commitments stay, words and salts go, and an entry names every commitment whose word went.
    The reason stays in history, so it must not repeat what is removed. also: rows to be written in the same recording.
    Raises what a guard raises, and UnrecordedWrite for a row of another record.
    """
    for look in guards:
        look(record)
    kind = record._meta.label_lower
    with recording("history.redacted", record, actor=actor, at=at, reason=reason) as batch:
        batch.redacted |= set(words.rows)
        shots = Snapshot.objects.filter(pk__in=words.states, record_kind=kind, record_id=record.pk)
        for shot in shots.order_by("pk"):
            batch.removed += [
                digest(shot.words.pop(name)) for name in sorted(words.states[shot.pk] & shot.words.keys())
            ]
            shot.save(update_fields=["words"])
        entries = Entry.objects.filter(pk__in=words.entries, record_kind=kind, record_id=record.pk)
        for entry in entries.order_by("pk"):
            gone = sorted(words.entries[entry.pk] & entry.words.keys())
            batch.removed += [digest(entry.words.pop(place)) for place in gone]
            entry.save(update_fields=["words"])
        for (label, key, name), left in words.rows.items():
            model = apps.get_model(label)
            models.QuerySet(model).filter(pk=key).update(**{name: left})
            batch.touch(model, [key])
        if also is not None:
            also()
    return len(batch.removed)


def redact_reason(
    record: Chained, entry: Entry, *, actor: Actor, at: datetime, reason: str, said: str = "reason"
) -> None:
    """Remove the reason given with one entry, in the same way; said="approver" removes who agreed it.

    Raises ValueError for an entry of another record.
    """
    if (entry.record_kind, entry.record_id) != (record._meta.label_lower, record.pk):
        raise ValueError("the entry is not of this record")
    for look in guards:
        look(record)
    with recording("history.redacted", record, actor=actor, at=at, reason=reason) as batch:
        if said in entry.words:
            batch.removed.append(digest(entry.words.pop(said)))
            entry.save(update_fields=["words"])
