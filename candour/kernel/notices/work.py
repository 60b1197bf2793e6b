"""The standing work of the outbox."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings

from candour.kernel.jobs.works import Failed
from candour.kernel.notices import commands, queries, sources


def remind(at: datetime, given: Mapping[str, Any]) -> str:
    """Write the reminders that are due."""
    return f"{sources.remind(at=at)} written"


def send(at: datetime, given: Mapping[str, Any]) -> str:
    """Send what waits. Raises Failed while something is kept back or may have gone out twice, which a person looks at."""
    if not settings.EMAIL_HOST:
        return f"{len(queries.waiting())} wait: no mail server is named"
    posted = commands.send(at=at)
    said = f"{posted.sent} sent, {posted.kept} waiting, {posted.dropped} no longer needed"
    if posted.kept:
        raise Failed(f"{said}: {posted.error}")
    return said
