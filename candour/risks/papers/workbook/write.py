"""Rows to a workbook: what may be edited is open, the rest is locked, and what was exported is kept beside it. Pure.

Every text is written as a string, so that no cell is ever a formula or a link.
"""

from datetime import date, datetime, time
from io import BytesIO
from itertools import groupby
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from candour.kernel.calendar import say_date
from candour.kernel.scales.rules import Matrix
from candour.risks.papers.workbook.columns import (
    ABOUT,
    COLUMNS,
    CONTROL_HEADS,
    CONTROLS,
    HEADS,
    HIDDEN,
    LEVELS,
    LISTS,
    LONGEST,
    MARK,
    NOBODY,
    REGISTER,
    UPDATE_HEADS,
    UPDATES,
    SheetColumn,
    Value,
    control_state,
    fingerprint,
    kept_of,
    key_of,
    shown,
)
from candour.risks.queries.export import BodyLists, Stock

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
ALLOWED = {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True, "select_locked_cells": True}
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  the same rows give the same bytes
DAY = "d mmmm yyyy"
SCORED = tuple(place for place, column in enumerate(COLUMNS, 1) if column.key in ("score", "band"))
FILLS = {"high": "#F6DAD8", "medium": "#FBEBCB", "low": "#DCEFE4"}  # colour repeats what the cell says
STEPS = [
    ("1. Change", f"Change the yellow cells of {REGISTER}. Where a cell has a list, choose from it."),
    ("2. Leave", "The other cells are locked: Candour works them out. Score and band move once the change is saved there."),
    ("3. Save", "Save this file as an Excel workbook (.xlsx). Rows may be left out; a new risk is recorded in Candour."),
    ("4. Bring it back", "In Candour: Risks, Bring a workbook back. It shows each change before anything is saved, and asks "
    "which one holds where the register has changed meanwhile."),
]  # fmt: skip


