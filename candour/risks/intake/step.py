"""What every step of a load shares, and the days that a paper prints."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from candour.kernel.access import Actor
from candour.kernel.calendar import add_months
from candour.kernel.people.models import Organisation, Post
from candour.kernel.scales.models import Scale
from candour.risks.commands import Said
from candour.risks.models import Risk

Record = Mapping[str, Any]
CYCLE_MONTHS = 3  # panels meet quarterly, so the paper before this one is about as old


@dataclass
class Load:
    """What every step of a load shares."""

    organisation: Organisation
    file: str
    effective: date
    actor: Actor
    at: datetime
    scale: Scale | None
    posts: dict[str, Post]

    @property
    def said(self) -> dict[str, Any]:
        return {"actor": self.actor, "at": self.at}

    def post(self, title: str | None) -> Post | None:
        return self.posts.get(title.casefold()) if title else None


@dataclass(frozen=True)
class Step:
    """One command: the day it takes effect, what it does in words, and the doing.

    said: the same as one thing among many, for a risk that the load itself raises; None where it is done by itself.
    """

    day: date
    words: str
    run: Callable[[Load, Risk], object]
    said: Callable[[Load, Risk], Said] | None = None


def day_of(record: Record, name: str) -> date | None:
    return date.fromisoformat(record[name]) if record.get(name) else None


def dated(record: Record) -> list[date]:
    """Days of the updates, oldest first."""
    return sorted(date.fromisoformat(update["date"]) for update in record.get("updates") or [] if update.get("date"))


def earlier_day(record: Record, effective: date) -> date:
    """From when what is not new in this paper is taken to have stood: it was in the last paper, a quarter ago.

    The newest day by then on which something was said of the risk, else the day it was first recorded.
    """
    quarter_ago = add_months(effective, -CYCLE_MONTHS)
    said = [day for day in dated(record) if day <= quarter_ago]
    return max(said, default=day_of(record, "first_recorded") or effective)
