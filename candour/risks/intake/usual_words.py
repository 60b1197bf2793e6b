"""Words for levels in common use, and the scale that is taken for rows that use them. Pure."""

from collections.abc import Iterable, Sequence

from .matrix import AXES, Scale, spelled
from .values import read_level

# Words in common use, lowest first: only where the paper prints words and no scale of its own.
USUAL = {
    "impact": (
        ("low", "medium", "high"),
        ("minor", "moderate", "major"),
        ("low", "medium", "high", "very high"),
        ("very low", "low", "medium", "high", "very high"),
        ("negligible", "minor", "moderate", "major", "catastrophic"),
        ("insignificant", "minor", "moderate", "major", "catastrophic"),
        ("insignificant", "minor", "moderate", "major", "critical"),
        ("negligible", "minor", "moderate", "major", "severe"),
    ),
    "likelihood": (
        ("low", "medium", "high"),
        ("unlikely", "possible", "likely"),
        ("rare", "possible", "likely", "very high"),
        ("low", "medium", "high", "very high"),
        ("unlikely", "possible", "likely", "almost certain"),
        ("rare", "unlikely", "possible", "likely", "almost certain"),
        ("very low", "low", "medium", "high", "very high"),
    ),
}

Rated = tuple[str, str, int | None]  # impact and likelihood as printed, and the score printed beside them


def assume_words(scale: Scale, rated: Sequence[Rated]) -> None:
    """Take the usual order of the words, where the rows use words and the paper prints no levels for them.

    Of the scales that hold the words, the one on which most of the printed scores come out; then the smallest.
    """
    used = levels_used((axis, words) for one in rated for axis, words in zip(AXES, one[:2], strict=True))
    keys = {axis: {spelled(word) for word in used[axis] if word} for axis in AXES}
    open_ = [axis for axis in AXES if keys[axis] and not scale.words[axis]]
    fits: dict[str, list[tuple[str, ...]]] = {axis: [()] for axis in AXES}
    for axis in open_:
        found: list[tuple[str, ...]] = [words for words in USUAL[axis] if keys[axis] <= set(words)]
        fits[axis] = [words for words in found if not scale.size or len(words) == scale.size] or found or [()]
    pairs = [(one, two) for one in fits["impact"] for two in fits["likelihood"]]
    chosen = min(
        pairs, key=lambda pair: (-_come_out(pair, rated), len(pair[0]) != len(pair[1]), len(pair[0]), len(pair[1]))
    )
    for axis, words in zip(AXES, chosen, strict=True):
        if words:
            scale.words[axis] = {n: word.capitalize() for n, word in enumerate(words, 1)}
            scale.assumed = True


def _come_out(pair: tuple[Sequence[str], Sequence[str]], rated: Sequence[Rated]) -> int:
    """How many printed scores are the product of their words on a pair of scales."""
    values = [{word: n for n, word in enumerate(words, 1)} for words in pair]
    keys = [(spelled(impact), spelled(likelihood), score) for impact, likelihood, score in rated]
    return sum(score is not None and values[0].get(one, 0) * values[1].get(two, 0) == score for one, two, score in keys)


def levels_used(values: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """The level words that rows print, per axis, from (axis, text) pairs."""
    used: dict[str, set[str]] = {axis: set() for axis in AXES}
    for axis, text in values:
        word, number = read_level(text)
        if word and number is None:
            used[axis].add(word)
    return used
