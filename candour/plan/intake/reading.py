"""Reads a delivery plan into proposed records and findings. Pure; saves nothing.

By what its columns are called, wherever they stand; by what its cells say where a text has lost its columns. What belongs to no
row is told in meta or set aside, never dropped.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from candour.kernel.calendar import read_date
from candour.kernel.intake.document import Document, Place
from candour.kernel.intake.lines import lines_of
from candour.kernel.intake.mapping import Told
from candour.plan.intake.columns import fields_of, head_of, surely
from candour.plan.intake.found import Found, Printed
from candour.plan.intake.table import read_tables
from candour.plan.intake.words import (
    COLOURS,
    Answers,
    Day,
    Rating,
    meaning_of,
    moved_from,
    owners_of,
    read_answers,
    read_day,
    read_rating,
)

KIND, LABEL = "delivery-plan", "Delivery plan"
_ABOUT = re.compile(
    r"\b(?:delivery|action|implementation) plan\b|\bdelivery (?:of the plan|report)\b|\bpolice and crime plan\b",
    re.IGNORECASE,
)
_AS_AT = re.compile(
    r"\b(?:as (?:at|of|it stood on)|(?:position|progress|updates?|status) (?:at|to|on)|last updated|updated(?: (?:on|to))?|"
    r"dated?|reviewed(?: on)?)\s*[:\t]?\s*"
    r"(?P<day>\d{1,2} \w+ \d{4}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})",
    re.IGNORECASE,
)
_DATED = re.compile(r"^(?:date|dated|as at|position as at|last updated|updated)$", re.IGNORECASE)
_LEGEND = re.compile(r"^(?P<colour>blue|red|amber|yellow|green|gr[ae]y)\b[\s:=–-]*(?P<meaning>.*)$", re.IGNORECASE)
_SUCCESS = re.compile(r"\s*(?:Agreed by (?P<by>[^.]{2,120}), (?P<on>\d{1,2} \w+ \d{4})|Still to be agreed)\.?$")


@dataclass
class One:
    """A row as it is read, with what stands behind it."""

    record: dict[str, Any]
    printed: Printed
    rating: Rating
    due: Day
    start: Day
    first: Day
    answers: Answers

    @property
    def place(self) -> Place:
        return self.printed.place

    @property
    def key(self) -> str:
        return str(self.record.get("key") or self.record["reference"])


@dataclass(frozen=True)
class Paper:
    found: Found
    rows: list[One]
    as_at: date | None
    legend: Mapping[str, str] = field(default_factory=dict)


def recognises(document: Document) -> float:
    """How much a document looks like a delivery plan: 0 not at all, 1 for sure."""
    heads = [head_of(table.rows) for table in document.tables]
    top = " | ".join([*(line.words for line in lines_of(document)[:12]), re.sub(r"[-_.]", " ", document.name)])
    labels = [table.rows[head].texts for table, head in zip(document.tables, heads, strict=True) if head is not None]
    if not labels:
        return 0.0
    known = any(map(surely, labels))
    if _ABOUT.search(top):
        return 0.9 if known else 0.58
    fields = {field for texts in labels for field in fields_of(texts)}
    planned = bool({"priority", "objective"} & fields) and "brag" in fields and {"start", "success"} & fields
    return 0.7 if planned and known else 0.55 if known else 0.4


def read_paper(document: Document, told: Told | None = None) -> Paper:
    found = read_tables(document, told)
    legend = _legend(found)
    rows = [_one(row, legend) for row in found.rows]
    _number(rows)
    _name(rows)
    return Paper(found, rows, _as_at(found), legend)


def meta_of(paper: Paper) -> dict[str, Any]:
    """Everything about the paper that is no row, plain values only."""
    found = paper.found
    front = list(dict.fromkeys(one.text for one in found.front if one.text))
    return {
        "title": next((text for text in front if _ABOUT.search(text)), next(iter(front), "")),
        "date": paper.as_at.isoformat() if paper.as_at else None,
        "as_at": paper.as_at.isoformat() if paper.as_at else None,
        "legend": dict(paper.legend),
        "read": {"rows": len(paper.rows), "ratings": dict(Counter(one.rating.word or "none" for one in paper.rows))},
        "front": front,
        "facts": {label: text for label, text, _ in found.facts},
        "columns": [one.as_json() for one in found.columns],
    }


def _one(row: Printed, legend: Mapping[str, str]) -> One:
    title, text = _title(row.lines("activity"))
    owner, lead = owners_of(row.lines("owner"))
    rating = read_rating(row.cells["brag"], legend) if "brag" in row.cells else Rating()
    printed_due = row.text("due")
    first = read_day(row.text("first_due")) if "first_due" in row.cells else moved_from(printed_due)
    due = read_day(row.text("revised")) if read_day(row.text("revised")).day else read_day(_without_first(printed_due))
    if not first.day and due.text != printed_due and "revised" in row.cells:
        first = read_day(printed_due)
    start = read_day(row.text("start"), last=False)
    answers = _answers(row)
    record: dict[str, Any] = {
        "reference": row.text("reference"),
        "priority": row.priority,
        "objective": row.objective,
        "title": title,
        "text": text,
        "owner": owner,
        "lead": row.text("lead") or lead,
        "start": start.day.isoformat() if start.day else None,
        "due": due.day.isoformat() if due.day else None,
        "due_text": due.text if due.text and (not due.day or read_date(due.text) is None) else "",
        "first_due": first.day.isoformat() if first.day else None,
        "brag": rating.word,
        "stands": rating.stands,
        "achieved": answers.achieved,
        "left": answers.left,
        "barriers": answers.barriers,
        "proposes": answers.proposes,
        "said_on": answers.on.isoformat() if answers.on else None,
        "success": _success(row.lines("success")),
        "place": str(row.place),
    }
    if row.more:
        record["more"] = row.more
    return One(record, row, rating, due, start, first, answers)


def _without_first(text: str) -> str:
    return re.split(r",? (?:first|originally|was) ", text)[0]


def _title(lines: Sequence[str]) -> tuple[str, str]:
    """The first line is the title; where it is longer than a title, its first sentence, and all of it is the text."""
    first, *rest = [line.strip(" ·•-\t") for line in lines] or [""]
    if len(first) <= 300:
        return first, "\n".join(rest)
    head = re.split(r"(?<=[.;:])\s", first)[0]
    return (head if len(head) <= 300 else f"{first[:299]}…"), "\n".join(lines)


def _answers(row: Printed) -> Answers:
    """The four questions: in columns of their own, or in one cell."""
    whole = read_answers(row.lines("progress"))
    apart = {name: "\n".join(row.lines(name)) for name in ("achieved", "left", "barriers") if name in row.cells}
    said = read_day(row.text("updated")).day if "updated" in row.cells else None
    values: dict[str, Any] = vars(whole) | apart
    return Answers(**(values | {"on": said or whole.on}))


def _success(lines: Sequence[str]) -> list[dict[str, Any]]:
    """Measures of success, with who agreed each and when, where that is printed."""
    found = []
    for line in lines:
        words = line.strip(" ·•-\t")
        if not words or words.casefold() in ("none", "n/a"):
            continue
        agreed = _SUCCESS.search(words)
        on = read_date(agreed["on"]) if agreed and agreed["on"] else None
        text = _SUCCESS.sub("", words).rstrip() if agreed else words
        by = (agreed["by"] or "") if agreed else ""
        found.append({"text": text, "agreed_by": by, "agreed_on": on.isoformat() if on else None})
    return found


_LEADS = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){0,3}|[A-Z]{1,4}[-. ]?\d{1,3}(?:\.\d{1,2})*)[.):]?\s+(?=[A-Z“‘])")


def _number(rows: Sequence[One]) -> None:
    """The number before the words of each activity, where no column holds one and nearly all begin with their own."""
    found = [_LEADS.match(one.record["title"]) for one in rows]
    numbers = [hit["number"] for hit in found if hit]
    if len(set(numbers)) < 2 or len(numbers) * 5 < len(rows) * 4 or any(one.record["reference"] for one in rows):
        return
    if len(set(numbers)) * 5 < len(numbers) * 4:
        return
    for one, hit in zip(rows, found, strict=True):
        if hit:
            one.record["reference"], one.record["title"] = hit["number"], one.record["title"][hit.end() :]


def _name(rows: Sequence[One]) -> None:
    """A key for each row whose reference is missing or not its own, so that it can be told from the others."""
    times: Counter[str] = Counter(one.record["reference"] for one in rows)
    seen: Counter[str] = Counter()
    for one in rows:
        reference = one.record["reference"]
        seen[reference] += 1
        if not reference:
            one.record["key"] = str(one.place)
        elif times[reference] > 1 and seen[reference] > 1:
            one.record["key"] = f"{reference} ({one.place})"


def _legend(found: Found) -> dict[str, str]:
    """What each colour stands for by the paper's own words: beside it, or in the line after it."""
    texts = [one.text.strip() for one in found.front] + [f"{label}: {text}" for label, text, _ in found.facts]
    legend: dict[str, str] = {}
    for n, text in enumerate(texts):
        if (match := _LEGEND.match(text)) is None or len(text) > 200:
            continue
        colour = match["colour"].lower().replace("gray", "grey")
        meaning = match["meaning"] or (texts[n + 1] if n + 1 < len(texts) else "")
        if colour in COLOURS and colour not in legend and (stands := meaning_of(meaning)):
            legend[colour] = stands
    return legend


def _as_at(found: Found) -> date | None:
    """The day of which the paper speaks, as far as it says."""
    for label, text, _ in found.facts:
        if _DATED.match(label.strip()) and (day := read_date(text)):
            return day
    for one in found.front:
        for said in _AS_AT.finditer(one.text):
            if day := read_date(said["day"]):
                return day
    return None
