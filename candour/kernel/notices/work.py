"""The standing work of the outbox."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from candour.kernel.jobs.works import Failed
from candour.kernel.notices import commands, mailbox, queries, sources
from candour.kernel.notices.models import Copy

ADDRESSES_KEPT = timedelta(days=90)  # a report comes within days of its letter


def remind(at: datetime, given: Mapping[str, Any]) -> str:
    """Write the reminders that are due."""
    return f"{sources.remind(at=at)} written"


def send(at: datetime, given: Mapping[str, Any]) -> str:
    """Send what waits. Raises Failed while something is kept back or may have gone out twice, which a person looks at."""
    if not settings.EMAIL_HOST:
        return f"{len(queries.waiting())} wait: no mail server is named"
    posted = commands.send(at=at)
    said = f"{posted.sent} sent, {posted.kept} waiting, {posted.dropped} no longer needed"
    said += f", {posted.gathered} gathered" if posted.gathered else ""
    said += f", {posted.failed} refused" if posted.failed else ""
    if posted.kept:
        raise Failed(f"{said}: {posted.error}")
    return said


def fetch(at: datetime, given: Mapping[str, Any]) -> str:
    """Read what came back to the mailbox. Raises Failed where it cannot be read."""
    if not settings.RETURNED["host"]:
        return "No mailbox of letters that come back is named"
    known = unknown = 0
    try:
        with mailbox.opened(settings.RETURNED) as box:
            for name, message in mailbox.unread(box):
                ours, others = commands.take_in(message, at=at)
                mailbox.mark_read(box, name)
                known, unknown = known + ours, unknown + others
    except mailbox.Unread as away:
        raise Failed(str(away)) from None
    return f"{known} letters came back" + (f", {unknown} that are not known" if unknown else "")


def sweep(at: datetime, given: Mapping[str, Any]) -> str:
    """Forget to which addresses letters went that were sent long ago."""
    old = Copy.objects.filter(sent_at__lt=at - ADDRESSES_KEPT).exclude(address="")
    return f"{old.update(address='')} addresses forgotten"
