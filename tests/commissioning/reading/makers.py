"""Registers as people send them: as text, workbooks with merged cells, Word tables."""

from io import BytesIO
from typing import Any

import docx
import openpyxl

from candour.kernel.intake.commands import read
from candour.kernel.intake.document import Reading
from candour.kernel.intake.readers import read_document


def reading(content: str | bytes, name: str = "register.csv", kind: str | None = None) -> Reading:
    return read(read_document(content.encode() if isinstance(content, str) else content, name), kind)


def workbook(rows: list[list[Any]], merged: tuple[str, ...] = (), sheet: str = "Register") -> bytes:
    """A workbook of one sheet. merged: ranges such as A1:D1."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    for span in merged:
        page.merge_cells(span)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def word(paragraphs: list[str], rows: list[list[str]], merged: tuple[tuple[int, int, int, int], ...] = ()) -> bytes:
    """A Word file with a table. merged: (top, left, bottom, right) of cells that are one."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for n, row in enumerate(rows):
        for k, text in enumerate(row):
            table.cell(n, k).text = text
    for top, left, bottom, right in merged:
        table.cell(top, left).merge(table.cell(bottom, right))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def told(found: Reading) -> list[tuple[str, str]]:
    """Code and row of each finding, sorted."""
    return sorted((one.code, one.reference) for one in found.findings)


def rows_of(found: Reading, *names: str) -> list[tuple[Any, ...]]:
    """Some fields of each record."""
    return [tuple(record[name] for name in names) for record in found.records]
