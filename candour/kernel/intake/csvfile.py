"""The CSV reader: any usual encoding and separator, cells with line breaks, the header row anywhere.

Pure. The whole file becomes one table; which row is the header is for the app's own reader to say.
"""

import csv
import io
from collections import Counter

from candour.kernel.papers.cells import unharmed

from .cells import cell
from .document import Document, Place, Row, Table
from .text import decode

SEPARATORS = (",", ";", "\t", "|")
_SAMPLE = 100_000


def read_csv(source: bytes, *, name: str = "", sha256: str = "") -> Document:
    """The raw document of a CSV file: one table; a row's place is its number in the file, the blank ones counted."""
    text = decode(source)
    separator = separator_of(text)
    rows = []
    for n, texts in enumerate(_rows(text, separator), 1):
        place = Place(row=n)
        rows.append(Row(tuple(cell(unharmed(one), place) for one in texts), place, separator.join(texts)))
    return Document((Table(tuple(rows), Place(table=1)),) if rows else (), name, sha256)


def separator_of(text: str) -> str:
    """The separator that gives most rows the same number of cells, more than one; a comma where none does.

    A first line such as "sep=;" (written by Excel) settles it.
    """
    first = text.lstrip("\ufeff").split("\n", 1)[0].strip().strip('"').lower()
    if first.startswith("sep=") and len(first) == 5 and first[4] in SEPARATORS:
        return first[4]
    return max(SEPARATORS, key=lambda separator: _fitness(text[:_SAMPLE], separator))


def _fitness(text: str, separator: str) -> tuple[float, int]:
    widths = Counter(len(row) for row in _rows(text, separator) if any(row))
    if not widths:
        return (0.0, 0)
    width, times = max(widths.items(), key=lambda pair: (pair[1] if pair[0] > 1 else 0, pair[0]))
    return (times / sum(widths.values()), width) if width > 1 else (0.0, 0)


def _rows(text: str, separator: str) -> list[list[str]]:
    """Rows as lists of cells. A file whose quotes never close is read again with quotes as plain characters."""
    csv.field_size_limit(max(csv.field_size_limit(), 2**30))
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    try:
        return list(csv.reader(io.StringIO(lines, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        return list(csv.reader(lines.split("\n"), delimiter=separator, quoting=csv.QUOTE_NONE))
