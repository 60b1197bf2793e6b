"""What an installation that holds real data must have, looked at one by one (`candour check`)."""

import json
import shutil
import smtplib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from io import BytesIO

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.models import Q

from candour.config.backup.make import KEPT, another_version
from candour.kernel.evidence import scanner
from candour.kernel.history.models import Entry
from candour.kernel.history.queries import last_seal
from candour.kernel.history.triggers import missing, strange
from candour.kernel.jobs import queries as queue
from candour.kernel.notices import queries as notices

GOOD, WARNING, BAD = "good", "warning", "bad"
Said = tuple[str, str]  # GOOD, WARNING or BAD, and a sentence
BACKUP_EACH, UNSEALED, AHEAD = timedelta(hours=26), timedelta(minutes=10), timedelta(minutes=1)
LEAST_FREE = 2 * 1024**3  # bytes
LEAST_KEY = 50  # characters of a signing key, as Django's own deployment check asks


@dataclass(frozen=True)
class Finding:
    """name: what was looked at. state: good, warning or bad. words: what was found, and how to mend it."""

    name: str
    state: str
    words: str

    def as_json(self) -> dict[str, str]:
        return asdict(self)


def look(environment: Mapping[str, str], *, at: datetime) -> Iterator[Finding]:
    """Every finding, in order. What cannot be looked at without the database is left out where it does not answer."""
    for name, said in settings_said(environment):
        yield Finding(name, *said)
    reachable = database_answers()
    yield Finding("database", *reachable)
    if reachable[0] != BAD:
        tables = at_this_version()
        yield Finding("tables", *tables)
        if tables[0] == GOOD:
            yield Finding("triggers", *triggers_stand())
            yield Finding("clock", *clock(at))
            yield Finding("seals", *seals(at))
            yield Finding("outbox", *outbox())
            yield Finding("jobs", *jobs(at))
    others: tuple[tuple[str, Callable[[], Said]], ...] = (
        ("storage", storage), ("scanner", virus_scanner), ("disk", disk), ("mail", mail),
    )  # fmt: skip
    for name, look_at in others:
        yield Finding(name, *look_at())
    yield Finding("backup", *backup(at))


def settings_said(environment: Mapping[str, str]) -> list[tuple[str, Said]]:
    """What the settings alone say."""
    key = settings.SECRET_KEY
    strong = len(key) >= LEAST_KEY and len(set(key)) >= 10
    local = not environment.get("CANDOUR_HOSTS")
    safe = settings.HTTPS and settings.SITE.startswith("https://")
    return [
        ("secret", (GOOD, "The signing key is long enough") if strong else
            (BAD, "CANDOUR_SECRET_KEY is short or simple: make one with `openssl rand -base64 48`")),
        ("demo", (BAD, "Anybody may choose a role: take CANDOUR_DEMO away") if settings.DEMO else
            (GOOD, "Nobody signs in by choosing a role")),
        ("debug", (BAD, "Pages tell their insides: set DEBUG to False") if settings.DEBUG else
            (GOOD, "Errors tell nothing of the insides")),
        ("hosts", (BAD, "CANDOUR_HOSTS names no host: give the name that people type") if local else
            (GOOD, "It answers to the names in CANDOUR_HOSTS alone")),
        ("https", (GOOD, "Cookies and links insist on HTTPS") if safe else
            (BAD, "Set CANDOUR_HTTPS to 1, and CANDOUR_SITE to the address that begins with https://")),
    ]  # fmt: skip


def database_answers() -> Said:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return BAD, f"The database of DATABASE_URL does not answer: {_first(error)}"
    if connection.vendor == "sqlite":
        return WARNING, "SQLite has one writer at a time: for more than a small office take PostgreSQL"
    return GOOD, "PostgreSQL answers"


def at_this_version() -> Said:
    if other := another_version():
        return BAD, other[:1].upper() + other[1:]
    return GOOD, "The tables are at this version"


def triggers_stand() -> Said:
    if gone := missing(connection):
        return BAD, f"The database no longer refuses changes to history ({gone[0]}): find out who took it away"
    if found := strange(connection):
        return BAD, f"The database does more to history than it should ({found[0]}): find out who added it"
    return GOOD, "The database refuses changes to history"


def clock(at: datetime) -> Said:
    """The machine's clock against the database's, and against what was recorded last."""
    last = Entry.objects.order_by("-pk").values_list("recorded_at", flat=True).first()
    if last and last - at > AHEAD:
        return BAD, f"The clock is behind what was recorded last, by {ago(last - at)}: set it with NTP"
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            if abs(cursor.fetchone()[0] - at) > AHEAD:
                return BAD, "The clocks of the server and of the database differ by over a minute: set both with NTP"
    return GOOD, "The clock agrees with the database"


