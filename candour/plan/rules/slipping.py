"""How far the dates of activities moved: in days, once for each move and from the first date to the one that stands. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median


@dataclass(frozen=True)
class Moved:
    """One activity’s dates. first: its first date; due: the one that stands; moves: how often it moved."""

    owner: str
    first: date
    due: date
    moves: int

    @property
    def days(self) -> int:
        """From the first date to the one that stands: below nought where it was brought forward."""
        return (self.due - self.first).days


@dataclass(frozen=True)
class Slippage:
    """Of some activities: how many moved, how often, and by how many days in the middle and at most."""

    activities: int
    moves: int
    middle: int
    most: int


def slippage(moved: Sequence[Moved]) -> Slippage:
    """Noughts where nothing moved. The middle is the median, rounded down."""
    days = [one.days for one in moved]
    return Slippage(len(moved), sum(one.moves for one in moved), int(median(days)) if days else 0, max(days, default=0))


def by_owner(moved: Sequence[Moved]) -> list[tuple[str, Slippage]]:
    """The same for each owner, who moved most often first, then by name."""
    owners = sorted({one.owner for one in moved})
    found = [(owner, slippage([one for one in moved if one.owner == owner])) for owner in owners]
    return sorted(found, key=lambda one: (-one[1].moves, one[0].casefold()))
