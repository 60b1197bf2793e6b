"""Scales of scoring and appetite: pure rules. Every word and threshold is the body's own."""

from candour.kernel.scales.rules.appetite import ORANGE_BOOK, Stand, Tolerance, appetite, category_key, stands
from candour.kernel.scales.rules.making import (
    MOST_BANDS,
    SIZES,
    blank,
    resized,
    tones,
    with_bands,
    with_categories,
    with_texts,
)
from candour.kernel.scales.rules.matrix import (
    Axis,
    Band,
    Guide,
    Level,
    Matrix,
    Tone,
    band_problems,
    check,
)
from candour.kernel.scales.rules.words import STANDS, Step, Words, check_ratings, check_words

__all__ = [
    "MOST_BANDS",
    "ORANGE_BOOK",
    "SIZES",
    "STANDS",
    "Axis",
    "Band",
    "Guide",
    "Level",
    "Matrix",
    "Stand",
    "Step",
    "Tolerance",
    "Tone",
    "Words",
    "appetite",
    "band_problems",
    "blank",
    "category_key",
    "check",
    "check_ratings",
    "check_words",
    "resized",
    "stands",
    "tones",
    "with_bands",
    "with_categories",
    "with_texts",
]
