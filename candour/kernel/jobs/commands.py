"""Asking for jobs, and doing them: claimed by one worker at a time, tried again where they fail."""

import logging
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from time import perf_counter
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q, QuerySet

from candour.kernel.jobs.models import Job
from candour.kernel.jobs.rules import Every, wait
from candour.kernel.jobs.works import LEASE, Failed, Work, works
from candour.kernel.logs.context import current_id, new_id, within
from candour.kernel.logs.counting import Counted

Clock = Callable[[], datetime]
UNEXPECTED = "Something went wrong that nobody foresaw. It is in the log of the worker"
log = logging.getLogger("candour.jobs")


def ask_for(name: str, key: str, given: Mapping[str, Any], *, at: datetime) -> bool:
    """Ask for work in the transaction of what causes it; gives whether it was not asked for already by that key."""
    new = {"name": name, "given": dict(given), "due_at": at, "request": current_id()}
    return Job.objects.get_or_create(key=key, defaults=new)[1]


def stand(*, at: datetime) -> None:
    """Have a job of every work with a schedule; two workers may do it at once. What is new is due now, or in its hour."""
    wanted = {name: work.schedule for name, work in works().items() if work.schedule}
    there = set(Job.objects.filter(key__in=wanted).values_list("key", flat=True))
    new = [
        Job(name=name, key=name, due_at=at if isinstance(schedule, Every) else schedule.after(at))
        for name, schedule in wanted.items()
        if name not in there
    ]
    if new:
        Job.objects.bulk_create(new, ignore_conflicts=True)


def follow_the_clock(*, at: datetime) -> None:
    """Where the clock was set back, what would now wait for longer than it ever may is due sooner, and so are leases over."""
    Job.objects.filter(ended_at=None, lease_until__gt=at + LEASE).update(lease_until=at + LEASE)
    for job in Job.objects.filter(ended_at=None, due_at__gt=at, name__in=list(works())):
        schedule = works()[job.name].schedule
        latest = at + wait(job.tries) if job.error else schedule.after(at) if schedule else at
        if job.due_at > latest:
            Job.objects.filter(pk=job.pk, due_at=job.due_at).update(due_at=latest)


def due(at: datetime) -> QuerySet[Job]:
    """The jobs that may be claimed, first due first: nobody has them, or whoever had them let the lease run out."""
    free = Q(lease_until=None) | Q(lease_until__lt=at)
    return Job.objects.filter(free, ended_at=None, due_at__lte=at, name__in=list(works())).order_by("due_at", "pk")


def claim(*, at: datetime) -> Job | None:
    """Take the job that is due first, for LEASE; None where nothing is due. No two claims take the same."""
    if not due(at).exists():  # on SQLite a transaction takes the one right to write
        return None
    holder = secrets.token_hex(16)
    with transaction.atomic():
        waiting = due(at)
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        job = waiting.first()
        if job is None:
            return None
        taken = due(at).filter(pk=job.pk, holder=job.holder)
        if not taken.update(holder=holder, lease_until=at + LEASE, begun_at=at, tries=F("tries") + 1):
            return None
        return Job.objects.get(pk=job.pk)


def renew(job: Job, *, at: datetime) -> bool:
    """Hold a claimed job for LEASE from now; False where another has it by now."""
    return bool(Job.objects.filter(pk=job.pk, holder=job.holder, ended_at=None).update(lease_until=at + LEASE))


def end(job: Job, *, at: datetime, said: str = "", error: str = "") -> bool:
    """Give a claimed job back: done, due again, or given up. False where another has it by now, and nothing changes."""
    work = works()[job.name]
    values: dict[str, Any] = {"holder": "", "lease_until": None, "said": said[:2000], "error": error[:2000]}
    if not error:
        values |= {"tries": 0, "went_well_at": at}
        values |= {"due_at": work.schedule.after(job.begun_at or at)} if work.schedule else {"ended_at": at}
    elif work.schedule is None and job.tries >= work.most:
        values["ended_at"] = at
    else:
        values["due_at"] = at + wait(job.tries)
    return bool(Job.objects.filter(pk=job.pk, holder=job.holder).update(**values))


def do_one(clock: Clock) -> Job | None:
    """Claim what is due first and do it; gives the job as it then is, or None where nothing is due."""
    job = claim(at=clock())
    if job is None:
        return None
    work = works()[job.name]
    if work.schedule is None and job.tries > work.most:  # whoever had it died each time
        end(job, at=clock(), error=job.error or "Whoever did it died each time")
        return Job.objects.get(pk=job.pk)
    counted, begun = Counted(lambda: job.name), perf_counter()
    with within(job.request or new_id(), work=job.name), counted.watching():
        said, error = _done(work, job, clock)
        facts = {"ms": round((perf_counter() - begun) * 1000, 1), "queries": counted.queries, "tries": job.tries}
        log.log(logging.ERROR if error else logging.INFO, "job", extra={**facts, "came": error or said})
    end(job, at=clock(), said=said, error=error)
    return Job.objects.get(pk=job.pk)


def _done(work: Work, job: Job, clock: Clock) -> tuple[str, str]:
    """(what came of it, why it failed)."""
    try:
        with _held(job, clock):
            return work.run(clock(), job.given), ""
    except Failed as failed:
        return "", str(failed)
    except Exception as error:
        log.exception("The job %s failed", job.key)
        return "", f"{UNEXPECTED}: {type(error).__name__}"


@contextmanager
def _held(job: Job, clock: Clock) -> Iterator[None]:
    """Renew the lease beside the work for as long as it takes."""
    over = threading.Event()

    def keep_on() -> None:
        while not over.wait(LEASE.total_seconds() / 4):
            try:
                if not renew(job, at=clock()):
                    return
            except DatabaseError:  # tried again in time
                log.warning("The lease of %s could not be renewed", job.key)
            finally:
                connection.close()

    beside = threading.Thread(target=keep_on, name="lease", daemon=True)
    beside.start()
    try:
        yield
    finally:
        over.set()
        beside.join()
