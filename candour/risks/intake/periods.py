"""Scores that stand under the months or quarters at which they were given, and signs that are no scores. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from candour.kernel.calendar import read_month
from candour.kernel.intake.mapping import Column

from .contents import holds

_BESIDE = re.compile(r"\b(?:risk|score|rating|residual|net|current|as|at|in|for|of|fy)\b|[()]", re.IGNORECASE)
_YEARS = r"(?:20)?(?P<from>\d\d)\s?[/-]\s?(?:20)?(?P<to>\d\d)"
_QUARTER = r"q(?:tr|uarter)?\.?\s?(?P<quarter>[1-4])"
_QUARTERS = tuple(
    re.compile(pattern, re.IGNORECASE) for pattern in (rf"{_QUARTER}[\s,:-]*{_YEARS}", rf"{_YEARS}[\s,:-]*{_QUARTER}")
)
# Likelihood as a letter beside impact as a figure ("C2"): a place in a matrix, of which there is no product.
_GRADE = re.compile(r"^(?:(?P<first>[A-F])\s?[-/]?\s?[1-6]|[1-6]\s?[-/]?\s?(?P<last>[A-F]))$")


def period_of(heading: str) -> date | None:
    """The first day of the month or quarter that heads a column of scores: "Dec 24", "Q3 24/25", "Score at March 2025"."""
    plain = " ".join(_BESIDE.sub(" ", heading.replace("–", "-").replace("’", "").replace("'", "")).split())
    for pattern in _QUARTERS:
        if found := pattern.fullmatch(plain):
            start, quarter = int(found["from"]), int(found["quarter"])
            if (start + 1) % 100 != int(found["to"]):
                return None
            return date(2000 + start + (quarter == 4), 1 + (3 * quarter) % 12, 1)
    return read_month(plain)


_BARE = tuple(
    [re.compile(rf"^{pattern}$", re.IGNORECASE) for pattern in patterns]
    for patterns in (
        [rf"q(?:tr|uarter)?\.?\s?{n}(?: (?:score|rating))?" for n in range(1, 5)],
        [rf"{name}[a-z]*(?: (?:score|rating))?" for name in ("apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
                                                             "jan", "feb", "mar")],
    )
)  # fmt: skip


def bare_period(heading: str) -> tuple[int, int] | None:
    """(4 or 12, its place in the financial year from 0) of a quarter or month that is printed without a year."""
    for patterns in _BARE:
        for at, pattern in enumerate(patterns):
            if pattern.match(heading.strip()):
                return len(patterns), at
    return None


def _undated(columns: Sequence[Column], held: Sequence[Sequence[str]]) -> list[tuple[date, int]]:
    """Columns of scores under quarters or months without a year that follow one another, as days in their order."""
    told = [
        (period, n)
        for n, column in enumerate(columns)
        if column.field in (None, "score") and holds("score", held[n]) and (period := bare_period(column.heading))
    ]
    whole = {period[0] for period, _n in told}
    if len(told) < 2 or len(whole) != 1:
        return []
    size = whole.pop()
    steps = {(b[0][1] - a[0][1]) % size for a, b in pairwise(told)}
    if steps not in ({1}, {size - 1}):
        return []
    ordered = told if steps == {1} else told[::-1]
    return [(date(1, 1 + at, 1), n) for at, (_period, n) in enumerate(ordered[-12:])]


def scores_by_period(columns: Sequence[Column], held: Sequence[Sequence[str]]) -> list[Column]:
    """Of two columns of scores or more that are headed by periods the newest is the score, the one before it the last.

    Only where no heading says which score stands now. Those still to come are empty, and hold no score. Levels that each
    period prints beside its score are those of the newest; the levels of the others are kept as printed.
    """
    found = list(columns)
    names = {column.field for column in columns}
    dated = sorted(
        (day, n)
        for n, column in enumerate(columns)
        if column.field in (None, "score") and holds("score", held[n]) and (day := period_of(column.heading))
    )
    dated = dated or _undated(columns, held)
    if (
        len(dated) < 2
        or "proposed_score" in names
        or any(
            column.field == "score" and not period_of(column.heading) and not bare_period(column.heading)
            for column in columns
        )
    ):
        return found
    for name, (_day, n) in zip(("score", "previous_score"), reversed(dated), strict=False):
        if name == "score" or name not in names:
            found[n] = replace(found[n], field=name, sure="sure")
    for _day, n in dated[:-2]:
        found[n] = replace(found[n], field=None)
    return _levels_of_newest(found, [n for _day, n in dated])


def _levels_of_newest(columns: Sequence[Column], dated: Sequence[int]) -> list[Column]:
    """The columns, of several of impact or likelihood those alone that stand in the run of the newest score. dated: oldest
    first."""
    found = list(columns)
    for axis in ("impact", "likelihood"):
        same = [n for n, column in enumerate(columns) if column.field == axis]
        if len(same) != len(dated):
            continue
        for n, score in zip(same, sorted(dated), strict=True):
            if score != dated[-1]:
                found[n] = replace(found[n], field=None)
    return found


def graded(values: Sequence[str]) -> bool:
    """Whether a column holds places in a matrix of letters and figures. R, A, G, H, M and L alone may be colours or words."""
    signs = [sign for text in values if (sign := _GRADE.match(text.strip().upper()))]
    letters = {sign["first"] or sign["last"] for sign in signs}
    return len(signs) * 5 >= len(values) * 4 > 0 and bool(letters - {"A"})
