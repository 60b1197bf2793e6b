"""The forms of a paper: text, CSV, Word, HTML, a workbook, PDF, and a Document as the readers of any file give it."""

import csv
import io
from collections.abc import Callable
from functools import cache
from html import escape

from candour.kernel.intake.cells import cell
from candour.kernel.intake.document import Block, Document, Paragraph, Place, Row, Table
from candour.kernel.intake.readers import read_document
from candour.kernel.intake.sniff import read_here
from tests.intake import makers

from .papers import Paper
from .pieces import pieces, rows_of
from .printed import look_of, printed_source, typeset


def as_text(paper: Paper) -> Document:
    out: list[str] = []
    for kind, what in pieces(paper):
        if isinstance(what, str):
            apart = kind == "heading" or (kind == "numbered" and what.startswith("1."))
            out += ["", what] if apart else [what]
            out += [""] if kind == "heading" else []
        else:
            out += ["", *["\t".join(line) for line in what], ""]
    return read_document("\n".join(out).encode(), "register.txt")


def as_csv(paper: Paper) -> Document:
    """The table alone, as a spreadsheet saves it."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(rows_of(paper))
    return read_document(out.getvalue().encode(), "register.csv")


def as_document(paper: Paper) -> Document:
    blocks: list[Block] = []
    for n, (kind, what) in enumerate(pieces(paper), 1):
        if isinstance(what, str):
            number, _, rest = what.partition(". ") if kind == "numbered" else ("", "", what)
            place = Place(page=1, paragraph=int(number or 0), line=n)
            blocks.append(
                Paragraph(rest, place, what, kind="heading" if kind == "heading" else "paragraph", number=number)
            )
            continue
        rows = []
        for k, line in enumerate(what, 1):
            place = Place(page=1, table=n, row=k, line=n)
            rows.append(Row(tuple(cell(text, place) for text in line), place, "\t".join(line)))
        blocks.append(Table(tuple(rows), rows[0].place))
    return Document(tuple(blocks), "register.docx", "0" * 64)


def as_word_file(paper: Paper) -> Document:
    """Headings by their level, paragraphs with their numbers typed, tables."""
    body = []
    for kind, what in pieces(paper):
        if isinstance(what, str):
            form = '<w:outlineLvl w:val="0"/>' if kind == "heading" else ""
            body.append(makers.p(escape(what), form=form))
        else:
            body.append(makers.tbl(*(makers.tr(*(escape(text) for text in line)) for line in what)))
    return read_here(makers.word("".join(body)), "register.docx")


def as_page(paper: Paper) -> Document:
    body = []
    for kind, what in pieces(paper):
        if isinstance(what, str):
            tag = "h1" if kind == "heading" else "p"
            body.append(f"<{tag}>{escape(what)}</{tag}>")
        else:
            lines = ("".join(f"<td>{escape(text)}</td>" for text in line) for line in what)
            body.append(f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>")
    return read_here(f"<html><meta charset=utf-8><body>{''.join(body)}</body></html>".encode(), "register.html")


def as_workbook(paper: Paper) -> Document:
    """The table alone, as in CSV."""
    return read_here(makers.as_workbook(rows_of(paper)), "register.xlsx")


def as_pdf(paper: Paper) -> Document:
    """As another program prints it: each kind of paper in a look of its own."""
    return _read_pdf(printed_source(list(pieces(paper)), look_of(paper)))


@cache
def _read_pdf(source: str) -> Document:
    return read_here(typeset(source), "register.pdf")


FORMS: dict[str, Callable[[Paper], Document]] = {
    "text": as_text,
    "csv": as_csv,
    "document": as_document,
    "word": as_word_file,
    "html": as_page,
    "workbook": as_workbook,
    "pdf": as_pdf,
}
SHEETS = {"csv", "workbook"}
# A sheet holds rows alone: no prose, no cards, no scale.
FITS = {
    "text": ("paper", "rows", "cards", "spans"),
    "csv": ("rows", "spans"),
    "document": ("paper", "rows", "cards", "spans"),
    "word": ("paper", "rows", "cards", "spans"),
    "html": ("paper", "rows", "cards", "spans"),
    "workbook": ("rows", "spans"),
    "pdf": ("paper", "rows", "cards", "spans"),
}
