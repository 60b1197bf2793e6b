"""A paper as plain text, in the shape in which boards' papers are kept as text, so that our own reader reads it back.

Headings stand on lines of their own. A table is its caption, its header and its rows, with tabs between the cells, and
every row has as many cells as the header. A cell never holds a tab or a line break: points in it follow each other as
" • point • point" (◦ one level down), dated updates as " ➤ 26/10/2023 - words". The marking stands alone on its line
where a page begins and at the end; a draft says so beneath it.
"""

from collections.abc import Iterator

from candour.kernel.papers.document import (
    Block,
    Bullets,
    Cell,
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
    Table,
    Words,
    plain,
)
from candour.kernel.papers.words import DRAFT, numbered, top_facts

_MARKS = {"point": ("•", "◦"), "update": ("➤", "•", "◦")}


def render(document: Document) -> str:
    """The whole paper, lines ended by a newline."""
    mark = [line for line in (document.marking, DRAFT if document.draft else "") if line]
    parts: list[list[str]] = [mark, [document.body_name], [document.title]]
    if document.subtitle:
        parts.append([document.subtitle])
    parts.append([_cells(fact.label, _cell(fact.value)) for fact in top_facts(document)])
    for block in document.blocks:
        parts.append(mark if isinstance(block, PageBreak) else list(_block(block)))
    parts.append(mark)
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield block.label
        case Paragraph():
            yield (f"{numbered(block.number)} " if block.number is not None else "") + _line(block.words)
        case Note():
            yield _line(block.words)
        case Bullets():
            yield from _points(block.items, _MARKS[block.marker], 0)
        case Table():
            yield from _table(block)
        case Facts():
            if block.caption:
                yield block.caption
            yield from (_fact(fact, 2) for fact in block.facts)
        case Detail():
            yield _cells(*(column.header for column in block.columns))
            yield _row(block.cells)
            yield from (_fact(fact, len(block.columns)) for fact in block.facts)
        case Figure():
            yield block.title
            yield block.description
            if block.table:
                yield from _table(block.table)


def _table(table: Table) -> Iterator[str]:
    yield table.caption
    yield _cells(*(column.header for column in table.columns))
    for row in table.rows:
        if isinstance(row, Group):
            yield _cells(row.text, *[""] * (len(table.columns) - 1))
        else:
            yield _row(row.cells)


def _row(cells: tuple[Cell, ...]) -> str:
    return _cells(*(text for cell in cells for text in (_cell(cell), *[""] * (cell.span - 1))))


def _fact(fact: Fact, columns: int) -> str:
    return _cells(fact.label, _cell(fact.value), *[""] * (columns - 2))


def _cells(*texts: str) -> str:
    return "\t".join(texts)


def _cell(cell: Cell) -> str:
    parts = [cell.badge] if cell.badge else []
    for block in cell.blocks:
        if isinstance(block, Paragraph):
            parts.append((f"{numbered(block.number)} " if block.number is not None else "") + _line(block.words))
        else:
            parts.extend(line.strip() for line in _points(block.items, _MARKS[block.marker], 0))
    return " ".join(part for part in parts if part)


def _points(items: tuple[Item, ...], marks: tuple[str, ...], depth: int) -> Iterator[str]:
    mark = marks[min(depth, len(marks) - 1)]
    for item in items:
        yield f"{'  ' * depth}{mark} {_line(item.words)}"
        yield from _points(item.items, marks, depth + 1)


def _line(runs: Words) -> str:
    return " ".join(plain(runs).split())
