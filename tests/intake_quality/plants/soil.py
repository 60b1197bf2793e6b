"""What every plant is made with: how it is registered, and the rows it changes."""

from collections.abc import Callable, Mapping
from datetime import date

from ..papers import WORDS, Paper

Found = tuple[str, str]  # code, reference
Plant = Callable[[Paper], Found | None]
PLANTS: dict[str, Plant] = {}


def plant(made: Plant) -> Plant:
    PLANTS[made.__name__] = made
    return made


def rows_of(paper: Paper) -> list[dict[str, str]]:
    return paper.rows or paper.cards


def one_of(paper: Paper, n: int = 4) -> dict[str, str]:
    return rows_of(paper)[n]


def levels_of(row: Mapping[str, str], paper: Paper) -> tuple[int, int]:
    words = WORDS[paper.size]
    pair = [row["Impact"], row["Likelihood"]]
    found = [words[n].index(text) + 1 if text in words[n] else int(text) for n, text in enumerate(pair)]
    return found[0], found[1]


def day_of(text: str) -> date:
    day, month, year = text.split("/")
    return date(int(year), int(month), int(day))


def told_of(paper: Paper) -> dict[str, str] | None:
    """A risk whose controls and updates are printed."""
    rows = [row for row in [*paper.cards, *paper.rows] if "Controls" in row]
    return rows[0] if rows else None


def set_in(paper: Paper, reference: str, name: str, text: str) -> None:
    for row in [*paper.rows, *paper.cards]:
        if row["Reference"] == reference and name in row:
            row[name] = text
