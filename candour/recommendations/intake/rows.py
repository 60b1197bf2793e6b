"""The rows of a tracker kept as a sheet, made into the same stories as those told in cells. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from candour.audits.intake.days import month_of
from candour.audits.intake.words import opinion_word, read_priority
from candour.kernel.intake.document import Cell, Document, Place, Row, SetAside, Table
from candour.kernel.intake.lines import Line
from candour.kernel.intake.mapping import Headings, Told
from candour.kernel.intake.printed import blank, is_ditto

from .columns import header_of, headings_of, is_header, period_of
from .entries import Audit, Entry
from .labels import CLOSED_MARK, label_of
from .record import Recommendation, recommendation

_DATED = re.compile(
    r"^(?P<day>\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}\.\d{1,2}\.\d{4}|[A-Z][a-z]{2,8} 20\d\d)\s*[–:-]\s*(?P<rest>.+)$"
)
_LED = {"response_text": "Management response:", "owner": "Responsible person:", "original_target": "Target date:"}
_LED |= {"current_target": "Revised target date:"}
_ASKED = {
    "achieved": "What has been achieved?",
    "left": "What is left to complete?",
    "barriers": "Any barriers to completion?",
}
_TO_COME = re.compile(r"\W*(?:tbc|tba|tbd|to be (?:confirmed|agreed|advised|determined))\W*$", re.IGNORECASE)
_OWN = (
    "reference",
    "audit",
    "opinion",
    "original_target",
    "current_target",
    "owner",
    "priority",
    "finding",
    "response_text",
)
NO_ROW = "A row of the tracker without a recommendation: neither a text nor a heading stands in it"


@dataclass
class Rows:
    """What the sheets of a document gave: recommendations, columns, rows set aside, the tables that were read."""

    found: list[Recommendation] = field(default_factory=list)
    columns: list[Headings] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    used: set[Place] = field(default_factory=set)


def read_rows(document: Document, told: Told | None = None) -> Rows:
    """Every table with the headings of a tracker, read row by row."""
    result = Rows()
    for table in document.tables:
        head = header_of(table, told)
        if head is not None:
            _table(result, table, head, told)
    return result


def _table(result: Rows, table: Table, head: int, told: Told | None) -> None:
    columns = headings_of(table.rows[head], table.rows[head + 1 :], told)
    result.columns.append(columns)
    result.used |= {row.place for row in table.rows[: head + 1]}
    result.aside += [
        SetAside(row.place, " | ".join(filter(None, row.texts)), "A row above the headings of the tracker")
        for row in table.rows[:head]
        if row.width
    ]
    audit, above, first = Audit(), Audit(), len(result.found)
    for row in table.rows[head + 1 :]:
        result.used.add(row.place)
        if not row.width or is_header(row, told):
            continue
        cells = _cells(columns, row)
        filled = [text for text in row.texts if text]
        if len(filled) == 1 and not cells.get("text"):  # a row that names the audit of those below it
            above = audit = replace(Audit(), title=filled[0], place=row.place, date=month_of(filled[0]))
            result.aside.append(SetAside(row.place, filled[0], "It names the audit of the rows below it"))
            continue
        audit = _audit(cells, row, audit, above)
        if not (cells.get("text") or cells.get("heading")):
            if len(result.found) > first and _goes_on(cells) and (more := _told(columns, row, cells)):
                result.found[-1] = _with_more(result.found[-1], more)
                continue
            result.aside.append(SetAside(row.place, " | ".join(filled), NO_ROW))
            continue
        result.found.append(recommendation(_entry(columns, row, cells, audit)))


def _goes_on(cells: dict[str, Cell]) -> bool:
    """A row that only tells more of the recommendation above it: no reference, audit or target of its own."""
    return not any(_text(cells, name) and not is_ditto(_text(cells, name)) for name in _OWN)


def _with_more(above: Recommendation, more: list[Line]) -> Recommendation:
    """The recommendation above with what its next row tells of it; a mark of closure stays last."""
    lines = above.entry.lines
    at = len(lines) - 1 if lines and CLOSED_MARK.match(lines[-1].words) else len(lines)
    return recommendation(replace(above.entry, lines=[*lines[:at], *more, *lines[at:]]))


def _cells(columns: Headings, row: Row) -> dict[str, Cell]:
    """The cells of a row by field; of several updates the last that holds something."""
    found: dict[str, Cell] = {}
    for column, cell in zip(columns.columns, row.cells, strict=False):
        if column.field and cell.text and (column.field not in found or column.field == "updates"):
            found[column.field] = cell
    return found


def _text(cells: dict[str, Cell], name: str) -> str:
    return cells[name].text.strip() if name in cells else ""


def _audit(cells: dict[str, Cell], row: Row, last: Audit, above: Audit) -> Audit:
    """The audit of a row; a ditto mark or an empty cell takes that of the row above."""
    title = _text(cells, "audit")
    same = not title or is_ditto(title)
    base = (last if last.title else above) if same else Audit(title=title, place=row.place)
    opinion, date = _text(cells, "opinion"), _text(cells, "audit_date")
    if opinion and not is_ditto(opinion):
        base = replace(base, opinion=opinion_word(opinion), opinion_text=opinion)
    if date and not is_ditto(date):
        base = replace(base, date=month_of(date), date_text=date)
    return base


def _entry(columns: Headings, row: Row, cells: dict[str, Cell], audit: Audit) -> Entry:
    said = _text(cells, "priority")
    priority = read_priority(said)
    status = _text(cells, "status")
    lines = [
        *_lines(cells, "text", row),
        *(_line(row, f"{_LED[name]} {_text(cells, name)}") for name in _LED if _said(cells, name)),
    ]
    lines += _told(columns, row, cells)
    heading = next((one.heading.casefold() for one in columns.columns if one.field == "status"), "")
    if CLOSED_MARK.match(status) or (
        "clos" in heading and re.match(r"\W*(?:y|yes|✓|x)\W*$|\W*yes\b", status, re.IGNORECASE)
    ):
        lines.append(_line(row, "PROPOSED CLOSED"))
    entry = Entry(
        audit=audit,
        reference=_text(cells, "reference"),
        heading=_text(cells, "heading"),
        priority=priority.word if priority else said,
        priority_text=said,
        place=row.place,
        lines=lines,
        status=status,
    )
    if not entry.lines and entry.heading:
        entry.lines.append(_line(row, entry.heading))
    return entry


def _said(cells: dict[str, Cell], name: str) -> bool:
    """Whether a cell says something; of a date also that it is still to be set."""
    text = _text(cells, name)
    return not blank(text) or (name.endswith("_target") and bool(_TO_COME.match(text)))


def _told(columns: Headings, row: Row, cells: dict[str, Cell]) -> list[Line]:
    """What a row says of how it goes: its updates, and the answers to the questions."""
    dated = _text(cells, "updated")
    lines = _updates(columns, row, dated)
    answers = [_line(row, f"{_ASKED[name]} {_text(cells, name)}") for name in _ASKED if _text(cells, name)]
    if answers and not any((one := label_of(line.words, in_update=False)) and one.kind == "update" for line in lines):
        lines.append(_line(row, f"Update {dated}:".replace(" :", ":")))
    return lines + answers


def _line(row: Row, words: str) -> Line:
    return Line(words, row.place, cell=1)


def _lines(cells: dict[str, Cell], name: str, row: Row) -> Iterator[Line]:
    for item in cells[name].items if name in cells else ():
        yield Line(item.text, row.place, item.kind, item.number, item.marker, 1)


def _updates(columns: Headings, row: Row, dated: str) -> list[Line]:
    """The updates of a row: of the period that the heading names, that the row dates, or that each begins with."""
    found: list[Line] = []
    for column, cell in zip(columns.columns, row.cells, strict=False):
        if column.field != "updates" or blank(cell.text):
            continue
        period = period_of(column.heading) or dated
        found += _dated([item.text for item in cell.items], period, row)
    return found


def _dated(words: Sequence[str], period: str, row: Row) -> Iterator[Line]:
    for n, text in enumerate(words):
        if found := _DATED.match(text):
            yield _line(row, f"Update {found['day']}: {found['rest']}")
        elif n == 0 and not ((label := label_of(text, in_update=False)) and label.kind == "update"):
            yield _line(row, f"Update {period}:".replace(" :", ":"))
            yield _line(row, text)
        else:
            yield _line(row, text)
