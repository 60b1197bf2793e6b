"""Columns of which two claim one field, told apart by their headings, and by what they hold. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from candour.kernel.intake.document import Row
from candour.kernel.intake.mapping import Column

from .contents import holds
from .labels import LISTS, factors_order, is_current
from .values import read_level, read_score

_SCORED = ("impact", "likelihood", "score")
_SETS = ("", "inherent_", "target_")


def told_apart(columns: Sequence[Column], held: Sequence[Sequence[str]], below: Sequence[Row]) -> list[Column]:
    """Columns that claim one field. Plain scores beside residual ones are inherent; a second title is the summary.

    held: what each column holds; below: the rows.
    """
    found = _before_and_after(list(columns))
    found = _levels_in_one(_words_beside_figures(found, held))
    found = _by_what_multiplies(found, below)
    names = {column.field for column in columns}
    apart = []
    for base in _SCORED:
        same = [n for n, column in enumerate(found) if column.field == base]
        plain = [n for n in same if not is_current(found[n].heading)]
        if len(same) == 2 and len(plain) == 1 and f"inherent_{base}" not in names:
            apart.append((plain[0], f"inherent_{base}"))
    for n, name in apart:  # one pair of levels beside another leaves no doubt
        found[n] = replace(found[n], field=name, sure="sure" if len(apart) > 1 else "likely")
    titles = [n for n, column in enumerate(found) if column.field == "title"]
    if len(titles) == 2 and "summary" not in names:
        found[titles[1]] = replace(found[titles[1]], field="summary", sure="likely")
    times = Counter(column.field for column in found)
    return [
        replace(column, sure="unsure")
        if column.field and times[column.field] > 1 and column.field not in LISTS
        else column
        for column in found
    ]


def _before_and_after(found: list[Column]) -> list[Column]:
    """Impact and likelihood before, and both again after: before and after controls. One pair alone may be of two dates."""
    at: dict[str, tuple[int, int]] = {}
    for base in _SCORED:
        same = [n for n, column in enumerate(found) if column.field == base]
        told = [{"before", "after"} & set(found[n].heading.casefold().split()) for n in same]
        if told == [{"before"}, {"after"}]:
            at[base] = same[0], same[1]
    if {"impact", "likelihood"} <= set(at):
        for base, (before, _after) in at.items():
            found[before] = replace(found[before], field=f"inherent_{base}", sure="sure")
    return found


def _words_beside_figures(found: list[Column], held: Sequence[Sequence[str]]) -> list[Column]:
    """Of two columns called the score, or the rating, one that holds words alone beside one of figures is the band."""
    for prefix in _SETS:
        same = [n for n, column in enumerate(found) if column.field == f"{prefix}score"]
        worded = [n for n in same if held[n] and all(_is_band(text) for text in held[n])]
        figures = [n for n in same if n not in worded and holds("score", held[n])]
        free = all(column.field != f"{prefix}band" for column in found)
        if len(same) == 2 and len(worded) == len(figures) == 1 and free:
            found[worded[0]] = replace(found[worded[0]], field=f"{prefix}band")
    return found


def _is_band(text: str) -> bool:
    return read_score(text).value is None and len(text.split()) <= 2


def _levels_in_one(found: list[Column]) -> list[Column]:
    """Of two columns called the score, one whose heading names impact and likelihood both holds the levels."""
    for prefix in _SETS:
        same = [n for n, column in enumerate(found) if column.field == f"{prefix}score"]
        both = [n for n in same if _names_both(found[n].heading)]
        if len(same) == 2 and len(both) == 1:
            found[both[0]] = replace(found[both[0]], field=f"{prefix}levels")
    return found


def _names_both(heading: str) -> bool:
    """Whether a heading names impact and likelihood: factors_order tells which comes first, and the other follows."""
    words = heading.casefold()
    spelled = any(one in words for one in ("impact", "severity", "consequence")) and any(
        one in words for one in ("likelihood", "probability")
    )
    return bool(factors_order(heading)) and (spelled or not any(one in words for one in ("impact", "likelihood")))


def _by_what_multiplies(found: list[Column], below: Sequence[Row]) -> list[Column]:
    """Of two columns of one axis (a chance in per cent, and its level) that which multiplies to the score is the level."""
    for prefix in _SETS:
        for axis, other in (("impact", "likelihood"), ("likelihood", "impact")):
            same = [n for n, column in enumerate(found) if column.field == prefix + axis]
            beside = [n for n, column in enumerate(found) if column.field == prefix + other]
            score = [n for n, column in enumerate(found) if column.field == f"{prefix}score"]
            if len(same) != 2 or len(beside) != 1 or len(score) != 1:
                continue
            fits = [n for n in same if _multiplies(n, beside[0], score[0], below)]
            for n in same if len(fits) == 1 else ():
                found[n] = replace(found[n], field=prefix + axis if n in fits else None)
    return found


def _multiplies(first: int, second: int, score: int, below: Sequence[Row]) -> bool:
    rows = [row.texts for row in below if max(first, second, score) < len(row.cells) and row.texts[score]]
    told = [(read_level(one[first])[1], read_level(one[second])[1], read_score(one[score]).value) for one in rows]
    right = sum(bool(a and b) and (a or 0) * (b or 0) == product for a, b, product in told)
    return bool(told) and right * 5 >= len(told) * 4
