"""The tables of a Word file: merged cells once with their spans, tables within tables. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from .cells import even
from .document import Block, Cell, Paragraph, Place, Row, Table, UnreadableFile
from .grid import EMPTY, WIDEST, Span, placed
from .marks import blocks_from, colour_mark, colour_name
from .word_runs import words_of
from .word_styles import VAL, W

if TYPE_CHECKING:
    from .word import _Body

DEEPEST_TABLE = 20
_THROUGH = {W + tag for tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}
COVERED = "Words in a place that a merged cell covers, which no page shows"


# Columns left out before it, its cells, its element.
_Line = tuple[int, "list[_Written]", Any]


@dataclass
class _Written:
    """A cell as the file has it: its element, its columns, and whether it is merged into the one above."""

    element: Any
    columns: int
    carried: bool


class WordTables:
    """Reads tables for the body that walks the paper and keeps its counts."""

    def __init__(self, body: "_Body") -> None:
        self.body = body
        self.deep = 0
        self.row = 0

    def only_cell(self, table: Any) -> Any:
        """The one cell of a table that is a frame around other tables: the paper itself, laid out in a table."""
        cells = [cell for row in _rows(table) for cell in _cells(row)]
        framed = len(cells) == 1 and next(cells[0].iterchildren(W + "tbl"), None) is not None
        return cells[0] if framed else None

    def read(self, table: Any, deep: int) -> Table:
        """The table; a row's page is that of its beginning."""
        self.deep += 1
        if self.deep > DEEPEST_TABLE:
            raise UnreadableFile(
                f"{self.body.archive.called} is not read: {self.body.place(row=1)}: tables stand within tables more than "
                f"{DEEPEST_TABLE} deep. Take them apart."
            )
        outer = self.deep == 1
        written: list[_Line] = []
        for element in _rows(table):
            form = element.find(W + "trPr")
            if form is not None and form.find(W + "del") is not None:
                self.body.put_aside(
                    _all_text(element), "Deleted in the paper (a tracked change), so no part of its text"
                )
                continue
            written.append((_grid_before(form), [_written(cell) for cell in _cells(element)], element))
        heads = _repeated(written) if outer else 0
        places, spans = [], []
        self.row = 0 if outer else self.row
        for n, (before, _given, element) in enumerate(written):
            turns, opening = self._turns(element) if outer else (0, False)
            if opening:
                self._turn(1, heads if n else 0)
            if outer:
                self.row += 1
                self.body.line += 1
            place = self.body.place(row=self.row)
            places.append(place)
            spans.append([Span(EMPTY)] * before + list(self._spans(written, n, place, deep)))
            self._turn(turns - opening, heads + 1)
        rows = [
            Row(cells, place, "\t".join(cell.raw for cell in cells))
            for cells, place in zip(placed(spans), places, strict=True)
        ]
        self.deep -= 1
        return Table(tuple(rows), replace(places[0], row=0) if places else self.body.place())

    def _turns(self, row: Any) -> tuple[int, bool]:
        """How many pages a row runs over to, and whether the first break stands before its words."""
        if not self.body.page:
            return 0, False
        breaks = [0]
        opening = False
        for cell in _cells(row):
            signs = (
                _is_break(one, self.body.turns) for one in cell.iter(W + "t", W + "br", W + "lastRenderedPageBreak")
            )
            marks = [sign for sign in signs if sign is not None]
            breaks.append(sum(marks))
            opening = opening or marks[:1] == [True]
        return max(breaks), opening

    def _turn(self, pages: int, rows: int) -> None:
        """The table goes on over a page: there it is the first, and what is repeated of it counts as rows."""
        if pages > 0:
            self.body.page, self.body.table, self.row = self.body.page + pages, 1, rows

    def _spans(self, written: Sequence[_Line], n: int, place: Place, deep: int) -> Iterator[Span]:
        """The cells of a row with their spans, without those merged into the row above."""
        column, cells, _element = written[n]
        for cell in cells:
            if not cell.carried or n == 0:
                high = 1
                while n + high < len(written) and _carries(written[n + high], column):
                    high += 1
                yield Span(self._cell(cell.element, place, deep), cell.columns, high)
            else:
                self.body.put_aside(_all_text(cell.element), COVERED)
            column += cell.columns

    def _cell(self, element: Any, place: Place, deep: int) -> Cell:
        blocks: list[Block] = []
        self._inside(element, blocks, place, deep)
        raw = "\n".join(_raw(block) for block in blocks)
        paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
        shared = set(paragraphs[0].marks).intersection(*(one.marks for one in paragraphs)) if paragraphs else set()
        form = element.find(W + "tcPr")
        ground = form.find(W + "shd") if form is not None else None
        if ground is not None:
            shared.update(colour_mark("fill", colour_name(ground.get(W + "fill", ""))))
        if not blocks and not shared:
            return EMPTY
        return Cell(tuple(blocks), raw, tuple(sorted(shared)))

    def _inside(self, element: Any, blocks: list[Block], place: Place, deep: int) -> None:
        several = len(element.findall(W + "p")) > 1
        for child in element:
            if child.tag == W + "p":
                self._paragraph(child, blocks, place, several=several, deep=deep)
            elif child.tag == W + "tbl":
                inner = self.only_cell(child)
                if inner is not None:
                    self.deep += 1  # a frame counts too, or frames in frames would have no end
                    if self.deep > DEEPEST_TABLE:
                        self.read(child, deep)
                    self._inside(inner, blocks, place, deep)
                    self.deep -= 1
                else:
                    table = self.read(child, deep)
                    blocks.extend([table] if table.rows else [])
            elif child.tag in _THROUGH:
                self._inside(child, blocks, place, deep)

    def _paragraph(self, element: Any, blocks: list[Block], place: Place, *, several: bool, deep: int) -> None:
        body = self.body
        form = element.find(W + "pPr")
        style = body.style_of(form)
        words = words_of(element, style, body.styles)
        counted = body.counted(form, style)
        if counted and counted[0] == "number" and not words.text.strip():
            # a column of references is often nothing but the numbers of a list
            label = even(counted[1]).rstrip(".:)")
            blocks.append(Paragraph(label, place, label, number=label))
        elif words.text.strip():
            if counted:
                blocks.extend(body.listed(words.pieces, counted, body.list_depth(form, style), place))
            else:
                blocks.extend(blocks_from(words.pieces, place, starts=several))
        body.attached(words, blocks, deep)


