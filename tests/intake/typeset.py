"""PDFs for the tests, set by typst; `untagged` takes away the tags, as most programs never put any."""

import io

import pypdf
import typst

from candour.kernel.intake.document import Document, Paragraph, Table
from candour.kernel.intake.pdf import read_pdf

PAGE = """
#set page(paper: "a4", margin: 2cm)
#set text(font: "Libertinus Serif", size: 11pt, lang: "en", region: "GB", hyphenate: false)
"""


def pdf(source: str, *, tagged: bool = False, page: str = PAGE) -> bytes:
    content = typst.compile((page + source).encode(), format="pdf")
    return content if tagged else untagged(content)


def untagged(content: bytes) -> bytes:
    """Without the tree of tags and without what it says of headers and footers."""
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(content)))
    del writer.root_object["/StructTreeRoot"]
    for page in writer.pages:
        data = page.get_contents().get_data().replace(b"/Artifact", b"/Printed")
        stream = pypdf.generic.DecodedStreamObject()
        stream.set_data(data)
        page[pypdf.generic.NameObject("/Contents")] = writer._add_object(stream)
    return written(writer)


def written(writer: pypdf.PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def read(source: str, *, tagged: bool = False, page: str = PAGE) -> Document:
    return read_pdf(pdf(source, tagged=tagged, page=page), name="paper.pdf")


def rows(table: Table) -> list[tuple[str, ...]]:
    return [row.texts for row in table.rows]


def said(document: Document) -> list[tuple[str, str]]:
    """(kind, words) of every paragraph that is no marking."""
    return [
        (block.kind, block.text)
        for block in document.blocks
        if isinstance(block, Paragraph) and block.marker != "marking"
    ]
