"""What can be done to any record: share it with another organisation, link it to another."""

from datetime import datetime

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Organisation
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.models import Link, Record, Share


def share(record: Record, *, organisation: Organisation, actor: Actor, at: datetime, reason: str) -> Share:
    """Let another organisation see a record. Sharing twice changes nothing."""
    require(actor, RecordPermission.SHARE, record)
    standing = Share.objects.filter(record=record, organisation=organisation, ended=None).first()
    if standing:
        return standing
    with recording("record.shared", record, actor=actor, at=at, reason=reason):
        return Share.objects.create(record=record, organisation=organisation)


def stop_sharing(share: Share, *, actor: Actor, at: datetime, reason: str) -> None:
    """The other organisation sees the record no longer."""
    require(actor, RecordPermission.SHARE, share.record)
    with recording("record.unshared", share.record, actor=actor, at=at, reason=reason):
        share.ended = local_date(at)
        share.save()


def link(record: Record, *, to: Record, how: str, actor: Actor, at: datetime, reason: str) -> Link:
    """Say that a record bears on another. Linking twice changes nothing."""
    require(actor, RecordPermission.LINK, record)
    standing = Link.objects.filter(record=record, to=to, ended=None).first()
    if standing:
        return standing
    with recording("record.linked", record, actor=actor, at=at, reason=reason):
        return Link.objects.create(record=record, to=to, how=how)


def unlink(link: Link, *, actor: Actor, at: datetime, reason: str) -> None:
    """The link ends; history keeps it."""
    require(actor, RecordPermission.LINK, link.record)
    with recording("record.unlinked", link.record, actor=actor, at=at, reason=reason):
        link.ended = local_date(at)
        link.save()
