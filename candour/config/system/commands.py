"""What who keeps the system does: have a job tried again."""

import logging
from datetime import datetime

from django.db.models import Q

from candour.kernel.access import Actor, require
from candour.kernel.jobs.access import SystemPermission
from candour.kernel.jobs.models import Job
from candour.kernel.rules import Refused

log = logging.getLogger("candour.jobs")


def try_again(job: Job, *, actor: Actor, at: datetime) -> None:
    """A job that failed, or was given up, is due now. Raises Refused for one that did not fail, or that somebody does now."""
    require(actor, SystemPermission.KEEP)
    free = Q(lease_until=None) | Q(lease_until__lt=at)
    failed = Job.objects.filter(free, pk=job.pk).exclude(error="")
    if not failed.update(due_at=at, ended_at=None, tries=0, holder="", lease_until=None):
        raise Refused("", "It did not fail, or is being done now: look again in a minute")
    log.info("job tried again", extra={"work": job.name, "by": f"{actor.kind}:{actor.id}"})
