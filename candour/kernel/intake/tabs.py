"""Paragraphs laid out with tabs ("Date:" tab "26 October 2023"): a table that was never made one. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from .cells import even
from .document import Block, Cell, Paragraph, Place, Row, Table
from .grid import EMPTY
from .marks import Piece, blocks_from, common, words_of


class Tabs:
    """Keeps such paragraphs until it is seen what follows them."""

    def __init__(self) -> None:
        self.kept: list[tuple[Row, Paragraph]] = []

    def add(self, columns: Sequence[Sequence[Piece]], pieces: Sequence[Piece], place: Place) -> None:
        """Keep a paragraph as a row, and as the paragraph that it is if it stays alone."""
        cells = tuple(
            Cell(blocks_from(column, place, starts=False), words_of(column).strip(), tuple(sorted(common(column))))
            for column in columns
        )
        raw = words_of(pieces)
        paragraph = Paragraph(even(raw), place, raw.strip(), marks=tuple(sorted(common(pieces))))
        self.kept.append((Row(cells, place, "\t".join(cell.raw for cell in cells)), paragraph))

    def taken(self, table: int) -> list[Block]:
        """What was kept: paragraphs that follow each other as a table; one alone is so if its label ends in a colon."""
        kept, self.kept = self.kept, []
        if len(kept) < 2 and not (kept and kept[0][0].texts[0].endswith(":")):
            return [paragraph for _row, paragraph in kept]
        width = max(len(row.cells) for row, _paragraph in kept)
        page = kept[0][0].place.page
        rows = [
            _moved(row, replace(row.place, page=page, table=table, row=n), width)
            for n, (row, _paragraph) in enumerate(kept, 1)
        ]
        return [Table(tuple(rows), replace(rows[0].place, row=0))]


def _moved(row: Row, place: Place, width: int) -> Row:
    """The row at another place, with all that stands in it, as wide as its table."""
    cells = [replace(cell, blocks=tuple(replace(one, place=place) for one in cell.blocks)) for cell in row.cells]
    return Row((*cells, *[EMPTY] * (width - len(cells))), place, row.raw)
