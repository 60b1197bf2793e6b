"""What a reader sees in each kind of file, compared without white space: where lines break does not matter."""

import io
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree

import pypdf

from candour.kernel.papers.document import Document, texts

VOID = {"meta", "br", "link", "img"}
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def squeezed(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


def missing(document: Document, seen: str) -> list[str]:
    """The words of the document that are not in the text of a file."""
    seen = squeezed(seen)
    return [word for text in texts(document) for word in text.split() if word not in seen]


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def part(docx: bytes, name: str) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return ElementTree.fromstring(archive.read(name))  # noqa: S314  a file that we have just written


def names(docx: bytes, start: str) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return [name for name in archive.namelist() if name.startswith(start)]


def said(element: ElementTree.Element) -> str:
    return "".join(found.text or "" for found in element.iter(WORD + "t"))


def word_text(docx: bytes) -> str:
    parts = ["word/document.xml", *names(docx, "word/header"), *names(docx, "word/footer")]
    return "\n".join(said(part(docx, name)) for name in parts)


class Page(HTMLParser):
    """The words of a page; raises where tags do not close in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words += data
