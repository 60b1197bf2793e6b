"""Locks: the one that recordings share and a seal takes alone, and records held as they were read while they are written."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.db import connection, transaction

from candour.kernel.history.models import Chained

SEAL_LOCK = 0x0CA9D012  # the advisory lock that recordings share and a seal takes alone


def share_seal_lock() -> None:
    """On PostgreSQL a seal must wait for open recordings; SQLite has one writer at a time, which comes to the same."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [SEAL_LOCK])


class Overtaken(Exception):
    """Somebody entered something on these records after the entries that were read. records: their numbers."""

    def __init__(self, records: Sequence[int]) -> None:
        super().__init__(f"overtaken: {', '.join(str(record) for record in records)}")
        self.records = tuple(records)


@contextmanager
def unless_overtaken(records: Sequence[Chained], seen: Mapping[int, int]) -> Iterator[None]:
    """Hold records of one kind locked for the block, so that nobody writes over what they have not read.

    seen: by record the number of the last entry that was read. Raises Overtaken, before the block, for those that have
    later ones. Recordings open inside; whatever ends the block badly undoes all of them.
    """
    with transaction.atomic():
        share_seal_lock()
        keys = [record.pk for record in records]
        rows = type(records[0])._base_manager.select_for_update().filter(pk__in=keys).order_by("pk") if records else []
        if overtaken := [row.pk for row in rows if row.head_sequence != seen.get(row.pk)]:
            raise Overtaken(overtaken)
        yield
