"""Counting within a minute, for several processes, without a write for each request.

A process takes a tenth of the minute's count from the database at a time, and its requests use that up in memory. The first
tenth is taken on trust and paid for with the second, so that whoever asks now and then costs nothing. So with one process the
limit is exact, and each further one can let through a tenth more. Once nothing is left, refusing costs nothing either.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from django.conf import settings
from django.db import DatabaseError
from django.db.models import F
from django.utils.crypto import salted_hmac

from candour.kernel.limits.models import Allowance
from candour.kernel.limits.rules import LIMITS, left_of, minute_of, share_of

security = logging.getLogger("candour.security")


class TooOften(Exception):
    """Asked more often than may be. seconds: until it may be asked again; words: what was done too often."""

    def __init__(self, seconds: int, words: str) -> None:
        super().__init__(f"{words} too often: wait {seconds} seconds")
        self.seconds, self.words = seconds, words


@dataclass
class _Held:
    """What a process holds of one count: how many are left, how many are not paid for, whether the minute's are gone."""

    left: int
    owed: int
    gone: bool = False


class Counter:
    """The counts of one process, of the minute that is."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._minute = 0
        self._held: dict[str, _Held] = {}

    def take(self, key: str, *, most: int, at: datetime) -> bool:
        """Count one; False where the minute's count is used up. A write for every tenth of it, at most."""
        minute, share = minute_of(at), share_of(most)
        with self._lock:
            if minute != self._minute:
                self._minute, self._held = minute, {}
            held = self._held.setdefault(key, _Held(share, share))
            if held.left:
                held.left -= 1
                return True
            if held.gone:
                return False
            owed, held.owed = held.owed, 0
        taken = _taken(key, minute, owed + share, most)
        with self._lock:
            if taken:
                held.left += share - 1
            elif not held.left:
                held.gone = True
                security.warning("Too often: %s", key)
        return taken


_counter = Counter()


def wait_for(name: str, who: str, *, at: datetime) -> int:
    """Count one for somebody; gives 0, or how many seconds they must wait."""
    most = settings.LIMITS[name]
    return 0 if not most or _counter.take(f"{name} {who}", most=most, at=at) else left_of(at)


def need(name: str, who: str, *, at: datetime) -> None:
    """The same. Raises TooOften."""
    if seconds := wait_for(name, who, at=at):
        raise TooOften(seconds, LIMITS[name].words)


def _taken(key: str, minute: int, count: int, most: int) -> bool:
    """Whether so many more of a minute's count could be taken. A database that cannot write refuses nobody."""
    if count > most:
        return False
    digest = salted_hmac("candour.limits", key, algorithm="sha256").hexdigest()
    rows = Allowance.objects.filter(key=digest)
    try:
        for _ in range(2):  # a row that another process made in between is looked at once more
            if rows.filter(minute=minute, taken__lte=most - count).update(taken=F("taken") + count):
                return True
            if rows.filter(minute__lt=minute).update(minute=minute, taken=count):
                return True
            if Allowance.objects.get_or_create(key=digest, defaults={"minute": minute, "taken": count})[1]:
                return True
    except DatabaseError:
        security.exception("Counts cannot be written: nobody is refused")
        return True
    return False
