"""The words and colours that every renderer prints the same way. Pure Python."""

from candour.kernel.papers.document import Document, Fact
from candour.kernel.papers.walk import block_texts

DRAFT = "DRAFT, NOT ISSUED"

# tone -> (fill, ink): each pair reads at 4.5:1 or more, and stays in order of darkness without its hue.
COLOURS = {
    "high": ("#a8241c", "#ffffff"),
    "medium": ("#f2b544", "#3a2500"),
    "low": ("#a9d4b8", "#124a2c"),
    "red": ("#fbe8e5", "#7c1811"),
    "amber": ("#fdf1d6", "#663f00"),
    "green": ("#e2f2e7", "#124a2c"),
    "blue": ("#e2edf7", "#123f69"),
    "plum": ("#efe7f5", "#47245f"),
    "grey": ("#e9edef", "#38444c"),
}
INK, QUIET, RULE, WASH, LINK, DRAFT_FILL, DRAFT_INK = (
    "#15232b", "#47555f", "#aab4ba", "#e8ecec", "#0b5c78", "#fbe8e5", "#7c1811",
)  # fmt: skip

# A row of fewer characters than this stays on one page; a longer one may run over, or it could leave half a page empty.
SHORT_ROW = 600


def top_facts(document: Document) -> tuple[Fact, ...]:
    """What stands under the title: the facts of the meeting and, once issued, of the issue."""
    return (*document.meta, *document.seal)


def foot_fact(document: Document) -> str:
    """The first fact of the seal (the fingerprint, its first 16 figures), for the foot of every page once issued."""
    if not document.seal:
        return ""
    value = " ".join(block_texts(document.seal[0].value))
    return f"{document.seal[0].label} {value[:16] if len(value) > 40 else value}"


def numbered(number: int) -> str:
    return f"{number}."


def issue_line(document: Document) -> str:
    """The line over an issued paper on screen: when and by whom, and the two ends of its fingerprint; "" for a draft."""
    said = {fact.label: " ".join(block_texts(fact.value)) for fact in document.seal}
    if not {"Issued", "Fingerprint"} <= set(said):
        return ""
    mark = said["Fingerprint"]
    return f"Issued {said['Issued']}. Fingerprint {mark[:4]} {mark[4:8]} … {mark[-4:]}"
