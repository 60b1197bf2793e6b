"""Two registers in one paper, each of which counts its risks from one: a number printed in both is two risks. Pure."""

from collections import Counter
from collections.abc import Sequence

from candour.kernel.intake.printed import words_key

from .appearances import Appearance, Section
from .values import redacted, reference_key

Pair = tuple[Section, Section]
_LEAST = 5  # letters of a word that tells what a title is about


def registers_apart(appearances: Sequence[Appearance]) -> set[Pair]:
    """The pairs of sections, in the order printed, that are registers of their own.

    They share two references or more, and most of those have titles without a word in common: a section that prints the risks
    of another again calls them alike, though it may change a word here and there.
    """
    held: dict[Section, dict[str, str]] = {}
    for one in appearances:
        if one.kind == "row" and one.reference and one.text("title"):
            held.setdefault(one.section, {}).setdefault(reference_key(one.reference), one.text("title"))
    sections = list(held)
    pairs = [(a, b) for n, a in enumerate(sections) for b in sections[n + 1 :]]
    return {pair for pair in pairs if _unlike(held[pair[0]], held[pair[1]])}


def _unlike(first: dict[str, str], other: dict[str, str]) -> bool:
    shared = first.keys() & other.keys()
    told = Counter(alike(first[key], other[key]) for key in shared)
    return len(shared) >= 2 and told[False] * 2 > len(shared)


def alike(title: str, other: str) -> bool:
    """Whether two titles can be of one risk: they share a word that is no particle, one has none, or one is withheld."""
    if redacted(title) or redacted(other):
        return True
    words = [{word for word in words_key(text).split() if len(word) >= _LEAST} for text in (title, other)]
    return not all(words) or bool(words[0] & words[1])
