"""Counting wrong answers: each is counted before it is looked at, so that many at once are counted too."""

from datetime import datetime, timedelta

from django.db.models import F

from candour.kernel.signin.keys import digest
from candour.kernel.signin.models import Throttle
from candour.kernel.signin.rules import FIRST_WAIT, FORGOTTEN_AFTER, wait_after

TRIES = 4


def count(key: str, *, account: str, free: int, at: datetime) -> timedelta:
    """Count one answer as wrong; gives how long to wait instead where nobody is asked yet.

    One row, changed only from the state that was read, so that of many at once each is counted.
    """
    for _ in range(TRIES):
        first = {"account": account, "failures": 1, "opens_at": at + wait_after(1, free=free), "last_at": at}
        row, made = Throttle.objects.get_or_create(key=digest(key), defaults=first)
        if made:
            return timedelta()
        if row.opens_at > at:
            return row.opens_at - at
        failures = 1 if at - row.last_at > FORGOTTEN_AFTER else row.failures + 1
        same = Throttle.objects.filter(pk=row.pk, failures=row.failures, last_at=row.last_at, opens_at=row.opens_at)
        if same.update(failures=failures, opens_at=at + wait_after(failures, free=free), last_at=at):
            return timedelta()
    return FIRST_WAIT


def right(key: str, *, at: datetime) -> None:
    """The answer that was counted was right: the count begins anew."""
    Throttle.objects.filter(key=digest(key)).update(failures=0, opens_at=at)


def right_from(key: str, *, at: datetime) -> None:
    """The answer from an address was right: it is not counted, those before it still are."""
    Throttle.objects.filter(key=digest(key), failures__gt=0).update(failures=F("failures") - 1, opens_at=at)


def clear(account: str) -> int:
    """Forget every count of an account; gives how many there were."""
    return Throttle.objects.filter(account=account).delete()[0]