def workbook_of(stock: Stock) -> bytes:
    """The workbook of some rows. On a past day nothing in it may be edited."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"title": "Risk register", "created": CREATED})
    book.set_custom_property("Candour", MARK)
    writer = _Writer(book, stock)
    writer.register()
    writer.controls()
    writer.updates()
    writer.about()
    writer.lists()
    writer.kept()
    book.close()
    return out.getvalue()


class _Writer:
    """One workbook being written: its formats, its sheets in order, and the ranges of its lists."""

    def __init__(self, book: Any, stock: Stock) -> None:
        self.book, self.stock = book, stock
        base = {"valign": "top", "text_wrap": True, "font_size": 10}
        opened = {"locked": False, "bg_color": "#FFF9E5"}
        self.formats = {
            (kind, editable): book.add_format(base | extra | (opened if editable else {"font_color": "#47555F"}))
            for kind, extra in (("text", {}), ("date", {"num_format": DAY, "align": "left"}))
            for editable in (True, False)
        }
        self.bands = {tone: book.add_format(base | {"bg_color": colour}) for tone, colour in FILLS.items()}
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2})
        self.sheets = {name: book.add_worksheet(name) for name in (REGISTER, CONTROLS, UPDATES, ABOUT, LISTS, HIDDEN)}
        self.ranges = {
            name: f"={LISTS}!${column}$2:${column}${len(words) + 1}" for name, column, words in self._lists()
        }

    def _lists(self) -> list[tuple[str, str, list[str]]]:
        found = [("level", list(LEVELS.values()))]
        for body in self.stock.bodies:
            found.append((f"post {body.pk}", [NOBODY, *(title for _, title in body.posts)]))
            if body.matrix:
                found += [
                    (f"{axis} {body.pk}", [f"{level.value} {level.word}" for level in _rising(body, axis)])
                    for axis in ("impact", "likelihood")
                ]
        return [(name, xl_col_to_name(place), words) for place, (name, words) in enumerate(found)]

    def register(self) -> None:
        stock = self.stock
        sheet = self._sheet(REGISTER, HEADS, [8, *(c.width for c in COLUMNS)])
        sheet.set_column(0, 0, 8, None, {"hidden": True})
        sheet.freeze_panes(1, 2)
        for number, row in enumerate(stock.rows, 1):
            sheet.write_string(number, 0, key_of(row), self.formats["text", False])
            for place, column in enumerate(COLUMNS, 1):
                opened = column.editable and row.organisation_id in stock.changeable
                self._write(sheet, number, place, column.value(row), editable=opened)
            if row.band and row.band.tone in self.bands:
                for place in SCORED:
                    self._write(sheet, number, place, COLUMNS[place - 1].value(row), form=self.bands[row.band.tone])
        sheet.autofilter(0, 0, max(len(self.stock.rows), 1), len(COLUMNS))
        if stock.changeable:
            for place, column in enumerate(COLUMNS, 1):
                if column.choice:
                    self._choose(sheet, place, column)

    def _choose(self, sheet: Any, place: int, column: SheetColumn) -> None:
        """A drop-down for each run of rows of one body: a workbook holds 65,530 of them, and a cell may not need its own."""
        for body, rows in groupby(enumerate(self.stock.rows, 1), key=lambda each: each[1].organisation_id):
            name = column.choice if column.choice == "level" else f"{column.choice} {body}"
            if name in self.ranges and body in self.stock.changeable:
                numbers = [number for number, _ in rows]
                message = f"Choose {column.heading.lower()} from the list."
                sheet.data_validation(numbers[0], place, numbers[-1], place, self._list(name, message))

    def _list(self, name: str, message: str) -> dict[str, Any]:
        return {
            "validate": "list",
            "source": self.ranges[name],
            "error_title": "Not in the list",
            "error_message": message,
        }

    def controls(self) -> None:
        sheet = self._sheet(CONTROLS, CONTROL_HEADS, [12, 60, 26, 20, 18])
        sheet.freeze_panes(1, 1)
        told = [(row, one) for row in self.stock.rows for one in row.controls if not one.removed_on]
        for number, (row, control) in enumerate(told, 1):
            day = control.due if control.pending else control.in_place_since
            cells = (row.reference, control.text, control.owner or NOBODY, control_state(control), day)
            for place, value in enumerate(cells):
                self._write(sheet, number, place, value, editable=False)
        sheet.autofilter(0, 0, max(len(told), 1), len(CONTROL_HEADS) - 1)

    def updates(self) -> None:
        sheet = self._sheet(UPDATES, UPDATE_HEADS, [12, 18, 100])
        told = [(row, update) for row in self.stock.rows for update in reversed(row.updates)]
        for number, (row, update) in enumerate(told, 1):
            cells: tuple[Value, ...] = (row.reference, update.dated, update.text)
            for place, value in enumerate(cells):
                self._write(sheet, number, place, value, editable=False)
        sheet.autofilter(0, 0, max(len(told), 1), len(UPDATE_HEADS) - 1)

    def about(self) -> None:
        sheet = self.sheets[ABOUT]
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 1, 90)
        for number, (label, words) in enumerate(self._facts()):
            sheet.write_string(number, 0, label, self.head if not number else self.formats["text", False])
            sheet.write_string(number, 1, words, self.formats["text", False])
        sheet.protect("", {"select_locked_cells": True})

    def _facts(self) -> list[tuple[str, str]]:
        stock = self.stock
        restricted = sum(row.restricted for row in stock.rows)
        warned = [("OFFICIAL-SENSITIVE", f"Holds {restricted} restricted risk{'s' if restricted > 1 else ''}")]
        return [
            *(warned if restricted else []),
            ("Risk register", f"as it stood on {say_date(stock.as_at)}"),
            ("Of", " and ".join(body.name for body in stock.bodies) or "no body"),
            ("Risks", f"{len(stock.rows):,}"),
            *(STEPS if stock.changeable else [("Every cell is locked", _locked(stock))]),
            *(("Scale", f"{body.name}: {_bands(body.matrix)}") for body in stock.bodies if body.matrix),
        ]

    def lists(self) -> None:
        sheet = self.sheets[LISTS]
        for place, (name, _, words) in enumerate(self._lists()):
            sheet.write_string(0, place, name)
            for number, word in enumerate(words, 1):
                sheet.write_string(number, place, word)
        sheet.very_hidden()

    def kept(self) -> None:
        """What was exported of each row, so that it can be told what was changed in the file, and what in the register."""
        sheet, stock = self.sheets[HIDDEN], self.stock
        for place, words in enumerate((MARK, stock.as_at.isoformat(), "past" if stock.past else "live")):
            sheet.write_string(0, place, words)
        for number, row in enumerate(stock.rows, 1):
            key, kept = key_of(row), kept_of(row)
            parts = [kept[start : start + LONGEST] for start in range(0, len(kept), LONGEST)]
            for place, words in enumerate((key, fingerprint(key, kept), *parts)):
                sheet.write_string(number, place, words)
        sheet.very_hidden()
        self.sheets[REGISTER].activate()

    def _sheet(self, name: str, heads: tuple[str, ...], widths: list[int]) -> Any:
        sheet = self.sheets[name]
        for place, (words, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, words, self.head)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        sheet.protect("", ALLOWED)
        return sheet

    def _write(
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


def _rising(body: BodyLists, axis: str) -> list[Any]:
    return sorted(body.matrix.levels(axis), key=lambda level: level.value) if body.matrix else []  # type: ignore[arg-type]


def _locked(stock: Stock) -> str:
    return "This workbook shows a past day." if stock.past else "Your post may read these risks, and not change them."


def _bands(matrix: Matrix) -> str:
    """ "Scale of 2018. High 8 to 16, Medium 5 to 7, Low 1 to 4": highest first."""
    bands = sorted(matrix.bands, key=lambda band: -band.high)
    return f"{matrix.name}. {', '.join(f'{band.name} {band.low} to {band.high}' for band in bands)}"
