"""candour backup FILE, candour restore FILE, candour key FILE."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from candour.config.verbs import ready

if TYPE_CHECKING:
    from candour.config.backup.restore import Found


def run(arguments: argparse.Namespace) -> int:
    """0 where all is in the file; 1 where storage has lost files that records name; 2 where no file was written."""
    ready.set_up()
    from django.conf import settings
    from django.db import DatabaseError, connection

    from candour.config.backup import sealed
    from candour.config.backup.archive import Unusable
    from candour.config.backup.make import back_up, remember

    name = settings.DATABASES["default"]["NAME"]
    if connection.vendor == "sqlite" and not Path(name).exists():
        return ready.refuse(f"there is no database at {name}: name the one that is used in DATABASE_URL")
    target, at = Path(arguments.file), timezone.now()
    try:
        keys = sealed.recipients(Path(arguments.to_key)) if arguments.to_key else []
        made = back_up(target, at=at, keys=keys)
        remember(settings.HOME, target, made, at=at)
    except Unusable as unusable:
        return ready.refuse(str(unusable))
    except (OSError, DatabaseError) as error:
        return ready.refuse(f"no backup was made: {_first(error)}")
    size = target.stat().st_size
    if arguments.json:
        print(json.dumps({"file": str(target), "size": size, **made.as_json()}))
    else:
        print(
            f"{target}: {size:,} bytes{', encrypted' if made.encrypted else ''}; {made.rows:,} rows, {made.entries:,} entries,"
            f" {made.files:,} files; last root {made.root or 'none yet'}"
        )
    for digest in made.lost:
        print(
            f"A record names a file that storage does not have: {digest}. Look for it in an earlier backup.",
            file=sys.stderr,
        )
    return 1 if made.lost else 0


def restore(arguments: argparse.Namespace) -> int:
    """0 where all is restored and holds; 1 where it does not verify; 2 where it could not run. Nothing changes save by 0."""
    ready.set_up()
    from django.conf import settings
    from django.db import DatabaseError

    from candour.config.backup import restore as restoring
    from candour.config.backup import sealed
    from candour.config.backup.archive import Unusable
    from candour.config.backup.make import remember_checked

    path = Path(arguments.file)
    try:
        keys = sealed.identities(Path(arguments.key)) if arguments.key else []
        found = restoring.examine(path, keys)
        if arguments.check:
            remember_checked(settings.HOME, path, at=timezone.now())
            return _told(arguments, path, found, "is whole")
        _restored(arguments, path, keys, found)
    except restoring.HoldsRecords:
        return ready.refuse(
            "the database holds records: name a new one in DATABASE_URL, or add --replace to lose what it holds"
        )
    except restoring.DoesNotHold as broken:
        print(f"Nothing was restored: its history does not hold. {broken}. Take an earlier backup.", file=sys.stderr)
        return 1
    except Unusable as unusable:
        return ready.refuse(f"{path} cannot be restored: {unusable}")
    except (OSError, DatabaseError) as error:
        return ready.refuse(f"nothing was restored: {_first(error)}")
    return _told(arguments, path, found, "is restored, and every entry holds")


def _restored(arguments: argparse.Namespace, path: Path, keys: Sequence[Any], found: "Found") -> None:
    from candour.config.backup import restore as restoring

    ready.tables()
    restoring.fits(found)

    def tell(words: str) -> None:
        print(words, file=sys.stderr)

    restoring.restore(path, keys, replace=arguments.replace, roots=arguments.root, tell=tell)


def key(arguments: argparse.Namespace) -> int:
    """0 where the key is made; 2 where the file is there already, or cannot be written."""
    from candour.config.backup import sealed

    try:
        public = sealed.new_key(Path(arguments.file))
    except OSError as error:
        return ready.refuse(f"no key was made: {_first(error)}")
    print(
        f"Secret half: {arguments.file}. Keep it away from the server; without it no backup made for it can be opened.",
        file=sys.stderr,
    )
    print(public)
    return 0


def _told(arguments: argparse.Namespace, path: Path, found: "Found", what: str) -> int:
    history = found.manifest["history"]
    if arguments.json:
        print(
            json.dumps({"file": str(path), "at": found.head["at"], "rows": found.rows, "files": found.files, **history})
        )
    else:
        print(
            f"{path} of {found.head['at'][:16].replace('T', ' ')} {what}: {found.rows:,} rows, {history['entries']:,} entries,"
            f" {found.files:,} files; last root {history['root'] or 'none yet'}"
        )
    return 0


def _first(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