def seals(at: datetime) -> Said:
    seal = last_seal()
    waiting = Entry.objects.filter(pk__gt=seal.last_entry if seal else 0).order_by("pk")
    oldest = waiting.values_list("recorded_at", flat=True).first()
    if oldest and at - oldest > UNSEALED:
        return BAD, f"Entries wait {ago(at - oldest)} for a seal: is `candour work` running?"
    return GOOD, f"All entries are sealed, the last {ago(at - seal.sealed_at)} ago" if seal else "Nothing to seal yet"


def outbox() -> Said:
    if lost := notices.unknown():
        return WARNING, f"{len(lost)} letters may have gone out or not: `candour notices` names them"
    if back := notices.lost(Q()).count() + notices.failed(Q()).exclude(failed_at=None).count():
        return WARNING, f"{back} letters did not arrive: correct the addresses, then send again, on the page System"
    failing = [notice for notice in notices.waiting() if notice.error]
    if failing:
        return WARNING, f"{len(failing)} letters could not be sent, last: {failing[-1].error.splitlines()[0][:120]}"
    return GOOD, "No letter is held up"


def jobs(at: datetime) -> Said:
    """Whether a worker runs, and whether what it does goes well."""
    if waiting := queue.late(at):
        since = ago(at - waiting[0].due_at)
        return BAD, f"{len(waiting)} jobs wait, {waiting[0].key} for {since}: is `candour work` running?"
    if failed := queue.failing():
        bad = any(job.name == "history.verify" for job in failed)
        return BAD if bad else WARNING, f"{failed[0].key} failed: {failed[0].error.splitlines()[0][:160]}"
    return GOOD, "What is due is done"


def storage() -> Said:
    name = "candour-check"
    try:
        kept = default_storage.save(name, BytesIO(b"candour"))  # type: ignore[arg-type]
        try:
            with default_storage.open(kept) as file:
                whole = file.read() == b"candour"
        finally:
            default_storage.delete(kept)
        if settings.STORE_LOCK and not default_storage.locks():  # type: ignore[attr-defined]
            return BAD, "The bucket has no object lock, so it holds nothing: make one with it, and copy the files over"
    except OSError as error:
        setting = "CANDOUR_S3_BUCKET" if settings.STORE_BUCKET else "CANDOUR_HOME"
        return BAD, f"Files cannot be stored: {error.strerror or error}; see {setting}"
    return (GOOD, "Files are stored and read back") if whole else (BAD, "A stored file does not read back as written")


def virus_scanner() -> Said:
    if not scanner.scans():
        return WARNING, "No virus scanner is named: files are taken in as they are; see CANDOUR_CLAMD"
    try:
        return GOOD, f"The virus scanner answers: {scanner.answers()}"
    except scanner.NoScanner as away:
        words = str(away)
        return BAD, f"{words[:1].upper()}{words[1:]}: start it, or see CANDOUR_CLAMD"


def disk() -> Said:
    try:
        usage = shutil.disk_usage(settings.HOME)
    except OSError:
        return BAD, "CANDOUR_HOME is not there: make the folder, writable for the service's user"
    words = f"{usage.free / 1024**3:.1f} GB are free in CANDOUR_HOME"
    return (GOOD, words) if usage.free >= LEAST_FREE else (BAD, f"{words}: make room before it is full")


def mail() -> Said:
    if not settings.EMAIL_HOST:
        return WARNING, "No mail server is named: letters wait; see CANDOUR_SMTP_HOST"
    server = get_connection()
    try:
        server.open()
    except (smtplib.SMTPException, OSError) as error:
        return BAD, f"The mail server does not take letters: {_first(error)}"
    server.close()
    return GOOD, "The mail server answers"


def backup(at: datetime) -> Said:
    path = settings.HOME / KEPT
    try:
        last = json.loads(path.read_text())
        age = at - datetime.fromisoformat(last["at"])
    except (OSError, ValueError, KeyError):
        return BAD, "There is no backup yet: `candour backup FILE`, each night by a timer"
    if age > BACKUP_EACH:
        return BAD, f"The last backup is {ago(age)} old: look at the timer"
    if last.get("lost"):
        return (
            BAD,
            f"The last backup lacks {len(last['lost'])} files that storage has lost: look for them in earlier ones",
        )
    sealed = "encrypted" if last.get("encrypted") else "not encrypted"
    return GOOD if last.get("encrypted") else WARNING, f"The last backup is {ago(age)} old and {sealed}"


def _first(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def ago(time: timedelta) -> str:
    """A stretch of time in words: 5 minutes, 3 hours, 4 days."""
    minutes = int(time.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} minute{'' if minutes == 1 else 's'}"
    return f"{minutes // 60} hours" if minutes < 72 * 60 else f"{minutes // 1440} days"
