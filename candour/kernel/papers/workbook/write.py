"""The writer of workbooks that people edit: what may be edited is open, the rest locked, and what was written is kept.

Every text is written as a string, so that no cell is ever a formula or a link. The same rows give the same bytes.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Generic

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from candour.kernel.papers.workbook.shape import (
    HIDDEN,
    LISTS,
    LONGEST,
    Row,
    Shape,
    SheetColumn,
    Value,
    fingerprint,
    shown,
)

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
ALLOWED = {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True, "select_locked_cells": True}
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  the same rows give the same bytes
DAY = "d mmmm yyyy"
FILLS = {"high": "#F6DAD8", "medium": "#FBEBCB", "low": "#DCEFE4"}  # colour repeats what the cell says


class BookWriter(Generic[Row]):
    """One workbook being written: its formats, its sheets in order, and the ranges of its lists.

    sheets: the names of those that are seen, in order. lists: by name, what may be chosen.
    """

    def __init__(
        self, shape: Shape[Row], *, title: str, sheets: Sequence[str], lists: Mapping[str, Sequence[str]]
    ) -> None:
        self.shape, self.lists, self._out = shape, lists, BytesIO()
        self.book = xlsxwriter.Workbook(self._out, OPTIONS)
        self.book.set_properties({"title": title, "created": CREATED})
        self.book.set_custom_property("Candour", shape.mark)
        base = {"valign": "top", "text_wrap": True, "font_size": 10}
        opened = {"locked": False, "bg_color": "#FFF9E5"}
        self.formats = {
            (kind, editable): self.book.add_format(base | extra | (opened if editable else {"font_color": "#47555F"}))
            for kind, extra in (("text", {}), ("date", {"num_format": DAY, "align": "left"}))
            for editable in (True, False)
        }
        self.tones = {tone: self.book.add_format(base | {"bg_color": colour}) for tone, colour in FILLS.items()}
        self.head = self.book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2})
        self.sheets = {name: self.book.add_worksheet(name) for name in (*sheets, LISTS, HIDDEN)}
        self._ranges = {
            name: f"={LISTS}!${xl_col_to_name(place)}$2:${xl_col_to_name(place)}${len(held) + 1}"
            for place, (name, held) in enumerate(lists.items())
        }

    def register(
        self, rows: Sequence[Row], *, opened: Callable[[Row, SheetColumn[Row]], bool], frozen: int = 2
    ) -> None:
        """The sheet that people edit. opened: whether a cell may be edited. frozen: columns that stay in sight."""
        columns = self.shape.columns
        sheet = self.sheet(self.shape.sheet, self.shape.heads, [8, *(column.width for column in columns)])
        sheet.set_column(0, 0, 8, None, {"hidden": True})
        sheet.freeze_panes(1, frozen)
        for number, row in enumerate(rows, 1):
            sheet.write_string(number, 0, self.shape.key(row), self.formats["text", False])
            for place, column in enumerate(columns, 1):
                free = column.editable and opened(row, column)
                form = self.formats["date", free] if column.day else None
                self.write(sheet, number, place, column.value(row), editable=free, form=form)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns))

    def tint(self, number: int, places: Iterable[int], values: Iterable[Value], tone: str) -> None:
        """Colour some cells of a row of the edited sheet by what they say."""
        if tone in self.tones:
            for place, value in zip(places, values, strict=True):
                self.write(self.sheets[self.shape.sheet], number, place, value, form=self.tones[tone])

    def choose(self, column: SheetColumn[Row], name: str, first: int, last: int) -> None:
        """A drop-down for a run of rows: a workbook holds 65,530 of them, and a cell may not need its own."""
        if name not in self._ranges:
            return
        place = self.shape.places[column.key]
        rule = {
            "validate": "list",
            "source": self._ranges[name],
            "error_title": "Not in the list",
            "error_message": f"Choose {column.heading.lower()} from the list.",
        }
        self.sheets[self.shape.sheet].data_validation(first, place, last, place, rule)

    def remind(self, column: SheetColumn[Row], rows: int) -> None:
        """What is wanted in a column's cells, said beside a cell that is chosen. Nothing is refused by it."""
        if rows and column.hint:
            rule = {"validate": "any", "input_title": column.heading[:32], "input_message": column.hint[:255]}
            place = self.shape.places[column.key]
            self.sheets[self.shape.sheet].data_validation(1, place, rows, place, rule)

    def locked(self, name: str, heads: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[Value]]) -> Any:
        """A sheet to be read alone, which can be filtered and sorted."""
        sheet, count = self.sheet(name, heads, widths), 0
        for count, cells in enumerate(rows, 1):
            for place, value in enumerate(cells):
                self.write(sheet, count, place, value)
        sheet.autofilter(0, 0, max(count, 1), len(heads) - 1)
        return sheet

    def about(self, name: str, facts: Iterable[tuple[str, str]]) -> None:
        """The sheet that says what this is and how to use it."""
        sheet = self.sheets[name]
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 1, 90)
        for number, (label, said) in enumerate(facts):
            sheet.write_string(number, 0, label, self.head if not number else self.formats["text", False])
            sheet.write_string(number, 1, said, self.formats["text", False])
        sheet.protect("", {"select_locked_cells": True})

    def finish(self, rows: Iterable[Row], *, as_at: date, past: bool) -> bytes:
        """Write what is chosen from and what is kept of each row beside the sheets, and give the file."""
        sheet = self.sheets[LISTS]
        for place, (name, held) in enumerate(self.lists.items()):
            for number, word in enumerate((name, *held)):
                sheet.write_string(number, place, word)
        sheet.very_hidden()
        self._keep(rows, as_at=as_at, past=past)
        self.sheets[self.shape.sheet].activate()
        self.book.close()
        return self._out.getvalue()

    def _keep(self, rows: Iterable[Row], *, as_at: date, past: bool) -> None:
        """What was written of each row, so that it can be told what was changed in the file, and what in the register."""
        sheet, shape = self.sheets[HIDDEN], self.shape
        for place, said in enumerate((shape.mark, as_at.isoformat(), "past" if past else "live")):
            sheet.write_string(0, place, said)
        for number, row in enumerate(rows, 1):
            key, kept = shape.key(row), shape.kept_of(row)
            parts = [kept[start : start + LONGEST] for start in range(0, len(kept), LONGEST)]
            for place, said in enumerate((key, fingerprint(key, kept), *parts)):
                sheet.write_string(number, place, said)
        sheet.very_hidden()

    def sheet(self, name: str, heads: Sequence[str], widths: Sequence[int]) -> Any:
        sheet = self.sheets[name]
        for place, (said, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, said, self.head)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        sheet.protect("", ALLOWED)
        return sheet

    def write(
        self, sheet: Any, number: int, place: int, value: Value, *, editable: bool = False, form: Any = None
    ) -> None:
        form = form or self.formats["date" if isinstance(value, date) else "text", editable]
        if value is None or value == "":
            sheet.write_blank(number, place, None, form)
        elif isinstance(value, date):
            sheet.write_datetime(number, place, datetime.combine(value, time()), form)
        elif isinstance(value, int):
            sheet.write_number(number, place, value, form)
        else:
            sheet.write_string(number, place, shown(value), form)
