"""What scales must know of those who score on them; apps register it in apps.py."""

from collections.abc import Callable
from dataclasses import dataclass

from candour.kernel.access import Actor
from candour.kernel.scales.rules import Matrix


@dataclass(frozen=True)
class Moving:
    """One record that would change its band, with its score as it stands."""

    reference: str
    title: str
    href: str
    impact: int
    likelihood: int
    score: int


@dataclass(frozen=True)
class Move:
    """The live records that would go from one band to another; new is "" where the new scale lacks their levels.

    rows: the highest scores first, as many as a page names; count says how many there are.
    """

    old: str
    new: str
    count: int
    rows: tuple[Moving, ...]

    @property
    def rest(self) -> int:
        """How many are not named."""
        return self.count - len(self.rows)


@dataclass(frozen=True)
class Moves:
    """What a scale would change for the live records that an actor may see: how many are scored, and who would move."""

    scored: int
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Scored:
    """Something that is scored on a body's matrix.

    one, many: its words. levels: its kinds that may have a longest review interval, as (value, word).
    moves: (actor, organisation, matrix) -> what would change band, of what the actor may see.
    categories: (actor, organisation) -> how many live ones the actor may see in each category.
    """

    one: str
    many: str
    levels: tuple[tuple[str, str], ...]
    moves: Callable[[Actor, int, Matrix], Moves]
    categories: Callable[[Actor, int], dict[str, int]]


_scored: dict[str, Scored] = {}


def register(scored: Scored) -> None:
    """Make known what is scored on matrices. Registering the same word again replaces it."""
    _scored[scored.one] = scored


def everything_scored() -> list[Scored]:
    """All that is scored, by its word."""
    return [_scored[word] for word in sorted(_scored)]
