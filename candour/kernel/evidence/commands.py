"""The verbs of evidence: add a file to a record, take one off it, and erase what must not be kept."""

import logging
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from candour.kernel.access import CANDOUR, Actor, require
from candour.kernel.calendar import local_date, say_date
from candour.kernel.evidence import kinds, scanner, store
from candour.kernel.evidence.access import EvidencePermission
from candour.kernel.evidence.models import File, Infection, Stored
from candour.kernel.evidence.queries import held_until, room_of
from candour.kernel.evidence.rules import say_size
from candour.kernel.history.access import HistoryPermission
from candour.kernel.history.recording import recording
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused, need_reason

log = logging.getLogger(__name__)
ACCEPT = (
    "accept"  # of settings.UNSCANNED: take a file in while the scanner is away, and give it out once it was scanned
)
erasing: list[Callable[[Record], None]] = []  # of those above: each raises Refused where nothing may be removed

NO_SCANNER = (
    "The virus scanner does not answer, so no file is taken in for now. What you wrote is kept on this page: choose the file"
    " again and send it in a few minutes"
)
INFECTED = (
    "The virus scanner found {found} in this file, so it is not taken in. Do not open it again; tell whoever looks after"
    " your computers, and ask for a clean copy"
)
NO_ROOM = (
    "There is no room for this file: it has {size}, and {left} of {quota} is left for the files of {body}. Make it smaller,"
    " or ask whoever runs Candour for more room"
)


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

    content: a stream that can be read twice. Raises Refused for a file that is not taken as evidence (see kinds.look), in
    which the virus scanner finds something, or for which there is no room; and where scanner or store are away.
    """
    require(actor, EvidencePermission.ADD, record)
    called = kinds.clean_name(name)
    size = content.seek(0, 2)
    kind = kinds.look(called, content, size=size, limit=settings.FILE_LIMIT)
    digest = store.digest_of(content)
    if found := File.objects.filter(record=record, sha256=digest, removed_on=None).first():
        store.take(content, digest)  # which puts bytes back that were lost
        return found
    _need_room(record, digest, size)
    scanned = _scanned(content, record=record, name=called, digest=digest, actor=actor, at=at)
    store.take(content, digest)
    day = effective or local_date(at)
    with recording("evidence.added", record, actor=actor, at=at, effective=day, reason=reason.strip()):
        known = store.claim(content, digest)
        if scanned:
            known.scanned_at, known.found = at, ""
            known.save(update_fields=["scanned_at", "found"])
        return File.objects.create(
            record=record, sha256=digest, name=called, media_type=kind.media_type, size=size, added_on=day
        )


def _need_room(record: Record, digest: str, size: int) -> None:
    """Raises Refused for a file that does not fit into what its body may keep; content that it holds already does."""
    room = room_of(record.organisation)
    if room.holds(size):
        return
    if File.objects.filter(record__organisation=record.organisation_id, sha256=digest, erased_on=None).exists():
        return
    said = {"size": say_size(size), "left": room.left_text, "quota": room.quota_text}
    raise Refused("file", NO_ROOM.format(**said, body=record.organisation.short_name))


def _scanned(content: BinaryIO, *, record: Record, name: str, digest: str, actor: Actor, at: datetime) -> bool:
    """Whether a scanner looked through a file and found nothing; False where none is configured, or where one is away and
    the settings take files in all the same. Raises Refused."""
    if not scanner.scans():
        return False
    try:
        found = scanner.scan(content)
    except scanner.NoScanner as away:
        log.warning("A file was sent while it could not be scanned: %s", away)
        if settings.UNSCANNED == ACCEPT:
            return False
        raise Refused("file", NO_SCANNER) from None
    if found:
        noted = partial(
            note_infection, record, name=name, digest=digest, found=found, by=actor.label, at=at, taken=False
        )
        raise Refused("file", INFECTED.format(found=found), noted)
    return True


def note_infection(
    record: Record, *, name: str, digest: str, found: str, by: str, at: datetime, taken: bool
) -> Infection:
    """Keep that a file held something, for whoever looks after the store. The bytes of one that was sent are not kept."""
    log.warning("The virus scanner found %s in a file sent to %s", found, record)
    return Infection.objects.create(
        record=record, name=name[:255], sha256=digest, found=found[:200], by=by, at=at, taken=taken
    )


def note_scan(digest: str, *, found: str, at: datetime) -> list[File]:
    """What a scanner found in bytes that were taken in before it looked; gives the files that are taken off for it.

    Of infected bytes every file leaves its record, recorded as Candour’s own act. The bytes stay, as history names them, and
    are never given out.
    """
    with transaction.atomic():
        Stored.objects.update_or_create(sha256=digest, defaults={"scanned_at": at, "found": found[:200]})
        if not found:
            return []
        files = list(File.objects.filter(sha256=digest, erased_on=None).select_related("record"))
        for file in files:
            note_infection(file.record, name=file.name, digest=digest, found=found, by="Candour", at=at, taken=True)
            if file.removed_on is None:
                why = f"The virus scanner found {found}"
                with recording("evidence.infected", file.record, actor=CANDOUR, at=at, reason=why):
                    file.removed_on = local_date(at)
                    file.save()
    return files


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
    for look in erasing:
        look(file.record)
    if until := held_until(file.sha256, at=at):
        raise Refused(
            "reason",
            f"The object store lets nobody erase this file before {say_date(local_date(until))}: ask again then",
        )
    with recording("evidence.erased", file.record, actor=actor, at=at, reason=why):
        file.erased_on = local_date(at)
        file.removed_on = file.removed_on or file.erased_on
        file.save()
        if not File.objects.filter(sha256=file.sha256, erased_on=None).exists():
            transaction.on_commit(
                partial(store.erase, file.sha256), robust=True
            )  # what fails here the sweep does later
    return file
