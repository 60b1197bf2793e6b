"""What is done where a letter came back: it is noted, its address is left alone, and whoever caused it is told."""

import logging
from datetime import datetime

from django.db import transaction

from candour.kernel.access import Actor, require
from candour.kernel.jobs.access import SystemPermission
from candour.kernel.notices.commands.writing import Letter, write
from candour.kernel.notices.mailing import Refusal
from candour.kernel.notices.models import Copy, Notice, Returned, Unreachable
from candour.kernel.notices.reports import Report, read_reports
from candour.kernel.notices.rules import cause, shuts

SUBJECTS = {
    Returned.Kind.FAILED: "Not delivered: {subject}",
    Returned.Kind.DELAYED: "Not delivered yet: {subject}",
    Returned.Kind.COMPLAINT: "Marked as unwanted: {subject}",
}
TEXTS = {
    Returned.Kind.FAILED: "Your letter to {addressee} did not arrive:\n{subject}\n\n{cause}.\n\n"
    "When that is mended, send it again:\n{{link}}\n",
    Returned.Kind.DELAYED: "Your letter to {addressee} has not arrived yet; the mail server goes on trying:\n{subject}\n\n"
    "If it matters, tell them in another way. How it stands:\n{{link}}\n",
    Returned.Kind.COMPLAINT: "Somebody who got your letter to {addressee} marked it as unwanted:\n{subject}\n\n"
    "Ask them: letters that a post must have cannot be switched off. How it stands:\n{{link}}\n",
}
ABOUT = "letters"
log = logging.getLogger("candour.letters")


def came_back(notice: Notice, refusal: Refusal, *, at: datetime) -> bool:
    """Note that a letter did not reach an address; gives whether that was not known. What it gathered did not arrive either."""
    kind = Returned.Kind(refusal.kind)
    facts = {"status": refusal.status, "said": refusal.said[:500]}
    with transaction.atomic():
        row, new = Returned.objects.get_or_create(
            notice=notice, address=refusal.address.lower(), kind=kind, defaults={**facts, "at": at}
        )
        if not new and row.settled_at is None:
            return False
        if not new:
            Returned.objects.filter(pk=row.pk).update(**facts, at=at, settled_at=None)
        if kind is Returned.Kind.FAILED and shuts(refusal.status):
            Unreachable.objects.get_or_create(address=refusal.address.lower(), defaults={**facts, "since": at})
        if notice.sender_id is not None:
            write([_told(notice, row, kind, refusal, at)], at=at)
        for copy in Copy.objects.filter(inside=notice).select_related("notice__to", "notice__person", "notice__sender"):
            came_back(copy.notice, refusal, at=at)
    return True


def take_in(raw: bytes, *, at: datetime) -> tuple[int, int]:
    """Read one message that came to the address of returns; gives how many letters it was about, and how many were not ours."""
    known = unknown = 0
    for report in read_reports(raw):
        found = _copy_of(report)
        if found is None:
            unknown += 1
            continue
        notice, address = found
        came_back(notice, Refusal(address, report.status, report.said, report.kind), at=at)
        known += 1
    return known, unknown


def receives_again(address: str, *, actor: Actor, at: datetime) -> bool:
    """Letters go to an address again; gives whether they did not. For who keeps the system."""
    require(actor, SystemPermission.KEEP)
    log.info("address receives again", extra={"by": f"{actor.kind}:{actor.id}"})
    return bool(Unreachable.objects.filter(address=address.lower()).delete()[0])


def _copy_of(report: Report) -> tuple[Notice, str] | None:
    """The letter that a report is about, and the address that it was sent to: one that it names, or the only one."""
    rows = Notice.objects.filter(message=report.message).exclude(message="").select_related("to", "person", "sender")
    notice = rows.first()
    if notice is None:
        return None
    sent = list(Copy.objects.filter(notice=notice).exclude(address="").values_list("address", flat=True))
    named = [address for address in sent if address in report.addresses]
    only = named or (sent if len(sent) == 1 else [])
    return (notice, only[0]) if only else None


def _told(notice: Notice, row: Returned, kind: Returned.Kind, refusal: Refusal, at: datetime) -> Letter:
    """The letter to whoever caused it. Which address it was is read in Candour, by those who may."""
    said = {"subject": notice.subject, "addressee": addressee_said(notice), "cause": cause(refusal.status)}
    return Letter(
        key=f"returned:{row.pk}:{at.isoformat()}",
        to=None,
        person=notice.sender,
        subject=SUBJECTS[kind].format(subject=notice.subject)[:200],
        text=TEXTS[kind].format(**said),
        about=ABOUT,
        about_id=notice.pk,
    )


def addressee_said(notice: Notice) -> str:
    """Whom a letter is for, within a sentence."""
    return notice.person.name if notice.person is not None else f"the {notice.to}"
