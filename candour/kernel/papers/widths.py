"""How wide the columns of a table are: by their shares, but never narrower than their longest word. Pure Python."""

import re

from candour.kernel.calendar import MONTHS
from candour.kernel.papers.document import Column, Group, Row
from candour.kernel.papers.walk import block_texts

LONGEST = 14.4  # widths of the size of the letters, some 24 letters; a longer word (an address) may break
# Letters of a bold sans, each as wide as this share of their size; all others and all figures as wide as OTHER.
_EMS = {
    letter: width
    for letters, width in (
        ("ijlI.,:;'’/|\N{NO-BREAK SPACE}", 0.28),
        ("ft()-[]", 0.34),
        ("r", 0.39),
        ("bdghnopquFLTZJ", 0.62),
        ("EPSVXY", 0.67),
        ("ABCDHKNRU", 0.73),
        ("GOQw", 0.78),
        ("M", 0.84),
        ("m%", 0.89),
        ("W", 0.95),
        ("→↑↓➤", 1.0),
    )
    for letter in letters
}
_OTHER = 0.57
_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(f'{month}|{month[:3]}' for month in MONTHS)})\b")
_INSET = 190  # twips within a cell, left and right together


def column_widths(
    columns: tuple[Column, ...], rows: tuple[Row | Group, ...], *, width: int, points: float
) -> tuple[int, ...]:
    """Widths in twips that add up to width. points: the size of the letters.

    A date breaks before its year where there is room for that, else anywhere between its words. Where the words need more
    than there is, all columns give way alike.
    """
    total = sum(column.width for column in columns)
    for days in (True, False):
        longest = _longest(columns, rows, days=days)
        least = [min(int(ems * points * 20) + _INSET, width) for ems in longest]
        if sum(least) < width:
            break
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


def _longest(columns: tuple[Column, ...], rows: tuple[Row | Group, ...], *, days: bool) -> list[float]:
    """The width of the longest word of each column, in sizes of the letters. days: a day and its month are one word."""
    found = [set(_words(column.header, days=days)) for column in columns]
    for row in rows:
        if isinstance(row, Row) and len(row.cells) == len(columns):
            for words, cell in zip(found, row.cells, strict=True):
                for text in block_texts(cell):
                    words.update(_words(text, days=days))
    return [min(max(map(_ems, words), default=0.0), LONGEST) for words in found]


def _words(text: str, *, days: bool) -> list[str]:
    return (_DAY.sub("\\1\N{NO-BREAK SPACE}\\2", text) if days else text).replace("\n", " ").split(" ")


def _ems(word: str) -> float:
    return sum(_EMS.get(letter, _OTHER) for letter in word)
