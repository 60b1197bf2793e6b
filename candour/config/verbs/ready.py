"""What verbs share: Django set up, the database made where that may be done, and how a refusal is said."""

import os
import sys
import tempfile
from pathlib import Path

import django


def set_up() -> None:
    """Django with its settings; no database is touched."""
    django.setup()


def database() -> None:
    """The database of DATABASE_URL, or the demo's embedded one; brought up to date, and the demo's filled if it was missing."""
    set_up()
    from django.conf import settings

    embedded = not os.environ.get("DATABASE_URL")
    missing = embedded and not Path(settings.DATABASES["default"]["NAME"]).exists()
    tables()
    if missing:
        fill()


def tables() -> None:
    """The tables of the database brought up to date, with nothing in them where it is new. Django must be set up."""
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "sqlite":
        Path(settings.DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    migrate()


def migrate() -> None:
    """Bring the tables up to date, saying nothing when they are."""
    from django.db import connection

    from candour.config.steps import bring_up_to_date

    bring_up_to_date(connection)


def fill() -> None:
    """The demo data, on the real clock."""
    from django.utils import timezone

    from candour.config.demo.seed import seed

    print("Making the demo register: two bodies, two years of history …", file=sys.stderr, flush=True)
    now = timezone.now()
    seed(today=timezone.localdate(now), now=now)


def put(content: bytes, to: str | None) -> int:
    """Write what a verb made to a file, or to the screen; gives the exit code. A file is there whole or not at all."""
    if not to:
        sys.stdout.buffer.write(content)
        return 0
    target = Path(to)
    try:
        if target.exists() and not target.is_file():  # a pipe or a device is written to, never replaced
            target.write_bytes(content)
            return 0
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as beside:
            try:
                beside.write(content)
                beside.close()
                _as_new_files_are(beside.name)
                Path(beside.name).replace(target)
            except BaseException:
                Path(beside.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        return refuse(f"{to} cannot be written: {error.strerror}")
    print(f"Written {to}, {len(content):,} bytes", file=sys.stderr)
    return 0


def _as_new_files_are(name: str) -> None:
    """A temporary file is for its maker alone; what is handed over may be read by whom any new file may be."""
    mask = os.umask(0)
    os.umask(mask)
    Path(name).chmod(0o666 & ~mask)


def refuse(message: str) -> int:
    """Say on the error output why a verb could not run; gives the exit code 2."""
    print(f"candour: {message}", file=sys.stderr)
    return 2
