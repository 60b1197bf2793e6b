"""The leak check: does a copy give away anything of a record that its audience may not see? Pure.

It looks for references and titles, which stop an issue, and for sentences of the hidden records' texts. It reads
everything the copy holds: words, links and the names of places in it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from candour.kernel.papers.document import Document, Heading, runs_of, texts
from candour.kernel.papers.kinds import Check

LEAST_WORDS = 6  # a shorter sentence of a hidden record may stand in any: "Reviewed, no change"
LEAST_OF_A_TITLE = 2
REDACTED = "REDACTED"


@dataclass(frozen=True)
class Told:
    """What a record says in words. texts: its free texts, each as it stands."""

    reference: str
    title: str
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Leak:
    """What was found: "reference", "title" or "words", and of which record. Itself as secret as the record.

    title: the words themselves, of a title.
    """

    what: str
    reference: str
    title: str = field(default="", compare=False)

    def __str__(self) -> str:
        said = {"reference": "the reference", "title": "the title of", "words": "words of"}
        return f"{said[self.what]} {self.reference}"


def document_text(document: Document) -> str:
    """Everything that a copy holds, a line a text: words seen, links and anchors."""
    blocks = (document.meta, document.seal, document.blocks)
    anchors = (block.anchor for block in document.blocks if isinstance(block, Heading))
    every = (*texts(document), *(run.link for run in runs_of(blocks)), *anchors)
    return "\n".join(filter(None, every))


def find_leaks(
    text: str, hidden: Iterable[Told], *, admitted: Iterable[str] = (), shown: Iterable[Told] = ()
) -> list[Leak]:
    """What a text gives away of hidden records. admitted: references that may each stand once, on a line as REDACTED.

    shown: the records of the copy; a sentence that two of them have of their own is a common one and gives nothing away.
    """
    lines = text.splitlines()
    for reference in admitted:
        line = f"{REDACTED}: {reference}"
        if line in lines:
            lines.remove(line)
    text = "\n".join(lines).casefold()
    hidden = tuple(hidden)
    spelled, joined = f" {_plain(text)} ", _joined(text)
    own = [[one for one in sentences(told) if f" {one} " in spelled] for told in hidden]
    common = _common(shown, {one for found in own for one in found})
    found: list[Leak] = []
    for told, said in zip(hidden, own, strict=True):
        found += _of_one(told, (text, spelled, joined), set(said) - common)
    return found


def leak_checks(
    document: Document, *, hidden: Iterable[Told], shown: Iterable[Told], admitted: Iterable[str] = (), what: str
) -> tuple[Check, ...]:
    """Two checks of a copy: names, which stop its issue, and sentences. what: of the records, "recommendations"."""
    found = find_leaks(document_text(document), hidden, admitted=admitted, shown=shown)
    named = [str(leak) for leak in found if leak.what != "words"]
    said = [str(leak) for leak in found if leak.what == "words"]
    return (
        Check(
            not named,
            "Leak check: references, titles and links",
            _where(named, f"Take it out of the other {what}’ texts first"),
            stops=True,
        ),
        Check(
            not said, f"Leak check: sentences of hidden {what}", _where(said, "See whether the sentence gives it away")
        ),
    )


def _where(found: list[str], what_to_do: str) -> str:
    if not found:
        return ""
    shown = found if len(found) <= 6 else [*found[:6], f"{len(found) - 6} more"]
    said = ", ".join(shown[:-1]) + " and " + shown[-1] if len(shown) > 1 else shown[0]
    return f"{said[0].upper()}{said[1:]}. {what_to_do}"


def _common(shown: Iterable[Told], wanted: set[str]) -> set[str]:
    """Those sentences that two or more of the shown records have of their own."""
    said = Counter(one for told in shown for one in set(sentences(told)) & wanted) if wanted else {}
    return {one for one, times in said.items() if times > 1}


def _of_one(told: Told, texts: tuple[str, str, str], own: set[str]) -> Iterator[Leak]:
    text, spelled, joined = texts
    if _joined(told.reference.casefold()) in joined and re.search(reference_pattern(told.reference), text):
        yield Leak("reference", told.reference)
    title = _plain(told.title.casefold())
    if len(title.split()) >= LEAST_OF_A_TITLE and f" {title} " in spelled:
        yield Leak("title", told.reference, told.title)
    if own:
        yield Leak("words", told.reference)


def _joined(text: str) -> str:
    """The text without what may stand within a reference: where it lacks one so, the slower pattern need not be tried."""
    return re.sub(r"[-/ ._]", "", text)


def reference_pattern(reference: str) -> str:
    """Finds MPC012, mpc 012 and MPC-012, and not MPC0123."""
    parts = re.findall(r"[^\W\d_]+|\d+", reference.casefold())
    return r"(?<![^\W_])" + r"[-/ ._]?".join(map(re.escape, parts)) + r"(?![^\W_])" if parts else r"(?!)"


def sentences(told: Told) -> Iterator[str]:
    """The sentences of all free texts of a record that are long enough to be its own."""
    for text in told.texts:
        for sentence in re.split(r"[.;:!?\n]+", text.casefold()):
            plain = _plain(sentence)
            if len(plain.split()) >= LEAST_WORDS:
                yield plain


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text))
