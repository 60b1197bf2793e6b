"""A log of actions row by row, with what its paper says in sentences. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from candour.kernel.calendar import read_date
from candour.kernel.intake.document import Document, Paragraph, Place, Row, SetAside, Table
from candour.kernel.intake.mapping import Headings, Told
from candour.kernel.intake.printed import blank, is_ditto

from .columns import header_of, headings_of, is_header
from .states import Said, day_in, read_state

NO_ACTION = "A row of the log without an action"
ABOVE = "A row above the headings of the log"
NO_LOG = "A table that is no log of actions"
_AS_AT = re.compile(r"\bas (?:at|they stood on|it stood on)\s*[:\t]?\s*(?P<day>[\w ,/.-]{6,30})", re.IGNORECASE)
_DATED = re.compile(r"^(?:date|dated|actions as at|as at|position as at)\s*:?$", re.IGNORECASE)
DAYS = ("set_on", "first", "due", "done_on")


@dataclass(frozen=True)
class Found:
    """An action of a log. cells: what is printed, by field; said: how it stands, as it is read."""

    record: Mapping[str, Any]
    cells: Mapping[str, str]
    said: Said
    place: Place
    columns: frozenset[str]

    @property
    def reference(self) -> str:
        return str(self.record["reference"])

    def day(self, name: str) -> date | None:
        """One of its days: set_on, first, due, done_on."""
        text = self.record[name]
        return date.fromisoformat(text) if text else None

    @property
    def settled(self) -> bool:
        return self.said.word in ("done", "superseded", "dropped") or self.record["done_on"] is not None


@dataclass
class Log:
    """A log as it was read. as_at: the day of which it speaks, as far as it says."""

    found: list[Found] = field(default_factory=list)
    columns: list[Headings] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    front: list[Paragraph] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    as_at: date | None = None
    dated: date | None = None


def read_log(document: Document, told: Told | None = None) -> Log:
    """Every table with the headings of a log, and the rest of the paper beside it."""
    log = Log(aside=list(document.set_aside), front=list(document.paragraphs))
    for table in document.tables:
        head = header_of(table, told)
        if head is not None:
            _rows(log, table, head, told)
        elif all(row.width <= 2 for row in table.rows):
            log.facts += [(row.texts[0].rstrip(":"), row.texts[1]) for row in table.rows if row.width == 2]
            log.aside += [_aside(row, NO_LOG) for row in table.rows if row.width == 1]
        else:
            log.aside += [_aside(row, NO_LOG) for row in table.rows if row.width]
    _days(log)
    return log


def meta_of(log: Log) -> dict[str, Any]:
    """Everything about the paper that is no action, plain values only."""
    to_do = [one for one in log.found if not one.settled]
    return {
        "title": next((one.text for one in log.front if "action" in one.text.casefold()), ""),
        "date": log.dated.isoformat() if log.dated else None,
        "as_at": log.as_at.isoformat() if log.as_at else None,
        "facts": dict(log.facts),
        "read": {"actions": len(log.found), "to_do": len(to_do), "settled": len(log.found) - len(to_do)},
        "front": [one.text for one in log.front],
        "columns": [one.as_json() for one in {one.shape: one for one in reversed(log.columns)}.values()][::-1],
    }


def _rows(log: Log, table: Table, head: int, told: Told | None) -> None:
    """The rows of one table. A row with words in one cell alone names the board of those below it."""
    columns = headings_of(table.rows[head], table.rows[head + 1 :], told)
    log.columns.append(columns)
    for row in table.rows[:head]:  # of a sheet: its title and sentences stand in the rows above the headings
        filled = [text for text in row.texts if text]
        if len(filled) == 1:
            log.front.append(Paragraph(filled[0], row.place, filled[0]))
        elif len(filled) == 2:
            log.facts.append((filled[0].rstrip(":"), filled[1]))
        elif filled:
            log.aside.append(_aside(row, ABOVE))
    board = ""
    above: Mapping[str, str] = {}
    for row in table.rows[head + 1 :]:
        if not row.width or is_header(row, told):
            continue
        filled = [text for text in row.texts if text]
        cells = dict(_cells(columns, row, above))
        if len(filled) == 1 and row.texts[0]:
            board = filled[0]
        elif not cells.get("text"):
            log.aside.append(_aside(row, NO_ACTION))
        else:
            above = cells
            log.found.append(_found(columns, cells, row.place, board))


def _cells(columns: Headings, row: Row, above: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for column, text in zip(columns.columns, row.texts, strict=False):
        if column.field and text.strip():
            yield column.field, above.get(column.field, "") if is_ditto(text) else text.strip()


def _found(columns: Headings, cells: Mapping[str, str], place: Place, board: str) -> Found:
    said = read_state(cells.get("state", ""))
    days = {name: day_in(cells.get(name, "")) for name in DAYS}
    days["first"] = days["first"] or (None if any(one.field == "first" for one in columns.columns) else days["due"])
    days["done_on"] = days["done_on"] or (said.on if said.word == "done" else None)
    owner = cells.get("owner", "")
    record = {
        "reference": cells.get("reference", ""),
        "board": cells.get("board", board),
        "text": cells["text"],
        "owner": "" if blank(owner) else owner,
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "state": said.word or None,
        "state_text": cells.get("state", ""),
        "outcome": said.outcome,
        "replaced_by": said.by,
        "dropped_on": said.on.isoformat() if said.on and said.word == "dropped" else None,
        "update": cells.get("update", ""),
        "place": str(place),
    }
    fields = frozenset(one.field for one in columns.columns if one.field)
    return Found(record, cells, said, place, fields)


def _days(log: Log) -> None:
    """The day of which the log speaks, and its own."""
    for label, text in log.facts:
        if _DATED.match(label) and (day := read_date(text)):
            if label.casefold().startswith("date"):
                log.dated = day
            else:
                log.as_at = day
    for one in log.front:
        said = _AS_AT.search(one.text)
        if log.as_at is None and said:
            words = said["day"].split()
            log.as_at = next((day for n in range(len(words), 0, -1) if (day := read_date(" ".join(words[:n])))), None)
    log.as_at = log.as_at or log.dated


def _aside(row: Row, why: str) -> SetAside:
    return SetAside(row.place, " | ".join(filter(None, row.texts)), why)
