"""Make a backup: every row and every stored file as they stood at one moment, while others go on writing."""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, BinaryIO

from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from candour.config.backup import form, sealed
from candour.config.backup.archive import Unusable, Writer
from candour.kernel.evidence import store
from candour.kernel.evidence.models import File
from candour.kernel.history.models import Entry
from candour.kernel.history.queries import last_seal
from candour.kernel.history.verify import one_moment

KEPT = "last-backup.json"


@dataclass(frozen=True)
class Made:
    """What a backup holds. root: of the last seal. lost: hashes of files that rows name and storage does not have."""

    rows: int
    entries: int
    root: str
    files: int
    bytes: int
    encrypted: bool
    lost: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def back_up(target: Path, *, at: datetime, keys: Sequence[Any] = ()) -> Made:
    """Write a backup to a file, which is there whole or not at all. keys: public ones, see sealed.recipients.

    Raises Unusable where the database is not at this version of Candour, OSError where the file cannot be written.
    """
    if other := another_version():
        raise Unusable(f"{other}. A backup is made with the version that runs on it")
    with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as beside:
        try:
            with sealed.writing(beside, keys) as stream, one_moment():  # type: ignore[arg-type]
                made = _written(stream, at, encrypted=bool(keys))
            beside.flush()
            os.fsync(beside.fileno())
            Path(beside.name).replace(target)
        except BaseException:
            Path(beside.name).unlink(missing_ok=True)
            raise
    return made


def _written(stream: BinaryIO, at: datetime, *, encrypted: bool) -> Made:
    tables = form.tables()
    last = last_seal()
    root, entries = last.root if last else "", Entry.objects.count()
    writer = Writer(stream, head(tables, at))
    for name, table in tables.items():
        writer.rows(name, form.parts(table))
    lost = list(missing_files())
    for digest in store.every():
        try:
            with store.open_bytes(digest) as content:
                writer.file(digest, content, default_storage.size(store.place(digest)))
        except FileNotFoundError:  # erased since it was listed
            continue
    writer.close({"history": {"entries": entries, "root": root}, "lost": lost, "at": at.isoformat()})
    rows = sum(tally.count for tally in writer.tables.values())
    return Made(rows, entries, root, writer.files.count, writer.bytes, encrypted, lost)


def head(tables: dict[str, form.Table], at: datetime) -> dict[str, Any]:
    """What a backup says of itself first."""
    given = last_keys(tables)
    return {
        "candour": version("candour"),
        "at": at.isoformat(),
        "database": connection.vendor,
        "migrations": applied(),
        "tables": {
            name: {"columns": [column.name for column in table.columns], "last_key": given.get(name, 0)}
            for name, table in tables.items()
        },
    }


BEHIND = "the database is of an earlier version: stop what runs on it, back it up, then `candour migrate`"
AHEAD = "the database is of a later version than this ({step}): run that version, or restore a backup from before it"


def another_version() -> str:
    """Why the tables are not those that this version of Candour makes, in words; "" where they are. Raises DatabaseError."""
    executor = MigrationExecutor(connection)
    done = set(executor.loader.applied_migrations or ())
    if unknown := sorted(done - set(executor.loader.disk_migrations)):
        return AHEAD.format(step=".".join(unknown[0]))
    return BEHIND if executor.migration_plan(executor.loader.graph.leaf_nodes()) else ""


def applied() -> list[str]:
    """The migrations that made the tables, as app.name."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def last_keys(tables: dict[str, form.Table]) -> dict[str, int]:
    """The last key that the database gave out, by table: it may be of a row that is gone, and is not given again."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence WHERE seq > 0")
            return {name: seq for name, seq in cursor.fetchall() if name in tables}
        cursor.execute(
            "SELECT t.name, s.last_value FROM unnest(%s::text[], %s::text[]) AS t (name, key) JOIN pg_sequences s"
            " ON format('%%I.%%I', s.schemaname, s.sequencename) = pg_get_serial_sequence(t.name, t.key)"
            " WHERE s.last_value IS NOT NULL",
            [
                [table.name for table in tables.values() if table.counted],
                [table.key for table in tables.values() if table.counted],
            ],
        )
        return dict(cursor.fetchall())


def missing_files() -> Iterator[str]:
    """Hashes of files that records name and that storage does not have."""
    named = File.objects.filter(erased_on=None).order_by("sha256").values_list("sha256", flat=True).distinct()
    for digest in named.iterator(chunk_size=2000):
        if not default_storage.exists(store.place(digest)):
            yield digest


def remember(folder: Path, target: Path, made: Made, *, at: datetime) -> None:
    """Keep beside the database when the last backup was made, so that its age can be looked at."""
    said = {"at": at.isoformat(), "file": str(target.resolve()), **made.as_json()}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / KEPT).write_text(json.dumps(said, indent=1))


def remember_checked(folder: Path, target: Path, *, at: datetime) -> None:
    """Keep that the last backup was read to its end and is whole; nothing where it was another that was read."""
    try:
        said = json.loads((folder / KEPT).read_text())
        if said["file"] == str(target.resolve()):
            (folder / KEPT).write_text(json.dumps(said | {"checked_at": at.isoformat()}, indent=1))
    except (OSError, ValueError, KeyError):  # it was made elsewhere
        return
