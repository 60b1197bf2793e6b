"""Reads lists of inspections into proposed records and findings: a record an inspection, with grades and items. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from candour.inspections.intake import checks
from candour.inspections.intake.across import across
from candour.inspections.intake.columns import field_of, head_of
from candour.inspections.intake.table import Listed, Printed, read_tables
from candour.inspections.rules.items import AFI, CAUSE, RECOMMENDATION
from candour.kernel.calendar import read_date, read_month
from candour.kernel.intake.document import Document, Finding, Reading
from candour.kernel.intake.mapping import Told
from candour.kernel.intake.printed import blank, words_key
from candour.kernel.intake.tidy import tidy

KIND = "inspections"
_SORTS = (
    (CAUSE, re.compile(r"^\W*(?:cause of concern|causes of concern|coc)\b", re.IGNORECASE)),
    (AFI, re.compile(r"^\W*(?:area for improvement|areas for improvement|afi)\b", re.IGNORECASE)),
    (RECOMMENDATION, re.compile(r"^\W*(?:recommendation|rec)\b", re.IGNORECASE)),
)
_KINDS = (
    ("peel", r"\bpeel\b"), ("national", r"\bnational\b|\bsuper-?complaint\b"), ("joint", r"\bjoint\b"),
    ("thematic", r"\bthematic\b|\binspection of\b"),
)  # fmt: skip
_AS_AT = re.compile(r"\b(?:as at|position at|updated|dated?)\s*:?\s*(?P<day>[\w ,/.-]{6,24})", re.IGNORECASE)
_DAY = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]{2,8}\s+\d{4}\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b\d{4}-\d\d-\d\d\b"
)
_OVER = re.compile(r"^\W*(?:closed|complete[d]?|implemented|discharged|done|signed off)\b", re.IGNORECASE)


@dataclass
class Found:
    """One inspection as its rows print it. unclear: rows whose day or sort cannot be told, for the checks."""

    record: dict[str, Any]
    place: Any
    numbers: list[tuple[str, Any]] = field(default_factory=list)
    no_days: list[tuple[str, Any]] = field(default_factory=list)
    no_sorts: list[tuple[str, Any]] = field(default_factory=list)

    @property
    def key(self) -> str:
        return str(self.record["reference"])


def recognises(document: Document) -> float:
    """How surely a document lists inspections: by an area beside its grade; less by a sort beside an inspection."""
    sure = 0.0
    for table in document.tables:
        head = head_of(table)
        if across(table):
            return 0.95
        if head is not None:
            fields = {field_of(text) for text in table.rows[head].texts}
            sure = max(
                sure, 0.95 if {"area", "grade"} <= fields else 0.6 if {"inspection", "kind", "text"} <= fields else 0.0
            )
    return sure


def propose(document: Document, source: Mapping[str, str] | None = None, told: Told | None = None) -> Reading:
    """The reading of a list. Rows in = rows proposed and set aside; nothing is corrected."""
    listed = read_tables(tidy(document), told)
    as_at = _as_at(listed)
    found: dict[str, Found] = {}
    for row in listed.rows:
        _take(_of(found, row), row)
    for one in found.values():
        _nest(one.record["items"])
    findings: list[Finding] = [each for one in found.values() for each in checks.of_inspection(one, as_at)]
    findings += checks.of_totals([one.record for one in found.values()], listed.said)
    meta = {
        "date": as_at.isoformat() if as_at else None,
        "read": {"inspections": len(found), "rows": len(listed.rows)},
        "columns": [one.as_json() for one in listed.columns],
    }
    records = [one.record for one in found.values()]
    return Reading(KIND, dict(source or document.source), meta, records, listed.aside, findings)


def _of(found: dict[str, Found], row: Printed) -> Found:
    """The inspection that a row belongs to: as it says, else as its section does."""
    title = row.cells.get("inspection") or row.section or "Inspection without a title"
    said = row.cells.get("date") or next(iter(_DAY.findall(title)), "")
    title = (
        re.sub(r"[\s,(–—-]*(?:published|report of)?[\s,:]*$", "", _DAY.sub("", title).strip(" ,()–—-")).strip() or title
    )
    day = read_date(said) or read_month(said)
    key = words_key(title)
    if key not in found:
        record: dict[str, Any] = {
            "reference": title,
            "title": title,
            "kind": next((kind for kind, words in _KINDS if re.search(words, title, re.IGNORECASE)), "other"),
            "date": day.isoformat() if day else None,
            "grades": [],
            "items": [],
            "place": str(row.place),
        }
        found[key] = Found(record, row.place)
    one = found[key]
    if one.record["date"] is None and day:
        one.record["date"] = day.isoformat()
    if said and day is None:
        one.no_days.append((said, row.place))
    return one


def _take(one: Found, row: Printed) -> None:
    cells = row.cells
    if cells.get("area") and not blank(cells.get("grade", "-")):
        one.record["grades"].append({"area": cells["area"], "grade": cells["grade"], "place": str(row.place)})
    if not cells.get("text"):
        return
    number = "" if blank(cells.get("number", "-")) else cells["number"]
    sort = sort_of(cells.get("kind", "")) or sort_of(number) or sort_of(cells["text"])
    due_text = "" if blank(cells.get("due", "-")) else cells["due"]
    due = read_date(due_text) or _end_of(read_month(due_text))
    if due_text and due is None and _DAY.search(due_text):
        one.no_days.append((due_text, row.place))
    if number:
        one.numbers.append((number, row.place))
    if not sort:
        one.no_sorts.append((number or cells["text"][:60], row.place))
    one.record["items"].append(
        {
            "number": number,
            "sort": sort or RECOMMENDATION,
            "text": cells["text"],
            "owner": cells.get("owner", ""),
            "due": due.isoformat() if due else None,
            "due_text": due_text,
            "status": cells.get("status", ""),
            "closed": bool(_OVER.match(cells.get("status", ""))),
            "under": "",
            "place": str(row.place),
        }
    )


def sort_of(text: str) -> str:
    """What a word, a number such as AFI 2, or the beginning of a text says that it is; "" where it says nothing."""
    return next((sort for sort, pattern in _SORTS if pattern.match(text)), "")


def _nest(items: list[dict[str, Any]]) -> None:
    """Recommendations that follow a cause of concern, until something else is asked, stand under it."""
    cause = ""
    for item in items:
        if item["sort"] == CAUSE:
            cause = item["number"] or item["text"]
        elif item["sort"] == RECOMMENDATION and cause:
            item["under"] = cause
        else:
            cause = ""


def _end_of(month: date | None) -> date | None:
    """The last day of a month that stands for a date by which something is done."""
    if month is None:
        return None
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _as_at(listed: Listed) -> date | None:
    """The day of which the paper speaks, as far as it says."""
    for text, _ in listed.said:
        for said in _AS_AT.finditer(text):
            words = said["day"].split()
            for n in range(len(words), 0, -1):
                if day := read_date(" ".join(words[:n]).strip(" .,;)")):
                    return day
    return None
