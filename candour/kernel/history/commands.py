"""The two verbs of history itself: seal what has been recorded, and remove words that must not be kept."""

import json
from datetime import datetime
from hashlib import sha256

from django.db import connection, models, transaction

from candour.kernel.history.batch import Actor
from candour.kernel.history.canonical import digest, seal_start
from candour.kernel.history.codec import REMOVED, codec
from candour.kernel.history.locks import SEAL_LOCK
from candour.kernel.history.models import Chained, Entry, Recorded, Seal, Snapshot
from candour.kernel.history.queries import last_seal
from candour.kernel.history.recording import recording


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

    The chain still verifies: commitments stay, words and salts go, and an entry names every commitment whose word went.
    The reason of the redaction stays in history, so it must not repeat what is removed. Raises ValueError for a field that
    holds no free text.
    """
    coder = codec(type(row))
    if field not in coder.words:
        raise ValueError(f"{field} holds no free text, so it cannot be redacted")
    with recording("history.redacted", record, actor=actor, at=at, reason=reason) as batch:
        batch.redacted.add((coder.label, row.pk, field))
        shots = Snapshot.objects.filter(model=coder.label, key=row.pk, words__has_key=field)
        for shot in shots:
            batch.removed.append(digest(shot.words.pop(field)))
            shot.save(update_fields=["words"])
        kind = record._meta.label_lower
        for entry in Entry.objects.filter(record_kind=kind, record_id=record.pk):
            gone = [place for place in entry.words if names_field(entry, place, coder.label, row.pk, field)]
            batch.removed += [digest(entry.words.pop(place)) for place in gone]
            if gone:
                entry.save(update_fields=["words"])
        models.QuerySet(type(row)).filter(pk=row.pk).update(**{field: REMOVED})
        batch.touch(type(row), [row.pk])
    return len(batch.removed)


def redact_reason(
    record: Chained, entry: Entry, *, actor: Actor, at: datetime, reason: str, said: str = "reason"
) -> None:
    """Remove the reason given with one entry, in the same way; said="approver" removes who agreed it.

    Raises ValueError for an entry of another record.
    """
    if (entry.record_kind, entry.record_id) != (record._meta.label_lower, record.pk):
        raise ValueError("the entry is not of this record")
    with recording("history.redacted", record, actor=actor, at=at, reason=reason) as batch:
        if said in entry.words:
            batch.removed.append(digest(entry.words.pop(said)))
            entry.save(update_fields=["words"])


def names_field(entry: Entry, place: str, model: str, key: int, field: str) -> bool:
    """Whether a place in an entry's words ("0.1.old": change 0, field 1, old value) is of the given field of the given row."""
    if "." not in place:  # the reason, or who agreed it
        return False
    number, part, _ = place.split(".")
    change = json.loads(entry.canonical)["changes"][int(number)]
    return (change["model"], change["key"], change["fields"][int(part)]["field"]) == (model, key, field)
