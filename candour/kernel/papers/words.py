"""The words that every renderer prints the same way. Pure Python."""

from candour.kernel.papers.document import Document, Fact

DRAFT = "DRAFT, NOT ISSUED"


def top_facts(document: Document) -> tuple[Fact, ...]:
    """What stands under the title: the facts of the meeting and, once issued, of the issue."""
    return (*document.meta, *document.seal)


def numbered(number: int) -> str:
    return f"{number}."
