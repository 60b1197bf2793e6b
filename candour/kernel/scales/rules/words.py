"""Scales of words: an auditor's opinions, priorities, ratings of progress. Best first; each body has its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from candour.kernel.scales.rules.matrix import Tone

# What a word of a rating of progress stands for. Bodies word their colours differently (Blue is “done” for one and “not
# started” for another), so that no rule ever asks for a colour.
STANDS: Mapping[str, str] = {
    "off": "Off course",
    "risk": "At risk",
    "on": "On course",
    "unstarted": "Not started",
    "done": "Done",
}


@dataclass(frozen=True)
class Step:
    """One word of a scale and what it means. value: 1 for the first, then 2, 3 ...; tone: how much attention it asks for.

    stands: of a rating of progress, what the word stands for: a key of STANDS; "" in every other scale.
    """

    value: int
    word: str
    meaning: str = ""
    tone: Tone = "low"
    stands: str = ""


@dataclass(frozen=True)
class Words:
    """A scale of words in its own order: opinions from the best to the worst, priorities from the highest to the lowest."""

    id: int
    name: str
    steps: tuple[Step, ...]

    def step(self, value: int | None) -> Step | None:
        """The step of a value; None where the scale has none."""
        return next((step for step in self.steps if step.value == value), None)

    def named(self, word: str) -> Step | None:
        """The step that a paper's word names, however it is capitalised or spaced; None where the scale has none."""
        key = _key(word)
        return next((step for step in self.steps if _key(step.word) == key), None)


def check_words(words: Words) -> list[str]:
    """What is wrong with a scale of words, as sentences that say how to mend it."""
    names = [_key(step.word) for step in words.steps]
    if len(names) < 2 or not all(names):
        return ["Enter two words or more"]
    if len(set(names)) < len(names):
        return ["Enter each word once"]
    if [step.value for step in words.steps] != list(range(1, len(names) + 1)):
        return ["Number the words 1, 2, 3 in their order"]
    return []


def check_ratings(words: Words) -> list[str]:
    """What is wrong with a scale of ratings beside that: each word stands for something, and one for done."""
    if not all(step.stands in STANDS for step in words.steps):
        return ["Say of each word what it stands for"]
    if sum(step.stands == "done" for step in words.steps) != 1:
        return ["Let one word, and no other, stand for done"]
    return []


def _key(word: str) -> str:
    return " ".join(word.split()).casefold()
