"""Tidy: joins what pages broke and sets page markings aside. Pure; drops nothing: what goes is set aside with why."""

from collections.abc import Sequence
from dataclasses import replace

from .cells import BULLETS, even
from .document import Block, Cell, Document, Paragraph, Row, SetAside, Table

MARKING = "A page marking (a running header or footer), not part of any row"
RULING = "A ruling line, without words"
REPEATED = "The heading row of the table, repeated on the next page"


def tidy(document: Document, *, keep: Sequence[str] = ()) -> Document:
    """The document with split tables joined and markings set aside. Tidying twice changes nothing.

    keep: texts that are no page markings although they repeat.
    """
    kept = {even(text).casefold() for text in keep}
    blocks: list[Block] = []
    aside = list(document.set_aside)
    broken = False
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.marker in ("marking", "ruling") and block.text.casefold() not in kept:
            if block.text:  # a page may turn without printing any
                aside.append(SetAside(block.place, block.text, MARKING if block.marker == "marking" else RULING))
            broken = broken or block.marker == "marking"
            continue
        found, rulings = _without_rulings(block) if isinstance(block, Table) else (block, [])
        aside.extend(rulings)
        if isinstance(found, Table) and not found.rows:
            continue
        before = blocks[-1] if blocks else None
        if broken and isinstance(found, Table) and isinstance(before, Table) and _continues(before, found):
            blocks[-1], repeated = _joined(before, found)
            aside.extend(repeated)
        else:
            blocks.append(found)
        last, above = blocks[-1], blocks[-2] if len(blocks) > 1 else None
        if isinstance(above, Table) and isinstance(last, Table) and _spells_out(above, last):
            blocks[-2:] = [replace(above, rows=(*above.rows, *last.rows))]
        broken = False
    return replace(document, blocks=tuple(blocks), set_aside=tuple(aside))


def _without_rulings(table: Table) -> tuple[Table, list[SetAside]]:
    rulings = [row for row in table.rows if row.raw.strip() and not row.raw.strip("\t |:-=_") and "--" in row.raw]
    if not rulings:
        return table, []
    rows = tuple(row for row in table.rows if row not in rulings)
    return replace(table, rows=rows), [SetAside(row.place, row.raw, RULING) for row in rulings]


def _continues(before: Table, after: Table) -> bool:
    """Whether a table carries on the one before the page break.

    It does when it repeats the header of a regular table, or starts without one and is as wide as the last row, or
    starts in the middle of a cell (an empty first cell).
    """
    first, last = after.rows[0], before.rows[-1]
    if _repeated(before, after):
        return last.width > 2
    if _heads_another(before, first):
        return False
    pairs = last.width == 2 or (
        last.width == 1 and max(row.width for row in before.rows) == 2
    )  # a label's value is empty
    # Of labels and values many may be alike: such a table begins anew with its first.
    if any(_key(first) == _key(row) for row in before.rows[: 1 if pairs and first.width <= 2 else None]):
        return False
    if not first.texts[0] and first.width <= max(last.width, 2):
        return True
    if pairs or first.width <= 2:
        return first.width <= 2 and pairs
    return first.width in {row.width for row in before.rows}


def _spells_out(before: Table, after: Table) -> bool:
    """Whether labels and values directly beneath a heading row and one row go on about that row.

    Papers print a record so: its short facts across, its long ones under each other. As text they are one table. What
    stands on another sheet is another table.
    """
    if before.rows[0].place.sheet != after.rows[0].place.sheet:
        return False
    filled = [row for row in before.rows if row.width]
    across = len(filled) == 2 and all(row.width > 2 for row in filled)
    labels = [row.texts[0] for row in after.rows]
    mostly = bool(labels[0]) and sum(map(bool, labels)) * 2 > len(labels)  # one may be lost
    return across and len(after.rows) > 1 and mostly and all(row.width <= 2 for row in after.rows)


