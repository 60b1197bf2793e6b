"""The leak check: does a copy give away anything of a risk that its audience may not see? Pure.

It looks for references and titles, which stop an issue, and for sentences of the hidden risks' texts, controls and
updates. It reads everything the copy holds: words, links and the names of places in it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from candour.kernel.papers.document import Document, Heading, runs_of, texts
from candour.risks.papers.words import REDACTED
from candour.risks.queries.rows import RiskRow

LEAST_WORDS = 6  # a shorter sentence of a hidden risk may stand in any risk: "Reviewed, no change"
LEAST_OF_A_TITLE = 2


@dataclass(frozen=True)
class Leak:
    """What was found: "reference", "title" or "words", and of which risk. Itself as secret as the risk."""

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


def leaks(text: str, hidden: Iterable[RiskRow], *, admitted: Iterable[str] = ()) -> list[str]:
    """What a text gives away of hidden risks, in words; empty when nothing. admitted: see find_leaks."""
    return [str(leak) for leak in find_leaks(text, hidden, admitted=admitted)]


def find_leaks(
    text: str, hidden: Iterable[RiskRow], *, admitted: Iterable[str] = (), shown: Iterable[RiskRow] = ()
) -> list[Leak]:
    """The same as facts. admitted: references that may each stand once, on a line of their own as REDACTED.

    shown: the risks of the copy; a sentence that two of them have of their own is a common one and gives nothing away.
    """
    lines = text.splitlines()
    for reference in admitted:
        line = f"{REDACTED}: {reference}"
        if line in lines:
            lines.remove(line)
    text = "\n".join(lines).casefold()
    hidden = tuple(hidden)
    spelled = f" {_plain(text)} "
    own = {row.pk: [one for one in sentences(row) if f" {one} " in spelled] for row in hidden}
    common = _common(shown, {one for found in own.values() for one in found})
    return [leak for row in hidden for leak in _of_one(row, text, spelled, set(own[row.pk]) - common)]


def _common(shown: Iterable[RiskRow], wanted: set[str]) -> set[str]:
    """Those sentences that two or more of the shown risks have of their own."""
    said = Counter(one for row in shown for one in set(sentences(row)) & wanted) if wanted else {}
    return {one for one, times in said.items() if times > 1}


def _of_one(row: RiskRow, text: str, spelled: str, own: set[str]) -> Iterator[Leak]:
    if _ending(row.reference) in text and re.search(reference_pattern(row.reference), text):
        yield Leak("reference", row.reference)
    title = _plain(row.title.casefold())
    if len(title.split()) >= LEAST_OF_A_TITLE and f" {title} " in spelled:
        yield Leak("title", row.reference)
    if own:
        yield Leak("words", row.reference)


def _ending(reference: str) -> str:
    """The last letters or figures of a reference: where a text lacks them, the slower pattern need not be tried."""
    return (re.findall(r"[^\W\d_]+|\d+", reference.casefold()) or [""])[-1]


def reference_pattern(reference: str) -> str:
    """Finds MPC012, mpc 012 and MPC-012, and not MPC0123."""
    parts = re.findall(r"[^\W\d_]+|\d+", reference.casefold())
    return r"(?<![^\W_])" + r"[-/ ._]?".join(map(re.escape, parts)) + r"(?![^\W_])" if parts else r"(?!)"


def sentences(row: RiskRow) -> Iterator[str]:
    """The sentences of all free texts of a risk that are long enough to be its own."""
    said = [row.source, row.event, row.effect, row.context, row.next_key_date]
    said += [control.text for control in row.controls] + [update.text for update in row.updates]
    for text in said:
        for sentence in re.split(r"[.;:!?\n]+", text.casefold()):
            plain = _plain(sentence)
            if len(plain.split()) >= LEAST_WORDS:
                yield plain


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text))
