"""How the installation is: its queue, its letters, its history, its storage, its versions."""

import json
import platform
import shutil
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import distributions, version

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count, Max, Min, Q, Sum

from candour.config.backup.make import KEPT
from candour.kernel.evidence.models import File
from candour.kernel.history.models import Entry, Verification
from candour.kernel.history.queries import last_seal
from candour.kernel.jobs.models import Job
from candour.kernel.jobs.queries import LATE
from candour.kernel.jobs.rules import Daily
from candour.kernel.jobs.works import works
from candour.kernel.notices.models import Notice, Returned, Unreachable

MOST = 100  # jobs on the page
RUNNING, FAILED, GIVEN_UP, LATE_STATE, WAITING, DONE = "Running", "Failed", "Given up", "Late", "Waiting", "Done"
TONES = {RUNNING: "blue", FAILED: "red", GIVEN_UP: "red", LATE_STATE: "amber", WAITING: "line", DONE: "green"}


@dataclass(frozen=True)
class JobRow:
    """A job as the page shows it. when: its timetable in words. said: what came of it, or why it failed."""

    pk: int
    words: str
    key: str
    state: str
    tone: str
    when: str
    went_well_at: datetime | None
    due_at: datetime | None
    tries: int
    said: str
    again: bool


@dataclass(frozen=True)
class Letters:
    """How many letters wait, wait for the letter that gathers them, failed, may have gone out or not, and came back; and how
    many addresses do not receive."""

    waiting: int
    gathered: int
    failed: int
    unknown: int
    returned: int
    addresses: int


@dataclass(frozen=True)
class History:
    """last_entry: the number of the last. unsealed_since: when the oldest without a seal was recorded. holds: 1 or 0, as last
    verified. by: the post that verified last, or Candour itself."""

    last_entry: int
    sealed_at: datetime | None
    root: str
    unsealed_since: datetime | None
    verified_at: datetime | None
    by: str
    holds: int
    failure: str


@dataclass(frozen=True)
class Stored:
    """The files that records hold, their bytes, and the bytes free where they lie; None where that cannot be told."""

    files: int
    bytes: int
    free: int | None


@dataclass(frozen=True)
class Versions:
    """What runs. steps: how many have made the tables; last_step, stepped_at: the last of them."""

    candour: str
    python: str
    database: str
    steps: int
    last_step: str
    stepped_at: datetime | None


@dataclass(frozen=True)
class Backup:
    """The last backup that was made here. checked_at: when it was read to its end since; None where nobody did."""

    at: datetime
    rows: int
    entries: int
    files: int
    encrypted: bool
    checked_at: datetime | None


def job_rows(at: datetime) -> list[JobRow]:
    """Jobs as they stand: first what failed or is late, then what is to be done, by its words, then what is done. One query."""
    standing = list(Job.objects.order_by("-pk")[:MOST])
    rows = [_job(job, at) for job in standing if job.name in works()]
    order = {GIVEN_UP: 0, FAILED: 0, LATE_STATE: 1}
    return sorted(rows, key=lambda row: (order.get(row.state, 2), row.state == DONE, row.words, -row.pk))


