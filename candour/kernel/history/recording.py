"""The one way to write a recorded row.

    with recording("risk.rescored", record, actor=actor, at=at, reason=reason):
        ...

locks the record, then in one transaction lets the rows be written and adds one entry with the states they were left in.
Only commands open a recording.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from candour.kernel.history.batch import Actor, Batch
from candour.kernel.history.locks import share_seal_lock
from candour.kernel.history.models import Chained
from candour.kernel.history.once import mark
from candour.kernel.history.replica import leave
from candour.kernel.history.state import open_batch
from candour.kernel.rules import Overtaken

LONDON = ZoneInfo("Europe/London")


@contextmanager
def recording(
    event: str,
    record: Chained | None = None,
    *,
    actor: Actor,
    at: datetime,
    effective: date | None = None,
    reason: str = "",
    approver: str = "",
) -> Iterator[Batch]:
    """Record one event on one record; None for a record that is made inside the block.

    at: when it is recorded, aware. effective: the day from which it holds, by default the local day of `at`.
    approver: the board or post that agreed it, in words; a fact of the entry beside who entered it.
    Raises RuntimeError inside another recording, ValueError for a time without a zone, Overtaken as recording_many.
    """
    records = [record] if record else []
    with recording_many(
        event, records, actor=actor, at=at, effective=effective, reason=reason, approver=approver
    ) as batch:
        yield batch


@contextmanager
def recording_many(
    event: str,
    records: Sequence[Chained],
    *,
    actor: Actor,
    at: datetime,
    effective: date | None = None,
    reason: str = "",
    reasons: Mapping[int, str] | None = None,
    days: Mapping[int, date] | None = None,
    approver: str = "",
) -> Iterator[Batch]:
    """Record one event on many records of one kind: one entry each, written in batches. Records made inside join.

    reasons, days: by record, where each has its own reason or its own day from which it holds; those of records made
    inside are put into the batch's when their numbers are known.
    Raises Overtaken where a record has changed since it was read; one just made by the caller was never read. Raises
    SentAlready for a form that was taken before.
    """
    if open_batch.get() is not None:
        raise RuntimeError("a recording is already open; write both in one")
    if at.tzinfo is None:
        raise ValueError("a recording needs a time with its zone")
    day = effective or at.astimezone(LONDON).date()
    batch = Batch(event, actor, at, day, reason, dict(reasons or {}), dict(days or {}), approver.strip())
    leave()
    with transaction.atomic():
        share_seal_lock()
        mark(at)
        lock(batch, records)
        token = open_batch.set(batch)
        try:
            yield batch
            batch.settle()
        finally:
            open_batch.reset(token)
    for record in records:
        if record.head_sequence:  # it was read; what the caller holds is as the recording left it, and may go on
            row = batch.records[record.pk]
            record.head_hash, record.head_sequence = row.head_hash, row.head_sequence


def lock(batch: Batch, records: Sequence[Chained]) -> None:
    """Lock the records in the order of their keys, and take their heads from the locked rows.

    Raises ValueError for records of several kinds: their numbers would be taken for those of one kind. Raises Overtaken.
    """
    if not records:
        return
    batch.record_model = type(records[0])
    if any(type(record) is not batch.record_model for record in records):
        raise ValueError("a recording holds records of one kind")
    keys = sorted({record.pk for record in records})
    beside = getattr(batch.record_model, "unrecorded", ())  # such as all that was read of a workbook
    for start in range(0, len(keys), 5000):
        locked = batch.record_model._base_manager.select_for_update().filter(pk__in=keys[start : start + 5000])
        batch.records |= {row.pk: row for row in locked.order_by("pk").defer(*beside)}
    for record in records:
        if record.head_sequence and record.head_sequence != batch.records[record.pk].head_sequence:
            raise Overtaken(f"{record} has changed since it was read: read it again")
