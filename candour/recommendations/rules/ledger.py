"""The date ledger: the original date for ever, each slip after it, what they say together and what they foretell."""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import floor
from statistics import median

from candour.kernel.calendar import read_date, read_month

LEAST = 3  # slips below which nothing is foretold
REPEATED = 2  # slips from which a recommendation is flagged to the panel


@dataclass(frozen=True)
class Target:
    """A line of the ledger of one owner. number 0 is the original; due is None where the date is in words."""

    assignment: int
    number: int
    text: str
    due: date | None


@dataclass(frozen=True)
class Ledger:
    """What the ledgers of all owners say together.

    original_due and due: the earliest original and the earliest present date of any owner. slips: the most of any owner.
    in_words: whether any present date is in words.
    """

    original_due: date | None = None
    due: date | None = None
    slips: int = 0
    in_words: bool = False


@dataclass(frozen=True)
class Forecast:
    """How long a date slips once it does, from past slips: the median in days, and of how many."""

    days: int
    slips: int


@dataclass(frozen=True)
class Spread:
    """By how many days dates have moved: the mean and the median, half a day up, of so many recommendations."""

    count: int
    mean: int
    median: int


def read_target(text: str, *, today: date | None = None) -> date | None:
    """The day that a printed target means: itself, or the last day of a month; None for words (Q3, ongoing, TBC)."""
    if found := read_date(text, today=today):
        return found
    month = read_month(text, today=today)
    return month and month.replace(day=monthrange(month.year, month.month)[1])


def read_as_month(text: str, *, today: date | None = None) -> bool:
    """Whether a target names a month alone, so that its last day was taken."""
    return read_date(text, today=today) is None and read_month(text, today=today) is not None


def ledger(targets: Iterable[Target]) -> Ledger:
    """The ledgers of the owners that stand, read together."""
    by_owner: dict[int, list[Target]] = {}
    for target in sorted(targets, key=lambda each: each.number):
        by_owner.setdefault(target.assignment, []).append(target)
    originals = [held[0].due for held in by_owner.values() if held[0].due]
    current = [held[-1] for held in by_owner.values()]
    return Ledger(
        original_due=min(originals, default=None),
        due=min((each.due for each in current if each.due), default=None),
        slips=max((each.number for each in current), default=0),
        in_words=any(each.due is None for each in current),
    )


def slipped_by(targets: Sequence[Target]) -> list[int]:
    """By how many days each date of one owner's ledger moved; a step from or to words cannot be measured."""
    ordered = sorted(targets, key=lambda each: each.number)
    pairs = pairwise(ordered)
    return [(after.due - before.due).days for before, after in pairs if before.due and after.due]


def forecast(slips: Sequence[int]) -> Forecast | None:
    """The median of an owner's past slips, half a day up; None where there are fewer than three."""
    return forecast_of(slips, len(slips))


def forecast_of(middle: Sequence[int], count: int) -> Forecast | None:
    """The same from the middle slips of `count`, in days: the one, or the two between which the median lies."""
    return Forecast(half_up(median(middle)), count) if count >= LEAST else None


def spread(counted: Mapping[int, int]) -> Spread:
    """The spread of at least one number of days. counted: how many times each number stands."""
    count = sum(counted.values())
    twice = 2 * sum(days * times for days, times in counted.items())
    return Spread(count, (twice + count) // (2 * count), half_up(median(middle(counted))))


def middle(counted: Mapping[int, int]) -> list[int]:
    """Of counted numbers of days put in order the one in the middle, or the two between which the median lies."""
    places = sum(counted.values())
    wanted, passed = sorted({(places - 1) // 2, places // 2}), 0
    found: list[int] = []
    for days in sorted(counted):
        passed += counted[days]
        found += [days for place in wanted[len(found) :] if place < passed]
    return found


def half_up(days: float) -> int:
    """Whole days, half a day up."""
    return floor(days + 0.5)
