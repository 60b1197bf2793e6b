"""Entries and the states they hold: composed, hashed and written for many records at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection

from candour.kernel.history.canonical import digest, encode, is_commitment, plain, seal_word, snapshot_digest
from candour.kernel.history.codec import Codec
from candour.kernel.history.models import Chained, Entry, Snapshot
from candour.kernel.history.restate import Dated
from candour.kernel.history.rows import change, next_numbers, put

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
NO_WORDS = encode({})


@dataclass
class Draft:
    """What one record's entry will hold."""

    changes: list[dict[str, Any]] = field(default_factory=list)
    snapshots: list[tuple[Codec, int, Dated]] = field(default_factory=list)


class Kept:
    """How the moment and the days of a recording are written: in the text that is hashed, and as the database takes them."""

    def __init__(self, batch: "Batch") -> None:
        self.said, self.at = plain(batch.at), connection.ops.adapt_datetimefield_value(batch.at)
        self._days: dict[date, Any] = {}

    def day(self, day: date) -> Any:
        if day not in self._days:
            self._days[day] = connection.ops.adapt_datefield_value(day)
        return self._days[day]


def write(batch: "Batch", drafted: Sequence[tuple[Chained, Draft]]) -> None:
    """An entry for each record, with its states; the record keeps the new head."""
    if not drafted:
        return
    entries: list[Row] = []
    shots: list[Row] = []
    kept = Kept(batch)
    for number, (record, draft) in zip(next_numbers(Entry, len(drafted)), drafted, strict=True):
        entry, of_entry = _entry(batch, record, draft, number, kept)
        entries.append(entry)
        shots += of_entry
    put(Entry, ENTRY, entries)
    put(Snapshot, SNAPSHOT, shots)
    _keep_heads([record for record, _ in drafted])


def _keep_heads(records: Sequence[Chained]) -> None:
    heads = [(record.head_hash, record.head_sequence, record.pk) for record in records]
    change(type(records[0]), ("head_hash", "head_sequence"), heads)


def _entry(batch: "Batch", record: Chained, draft: Draft, number: int, kept: Kept) -> tuple[Row, list[Row]]:
    """An entry's row and those of its states, as ENTRY and SNAPSHOT have them. number: the entry's."""
    sequence, kind, pk, actor = record.head_sequence + 1, record._meta.label_lower, record.pk, batch.actor
    shots: list[Row] = []
    digests = []
    for coder, key, dated in draft.snapshots:
        state, said = coder.sealed(dated.state)
        facts = encode(state)  # of plain values already
        held = encode(said) if said else NO_WORDS
        digests.append(snapshot_digest(coder.label, key, dated.effective, facts))
        shots.append((number, kind, pk, sequence, coder.label, key, kept.day(dated.effective), kept.at, facts, held))
    label, day = history_label(record), batch.day(record)
    words: dict[str, str] = {}
    body: dict[str, Any] = {
        "record": [kind, pk, label],
        "sequence": sequence,
        "event": batch.event,
        "actor": [actor.kind, actor.id, actor.label],
        "recorded": kept.said,
        "effective": str(day),
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
        *(kept.at, kept.day(day), text, encode(words), record.head_hash),
    )
    return entry, shots


def history_label(row: Any) -> str:
    """What an entry calls a row: its history_label where it has one, else its text. Never free text."""
    return str(getattr(row, "history_label", "") or row)[:120]


def seal_changes(changes: list[dict[str, Any]], words: dict[str, str]) -> None:
    """Put commitments in place of free text in the changes; the salted words go beside them, named by place."""
    for number, each in enumerate(changes):
        for part, item in enumerate(each.get("fields", [])):
            if not item.pop("word", False):
                continue
            for side in ("old", "new"):
                if item[side] and not is_commitment(item[side]):
                    item[side], words[f"{number}.{part}.{side}"] = seal_word(item[side])
