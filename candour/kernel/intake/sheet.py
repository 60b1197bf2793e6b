"""One sheet of a workbook as tables: merged cells with their spans, tables beside each other taken apart. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .document import Cell, Place, Row, Table
from .grid import ABOVE, BOTH, EMPTY, LEFT

HIDDEN = "hidden"


@dataclass
class Sheet:
    """What a workbook keeps of a sheet. rows: number -> column (from 1) -> cell, those that hold something alone.

    merged: (first row, first column, last row, last column).
    """

    name: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class _Part:
    """Rows that follow each other without a blank one, and the columns of them that belong together."""

    rows: range
    columns: range


def tables_of(sheet: Sheet) -> tuple[Table, ...]:
    """The tables of a sheet, the main one first. A row's number is the one that the spreadsheet shows.

    Tables above each other stay one, as in a text with headings anywhere; those beside each other become their own.
    """
    _spread(sheet)
    main: list[_Part] = []
    beside: list[_Part] = []
    for band in _bands(sheet):
        first, *others = _parts(sheet, band)
        main.append(first)
        beside.extend(others)
    if not main:
        return ()
    groups = [main, *([part] for part in beside)]
    return tuple(_table(sheet, group, n if beside else 0) for n, group in enumerate(groups, 1))


def _spread(sheet: Sheet) -> None:
    """Give merged cells their spans, within the rows and columns that hold anything."""
    if not sheet.merged or not sheet.rows:
        return
    last_row, last_column = max(sheet.rows), max(max(row, default=1) for row in sheet.rows.values())
    for top, left, end, right in sheet.merged:
        bottom, edge = min(end, last_row), min(right, last_column)
        if top > bottom or left > edge or (top == bottom and left == edge):
            continue
        first = sheet.rows.get(top, {}).get(left, EMPTY)
        if not first.blocks and not first.raw:
            continue
        sheet.rows[top][left] = replace(first, columns=edge - left + 1, rows=bottom - top + 1)
        for row in range(top, bottom + 1):
            held = sheet.rows.setdefault(row, {})
            for column in range(left, edge + 1):
                if (row, column) != (top, left):
                    held[column] = LEFT if row == top else (ABOVE if column == left else BOTH)


def _occupied(row: Mapping[int, Cell]) -> set[int]:
    return {column for column, cell in row.items() if cell.blocks or cell.raw or not cell.columns or not cell.rows}


def _bands(sheet: Sheet) -> Iterable[range]:
    """Runs of rows without a blank one between them."""
    start, last = 0, 0
    for number in sorted(sheet.rows):
        if not _occupied(sheet.rows[number]):
            continue
        if start and number != last + 1:
            yield range(start, last + 1)
            start = number
        start, last = start or number, number
    if start:
        yield range(start, last + 1)


def _parts(sheet: Sheet, band: range) -> list[_Part]:
    """The columns of a band that belong together: a blank column parts tables that do not go row for row."""
    used: dict[int, tuple[int, int, int]] = {}  # column -> first row, last row, how many
    for number in band:
        for column in _occupied(sheet.rows[number]):
            first, _last, count = used.get(column, (number, number, 0))
            used[column] = (first, number, count + 1)
    runs: list[list[int]] = []
    for column in sorted(used):
        if runs and column == runs[-1][-1] + 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    joined = [runs[0]]
    for run in runs[1:]:
        if _stands_alone(joined[-1], run, used) and not _goes_on(sheet, joined[-1], run, used):
            joined.append(run)
        else:
            joined[-1] = joined[-1] + run
    return [_Part(_rows_of(run, used) if n else band, range(run[0], run[-1] + 1)) for n, run in enumerate(joined)]


def _rows_of(run: Sequence[int], used: Mapping[int, tuple[int, int, int]]) -> range:
    return range(min(used[one][0] for one in run), max(used[one][1] for one in run) + 1)


def _stands_alone(before: Sequence[int], run: Sequence[int], used: Mapping[int, tuple[int, int, int]]) -> bool:
    """Whether columns after a blank one are a table of their own: two by two at least, and not the same rows."""
    first, last = min(used[one][0] for one in run), max(used[one][1] for one in run)
    others = min(used[one][0] for one in before), max(used[one][1] for one in before)
    large = len(run) >= 2 and len(before) >= 2 and last > first
    return large and ((first, last) != others or run[0] - before[-1] > 2)


def _goes_on(sheet: Sheet, before: Sequence[int], run: Sequence[int], used: Mapping[int, tuple[int, int, int]]) -> bool:
    """Whether columns after one blank one go on with a wide table that ends lower, with a row of totals or where they
    are empty.

    They begin in the row of its headings, and their first column holds figures or days: no table of its own has such labels.
    """
    (first, last), (start, end) = (_reach(part, used) for part in (before, run))
    if run[0] - before[-1] > 2 or len(before) < 4 or first > start or end > last or last - start < 3:
        return False
    if start > first and _occupied(sheet.rows.get(start - 1, {})) - {before[0]}:  # they begin below its headings
        return False
    held = [sheet.rows[row][run[0]].text for row in range(start + 1, end + 1) if run[0] in sheet.rows.get(row, {})]
    filled = [text for text in held if text]
    return bool(filled) and all(any(letter.isdigit() for letter in text) for text in filled)


def _reach(part: Sequence[int], used: Mapping[int, tuple[int, int, int]]) -> tuple[int, int]:
    return min(used[one][0] for one in part), max(used[one][1] for one in part)


def _table(sheet: Sheet, parts: Sequence[_Part], number: int) -> Table:
    left = min(part.columns.start for part in parts)
    right = max(part.columns.stop for part in parts)
    rows = []
    for part in parts:
        for row in part.rows:
            held = sheet.rows[row]
            place = Place(table=number, row=row, sheet=sheet.name)
            cells = tuple(
                _with_hidden(sheet, row, column, held.get(column, EMPTY)) if column in part.columns else EMPTY
                for column in range(left, right)
            )
            rows.append(Row(cells, place, "\t".join(cell.raw for cell in cells)))
    return Table(tuple(rows), Place(table=number, sheet=sheet.name))


def _with_hidden(sheet: Sheet, row: int, column: int, cell: Cell) -> Cell:
    if not (sheet.hidden or row in sheet.hidden_rows or column in sheet.hidden_columns) or cell is EMPTY:
        return cell
    return replace(cell, marks=tuple(sorted({*cell.marks, HIDDEN})))
