"""What the figures of the tracker are counted by: years of age, quarters, the share that closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

QUARTERS = 8  # shown of the closures, the present one the last
MONTHS = 12  # shown of the dates to come, the present one the first

# By key: from how many whole years since the first report, and below how many.
AGES: Mapping[str, tuple[int, int | None]] = {
    "under 1": (0, 1),
    "1 to 2": (1, 2),
    "2 to 5": (2, 5),
    "5 or more": (5, None),
}
AGE_WORDS: Mapping[str, str] = {
    "under 1": "Under a year",
    "1 to 2": "1 to 2 years",
    "2 to 5": "2 to 5 years",
    "5 or more": "5 years or more",
}


@dataclass(frozen=True)
class Span:
    """Days from the first to the last, both inside it; None is without end."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in it; a day that is missing never does."""
        return day is not None and (self.first or day) <= day <= (self.last or day)


ANY_DAY = Span()


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def reported_for(age: str, day: date) -> Span:
    """The days of a first report that make a recommendation of an age (a key of AGES) on a day, as line.age() tells it."""
    least, below = AGES[age]
    first = years_before(day, below) + timedelta(1) if below is not None else None
    return Span(first, years_before(day, least) if least else None)


def months_from(day: date, count: int) -> list[Span]:
    """The month of a day and those after it. The first begins with the day itself: what was due before it is late."""
    begins = [day.replace(day=1)]
    for _ in range(count):
        begins.append((begins[-1] + timedelta(32)).replace(day=1))
    ends = [each - timedelta(1) for each in begins[1:]]
    return [Span(max(first, day), last) for first, last in zip(begins, ends, strict=False)]


def quarters_to(day: date, count: int) -> list[Span]:
    """The quarter of a day and those before it, oldest first; quarters begin in January, April, July and October."""
    first = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    found = []
    for _ in range(count):
        found.append(Span(first, (first + timedelta(93)).replace(day=1) - timedelta(1)))
        first = (first - timedelta(80)).replace(day=1)
    return found[::-1]


def share(part: int, whole: int) -> int | None:
    """How many in a hundred, half up; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None
