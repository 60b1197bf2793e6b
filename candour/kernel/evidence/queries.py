"""What can be asked about evidence: the files of a record, live or as at a day; one file."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import CharField, DateTimeField, Exists, Max, Min, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from candour.kernel.access import Actor, allowed
from candour.kernel.composed import Composed
from candour.kernel.evidence import kinds, scanner
from candour.kernel.evidence.access import EvidencePermission
from candour.kernel.evidence.models import File, Stored, visible_files
from candour.kernel.evidence.rules import Room, say_size
from candour.kernel.history.models import Snapshot
from candour.kernel.history.queries import as_at as states_on
from candour.kernel.people.models import Organisation
from candour.kernel.records.models import Record
from candour.kernel.records.queries import seen_on

WAITING, INFECTED = "waiting", "infected"  # for which bytes are not given out


@dataclass(frozen=True)
class FileRow:
    """A file as a page shows it. kind in words; size in bytes; added_by: the post that added it, as it was called then.

    address gives its bytes, and is "" for a file that was erased or is shut: WAITING for the virus scanner, or INFECTED.
    remove: where to take it off, "" on a past day.
    """

    key: int
    name: str
    kind: str
    size: int
    sha256: str
    added_on: date
    added_by: str
    address: str
    remove: str = ""
    erased: bool = False
    shut: str = ""

    @property
    def size_text(self) -> str:
        """204 kB or 1.3 MB."""
        return say_size(max(1, self.size))


@dataclass(frozen=True)
class RecordFiles:
    """The files of a record, newest first. add: where to add one, or "" for one who may not or on a past day."""

    rows: tuple[FileRow, ...]
    add: str = ""


def files_of(record: Record, *, actor: Actor, as_at: date | None = None) -> RecordFiles:
    """The files of a record that an actor may see; none for one who may not see evidence. One query.

    as_at: those that stood at the end of that day, read only; three queries.
    """
    if as_at is not None:
        if not seen_on(record, actor=actor, day=as_at):
            return RecordFiles(())
        rows = File.objects.filter(visible_files(actor), record=record)
        columns = ("id", "erased_on", "added_by", "scanned_at", "found")
        now = {row["id"]: row for row in rows.annotate(added_by=added_by(), **scan_of()).values(*columns)}
        found = [values | now[values["id"]] for values in states_on(rows, as_at) if values["removed_on"] is None]
        return RecordFiles(_in_order([file_row(values, record=record) for values in found]))
    may_add = allowed(actor, EvidencePermission.ADD, record)
    listed = [file_row(values, record=record, may_remove=may_add) for values in _standing(actor, record=record.pk)]
    return RecordFiles(_in_order(listed), address("file-new", record) if may_add else "")


@Composed
def _standing(actor: Actor, *, record: int) -> Any:
    rows = File.objects.filter(visible_files(actor), record=record, removed_on=None)
    return rows.annotate(added_by=added_by(), **scan_of()).values()


def added_by() -> Subquery:
    """The label of whoever added a file, from the first entry that holds it."""
    first = Snapshot.objects.filter(model=File._meta.label_lower, key=OuterRef("pk")).order_by("sequence")
    return Subquery(first.values("entry__actor_label")[:1])


def scan_of() -> dict[str, Any]:
    """What is known of the scan of a file's bytes, as columns: scanned_at and found."""
    known = Stored.objects.filter(sha256=OuterRef("sha256"))
    return {
        "scanned_at": Subquery(known.values("scanned_at")[:1], output_field=DateTimeField()),
        "found": Coalesce(Subquery(known.values("found")[:1], output_field=CharField()), Value("")),
    }


def shut_for(scanned_at: datetime | None, found: str) -> str:
    """Why bytes are not given out: INFECTED, WAITING where there is a scanner that has not seen them, else ""."""
    if found:
        return INFECTED
    return WAITING if scanner.scans() and scanned_at is None else ""


def why_shut(digest: str) -> str:
    """The same of stored bytes, by their hash. One query."""
    return shut_among([digest]).get(digest, "")


def shut_among(digests: Collection[str]) -> dict[str, str]:
    """Of stored bytes those that are not given out, by their hash, and why. One query."""
    rows = Stored.objects.filter(sha256__in=digests).values_list("sha256", "scanned_at", "found")
    known = {digest: (scanned_at, found) for digest, scanned_at, found in rows}
    told = {digest: shut_for(*known.get(digest, (None, ""))) for digest in digests}
    return {digest: why for digest, why in told.items() if why}


def room_of(organisation: Organisation) -> Room:
    """What the files of a body take, each content once, those that were taken off too, as their bytes stay. One query."""
    rows = File.objects.filter(record__organisation=organisation, erased_on=None).order_by()
    used = rows.values("sha256").annotate(bytes=Max("size")).aggregate(used=Sum("bytes"))["used"]
    return Room(used or 0, settings.FILES_QUOTA)


def held_until(digest: str, *, at: datetime) -> datetime | None:
    """Until when nobody can erase stored bytes, an administrator of the object store neither; None where one can."""
    if settings.STORE_LOCK != "COMPLIANCE":
        return None
    return Stored.objects.filter(sha256=digest, held_until__gt=at).values_list("held_until", flat=True).first()


def unscanned() -> QuerySet[File]:
    """Files whose bytes no scanner has looked through, one of each content, oldest first."""
    done = Stored.objects.filter(sha256=OuterRef("sha256"), scanned_at__isnull=False)
    waiting = File.objects.filter(erased_on=None).exclude(Exists(done)).order_by()
    first = waiting.values("sha256").annotate(first=Min("pk")).values("first")
    return File.objects.filter(pk__in=first).order_by("pk")


def file_at(kind: str, organisation: str, reference: str, number: int, *, actor: Actor) -> File:
    """One file at its address. Raises File.DoesNotExist alike for a hidden one and one that never was. One query."""
    found = File.objects.filter(visible_files(actor), record__kind=kind, record__organisation__code=organisation)
    return found.select_related("record__organisation").get(record__reference=reference, pk=number)


def file_row(values: Mapping[str, Any], *, record: Record, may_remove: bool = False) -> FileRow:
    """A row from its values, live or as at a day."""
    shut = shut_for(values["scanned_at"], values["found"])
    return FileRow(
        key=values["id"],
        name=values["name"],
        kind=kinds.named(values["media_type"]),
        size=values["size"],
        sha256=values["sha256"],
        added_on=values["added_on"],
        added_by=values["added_by"] or "",
        address="" if values["erased_on"] or shut else address("file", record, number=values["id"]),
        remove=address("file-remove", record, number=values["id"]) if may_remove else "",
        erased=values["erased_on"] is not None,
        shut=shut,
    )


def address(name: str, record: Record, **more: int) -> str:
    """The address of a page about a record's files."""
    return reverse(name, args=[record.kind, record.organisation.code, record.reference, *more.values()])


def _in_order(rows: list[FileRow]) -> tuple[FileRow, ...]:
    return tuple(sorted(rows, key=lambda row: (row.added_on, row.key), reverse=True))
