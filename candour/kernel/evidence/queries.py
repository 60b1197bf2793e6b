"""What can be asked about evidence: the files of a record, live or as at a day; one file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from candour.kernel.access import Actor, allowed
from candour.kernel.composed import Composed
from candour.kernel.evidence import kinds
from candour.kernel.evidence.access import EvidencePermission
from candour.kernel.evidence.models import File, visible_files
from candour.kernel.history.models import Snapshot
from candour.kernel.history.queries import as_at as states_on
from candour.kernel.records.models import Record
from candour.kernel.records.queries import seen_on


@dataclass(frozen=True)
class FileRow:
    """A file as a page shows it. kind in words; size in bytes; added_by: the post that added it, as it was called then.

    address gives its bytes, and is "" for a file that was erased. remove: where to take it off, "" on a past day.
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

    @property
    def size_text(self) -> str:
        """204 kB or 1.3 MB."""
        if self.size < 1000 * 1000:
            return f"{max(1, round(self.size / 1000))} kB"
        return f"{self.size / 1000 / 1000:.1f} MB"


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
        now = {row["id"]: row for row in rows.annotate(added_by=added_by()).values("id", "erased_on", "added_by")}
        found = [values | now[values["id"]] for values in states_on(rows, as_at) if values["removed_on"] is None]
        return RecordFiles(_in_order([file_row(values, record=record) for values in found]))
    may_add = allowed(actor, EvidencePermission.ADD, record)
    listed = [file_row(values, record=record, may_remove=may_add) for values in _standing(actor, record=record.pk)]
    return RecordFiles(_in_order(listed), address("file-new", record) if may_add else "")


@Composed
def _standing(actor: Actor, *, record: int) -> Any:
    rows = File.objects.filter(visible_files(actor), record=record, removed_on=None)
    return rows.annotate(added_by=added_by()).values()


def added_by() -> Subquery:
    """The label of whoever added a file, from the first entry that holds it."""
    first = Snapshot.objects.filter(model=File._meta.label_lower, key=OuterRef("pk")).order_by("sequence")
    return Subquery(first.values("entry__actor_label")[:1])


def file_at(kind: str, organisation: str, reference: str, number: int, *, actor: Actor) -> File:
    """One file at its address. Raises File.DoesNotExist alike for a hidden one and one that never was. One query."""
    found = File.objects.filter(visible_files(actor), record__kind=kind, record__organisation__code=organisation)
    return found.select_related("record__organisation").get(record__reference=reference, pk=number)


def file_row(values: Mapping[str, Any], *, record: Record, may_remove: bool = False) -> FileRow:
    """A row from its values, live or as at a day."""
    return FileRow(
        key=values["id"],
        name=values["name"],
        kind=kinds.named(values["media_type"]),
        size=values["size"],
        sha256=values["sha256"],
        added_on=values["added_on"],
        added_by=values["added_by"] or "",
        address="" if values["erased_on"] else address("file", record, number=values["id"]),
        remove=address("file-remove", record, number=values["id"]) if may_remove else "",
    )


def address(name: str, record: Record, **more: int) -> str:
    """The address of a page about a record's files."""
    return reverse(name, args=[record.kind, record.organisation.code, record.reference, *more.values()])


def _in_order(rows: list[FileRow]) -> tuple[FileRow, ...]:
    return tuple(sorted(rows, key=lambda row: (row.added_on, row.key), reverse=True))
