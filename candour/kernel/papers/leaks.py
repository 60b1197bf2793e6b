"""The leak check: does a copy give away anything of a record that its audience may not see? Pure.

It looks for references and titles, which stop an issue, and for sentences of the hidden records' texts. It reads everything
the copy holds: words, links and the names of places in it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from candour.kernel.papers.document import Document, Heading, runs_of, texts

LEAST_WORDS = 6  # a shorter sentence of a hidden record may stand in any: "Reviewed, no change"
LEAST_OF_A_TITLE = 2


@dataclass(frozen=True)
class Secret:
    """A record as the check sees it, hidden or shown: every free text of it in `said`."""

    reference: str
    title: str
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Leak:
    """What was found: "reference", "title" or "words", and of which record. Itself as secret as the record."""

    what: str
    reference: str

    def __str__(self) -> str:
        said = {"reference": "the reference", "title": "the title of", "words": "words of"}
        return f"{said[self.what]} {self.reference}"


def document_text(document: Document) -> str:
    """Everything that a copy holds, a line a text: words seen, links and anchors."""
    blocks = (document.meta, document.seal, document.blocks)
    anchors = (block.anchor for block in document.blocks if isinstance(block, Heading))
    every = (*texts(document), *(run.link for run in runs_of(blocks)), *anchors)
    return "\n".join(filter(None, every))


def secrets_told(text: str, hidden: Iterable[Secret], *, shown: Iterable[Secret] = ()) -> list[Leak]:
    """What a text gives away of hidden records. A sentence that two shown ones have of their own gives nothing away."""
    folded, shown = text.casefold(), tuple(shown)
    spelled = f" {plain(folded)} "
    held = [(one, {said for said in sentences(one.said) if f" {said} " in spelled}) for one in hidden]
    wanted = {said for _, own in held for said in own}
    times = Counter(said for one in shown for said in set(sentences(one.said)) & wanted) if wanted else Counter()
    common = {said for said, number in times.items() if number > 1}
    return [leak for one, own in held for leak in _of_one(one, folded, spelled, own - common)]


def _of_one(one: Secret, text: str, spelled: str, own: set[str]) -> Iterator[Leak]:
    if ending(one.reference) in text and re.search(reference_pattern(one.reference), text):
        yield Leak("reference", one.reference)
    title = plain(one.title.casefold())
    if len(title.split()) >= LEAST_OF_A_TITLE and f" {title} " in spelled:
        yield Leak("title", one.reference)
    if own:
        yield Leak("words", one.reference)


def ending(reference: str) -> str:
    """The last letters or figures of a reference: where a text lacks them, the slower pattern need not be tried."""
    return (re.findall(r"[^\W\d_]+|\d+", reference.casefold()) or [""])[-1]


def reference_pattern(reference: str) -> str:
    """Finds MPC012, mpc 012 and MPC-012, and not MPC0123."""
    parts = re.findall(r"[^\W\d_]+|\d+", reference.casefold())
    return r"(?<![^\W_])" + r"[-/ ._]?".join(map(re.escape, parts)) + r"(?![^\W_])" if parts else r"(?!)"


def sentences(said: Iterable[str]) -> Iterator[str]:
    """The sentences of texts that are long enough to be a record's own."""
    for text in said:
        for sentence in re.split(r"[.;:!?\n]+", text.casefold()):
            words = plain(sentence)
            if len(words.split()) >= LEAST_WORDS:
                yield words


def plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text))