def _job(job: Job, at: datetime) -> JobRow:
    work = works()[job.name]
    state = state_of(job, at)
    schedule = work.schedule
    when = (
        "asked for once"
        if schedule is None
        else f"each day at {schedule.time:%H:%M}"
        if isinstance(schedule, Daily)
        else ""
    )
    if not when and schedule is not None:
        minutes = int(schedule.gap.total_seconds() // 60)  # type: ignore[union-attr]
        when = "each minute" if minutes == 1 else f"each {minutes} minutes"
    return JobRow(
        pk=job.pk,
        words=work.words,
        key="" if job.key == job.name else job.key,
        state=state,
        tone=TONES[state],
        when=when,
        went_well_at=job.went_well_at,
        due_at=None if job.ended_at else job.due_at,
        tries=job.tries,
        said=job.error or job.said,
        again=state in {FAILED, GIVEN_UP},
    )


def state_of(job: Job, at: datetime) -> str:
    """How a job stands, in a word."""
    if job.lease_until is not None and job.lease_until >= at:
        return RUNNING
    if job.error:
        return GIVEN_UP if job.ended_at else FAILED
    if job.ended_at:
        return DONE
    return LATE_STATE if job.due_at < at - LATE else WAITING


def job_counts(at: datetime) -> Mapping[str, int]:
    """How many jobs stand how: running, failed (given up too), waiting, done. One query."""
    held = Q(lease_until__gte=at)
    free = ~held | Q(lease_until=None)
    return Job.objects.aggregate(
        running=Count("pk", filter=held),
        failed=Count("pk", filter=free & ~Q(error="")),
        waiting=Count("pk", filter=free & Q(error="", ended_at=None)),
        done=Count("pk", filter=free & Q(error="", ended_at__isnull=False)),
    )


def oldest_due(at: datetime) -> datetime | None:
    """Since when the oldest job that nobody has is due; None where nothing is. One query."""
    free = Q(lease_until=None) | Q(lease_until__lt=at)
    found: datetime | None = Job.objects.filter(free, ended_at=None, due_at__lte=at).aggregate(oldest=Min("due_at"))[
        "oldest"
    ]
    return found


def letter_counts() -> Letters:
    """Letters that did not go out or came back. Three queries."""
    open_now = Q(sent_at=None, dropped_at=None)
    waits = Q(sending_at=None, failed_at=None, gathered_at=None)
    found = Notice.objects.filter(open_now).aggregate(
        waiting=Count("pk", filter=waits),
        gathered=Count("pk", filter=Q(gathered_at__isnull=False)),
        failed=Count("pk", filter=Q(failed_at__isnull=False)),
        unknown=Count("pk", filter=Q(sending_at__isnull=False)),
    )
    returned = Returned.objects.filter(settled_at=None).count()
    return Letters(**found, returned=returned, addresses=Unreachable.objects.count())


def history_of() -> History:
    """What is recorded, sealed and verified. Three queries."""
    seal = last_seal()
    since = seal.last_entry if seal else 0
    ends = Entry.objects.filter(pk__gt=since).aggregate(oldest=Min("recorded_at"), last=Max("pk"))
    verified = Verification.objects.order_by("-pk").first()
    return History(
        last_entry=ends["last"] or since,
        sealed_at=seal.sealed_at if seal else None,
        root=seal.root if seal else "",
        unsealed_since=ends["oldest"],
        verified_at=verified.at if verified else None,
        by=verified.by if verified else "",
        holds=int(verified is not None and not verified.failure),
        failure=verified.failure if verified else "",
    )


def stored() -> Stored:
    """Files that records hold, and what room is left. One query."""
    rows = File.objects.filter(erased_on=None)
    found = rows.aggregate(files=Count("sha256", distinct=True), size=Sum("size"))
    try:
        free: int | None = shutil.disk_usage(settings.HOME).free
    except OSError:
        free = None
    return Stored(found["files"], found["size"] or 0, free)


def versions() -> Versions:
    """What runs. One query."""
    steps = MigrationRecorder(connection).migration_qs.order_by("-applied", "-pk").values_list("app", "name", "applied")
    made = list(steps)
    app, name, when = made[0] if made else ("", "", None)
    postgres = connection.vendor == "postgresql"
    engine = f"PostgreSQL {_dotted(connection.pg_version)}" if postgres else f"SQLite {sqlite3.sqlite_version}"  # type: ignore[attr-defined]
    return Versions(
        version("candour"), platform.python_version(), engine, len(made), f"{app}.{name}" if app else "", when
    )


def last_backup() -> Backup | None:
    """The last backup; None where none was made here."""
    try:
        said = json.loads((settings.HOME / KEPT).read_text())
        checked = said.get("checked_at")
        return Backup(
            at=datetime.fromisoformat(said["at"]),
            rows=int(said.get("rows", 0)),
            entries=int(said.get("entries", 0)),
            files=int(said.get("files", 0)),
            encrypted=bool(said.get("encrypted")),
            checked_at=datetime.fromisoformat(checked) if checked else None,
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _dotted(number: int) -> str:
    """180001 as 18.1."""
    return f"{number // 10000}.{number % 10000}"


def libraries() -> list[tuple[str, str]]:
    """Every library that is there and its version, by name."""
    found = {each.metadata["Name"]: each.version for each in distributions() if each.metadata["Name"]}
    return sorted(found.items(), key=lambda pair: pair[0].lower())
