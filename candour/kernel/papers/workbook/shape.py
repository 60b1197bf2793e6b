"""What a workbook that people edit is made of: its columns, and what is kept of each row to tell a change by. Pure."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Generic, TypeVar

HIDDEN, LISTS = "Candour", "Lists"  # the sheets that nobody sees: what was written, and what is chosen from
LONGEST = 32_000  # letters that a cell holds; a workbook takes 32,767
CUT = " … (the rest is in Candour)"
SHORT = 60  # letters up to which the words of a locked cell are kept, so that they can be told; of longer ones a mark

Value = str | int | date | None
Row = TypeVar("Row")


@dataclass(frozen=True)
class SheetColumn(Generic[Row]):
    """A column of a sheet. choice: which list its cells are chosen from. hint: what is said where such a cell is chosen."""

    key: str
    heading: str
    width: int
    value: Callable[[Row], Value]
    editable: bool = False
    choice: str = ""
    hint: str = ""
    day: bool = False  # a day is entered here, though nothing need stand there yet


@dataclass(frozen=True)
class Shape(Generic[Row]):
    """The workbook of one register.

    mark: the first cell of the hidden sheet, by which it is known. sheet: the one that people edit. key: what tells a row
    from all others, of the form keys. change, anew and new: what a refusal says, how to change such rows ("To change
    risks"), how to get another workbook, and where a new row is recorded. guarded: locked cells are watched too, and
    faults name sheet and cell.
    """

    mark: str
    sheet: str
    columns: tuple[SheetColumn[Row], ...]
    key: Callable[[Row], str]
    keys: str
    reference: Callable[[Row], str]
    change: str
    anew: str
    new: str
    guarded: bool = False

    @cached_property
    def editable(self) -> tuple[SheetColumn[Row], ...]:
        return tuple(column for column in self.columns if column.editable)

    @cached_property
    def locked(self) -> tuple[SheetColumn[Row], ...]:
        """The columns of which a change is noticed, though none is taken."""
        found = (column for column in self.columns if not column.editable and column.key != "reference")
        return tuple(found) if self.guarded else ()

    @cached_property
    def heads(self) -> tuple[str, ...]:
        return ("Key", *(column.heading for column in self.columns))

    @cached_property
    def places(self) -> dict[str, int]:
        """By the key of a column the place of its cells in a row; the hidden key stands at 0."""
        return {column.key: place for place, column in enumerate(self.columns, 1)}

    def said_of(self, row: Row) -> dict[str, str]:
        """What each cell that may be edited says of a row."""
        return {column.key: plain(shown(words(column.value(row)))) for column in self.editable}

    def kept_of(self, row: Row) -> str:
        """What is kept of a row beside the sheets: its reference, and what each cell said when it was written."""
        kept: list[Any] = [self.reference(row), self.said_of(row)]
        if self.guarded:
            kept.append({column.key: told(plain(shown(words(column.value(row))))) for column in self.locked})
        return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def words(value: Value) -> str:
    """A value as the reader of workbooks gives it back."""
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    return "" if value is None else str(value)


def shown(text: str) -> str:
    """A text as a cell shows it: cut where a workbook cannot hold it."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}{CUT}"


_UNKEPT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def plain(text: Any) -> str:
    """What two printings of one text share: a workbook keeps neither control characters nor other ends of line."""
    said = "" if text is None else str(text)
    return _UNKEPT.sub("", said.replace("\r\n", "\n").replace("\r", "\n")).strip()


def told(text: str) -> str:
    """What is kept of a locked cell: its words, or a mark where they are long."""
    return text if len(text) <= SHORT else f"#{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def fingerprint(key: str, kept: str) -> str:
    """Of what was kept under a key: text that was altered no longer has it."""
    return hashlib.sha256(f"{key} {kept}".encode()).hexdigest()
