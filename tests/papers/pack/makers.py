"""Packs and uploads made up for the tests: Candour's own papers, and files as other programs make them."""

import datetime
import io

import pikepdf
import typst
from docx import Document as WordFile
from pikepdf import Array, Dictionary, Name

from candour.kernel.intake.uploads import take_upload
from candour.kernel.papers.document import Document, Heading, fact, para
from candour.kernel.papers.pack import Front, Part, Upload, Version
from candour.kernel.papers.pdf import render
from tests.papers.samples import BODY, everything

FRONT = Front(
    "Joint Audit, Risk and Assurance Panel",
    BODY,
    "Papers for the meeting",
    meta=(fact("Date", "Thursday 26 October 2023, 10am"), fact("Place", "Committee room 1")),
    versions=(Version("1", "18 October 2023", "First issue."),),
    date=datetime.date(2023, 10, 26),
)
WHERE = "https://example.org/files/"


def short(words: str = "To agree the plan.", title: str = "Plan", **more) -> Document:
    return Document(title, BODY, (Heading(1, "Purpose"), para(words)), draft=False, **more)


def paged(pages: int, title: str = "Plan") -> Document:
    """A paper of so many pages."""
    blocks = []
    from candour.kernel.papers.document import PageBreak

    for number in range(1, pages + 1):
        blocks += [Heading(1, f"{title}, section {number}"), para(f"Words of section {number}.")]
        if number < pages:
            blocks.append(PageBreak())
    return Document(title, BODY, tuple(blocks), draft=False)


def part(key: str, paper, *, heading: str = "", number: str = "", marking: str = "OFFICIAL") -> Part:
    own = isinstance(paper, Document)
    return Part(key, heading or (paper.title if own else paper.name), paper, number, "" if own else marking)


def upload(content: bytes, name: str) -> Upload:
    return take_upload(content, name, link=WHERE + name)


def others_ua(heading: str = "Audit report", standard: str | None = "ua-1") -> bytes:
    """A PDF by another program: tags, tables with heads that cells point at, a picture, links and a note."""
    source = f"""#set document(title: "{heading}")
#set text(lang: "en")
= {heading}
Opinion: *substantial*. See #link(<figures>)[the figures] and #link("https://example.org")[the plan].
== Figures <figures>
#table(columns: 2, table.header([Area], [Opinion]), [Payroll], [Substantial], [Fleet], [Limited])
#figure(rect(width: 3cm, height: 1cm, fill: blue), alt: "A blue bar of three centimetres", caption: [Share])
- One
  - Two
#pagebreak()
= Second page
The end.
"""
    return typst.compile(source.encode(), pdf_standards=standard or [])


def without_tags(content: bytes) -> bytes:
    """The same as a careless program writes it: words without tags."""

    def strip(pdf: pikepdf.Pdf) -> None:
        for name in ("/StructTreeRoot", "/MarkInfo", "/Metadata"):
            if name in pdf.Root:
                del pdf.Root[name]

    return changed(content, strip)


def changed(content: bytes, change, **more) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        found = io.BytesIO()
        pdf.save(found, **more)
    return found.getvalue()


def sized(pages: int = 1, *, rotate: int = 0, ink: bytes = b"") -> bytes:
    """Pages without tags that may lie on their side, and on which something may be printed."""
    pdf = pikepdf.new()
    for _page in range(pages):
        page = pdf.add_blank_page(page_size=(595, 842))
        page.obj.Rotate = rotate
        page.obj.Contents = pdf.make_stream(ink or b"0 0 0 rg 200 400 100 50 re f")
    found = io.BytesIO()
    pdf.save(found)
    return found.getvalue()


def with_script(content: bytes) -> bytes:
    def add(pdf: pikepdf.Pdf) -> None:
        script = Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        pdf.Root.OpenAction = script
        pdf.pages[0].obj.AA = Dictionary(O=script)
        note = Dictionary(
            Type=Name.Annot,
            Subtype=Name.FileAttachment,
            Rect=Array([10, 10, 20, 20]),
            FS=Dictionary(Type=Name.Filespec, F=pikepdf.String("secret.xlsx")),
        )
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])

    return changed(content, add)


def word_file(*, header: str = "Report of the chief finance officer") -> bytes:
    """A Word paper as an officer writes it."""
    word = WordFile()
    word.add_heading("Budget report", 0)
    word.add_heading("Purpose", 1)
    word.add_paragraph("To agree the budget for 2024/25.")
    word.add_heading("Pressures", 2)
    for said in ("Pay awards", "Energy prices"):
        word.add_paragraph(said, style="List Bullet")
    for said in ("Agree the precept", "Note the reserves"):
        word.add_paragraph(said, style="List Number")
    table = word.add_table(3, 3, style="Table Grid")
    for row, said in zip(
        table.rows, (("Head", "2023/24", "2024/25"), ("Pay", "£81m", "£86m"), ("Fleet", "£4m", "£5m")), strict=True
    ):
        for cell, text in zip(row.cells, said, strict=True):
            cell.text = text
    word.sections[0].header.paragraphs[0].text = header
    return saved(word)


def saved(word) -> bytes:
    found = io.BytesIO()
    word.save(found)
    return found.getvalue()


def mixed_parts() -> list[Part]:
    return [
        part("register", everything(draft=False), heading="Risk register", number="4"),
        part("audit", upload(others_ua(), "audit.pdf"), heading="Audit report", number="5"),
        part("budget", upload(word_file(), "budget.docx"), heading="Budget", number="6", marking="OFFICIAL-SENSITIVE"),
        part("plan", short(), number="7"),
    ]


def own_pdf() -> bytes:
    return render(everything(draft=False))
