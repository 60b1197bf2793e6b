"""Entries and the states they hold: composed, hashed and written for many records at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection, models

from candour.kernel.history.canonical import digest, encode, is_commitment, plain, seal_word, snapshot_digest
from candour.kernel.history.codec import Codec
from candour.kernel.history.models import Chained, Entry, Snapshot
from candour.kernel.history.restate import Dated
from candour.kernel.history.rows import insert

if TYPE_CHECKING:
    from candour.kernel.history.batch import Batch

ENTRY = (
    *("id", "record_kind", "record_id", "record_label", "sequence", "event", "actor_kind", "actor_id", "actor_label"),
    *("recorded_at", "effective", "canonical", "words", "hash"),
)
SNAPSHOT = (
    *("entry_id", "record_kind", "record_id", "sequence", "model", "key", "effective", "recorded_at", "facts", "words"),
)
Row = tuple[Any, ...]


@dataclass
class Draft:
    """What one record's entry will hold."""

    changes: list[dict[str, Any]] = field(default_factory=list)
    snapshots: list[tuple[Codec, int, Dated]] = field(default_factory=list)


def write(batch: "Batch", drafted: Sequence[tuple[Chained, Draft]]) -> None:
    """An entry for each record, with its states; the record keeps the new head."""
    if not drafted:
        return
    entries: list[Row] = []
    shots: list[Row] = []
    for number, (record, draft) in zip(next_numbers(Entry, len(drafted)), drafted, strict=True):
        entry, of_entry = _entry(batch, record, draft, number)
        entries.append(entry)
        shots += of_entry
    insert(Entry, ENTRY, entries)
    insert(Snapshot, SNAPSHOT, shots)
    _keep_heads([record for record, _ in drafted])


def next_numbers(model: type[models.Model], count: int) -> list[int]:
    """Numbers for new rows of a table that loses none. On SQLite inside a transaction that writes, as there is one writer."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [number for (number,) in cursor.fetchall()]
        cursor.execute(f"SELECT COALESCE(MAX(id), 0) FROM {connection.ops.quote_name(table)}")  # noqa: S608
        (last,) = cursor.fetchone()
        return list(range(last + 1, last + 1 + count))


def _keep_heads(records: Sequence[Chained]) -> None:
    quote = connection.ops.quote_name
    table, key = quote(records[0]._meta.db_table), quote(str(records[0]._meta.pk.column))
    heads = [(record.head_hash, record.head_sequence, record.pk) for record in records]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # which would plan a statement for each
            told = "unnest(%s::text[], %s::integer[], %s::bigint[]) AS told (hash, sequence, key)"
            cursor.execute(
                f"UPDATE {table} SET head_hash = told.hash, head_sequence = told.sequence FROM {told}"  # noqa: S608
                f" WHERE {key} = told.key",
                [list(column) for column in zip(*heads, strict=True)],
            )
        else:
            cursor.executemany(f"UPDATE {table} SET head_hash = %s, head_sequence = %s WHERE {key} = %s", heads)  # noqa: S608


def _entry(batch: "Batch", record: Chained, draft: Draft, number: int) -> tuple[Row, list[Row]]:
    """An entry's row and those of its states, by ENTRY and SNAPSHOT; number: that of the entry."""
    sequence, kind, pk, actor = record.head_sequence + 1, record._meta.label_lower, record.pk, batch.actor
    shots: list[Row] = []
    digests = []
    for coder, key, dated in draft.snapshots:
        state, said = coder.sealed(dated.state)
        facts = encode(state)  # of plain values already
        digests.append(snapshot_digest(coder.label, key, dated.effective, facts))
        shots.append((number, kind, pk, sequence, coder.label, key, dated.effective, batch.at, facts, said))
    label, day = history_label(record), batch.day(record)
    words: dict[str, str] = {}
    body: dict[str, Any] = {
        "record": [kind, pk, label],
        "sequence": sequence,
        "event": batch.event,
        "actor": [actor.kind, actor.id, actor.label],
        "recorded": plain(batch.at),
        "effective": plain(day),
        "reason": "",
        "changes": draft.changes,
        "snapshots": digests,
        "removed": batch.removed,
        "previous": record.head_hash,
    }
    if reason := batch.reasons.get(pk, batch.reason):
        body["reason"], words["reason"] = seal_word(reason)
    if batch.approver:
        body["approver"], words["approver"] = seal_word(batch.approver)
    seal_changes(draft.changes, words)
    text = encode(body)
    record.head_sequence, record.head_hash = sequence, digest(text)
    entry = (
        *(number, kind, pk, label, sequence, batch.event, actor.kind, actor.id, actor.label),
        *(batch.at, day, text, words, record.head_hash),
    )
    return entry, shots


def history_label(row: Any) -> str:
    """What an entry calls a row: its history_label where it has one, else its text. Never free text."""
    return str(getattr(row, "history_label", "") or row)[:120]


def seal_changes(changes: list[dict[str, Any]], words: dict[str, str]) -> None:
    """Put commitments in place of free text in the changes; the salted words go beside them, named by place."""
    for number, change in enumerate(changes):
        for part, item in enumerate(change.get("fields", [])):
            if not item.pop("word", False):
                continue
            for side in ("old", "new"):
                if item[side] and not is_commitment(item[side]):
                    item[side], words[f"{number}.{part}.{side}"] = seal_word(item[side])
