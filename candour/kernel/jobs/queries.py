"""What lies in the queue."""

from datetime import datetime, timedelta

from django.db.models import Q

from candour.kernel.jobs.models import Job
from candour.kernel.jobs.works import works

LATE = timedelta(minutes=10)


def jobs() -> list[Job]:
    """The standing jobs by name, then what was asked for, latest first, 200 at most. One query."""
    rows = Job.objects.order_by("-pk")[:200]
    return sorted(rows, key=lambda job: (job.key != job.name, job.key if job.key == job.name else ""))


def failing() -> list[Job]:
    """Those that failed last, and those that were given up. One query."""
    return list(Job.objects.exclude(error="").order_by("pk"))


def late(at: datetime) -> list[Job]:
    """Those that were due some time ago and that nobody has: no worker runs. One query."""
    free = Q(lease_until=None) | Q(lease_until__lt=at)
    rows = Job.objects.filter(free, ended_at=None, due_at__lt=at - LATE, name__in=list(works()))
    return list(rows.order_by("due_at", "pk"))
