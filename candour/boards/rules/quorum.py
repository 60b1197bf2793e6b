"""Whether enough members are there (pure)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from candour.boards.rules.words import COUNTED, THERE


@dataclass(frozen=True)
class Sitting:
    """One seat at a meeting: its post, its role, whether it is taken ("present", "substitute" ...) and by which post."""

    post: int
    role: str
    presence: str = ""
    by: int | None = None


@dataclass(frozen=True)
class Quorum:
    """How many of those who count are there, how many there must be, and how many seats count."""

    there: int
    needed: int
    seats: int

    @property
    def met(self) -> bool:
        return self.there >= self.needed


def quorum(sittings: Sequence[Sitting], needed: int, *, withdrew: Collection[int] = ()) -> Quorum:
    """The quorum of a meeting, or of an item for which some posts withdrew because they declared an interest.

    A substitute counts in the place of the member; somebody in attendance does not count. A post that withdrew does not
    count, nor does the seat whose substitute withdrew.
    """
    counted = [seat for seat in sittings if seat.role in COUNTED]
    out = set(withdrew)
    there = [seat for seat in counted if seat.presence in THERE and (seat.by or seat.post) not in out]
    return Quorum(len(there), needed, len(counted))
