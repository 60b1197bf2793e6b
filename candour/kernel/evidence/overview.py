"""What whoever looks after the stored files reads of them: where they lie, room, the scanner, and what it found."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, Max, QuerySet

from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.evidence import scanner
from candour.kernel.evidence.access import EvidencePermission
from candour.kernel.evidence.models import File, Infection
from candour.kernel.evidence.queries import unscanned
from candour.kernel.evidence.rules import Room
from candour.kernel.jobs.models import Job
from candour.kernel.people.models import Organisation
from candour.kernel.records.queries import visible_records


@dataclass(frozen=True)
class BodyRoom:
    """What the files of one body take."""

    organisation: str
    files: int
    room: Room


@dataclass(frozen=True)
class Place:
    """Where bytes lie: a folder, or a bucket at an address. lock: in words, "" without one. limit: bytes of one file."""

    words: str
    lock: str
    limit: int


@dataclass(frozen=True)
class ScannerState:
    """Whether there is a scanner, what it says of itself, and what becomes of files while it is away."""

    configured: bool
    answers: bool = False
    said: str = ""
    accepts: bool = False


def rooms(actor: Actor) -> list[BodyRoom]:
    """The room of each body whose files an actor looks after, by name. Two queries."""
    held = actor.scope(EvidencePermission.KEEP)
    bodies = Organisation.objects.all() if EVERYWHERE in held else Organisation.objects.filter(pk__in=held)
    once = File.objects.filter(erased_on=None).order_by().values("record__organisation", "sha256")
    each = once.annotate(bytes=Max("size")).values_list("record__organisation", "bytes")
    used: dict[int, list[int]] = {}
    for body, size in each.iterator(chunk_size=2000):
        used.setdefault(body, []).append(size)
    return [
        BodyRoom(body.name, len(used.get(body.pk, ())), Room(sum(used.get(body.pk, ())), settings.FILES_QUOTA))
        for body in bodies.order_by("name", "pk")
    ]


def place() -> Place:
    """Where the settings have files lie. Nothing secret is in it."""
    if not settings.STORE_BUCKET:
        return Place("A folder of the server", "", settings.FILE_LIMIT)
    held = f"{settings.STORE_LOCK.lower()}, {settings.STORE_LOCK_YEARS} years" if settings.STORE_LOCK else ""
    return Place(f"The object store, bucket {settings.STORE_BUCKET}", held, settings.FILE_LIMIT)


def scanner_state() -> ScannerState:
    """Asks the scanner itself."""
    if not scanner.scans():
        return ScannerState(configured=False)
    accepts = settings.UNSCANNED == "accept"
    try:
        return ScannerState(True, True, scanner.answers(), accepts)
    except scanner.NoScanner as away:
        return ScannerState(True, False, str(away), accepts)


def waiting() -> int:
    """How many contents wait for the scanner; 0 where there is none. One query."""
    return unscanned().count() if scanner.scans() else 0


def works_of_files() -> list[Job]:
    """What the worker did last about files. One query."""
    return list(Job.objects.filter(key__startswith="files.").order_by("key"))


def infections(actor: Actor) -> QuerySet[Infection]:
    """What the scanner found in files sent to records that an actor may see, of bodies whose files they look after."""
    held = actor.scope(EvidencePermission.KEEP)
    rows = Infection.objects.filter(visible_records(actor, "record__")).select_related("record__organisation")
    if EVERYWHERE not in held:
        rows = rows.filter(record__organisation__in=held)
    return rows.order_by(F("at").desc(), "-pk")
