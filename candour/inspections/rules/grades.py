"""Grades of inspection areas over the years: only grades on one scale are compared, and the page says where they cannot be.

Source: HMICFRS, What is PEEL: five grades since 2021/22, four before, and the two cannot be compared.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby


@dataclass(frozen=True)
class Graded:
    """The grade that a report gave to an area. value: the step on its scale, 1 the best; None where it was not graded.

    order: the report’s own order of its areas. key: number of the inspection.
    """

    area: str
    on: date
    report: str
    scale: int | None
    scale_name: str
    value: int | None
    word: str
    tone: str = ""
    order: int = 0
    key: int = 0
    steps: int = 0


@dataclass(frozen=True)
class Change:
    """How the newest grade stands to the one before. direction: up, down, same, new, rescaled."""

    direction: str
    words: str


@dataclass(frozen=True)
class AreaGrades:
    """An area with its grades, oldest first."""

    area: str
    grades: tuple[Graded, ...]

    @property
    def newest(self) -> Graded:
        return self.grades[-1]

    @property
    def change(self) -> Change:
        return change(self.grades)


def by_area(grades: Iterable[Graded]) -> tuple[AreaGrades, ...]:
    """The areas in the order of the newest report that graded each; those that it left out come last, by name.

    Names are the same whatever their case and spaces; the newest spelling stands.
    """
    found: dict[str, list[Graded]] = {}
    for one in sorted(grades, key=lambda each: (each.on, each.report)):
        found.setdefault(" ".join(one.area.split()).casefold(), []).append(one)
    areas = [AreaGrades(rows[-1].area, tuple(rows)) for rows in found.values()]
    return tuple(sorted(areas, key=lambda each: (-each.newest.on.toordinal(), each.newest.order, each.area.casefold())))


def change(grades: Sequence[Graded]) -> Change:
    """How the last of some grades, oldest first, stands to the last graded one before it.

    Grades on two scales are never compared, whatever their words.
    """
    now = grades[-1]
    before = next((each for each in reversed(grades[:-1]) if each.value is not None), None)
    if now.value is None:
        return Change("same", "Not graded")
    if before is None or before.value is None:
        return Change("new", "First grade")
    if before.scale != now.scale:
        return Change("rescaled", f"Not comparable with {before.word} of {before.on.year}: another scale")
    if before.value == now.value:
        return Change("same", f"As in {before.on.year}")
    better = now.value < before.value
    return Change(
        "up" if better else "down", f"{'Better' if better else 'Worse'}, from {before.word} in {before.on.year}"
    )


def stretches(grades: Sequence[Graded]) -> tuple[tuple[Graded, ...], ...]:
    """Grades, oldest first, in runs of one scale: a line may be drawn within a run and never over its ends.

    An area that a report left ungraded breaks the run too.
    """
    runs = groupby(grades, key=lambda each: (each.scale, each.value is None))
    return tuple(tuple(run) for (_, ungraded), run in runs if not ungraded)
