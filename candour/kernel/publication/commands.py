"""Publishing: frozen, corrected by a later edition, withdrawn with a note; and the duties of the publication scheme."""

import hashlib
from dataclasses import asdict, replace
from datetime import date, datetime

from django.db import models, transaction

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date, say_date
from candour.kernel.history.commands import seal
from candour.kernel.history.queries import last_seal
from candour.kernel.history.recording import recording
from candour.kernel.papers.canonical import fingerprint, to_json
from candour.kernel.people.models import Organisation, Post
from candour.kernel.publication.access import PublicationPermission
from candour.kernel.publication.models import Duty, Published, PublishedFile
from candour.kernel.publication.sources import Copy, source_named
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused, need_reason


def prepare(source: str, key: str, *, organisation: Organisation, actor: Actor, at: datetime) -> Copy:
    """The public copy as it would go out now, with its checks. Raises Forbidden, and LookupError for what is not ready."""
    found = source_named(source)
    for permission in (PublicationPermission.PUBLISH, found.permission):
        require(actor, permission, Record(organisation=organisation))
    return found.write(organisation.pk, key, actor, at)


def publish(
    source: str,
    key: str,
    *,
    organisation: Organisation,
    actor: Actor,
    at: datetime,
    note: str = "",
    reason: str = "",
    seen: str = "",
) -> Published:
    """Publish, or publish a correction of what is out already: seal the history, freeze the copy, record who and why.

    note: of a correction, what is different and why; it is public. seen: the fingerprint of the copy that was looked at.
    Raises Refused for a copy that has changed since, a check that stops it, a failed check without a reason, and a
    correction that corrects nothing; Forbidden; LookupError.
    """
    with transaction.atomic():
        require(actor, PublicationPermission.PUBLISH, Record(organisation=organisation))
        seal(at=at)
        sealed = last_seal()
        copy = prepare(source, key, organisation=organisation, actor=actor, at=at)
        final = replace(copy.document, draft=False)
        mark = fingerprint(final)
        _sound(copy, mark, seen=seen, reason=reason)
        last = editions(organisation, source, key).order_by("-edition").first()
        if last is not None and last.withdrawn_on is None:
            if last.fingerprint == mark:
                raise Refused(
                    "note", f"Nothing differs from what was published on {say_date(local_date(last.published_at))}"
                )
            note = need_note(note)
        with recording("publication.published", actor=actor, at=at, reason=reason.strip() or note.strip()):
            made = Published.objects.create(
                organisation=organisation,
                source=source,
                key=key,
                title=copy.title[:300],
                dated=copy.dated,
                edition=last.edition + 1 if last else 1,
                published_at=at,
                published_by=actor.label,
                document=to_json(final),
                fingerprint=mark,
                seal_root=sealed.root if sealed else "",
                checks=[asdict(check) for check in copy.checks],
                facts=dict(copy.facts),
                note=note.strip(),
                duty=_duty(organisation, f"{source}/{key}", local_date(at)),
            )
            for name, content in sorted(copy.files.items()):
                mark = hashlib.sha256(content).hexdigest()
                PublishedFile.objects.create(published=made, name=name, sha256=mark, content=content)
        if told := source_named(source).published:
            told(organisation.pk, key, actor, at)
        return made


def withdraw(published: Published, *, actor: Actor, at: datetime, reason: str) -> Published:
    """Take a publication back: its address says so from then on, with the reason, and gives nothing of what it held.

    Every edition of it goes. Raises Refused without a reason, and where it was withdrawn already.
    """
    require(actor, PublicationPermission.PUBLISH, Record(organisation=published.organisation))
    why = need_reason(reason, "Say why it is withdrawn: the public reads it in its place")
    if published.withdrawn_on is not None:
        raise Refused("reason", f"It was withdrawn on {say_date(published.withdrawn_on)}")
    standing = editions(published.organisation, published.source, published.key).filter(withdrawn_on=None)
    with transaction.atomic():
        for edition in standing.order_by("edition"):
            with recording("publication.withdrawn", edition, actor=actor, at=at, reason=why):
                edition.withdrawn_on, edition.withdrawn_why = local_date(at), why
                edition.save()
    published.refresh_from_db()
    return published


