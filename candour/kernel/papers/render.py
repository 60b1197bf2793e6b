"""One door to every renderer: a paper and a file's suffix in, bytes out."""

from collections.abc import Callable

from candour.kernel.papers import docx, html, pdf, text
from candour.kernel.papers.canonical import canonical
from candour.kernel.papers.document import Document

RENDERERS: dict[str, Callable[[Document], bytes]] = {
    ".docx": docx.render,
    ".pdf": pdf.render,
    ".html": lambda document: html.standalone(document).encode(),
    ".txt": lambda document: text.render(document).encode(),
    ".json": canonical,
}
CONTENT_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".html": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
}


class UnknownFormat(ValueError):
    """A paper is not written in this format; the message names those that it is."""


def render(document: Document, suffix: str) -> bytes:
    """The paper as the file that the suffix names (".docx", in either case). UnknownFormat for any other."""
    found = RENDERERS.get(suffix.lower())
    if found is None:
        raise UnknownFormat(
            f"A paper is written as {', '.join(RENDERERS)}, not as {suffix or 'a file without a suffix'}"
        )
    return found(document)
