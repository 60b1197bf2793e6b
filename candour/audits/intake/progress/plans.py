"""The tables of audits in a progress report: plans with their stages, and lists of reports with their opinions. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from candour.audits.intake.days import due_days
from candour.audits.intake.words import ADVISORY, opinion_word, read_priority
from candour.kernel.intake.document import Place, Row, SetAside, Table
from candour.kernel.intake.printed import blank

from .labels import title_of

_TITLE = re.compile(
    r"^(?:(?:internal |planned |name of |title of )*(?:audit|review|assignment|engagement)(?: ?/ ?(?:review|area))?"
    r"(?: (?:area|title|name|assignment|review|engagement|activity|subject|topic))?|"
    r"auditable area|area|project|job|system|subject|topic|"
    r"reports? issued|report(?: title)?|title)s?\W*$",
    re.IGNORECASE,
)
# Headings that need no more columns to tell a plan: "Subject" beside "Progress of ..." is a fact of the paper.
_SURE = re.compile(
    r"^(?:audit(?: area| title)?|auditable area|review|assignment|area|report(?: title)?)\W*$", re.IGNORECASE
)
_STAGES = (
    ("terms_of_reference", r"terms of reference|\btor\b|\bbrief\b|scope"),
    ("fieldwork", r"fieldwork|\bstart|^quarter$|^qtr$|^timing$|^planned (?:for|timing|quarter|date)$"),
    ("exit_meeting", r"exit|close-?out|debrief"),
    ("draft_report", r"draft"),
    ("response", r"response"),
    ("final_report", r"final"),
    ("meeting", r"target|committee|panel|jarap|meeting|board"),
)
_COLUMNS = {
    "forces": r"^(?:forces?\b|bodies\b|organisations?\b)",
    "days": r"\bdays\b",
    "reference": r"^(?:audit )?(?:ref(?:erence)?|no|number|id)\b",
}
_STATUS = re.compile(r"status|comments?|progress|position|^(?:current )?stage$|^state$", re.IGNORECASE)
_OPINION = re.compile(r"opinion|assurance|^(?:overall )?(?:rating|evaluation|conclusion)\b", re.IGNORECASE)
_SUM = re.compile(r"^(?:grand |overall |sub-?)?totals?\b", re.IGNORECASE)
_START = re.compile(
    r"\bstart(?:s|ing|ed)?\s+(?:on\s+|in\s+)?((?:\d{1,2}\s?(?:st|nd|rd|"
    r"th)?\s+)?[A-Z][a-z]{2,8}(?:\s+\d{2,4})?)"
)
_QUARTER = re.compile(r"^q(?:tr|uarter)?\s?[1-4]$", re.IGNORECASE)
NOT_AN_AUDIT = "A row of a plan that is no audit: it heads those below it, or adds them up"


@dataclass
class PlanRow:
    """An audit of a plan: each stage with its day as printed and read, its status, the bodies that share it."""

    title: str
    stages: list[tuple[str, str, str | None]]
    status: str
    forces: str
    place: Place
    days: str = ""
    reference: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "title": self.title, "reference": self.reference,
            "stages": [{"stage": name, "text": text, "date": day} for name, text, day in self.stages],
            "status": self.status, "forces": self.forces, "days": self.days, "place": str(self.place),
        }  # fmt: skip


@dataclass(frozen=True)
class Graded:
    """A report in a table of them: its opinion, and how many recommendations of each priority."""

    title: str
    year: str | None
    opinion: str | None
    opinion_text: str
    counts: Mapping[str, int]
    place: Place


@dataclass
class Audits:
    """What a table of audits holds. shared: bodies share them."""

    plan: list[PlanRow] = field(default_factory=list)
    graded: list[Graded] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    shared: bool = False


@dataclass(frozen=True)
class _Head:
    """The columns of a table of audits, by their numbers from 0."""

    title: int
    stages: Mapping[int, str]
    status: Sequence[int]
    opinion: int | None
    counts: Mapping[int, str]
    columns: Mapping[str, int | None]

    @property
    def plans(self) -> bool:
        return len(self.stages) >= 2 or bool(self.status) or (bool(self.stages) and self.columns["days"] is not None)

    @property
    def grades(self) -> bool:
        return self.opinion is not None and (bool(self.counts) or not self.plans or len(self.stages) < 7)


def audits_of(table: Table, heading: str, year: str | None) -> Audits | None:
    """The audits of a table; None where it is no table of audits. year: the one that a heading above names."""
    for n, row in enumerate(table.rows[:4]):
        head = _head(row)
        if head is None or not (head.plans or head.grades):
            continue
        found = Audits(shared=head.columns["forces"] is not None or "collaborat" in heading.casefold())
        wide = row.width > 2
        for one in table.rows[n + 1 :]:
            if not one.width or one.texts == row.texts:
                continue
            filled = {text for text in one.texts if text}
            if not _cell(one, head.title) or (wide and len(filled) == 1) or _SUM.match(_cell(one, head.title)):
                found.aside.append(SetAside(one.place, " | ".join(filter(None, one.texts)), NOT_AN_AUDIT))
                continue
            if head.plans:
                found.plan.append(_plan_row(one, head, year))
            if head.opinion is not None and (graded := _graded(one, head, year)):
                found.graded.append(graded)
        return found
    return None


def _head(row: Row) -> _Head | None:
    texts = row.texts[: row.width]
    title = next((k for k, text in enumerate(texts[:3]) if _TITLE.match(text)), None)
    least = 3 if title is not None and not _SURE.match(texts[title]) else 2
    if title is None or len(texts) < least:
        return None
    others = [k for k in range(len(texts)) if k != title]
    counts = {k: one.word for k in others if (one := read_priority(texts[k].rstrip(" :")))}
    opinion = next((k for k in others if k not in counts and _OPINION.search(texts[k])), None)
    status = [k for k in others if k != opinion and _STATUS.search(texts[k])]
    stages = {
        k: name
        for k in others
        if k not in counts and k != opinion and k not in status
        for name, pattern in _STAGES
        if re.search(pattern, texts[k], re.IGNORECASE)
    }
    columns = {
        name: next((k for k in others if k not in stages and re.search(form, texts[k], re.IGNORECASE)), None)
        for name, form in _COLUMNS.items()
    }
    return _Head(title, stages, status, opinion, counts, columns)


def _cell(row: Row, n: int) -> str:
    return row.texts[n] if n < len(row.cells) else ""


def _plan_row(row: Row, head: _Head, year: str | None) -> PlanRow:
    told = []
    for k, name in head.stages.items():
        text = _cell(row, k)
        read = due_days(f"{text} {year}" if year and _QUARTER.match(text) else text)
        told.append((name, text, read[-1].date if read else None))
    said = " ".join(filter(None, (_cell(row, k) for k in head.status)))
    start = _START.search(said) if not any(name == "fieldwork" for name, *_ in told) else None
    if start:  # told beside the status, mostly without a year
        read = due_days(start[1])
        told.append(("fieldwork", start[1].strip(" ,.;"), read[-1].date if read else None))
    own = {name: _cell(row, k) if k is not None else "" for name, k in head.columns.items()}
    return PlanRow(_cell(row, head.title), told, said, place=row.place, **own)


def _graded(row: Row, head: _Head, year: str | None) -> Graded | None:
    """The report of a row that has an opinion, or counts; None where neither is printed yet."""
    text = _cell(row, head.opinion) if head.opinion is not None else ""
    advisory = bool(ADVISORY.search(text)) and not re.match(r"^n/?a$", text.strip(), re.IGNORECASE)
    opinion = None if advisory or blank(text) or due_days(text) or _NOT_YET.search(text) else opinion_word(text)
    if not (opinion or advisory):
        return None
    figures = {word: _cell(row, k) for k, word in head.counts.items()}
    counts = {word: int(said) if said.isdecimal() else 0 for word, said in figures.items()}
    title, own, _shared = title_of(_cell(row, head.title))
    return Graded(title, own or year, opinion, text, counts, row.place)


_NOT_YET = re.compile(
    r"\b(?:tbc|tba|pending|awaited|not (?:yet )?(?:issued|applicable)|in progress|draft|due|to follow|planned)\b",
    re.IGNORECASE,
)