def _heads(table: Table) -> int:
    """How many rows head a table: to the first that fills its width. Titles that span the table stand above it."""
    widest = max(row.width for row in table.rows)
    full = (n for n, row in enumerate(table.rows, 1) if sum(map(bool, row.texts)) > 1 and row.width == widest)
    return next(full, 0)


def _repeated(before: Table, after: Table) -> int:
    """How many rows at the start of a table repeat rows that head the one before: all, or some that follow one another."""
    heads = [_key(row) for row in before.rows[: _heads(before)]]
    first = [_key(row) for row in after.rows[: len(heads)]]
    found = [
        (n, end) for end in range(1, len(heads) + 1) for n in range(1, end + 1) if first[:n] == heads[end - n : end]
    ]
    number, end = max(found, default=(0, 0))
    if not any(sum(map(bool, row)) > 1 for row in first[:number]):
        return 0
    while number < len(after.rows) and len(heads) <= end < len(before.rows):  # further headings under those
        if _key(before.rows[end]) != _key(after.rows[number]):
            break
        number, end = number + 1, end + 1
    return number


def _heads_another(before: Table, first: Row) -> bool:
    """Whether a row has most headings of a table and not all: it heads another of the same kind."""
    heads = before.rows[max(0, _heads(before) - 1)].texts
    same = sum(a == b != "" for a, b in zip(heads, first.texts, strict=False))
    return 2 <= same < sum(map(bool, heads)) and same * 2 > sum(map(bool, first.texts))


def _key(row: Row) -> tuple[str, ...]:
    return tuple(text.casefold() for text in row.texts[: row.width])


def _joined(before: Table, after: Table) -> tuple[Table, list[SetAside]]:
    rows, repeated = list(before.rows), _repeated(before, after)
    heads, more = after.rows[:repeated], list(after.rows[repeated:])
    aside = [SetAside(row.place, " | ".join(filter(None, row.texts)), REPEATED) for row in heads]
    if more and _cut(rows[-1], more[0]):
        rows[-1] = _row_joined(rows[-1], more[0])
        more = more[1:]
    return replace(before, rows=(*rows, *more)), aside


def _cut(last: Row, first: Row) -> bool:
    """Whether the first row after the break carries on cells of the last.

    It begins with an empty cell, fills fewer cells and none that the last leaves empty; and a figure or a day is carried
    on by no other.
    """
    filled = [n for n, text in enumerate(first.texts) if text]
    if first.texts[0] or first.width < 2 or len(filled) >= max(2, sum(map(bool, last.texts))):
        return False
    return all(n < len(last.cells) and last.texts[n] and not _figures(last.texts[n], first.texts[n]) for n in filled)


def _figures(*texts: str) -> bool:
    return not any(letter.isalpha() for text in texts for letter in text)


def _row_joined(last: Row, first: Row) -> Row:
    cells = list(last.cells)
    for n, cell in enumerate(first.cells):
        if cell.text:
            cells[n] = _cell_joined(cells[n], cell)
    return replace(last, cells=tuple(cells), raw=f"{last.raw}\n{first.raw}")


def _cell_joined(above: Cell, below: Cell) -> Cell:
    """The cell of both. A bullet that the page ends with begins what follows it."""
    blocks, more = list(above.blocks), list(below.blocks)
    end, start = (blocks[-1] if blocks else None), (more[0] if more else None)
    if isinstance(end, Paragraph) and isinstance(start, Paragraph) and start.kind == "paragraph":
        sign = end.text[-1:]
        if sign in BULLETS and end.text[:-1].endswith(" "):
            blocks[-1] = replace(end, text=end.text[:-1].rstrip(), raw=end.raw.rstrip(f"{sign} \n"))
            more[0] = replace(start, kind="item", marker=sign, depth=end.depth, raw=f"{sign} {start.raw}")
        else:
            blocks[-1] = replace(end, text=f"{end.text} {start.text}", raw=f"{end.raw}\n{start.raw}")
            more = more[1:]
    return replace(above, blocks=(*blocks, *more), raw=f"{above.raw}\n{below.raw}")
