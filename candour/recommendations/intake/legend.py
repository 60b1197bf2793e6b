"""What the letters or figures of a status stand for, by the paper's own words: "C = complete, P = in progress". Pure."""

import re
from collections.abc import Iterator, Mapping

from candour.kernel.intake.document import Document, Paragraph

_PAIR = re.compile(
    r"(?:^|[\s,;|(])(?P<sign>[A-Z]{1,2}|[1-5])\s*[=:–-]\s*(?P<means>[A-Za-z][A-Za-z ]{3,30}?)(?=\s*[,;|).]|\s*$)"
)
_STANDS = re.compile(
    r"\b(?:complete[d]?|closed|implemented|progress|started|open|outstanding|overdue|superseded|not due|on track)\b",
    re.IGNORECASE,
)


def legend_of(document: Document) -> Mapping[str, str]:
    """What each sign stands for; nothing where no line tells two of them."""
    for text in _alone(document):
        found = {hit["sign"]: hit["means"].strip() for hit in _PAIR.finditer(text)}
        if len(found) > 1 and any(map(_STANDS.search, found.values())):
            return found
    return {}


def _alone(document: Document) -> Iterator[str]:
    """Paragraphs, and rows of one cell."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
            continue
        for row in block.rows:
            filled = {text for text in row.texts if text}
            if len(filled) == 1:
                yield filled.pop()
