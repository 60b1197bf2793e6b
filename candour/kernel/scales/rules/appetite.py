"""Appetite for risk: the highest score that a body bears in a category, and where a score stands against it."""

from dataclasses import dataclass
from typing import Literal

from candour.kernel.scales.rules.matrix import Matrix

Stand = Literal["within", "at", "over"]

# The five words of the Orange Book's guidance on appetite (2023), least first. What stands beside them is in our words.
ORANGE_BOOK: tuple[tuple[str, str], ...] = (
    ("Averse", "Avoiding the risk comes first, whatever else has to wait for it."),
    ("Minimal", "Only what is safest is done, even where it gains little."),
    ("Cautious", "The safer way is preferred; some risk is borne for a clear gain."),
    ("Open", "Every way is weighed, and the one that gains most for its risk is taken."),
    ("Eager", "New ways are sought for what they may gain, and setbacks are expected."),
)


@dataclass(frozen=True)
class Tolerance:
    """What a body bears in a category: the word for its appetite and the highest score it tolerates.

    size: levels of impact and of likelihood of the matrix on which highest is read.
    """

    category: str
    word: str
    highest: int
    size: tuple[int, int]


def category_key(category: str) -> str:
    """What two writings of one category share: capitals and spaces make no difference."""
    return " ".join(category.split()).casefold()


def appetite(score: int, highest: int) -> Stand:
    """Whether a score lies within the appetite, at the highest score tolerated, or over it. Both of one matrix."""
    if score == highest:
        return "at"
    return "within" if score < highest else "over"


def stands(score: int | None, matrix: Matrix | None, tolerance: Tolerance | None) -> Stand | None:
    """Where a scored risk stands against its category's tolerance.

    None without a score or a tolerance, and for a score of a matrix of another size: 9 of 16 is not 9 of 25.
    """
    if score is None or matrix is None or tolerance is None or matrix.size != tolerance.size:
        return None
    return appetite(score, tolerance.highest)
