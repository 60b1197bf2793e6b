"""The verbs of evidence: add a file to a record, take one off it, and erase what must not be kept."""

from datetime import date, datetime
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.evidence import kinds, store
from candour.kernel.evidence.access import EvidencePermission
from candour.kernel.evidence.models import File
from candour.kernel.history.access import HistoryPermission
from candour.kernel.history.recording import recording
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused, need_reason


def add_file(
    record: Record,
    *,
    name: str,
    content: BinaryIO,
    actor: Actor,
    at: datetime,
    reason: str = "",
    effective: date | None = None,
) -> File:
    """Add a file to a record; one that is there already, by its content, stays as it is and is given back.

    content: a stream that can be read twice. Raises Refused for a file that is not taken as evidence: see kinds.look.
    """
    require(actor, EvidencePermission.ADD, record)
    called = kinds.clean_name(name)
    size = content.seek(0, 2)
    kind = kinds.look(called, content, size=size, limit=settings.FILE_LIMIT)
    digest = store.digest_of(content)
    try:
        store.keep(content, digest)
    except OSError:
        raise Refused("file", "The file could not be kept. Choose it again") from None
    standing = File.objects.filter(record=record, sha256=digest, removed_on=None)
    if found := standing.first():
        return found
    day = effective or local_date(at)
    with recording("evidence.added", record, actor=actor, at=at, effective=day, reason=reason.strip()):
        return File.objects.create(
            record=record, sha256=digest, name=called, media_type=kind.media_type, size=size, added_on=day
        )


def remove_file(file: File, *, actor: Actor, at: datetime, reason: str, effective: date | None = None) -> File:
    """Take a file off its record; it stays in the record's past, bytes too. Raises Refused without a reason."""
    require(actor, EvidencePermission.ADD, file.record)
    why = need_reason(reason, "Say why the file goes")
    if file.removed_on is not None:
        raise Refused("reason", "This file was already taken off")
    with recording("evidence.removed", file.record, actor=actor, at=at, effective=effective, reason=why):
        file.removed_on = effective or local_date(at)
        file.save()
    return file


def erase_file(file: File, *, actor: Actor, at: datetime, reason: str) -> File:
    """Remove a file's bytes for good, because they must not be kept. Its name, size and hash stay in history.

    Bytes that another record's file also holds stay until that one is erased too. Raises Refused without a reason.
    """
    require(actor, HistoryPermission.REDACT, file.record)
    why = need_reason(reason, "Say why, without repeating what must not be kept")
    if file.erased_on is not None:
        raise Refused("reason", "This file was already erased")
    with recording("evidence.erased", file.record, actor=actor, at=at, reason=why):
        file.erased_on = local_date(at)
        file.removed_on = file.removed_on or file.erased_on
        file.save()
        if not File.objects.filter(sha256=file.sha256, erased_on=None).exists():
            transaction.on_commit(lambda: store.erase(file.sha256))
    return file
