"""Walks over the blocks of a paper. Pure Python."""

from collections.abc import Iterator

from candour.kernel.papers.blocks import (
    Bullets,
    Cell,
    Detail,
    Fact,
    Facts,
    Figure,
    Group,
    Heading,
    Item,
    Note,
    Paragraph,
    Row,
    Run,
    Table,
    Words,
)


def plain(runs: Words) -> str:
    return "".join(run.text for run in runs)


def block_texts(part: object) -> Iterator[str]:  # noqa: PLR0912
    """Every text of a block, or of any part of it or tuple of them, in the order of reading."""
    match part:
        case tuple():
            for member in part:
                yield from block_texts(member)
        case Heading():
            yield part.label
        case Paragraph() | Note():
            yield plain(part.words)
        case Bullets() | Item():
            if isinstance(part, Item):
                yield plain(part.words)
            for item in part.items:
                yield from block_texts(item)
        case Cell():
            if part.badge:
                yield part.badge
            for block in part.blocks:
                yield from block_texts(block)
        case Row():
            for cell in part.cells:
                yield from block_texts(cell)
        case Group():
            yield part.text
        case Fact():
            yield part.label
            yield from block_texts(part.value)
        case Table():
            yield part.caption
            yield from (column.header for column in part.columns)
            for row in part.rows:
                yield from block_texts(row)
        case Facts():
            yield part.caption
            yield from block_texts(part.facts)
        case Detail():
            yield from (column.header for column in part.columns)
            yield from block_texts((part.cells, part.facts))
        case Figure():
            yield part.title
            yield part.description
            if part.table:
                yield from block_texts(part.table)


def runs_of(part: object) -> Iterator[Run]:  # noqa: PLR0912
    """Every run of a block, or of any part of it or tuple of them."""
    match part:
        case Run():
            yield part
        case tuple():
            for member in part:
                yield from runs_of(member)
        case Paragraph() | Note():
            yield from part.words
        case Item():
            yield from runs_of((part.words, part.items))
        case Bullets():
            yield from runs_of(part.items)
        case Cell():
            yield from runs_of(part.blocks)
        case Row():
            yield from runs_of(part.cells)
        case Fact():
            yield from runs_of(part.value)
        case Table():
            yield from runs_of(part.rows)
        case Facts():
            yield from runs_of(part.facts)
        case Detail():
            yield from runs_of((part.cells, part.facts))
        case Figure() if part.table:
            yield from runs_of(part.table)
