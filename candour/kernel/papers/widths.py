"""How wide the columns of a table are: by their shares, but never narrower than their longest word. Pure Python."""

from itertools import chain

from candour.kernel.papers.document import Cell, Column, Group, Row
from candour.kernel.papers.walk import block_texts

LONGEST = 24  # letters; a longer word (an address) may break
_BOLD = 0.60  # of the size of the letters: the mean width of a letter in bold sans, and a little
_INSET = 190  # twips within a cell, left and right together


def column_widths(
    columns: tuple[Column, ...], rows: tuple[Row | Group, ...], *, width: int, points: float
) -> tuple[int, ...]:
    """Widths in twips that add up to width. points: the size of the letters.

    Where the words need more than there is, all columns give way alike.
    """
    total = sum(column.width for column in columns)
    letters = _longest(columns, rows)
    least = [min(int(count * points * 20 * _BOLD) + _INSET, width) for count in letters]
    found = [width * column.width / total for column in columns]
    for _round in columns:
        short = [place for place, share in enumerate(found) if share < least[place]]
        if not short or sum(least) >= width:
            break
        spare = sum(max(share - least[place], 0) for place, share in enumerate(found))
        needed = sum(least[place] - found[place] for place in short)
        found = [
            least[place] if share < least[place] else share - needed * (share - least[place]) / spare
            for place, share in enumerate(found)
        ]
    if sum(least) >= width:
        found = [width * need / sum(least) for need in least]
    whole = [int(share) for share in found]
    whole[-1] += width - sum(whole)
    return tuple(whole)


def _longest(columns: tuple[Column, ...], rows: tuple[Row | Group, ...]) -> list[int]:
    found = [_letters(column.header) for column in columns]
    for row in rows:
        if isinstance(row, Row) and len(row.cells) == len(columns):
            for place, cell in enumerate(row.cells):
                found[place] = max(found[place], _cell_letters(cell))
    return found


def _cell_letters(cell: Cell) -> int:
    return max(chain([0], map(_letters, block_texts(cell))))


def _letters(text: str) -> int:
    return min(max(map(len, text.split()), default=0), LONGEST)
