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
    led,
)
from candour.kernel.papers.typesetting import MEMORY, SECONDS, PaperFailed, PaperTooLarge, set_pdf
from candour.kernel.papers.walk import block_texts
from candour.kernel.papers.widths import column_widths
from candour.kernel.papers.words import COLOURS, DRAFT, SHORT_ROW, foot_fact, numbered, top_facts

__all__ = ["PaperFailed", "PaperTooLarge", "render"]

_WIDTHS = {False: 9638, True: 14570}  # twips between the margins
_POINTS = {"plain": 10, "compact": 8.5, "matrix": 9.5}
_LINE, _LONGEST = 70, 24  # letters of one word that a line, and a column, surely holds
_BREAK = re.compile(r"[/@._=&?-](?=\S)|\S{12}(?=\S)")
_ALIGN = {"left": "left", "right": "right", "centre": "center"}


def render(document: Document, *, memory: int = MEMORY, seconds: int = SECONDS, paged: bool = True) -> bytes:
    """The PDF. The same paper gives the same bytes. PaperTooLarge past the limits, PaperFailed where typst refuses.

    paged: with "Page 1 of 5" at the foot; a pack has numbers of its own.
    """
    day = document.date or datetime.date(2000, 1, 1)
    midday = datetime.datetime(day.year, day.month, day.day, 12, tzinfo=datetime.UTC)
    return set_pdf(_paper(document) | {"paged": paged}, date=int(midday.timestamp()), memory=memory, seconds=seconds)


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
    for block, leads in led(blocks):
        if isinstance(block, PageBreak):
            sections.append({"landscape": block.landscape, "blocks": []})
        else:
            set_block = _block(block, _WIDTHS[sections[-1]["landscape"]])
            sections[-1]["blocks"].append(set_block | {"leads": True} if leads else set_block)
    return [section for section in sections if section["blocks"]]


def _block(block: Block, width: int) -> dict[str, Any]:  # noqa: PLR0911  one for each kind
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
            return _table(block, width)
        case Facts():
            return {"is": "facts", "caption": block.caption, "facts": [_fact(fact) for fact in block.facts]}
        case Detail():
            return _detail(block, width)
        case Figure():
            return _figure(block, width)
    raise TypeError(f"a paper has no block {type(block).__name__}")


def _detail(block: Detail, width: int) -> dict[str, Any]:
    widths = column_widths(block.columns, (Row(block.cells),), width=width, points=9)
    return {
        "is": "detail",
        "columns": [_column(column, share) for column, share in zip(block.columns, widths, strict=True)],
        "row": _row(Row(block.cells)),
        "facts": [_fact(fact) for fact in block.facts],
    }


def _figure(block: Figure, width: int) -> dict[str, Any]:
    table = _table(block.table, width) if block.table else None
    return {"is": "figure", "svg": block.svg, "title": block.title, "description": block.description, "table": table}


def _paragraph(paragraph: Paragraph, longest: int = _LINE) -> dict[str, Any]:
    number = "" if paragraph.number is None else numbered(paragraph.number)
    return {"is": "paragraph", "number": number, "words": _words(paragraph.words, longest)}


def _bullets(block: Bullets, longest: int = _LINE) -> dict[str, Any]:
    return {"is": "bullets", "marker": block.marker, "items": [_item(item, longest) for item in block.items]}


def _item(item: Item, longest: int) -> dict[str, Any]:
    return {"words": _words(item.words, longest), "items": [_item(inner, longest) for inner in item.items]}


def _words(runs: Words, longest: int = _LINE) -> list[list[Any]]:
    """[text, bold, italic, link]; a path of Candour's own pages is no link in a file."""
    return [
        [_breakable(run.text, longest), run.bold, run.italic, "" if run.link.startswith("/") else run.link]
        for run in runs
        if run.text
    ]


def _breakable(text: str, longest: int) -> str:
    """Places to break, without a sign, in words that a line does not hold: after the stops of an address, or within."""
    if len(text) <= longest:
        return text
    return re.sub(rf"\S{{{longest + 1},}}", lambda found: _BREAK.sub("\\g<0>\u200b", found[0]), text)


def _table(table: Table, width: int) -> dict[str, Any]:
    widths = column_widths(table.columns, table.rows, width=width, points=_POINTS[table.look])
    return {
        "is": "table",
        "caption": table.caption,
        "columns": [_column(column, share) for column, share in zip(table.columns, widths, strict=True)],
        "rows": [{"group": row.text} if isinstance(row, Group) else _row(row) for row in table.rows],
        "look": table.look,
        "points": _POINTS[table.look],
        "headed": table.row_headers,
    }


def _column(column: Column, width: int) -> dict[str, Any]:
    return {"header": _breakable(column.header, _LONGEST), "width": width, "align": _ALIGN[column.align]}


def _row(row: Row) -> dict[str, Any]:
    short = sum(map(len, block_texts(row))) < SHORT_ROW
    return {"cells": [_cell(cell) for cell in row.cells], "total": row.total, "short": short}


def _cell(cell: Cell, longest: int = _LONGEST) -> dict[str, Any]:
    fill, ink = COLOURS.get(cell.tone, ("", ""))
    blocks = [
        _paragraph(part, longest) if isinstance(part, Paragraph) else _bullets(part, longest) for part in cell.blocks
    ]
    return {"blocks": blocks, "badge": cell.badge, "fill": fill, "ink": ink, "span": cell.span}


def _fact(fact: Fact) -> dict[str, Any]:
    short = sum(map(len, block_texts(fact))) < SHORT_ROW
    return {"label": fact.label, "value": _cell(fact.value, _LINE), "short": short}