def _rows(table: Any) -> Iterator[Any]:
    return _through(table, W + "tr")


def _cells(row: Any) -> Iterator[Any]:
    return _through(row, W + "tc")


def _through(parent: Any, tag: str) -> Iterator[Any]:
    """The children of a tag, those within controls and tracked insertions too."""
    waiting = [iter(parent)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.tag == tag:
            yield child
        elif child.tag in _THROUGH:
            waiting.append(iter(child))


def _written(cell: Any) -> _Written:
    form = cell.find(W + "tcPr")
    wide = form.find(W + "gridSpan") if form is not None else None
    merge = form.find(W + "vMerge") if form is not None else None
    text = wide.get(VAL, "1") if wide is not None else "1"
    columns = min(max(int(text), 1), WIDEST) if text.isdigit() and len(text) < 6 else 1
    return _Written(cell, columns, merge is not None and merge.get(VAL, "continue") == "continue")


def _grid_before(form: Any) -> int:
    element = form.find(W + "gridBefore") if form is not None else None
    text = element.get(VAL, "0") if element is not None else "0"
    return min(int(text), 63) if text.isdigit() and len(text) < 6 else 0


def _is_break(element: Any, turns: str) -> bool | None:
    """True for a break that counts, False for words, None for what is neither."""
    if element.tag == W + "t":
        return False if (element.text or "").strip() else None
    printed = element.tag == W + "lastRenderedPageBreak"
    return True if (printed if turns == "printed" else element.get(W + "type") == "page") else None


def _repeated(written: Sequence[_Line]) -> int:
    """How many rows at the top are printed again on every page."""
    count = 0
    for _before, _given, element in written:
        form = element.find(W + "trPr")
        if form is None or form.find(W + "tblHeader") is None:
            break
        count += 1
    return count


def _carries(row: _Line, column: int) -> bool:
    """Whether the cell that begins at this column is merged into the one above."""
    at, cells, _element = row
    for cell in cells:
        if at >= column:
            return at == column and cell.carried
        at += cell.columns
    return False


def _raw(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.raw
    return "\n".join(row.raw for row in block.rows)


def _all_text(element: Any) -> str:
    return " ".join(part.text or "" for part in element.iter(W + "t", W + "delText"))
