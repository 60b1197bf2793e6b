"""The order of the rows, and references that are not formed like the others. Pure."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from candour.kernel.intake.document import Finding

from ..appearances import Appearance
from ..joined import Risk
from ..paper import Paper
from ..values import is_reference, read_day, read_score
from .words import section_name

LEAST = 8  # rows; fewer may look ordered by chance
_STATED = re.compile(
    r"\b(?:in (?:descending )?order of (?:\w+ ){0,2}?(?:score|rating)|highest (?:scor\w+ )?(?:risks? )?first|"
    r"(?:ranked|ordered|sorted) by (?:\w+ ){0,2}?(?:score|rating))\b",
    re.IGNORECASE,
)


def check(paper: Paper, risks: Sequence[Risk]) -> Iterator[Finding]:
    """Rows of each table against the order that the paper states or plainly uses, then the forms of references."""
    stated = any(_STATED.search(block.text) for block in paper.prose)
    groups: dict[tuple[object, str], list[Appearance]] = {}
    for one in paper.appearances:
        if one.kind == "row" and not one.struck:
            groups.setdefault((one.section, one.text("category")), []).append(one)
    for rows in groups.values():
        yield from _by_score(rows, stated=stated)
    yield from _references(risks)


def _score(one: Appearance) -> int:
    return read_score(one.text("score")).value or 0


def _natural(text: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(digits or 0), word.casefold()) for digits, word in re.findall(r"(\d+)|(\D+)", text))


_OTHERS: tuple[Callable[[Appearance], object], ...] = (
    lambda one: _natural(one.reference),
    lambda one: one.text("title").casefold(),
    lambda one: one.text("owner").casefold(),
    lambda one: read_day(one.text("first_recorded")) or date.min,
    lambda one: read_day(one.text("last_review")) or date.min,
    lambda one: read_score(one.text("inherent_score")).value or 0,
    lambda one: read_score(one.text("target_score")).value or 0,
)


def _by_score(rows: Sequence[Appearance], *, stated: bool) -> Iterator[Finding]:
    """Rows that break the order from the highest score down. Rows sorted by anything else keep that order instead."""
    scored = [one for one in rows if read_score(one.text("score")).value is not None]
    if len(scored) < (3 if stated else LEAST) or len({_score(one) for one in scored}) < 3:
        return
    if not stated and any(_sorted([key(one) for one in scored]) for key in _OTHERS):
        return
    astray = _astray([-_score(one) for one in scored])
    if not stated and len(astray) > max(1, len(scored) // 10):
        return
    for n in astray:
        one = scored[n]
        lower = next((other for other in scored[:n] if _score(other) < _score(one)), None)
        other = lower or scored[n + 1]
        message = f"The rows of {section_name(one.section)} go from the highest score down, but {one.reference}"
        message += f" ({_score(one)}) stands {'below' if lower else 'above'} {other.reference} ({_score(other)})."
        should = f"{'above' if lower else 'below'} {other.reference}"
        yield Finding("order", "note", one.place, one.reference, f"score {_score(one)}", should, message)


def _sorted(keys: Sequence[object]) -> bool:
    found = list(keys)
    return len(set(found)) > 1 and found in (sorted(found), sorted(found, reverse=True))  # type: ignore[type-var]


def _astray(keys: Sequence[int]) -> list[int]:
    """The fewest places that must go for the rest to rise: what the longest rising run leaves out."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for n, key in enumerate(keys):
        at = bisect_right(tails, key)
        before.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(key)
            ends.append(n)
        else:
            tails[at], ends[at] = key, n
    kept, n = set(), ends[-1] if ends else -1
    while n >= 0:
        kept.add(n)
        n = before[n]
    return [n for n in range(len(keys)) if n not in kept]


# References


def _references(risks: Sequence[Risk]) -> Iterator[Finding]:
    """A reference with other signs, digits or letters than nearly all the others: most often a slip of the pen."""
    known = [risk for risk in risks if is_reference(risk.reference)]
    shapes = Counter(_shape(risk.reference) for risk in known)
    prefixes = Counter(_prefix(risk.reference) for risk in known)
    if len(known) < 5:
        return
    usual, times = shapes.most_common(1)[0]
    for risk in known:
        reference, prefix = risk.reference, _prefix(risk.reference)
        odd = times * 5 >= len(known) * 4 and not _grown(_shape(reference), usual)
        near = prefixes[prefix] == 1 and any(n >= 5 and _one_slip(prefix, other) for other, n in prefixes.items())
        if odd or near:
            example = next(one.reference for one in known if _shape(one.reference) == usual and one is not risk)
            message = f"{reference} is not formed like the other references, such as {example}."
            place = risk.appearances[0].place
            yield Finding(
                "reference-malformed", "warning", place, reference, reference, f"the form of {example}", message
            )


def _prefix(reference: str) -> str:
    return re.match(r"[A-Za-z]*", reference)[0].upper()  # type: ignore[index]


def _shape(reference: str) -> str:
    return re.sub(r"\d", "0", re.sub(r"[A-Za-z]+", "A", reference.strip()))


def _grown(shape: str, usual: str) -> bool:
    """Whether the two differ at most in how many digits end them, as R9 and R10 do; padded numbers do not grow."""
    if shape == usual:
        return True
    return shape.rstrip("0") == usual.rstrip("0") and min(shape.count("0"), usual.count("0")) < 3 and "0" in shape


def _one_slip(one: str, other: str) -> bool:
    """Whether one letter too many, too few or other makes one prefix of the other."""
    if one == other or abs(len(one) - len(other)) > 1 or max(len(one), len(other)) < 3:
        return False
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        return sum(a != b for a, b in zip(short, long, strict=True)) == 1 or sorted(short) == sorted(long)
    return any(long[:n] + long[n + 1 :] == short for n in range(len(long)))
