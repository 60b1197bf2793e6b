"""When a job is due again (pure)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True)
class Every:
    """Again so long after it was last begun."""

    gap: timedelta

    def after(self, at: datetime) -> datetime:
        return at + self.gap


@dataclass(frozen=True)
class Daily:
    """Once a day at a time of day in London. A day whose clock leaps over that time has it an hour later."""

    time: time

    def after(self, at: datetime) -> datetime:
        day = at.astimezone(LONDON).date()
        today = datetime.combine(day, self.time, LONDON)
        return today if today > at else datetime.combine(day + timedelta(days=1), self.time, LONDON)


Schedule = Every | Daily


def wait(tries: int) -> timedelta:
    """How long after its latest failure a job is tried again: a minute, then twice as long each time, an hour at most."""
    return min(FIRST_WAIT * 2 ** min(max(tries - 1, 0), 10), LONGEST_WAIT)
