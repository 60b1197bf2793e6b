"""What the values of a column are, whatever its heading says. Pure."""

import re
from collections.abc import Callable, Sequence

from .values import is_reference, read_day, read_direction, read_score

_TESTS: dict[str, Callable[[str], object]] = {
    "day": lambda text: read_day(text) is not None,
    "reference": lambda text: is_reference(text) and re.search(r"[A-Za-z]", text),
    "score": lambda text: read_score(text).value is not None,
    "direction": lambda text: read_direction(text) and len(text) <= 12,
    "words": lambda text: len(text.split()) >= 3,
    "prose": lambda text: len(text.split()) >= 5,
}
_KINDS = ("day", "reference", "score", "direction", "words")


def holds(kind: str, values: Sequence[str], *, least: int = 1) -> bool:
    """Whether four in five of the values, `least` at least, are of a kind."""
    return len(values) >= least and sum(bool(_TESTS[kind](text)) for text in values) * 5 >= len(values) * 4


def kind_of_values(values: Sequence[str]) -> str | None:
    """What most of a column's values are."""
    return next((kind for kind in _KINDS if holds(kind, values)), None)
