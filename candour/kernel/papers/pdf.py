"""A paper as PDF/UA-1, set by typst in a process of its own.

The template is one file, typst/paper.typ; the paper goes in as JSON, where markup is nothing but characters.
"""

import datetime
import re
from typing import Any

from candour.kernel.papers.document import (
    Block,
    Bullets,
    Cell,
    Column,
    Detail,
    Document,
    Fact,
    Facts,
    Figure,
    Group,
    Heading,
    Item,
    Note,
    PageBreak,
    Paragraph,
    Row,
    Table,
    Words,
)
from candour.kernel.papers.typesetting import MEMORY, SECONDS, PaperFailed, PaperTooLarge, set_pdf
from candour.kernel.papers.walk import block_texts
from candour.kernel.papers.words import COLOURS, DRAFT, SHORT_ROW, foot_fact, numbered, top_facts

__all__ = ["PaperFailed", "PaperTooLarge", "render"]

_LONG = re.compile(r"\S{26,}")
_ALIGN = {"left": "left", "right": "right", "centre": "center"}


def render(document: Document, *, memory: int = MEMORY, seconds: int = SECONDS) -> bytes:
    """The PDF. The same paper gives the same bytes. PaperTooLarge past the limits, PaperFailed where typst refuses."""
    day = document.date or datetime.date(2000, 1, 1)
    midday = datetime.datetime(day.year, day.month, day.day, 12, tzinfo=datetime.UTC)
    return set_pdf(_paper(document), date=int(midday.timestamp()), memory=memory, seconds=seconds)


def _paper(document: Document) -> dict[str, Any]:
    language, _, region = document.language.partition("-")
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "body": document.body_name,
        "marking": document.marking,
        "draft": DRAFT if document.draft else "",
        "foot": foot_fact(document),
        "language": language,
        "region": region,
        "meta": [_fact(fact) for fact in top_facts(document)],
        "sections": _sections(document.blocks),
    }


def _sections(blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    sections: list[dict[str, Any]] = [{"landscape": False, "blocks": []}]
    for block in blocks:
        if isinstance(block, PageBreak):
            sections.append({"landscape": block.landscape, "blocks": []})
        else:
            sections[-1]["blocks"].append(_block(block))
    return [section for section in sections if section["blocks"]]


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"is": "heading", "level": block.level, "text": block.label, "anchor": block.anchor}
        case Paragraph():
            return _paragraph(block)
        case Note():
            return {"is": "note", "words": _words(block.words)}
        case Bullets():
            return _bullets(block)
        case Table():
            return _table(block)
        case Facts():
            return {"is": "facts", "caption": block.caption, "facts": [_fact(fact) for fact in block.facts]}
        case Detail():
            columns = [_column(column) for column in block.columns]
            facts = [_fact(fact) for fact in block.facts]
            return {"is": "detail", "columns": columns, "row": _row(Row(block.cells)), "facts": facts}
        case Figure():
            return {
                "is": "figure",
                "svg": block.svg,
                "title": block.title,
                "description": block.description,
                "table": _table(block.table) if block.table else None,
            }
    raise TypeError(f"a paper has no block {type(block).__name__}")


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    number = "" if paragraph.number is None else numbered(paragraph.number)
    return {"is": "paragraph", "number": number, "words": _words(paragraph.words)}


def _bullets(block: Bullets) -> dict[str, Any]:
    return {"is": "bullets", "marker": block.marker, "items": [_item(item) for item in block.items]}


def _item(item: Item) -> dict[str, Any]:
    return {"words": _words(item.words), "items": [_item(inner) for inner in item.items]}


def _words(runs: Words) -> list[list[Any]]:
    """[text, bold, italic, link]; a path of Candour's own pages is no link in a file."""
    return [
        [_breakable(run.text), run.bold, run.italic, "" if run.link.startswith("/") else run.link]
        for run in runs
        if run.text
    ]


def _breakable(text: str) -> str:
    """A place to break in words that no column holds (addresses), without a sign that would be read back."""
    return _LONG.sub(lambda found: re.sub(r"(.{12})(?=.)", "\\1\u200b", found[0]), text)


def _table(table: Table) -> dict[str, Any]:
    return {
        "is": "table",
        "caption": table.caption,
        "columns": [_column(column) for column in table.columns],
        "rows": [{"group": row.text} if isinstance(row, Group) else _row(row) for row in table.rows],
        "look": table.look,
        "headed": table.row_headers,
    }


def _column(column: Column) -> dict[str, Any]:
    return {"header": column.header, "width": column.width, "align": _ALIGN[column.align]}


def _row(row: Row) -> dict[str, Any]:
    short = sum(map(len, block_texts(row))) < SHORT_ROW
    return {"cells": [_cell(cell) for cell in row.cells], "total": row.total, "short": short}


def _cell(cell: Cell) -> dict[str, Any]:
    fill, ink = COLOURS.get(cell.tone, ("", ""))
    blocks = [_paragraph(part) if isinstance(part, Paragraph) else _bullets(part) for part in cell.blocks]
    return {"blocks": blocks, "badge": cell.badge, "fill": fill, "ink": ink, "span": cell.span}


def _fact(fact: Fact) -> dict[str, Any]:
    short = sum(map(len, block_texts(fact))) < SHORT_ROW
    return {"label": fact.label, "value": _cell(fact.value), "short": short}
