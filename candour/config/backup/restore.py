"""Restore a backup: wholly, with its history verified, or not at all."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection, transaction

from candour.config.backup import form, sealed
from candour.config.backup.archive import Reader, Rows, Stored, Unusable
from candour.config.backup.make import applied
from candour.kernel.evidence import store
from candour.kernel.evidence.models import Stored as Known
from candour.kernel.history import triggers
from candour.kernel.history.locks import SEAL_LOCK
from candour.kernel.history.models import Entry
from candour.kernel.history.verify import Verdict, verify
from candour.kernel.people.models import Organisation, Person

AT_ONCE = 2000  # rows of one statement on SQLite
Tell = Callable[[str], None]


class HoldsRecords(Exception):
    """The database holds records already, and nobody said to replace them."""


class DoesNotHold(Exception):
    """What is in the backup does not verify, in words."""


@dataclass
class Found:
    """What is in a file: what it says of itself first and last, and how many rows and files it holds."""

    head: dict[str, Any]
    manifest: dict[str, Any]
    rows: int
    files: int


@dataclass
class Work:
    """A restoration under way. kept: hashes of files that it put into storage, which had not been there."""

    tables: dict[str, form.Table]
    tell: Tell
    kept: list[str] = field(default_factory=list)


def examine(path: Path, keys: Sequence[Any] = ()) -> Found:
    """Read a whole backup and change nothing. Raises Unusable where it is not one, or not as it was written; OSError."""
    with sealed.reading(path, keys) as stream:
        reader = Reader(stream)
        for part in reader.parts():
            if isinstance(part, Stored):
                part.content.close()
    return Found(reader.head, reader.manifest, reader.rows, reader.files.count)


def fits(found: Found) -> None:
    """Raises Unusable unless the tables of a backup are those of the database, which must be at this version of Candour."""
    theirs, ours = set(found.head["migrations"]), set(applied())
    said = f"it was made by Candour {found.head['candour']}, whose tables are "
    if more := sorted(theirs - ours):
        raise Unusable(f"{said}newer ({more[0]}): install that version or a later one, and restore with it")
    if more := sorted(ours - theirs):
        raise Unusable(f"{said}older (without {more[0]}): restore with that version into a new database, then upgrade")
    columns = {name: [column.name for column in table.columns] for name, table in form.tables().items()}
    if {name: table["columns"] for name, table in found.head["tables"].items()} != columns:
        raise Unusable(f"{said}others: restore with that version into a new database, then upgrade")


def holds_records() -> bool:
    """Whether the database holds anything that people entered."""
    return Entry.objects.exists() or Person.objects.exists() or Organisation.objects.exists()


def restore(
    path: Path, keys: Sequence[Any] = (), *, replace: bool = False, roots: Sequence[str] = (), tell: Tell = print
) -> Verdict:
    """Fill the database and the storage from a backup that has been examined and fits, and verify the history.

    replace: what the database holds goes. roots: held outside, which must stand in what is restored.
    Raises HoldsRecords, DoesNotHold, Unusable, OSError or DatabaseError; nothing has changed then.
    """
    work = Work(form.tables(), tell)
    try:
        with connection.constraint_checks_disabled(), transaction.atomic():
            _alone()
            if holds_records() and not replace:
                raise HoldsRecords
            return _restored(path, keys, work, roots)
    except BaseException:
        for digest in work.kept:
            with suppress(OSError):
                store.erase(digest)
        raise


def _restored(path: Path, keys: Sequence[Any], work: Work, roots: Sequence[str]) -> Verdict:
    _checked_now()
    triggers.remove(connection)
    _empty(work.tables)
    with sealed.reading(path, keys) as stream:
        reader = Reader(stream)
        for part in reader.parts():
            if isinstance(part, Rows):
                _load(work.tables[part.table], part.lines)
            else:
                _keep(part, work)
    _checked_now()
    triggers.install(connection)
    _analyse(work.tables)
    work.tell("Everything is read in; verifying the history …")
    Known.objects.update(held_until=None)  # the store that it is restored to holds nothing yet
    last = reader.manifest["history"]["root"]
    verdict = verify(roots=[*roots, *([last] if last else [])])
    if not verdict.holds:
        raise DoesNotHold(verdict.failure)
    _count_on(work.tables, reader.head["tables"])
    return verdict


def _alone() -> None:
    """Nobody records while it lasts. SQLite has one writer at a time, which comes to the same."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEAL_LOCK])


def _checked_now() -> None:
    """Check every foreign key that waits for the end. PostgreSQL alters no table that has some to check."""
    connection.check_constraints()


def _empty(tables: dict[str, form.Table]) -> None:
    names = [connection.ops.quote_name(name) for name in tables]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(names)}")
        else:
            cursor.execute("PRAGMA defer_foreign_keys = ON")
            for name in names:
                cursor.execute(f"DELETE FROM {name}")  # noqa: S608  # nosec B608


def _load(table: form.Table, rows: list[list[Any]]) -> None:
    rows = form.loader(table)(rows)
    quoted = connection.ops.quote_name
    into = f"{quoted(table.name)} ({', '.join(quoted(column.name) for column in table.columns)})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:  # type: ignore[attr-defined]
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(table.columns))
        for start in range(0, len(rows), AT_ONCE):
            cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", rows[start : start + AT_ONCE])  # noqa: S608  # nosec B608


def _keep(part: Stored, work: Work) -> None:
    if not default_storage.exists(store.place(part.digest)):
        work.kept.append(part.digest)
    with part.content:
        store.keep(part.content, part.digest)


def _analyse(tables: dict[str, form.Table]) -> None:
    """Tell PostgreSQL how large the tables are, so that verifying does not ask as if they were empty."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(connection.ops.quote_name(name) for name in tables)}")


def _count_on(tables: dict[str, form.Table], said: dict[str, Any]) -> None:
    """Let the database give out keys from where it had come to. Last, as PostgreSQL does not take it back."""
    counted = [table for table in tables.values() if table.counted]
    with connection.cursor() as cursor:
        for table in counted:
            last = int(said[table.name]["last_key"])
            if connection.vendor == "postgresql":
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)",
                    [table.name, table.key, max(last, 1), last > 0],
                )
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
                if last:
                    cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, last])
