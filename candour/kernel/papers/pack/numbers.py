"""The numbers of pages. A number once printed stays with its part for ever. Pure Python.

A part that grew, or that was put between others, takes numbers behind the number before it (24.1, 24.2), as bundles of
papers do; at the end of the pack the numbers run on. A number of a part that shrank or was taken out is not given again.
"""

from collections.abc import Iterable, Mapping, Sequence

from .parts import Labels


def number_pages(counts: Mapping[str, int], previous: Mapping[str, Sequence[str]], start: int) -> dict[str, Labels]:
    """For each key its labels. counts: pages by key, in the order of the pack. previous: all numbers given so far."""
    given = {label for labels in previous.values() for label in labels}
    keys = list(counts)
    found: dict[str, Labels] = {}
    before = ""
    for place, key in enumerate(keys):
        labels = list(previous.get(key, ())[: counts[key]])
        inside = any(previous.get(later) for later in keys[place + 1 :])
        while len(labels) < counts[key]:
            label = (
                _behind(labels[-1] if labels else before, given)
                if inside and (labels or before)
                else _next(given, start)
            )
            labels.append(label)
            given.add(label)
        found[key] = tuple(labels)
        before = labels[-1] if labels else before
    return found


def kept(previous: Mapping[str, Sequence[str]], now: Mapping[str, Labels]) -> dict[str, Labels]:
    """Every number ever given, by key: what the next version must know."""
    return {
        key: max(tuple(previous.get(key, ())), now.get(key, ()), key=len) for key in dict.fromkeys((*previous, *now))
    }


def unused(previous: Mapping[str, Sequence[str]], now: Mapping[str, Labels]) -> list[str]:
    """Numbers that an earlier version had and this one has not, in order, those of supplements left out."""
    shown = {label for labels in now.values() for label in labels}
    gone = {label for key, labels in previous.items() if not key.startswith("supplement ") for label in labels}
    return sorted(gone - shown, key=_sort)


def spans(labels: Iterable[str]) -> str:
    """["23", "24", "24.1", "30"] -> "23 to 24.1, 30"."""
    runs: list[list[str]] = []
    for label in labels:
        if runs and _follows(runs[-1][-1], label):
            runs[-1].append(label)
        else:
            runs.append([label])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)


def whole(label: str) -> int:
    """The number before the point."""
    return int(label.partition(".")[0])


def last_number(labels: Mapping[str, Sequence[str]]) -> int:
    """The highest whole number given, 0 where none is."""
    return max((whole(label) for given in labels.values() for label in given), default=0)


def _sort(label: str) -> tuple[int, int]:
    number, _, behind = label.partition(".")
    return int(number), int(behind or 0)


def _follows(first: str, second: str) -> bool:
    (number, behind), (after, beyond) = _sort(first), _sort(second)
    return (number == after and beyond == behind + 1) or (after == number + 1 and beyond == 0)


def _next(given: Iterable[str], start: int) -> str:
    return str(max((whole(label) + 1 for label in given), default=start))


def _behind(label: str, given: set[str]) -> str:
    number = whole(label)
    return f"{number}.{max((_sort(one)[1] for one in given if whole(one) == number), default=0) + 1}"