def take_on_duty(
    *,
    organisation: Organisation,
    group: str,
    title: str,
    law: str,
    months: int,
    fulfilled_by: str,
    owner: Post | None,
    starts: date,
    actor: Actor,
    at: datetime,
    reason: str,
) -> Duty:
    """A new row of the publication scheme. months: between publications, 0 where it is published as it arises.

    Raises Refused for an empty group or title, and one that stands already.
    """
    require(actor, PublicationPermission.KEEP, Record(organisation=organisation))
    group, title = " ".join(group.split()), " ".join(title.split())
    if not group:
        raise Refused("group", "Enter the heading that it stands under")
    if not title:
        raise Refused("title", "Enter what must be published")
    if months not in range(61):
        raise Refused("months", "Enter how many months lie between publications, from 1 to 60, or 0")
    if Duty.objects.filter(organisation=organisation, group=group, title=title, ended_on=None).exists():
        raise Refused("title", "This stands in the scheme already")
    why = need_reason(reason, "Say where the duty comes from")
    with recording("publication.duty_taken_on", actor=actor, at=at, effective=starts, reason=why):
        return Duty.objects.create(
            organisation=organisation,
            group=group[:80],
            title=title[:200],
            law=law.strip()[:200],
            months=months,
            fulfilled_by=fulfilled_by.strip()[:100],
            owner=owner,
            starts=starts,
        )


def change_duty(
    duty: Duty, *, law: str, months: int, fulfilled_by: str, owner: Post | None, actor: Actor, at: datetime, reason: str
) -> Duty:
    """Change the law, the rhythm, what fulfils it, or which post sees to it."""
    require(actor, PublicationPermission.KEEP, Record(organisation=duty.organisation))
    if months not in range(61):
        raise Refused("months", "Enter how many months lie between publications, from 1 to 60, or 0")
    why = need_reason(reason, "Say why it changes")
    with recording("publication.duty_changed", duty, actor=actor, at=at, reason=why):
        duty.law, duty.months, duty.owner = law.strip()[:200], months, owner
        duty.fulfilled_by = fulfilled_by.strip()[:100]
        duty.save()
    return duty


def end_duty(duty: Duty, *, actor: Actor, at: datetime, reason: str) -> Duty:
    """The duty ends; what was published for it stays. Raises Refused where it has ended."""
    require(actor, PublicationPermission.KEEP, Record(organisation=duty.organisation))
    if duty.ended_on is not None:
        raise Refused("reason", f"It ended on {say_date(duty.ended_on)}")
    why = need_reason(reason, "Say why it need not be published any more")
    with recording("publication.duty_ended", duty, actor=actor, at=at, reason=why):
        duty.ended_on = local_date(at)
        duty.save()
    return duty


def editions(organisation: Organisation, source: str, key: str) -> "models.QuerySet[Published]":
    """Every edition of one publication."""
    return Published.objects.filter(organisation=organisation, source=source, key=key)


def need_note(note: str) -> str:
    """The note of a correction. Raises Refused without one."""
    if not note.strip():
        raise Refused("note", "Say what is different from what was published before, and why: the public reads it")
    return note


def _sound(copy: Copy, mark: str, *, seen: str, reason: str) -> None:
    if seen and seen != mark:
        raise Refused("seen", "It has changed since you looked: look at it again, then publish it")
    failed = [check for check in copy.checks if not check.passed]
    stopped = next((check for check in failed if check.stops), None)
    if stopped is not None:
        raise Refused("reason", f"{stopped.words}: {stopped.detail}")
    if failed:
        need_reason(reason, "Say why it is published although a check fails")


def _duty(organisation: Organisation, key: str, day: date) -> Duty | None:
    """The duty that a publication fulfils: of those whose beginning it has, the longest."""
    rows = Duty.objects.filter(organisation=organisation, ended_on=None, starts__lte=day).exclude(fulfilled_by="")
    fitting = [row for row in rows if key.startswith(row.fulfilled_by)]
    return max(fitting, key=lambda row: (len(row.fulfilled_by), -row.pk), default=None)
