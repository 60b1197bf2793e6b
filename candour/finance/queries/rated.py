"""Ratings: the words of a body's dated scale, and what a step says on the scale that it was given on."""

from datetime import date
from typing import Any

from candour.finance.rules import Rated
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import word_scales, words_on
from candour.kernel.scales.rules import Words


def ratings() -> dict[int, Words]:
    """Every scale of ratings by number. One query; scales are few."""
    return word_scales(Scale.Kind.DELIVERY)


def rating_scale(organisation: int, day: date) -> Words | None:
    """The scale of ratings of a body on a day; None where it has none. One query or two."""
    return words_on(organisation, Scale.Kind.DELIVERY, day)


def rated(scales: dict[int, Words], scale: Any, step: int | None) -> Rated | None:
    """What a step says on the scale it was given on; None for none."""
    words = scales.get(scale) if step is not None else None
    found = words.step(step) if words else None
    return Rated(found.value, found.word, found.tone) if found else None
