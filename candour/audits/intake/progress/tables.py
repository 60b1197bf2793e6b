"""The tables of a progress report: the plans with their stages, the indicators, the scales with their definitions. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from candour.audits.intake.days import due_days
from candour.audits.intake.words import read_opinion, read_priority
from candour.kernel.intake.document import Document, Paragraph, Place, Row, Table

from .labels import year_of

_FIRST = re.compile(r"^(?:audit(?: area| title)?|auditable area|review|assignment|area)\W*$", re.IGNORECASE)
_STAGES = (
    ("terms_of_reference", r"terms of reference|\btor\b|\bbrief\b|scope"),
    ("fieldwork", r"fieldwork|start"),
    ("exit_meeting", r"exit|close-?out|debrief"),
    ("draft_report", r"draft"),
    ("response", r"response"),
    ("final_report", r"final"),
    ("meeting", r"target|committee|panel|jarap|meeting|board"),
)
_COLUMNS = {
    "forces": r"^(?:forces?\b|bodies\b|organisations?\b)",
    "days": r"\bdays\b",
    "reference": r"^ref(?:erence)?\b",
}
_STATUS = re.compile(r"status|comments?|progress|position", re.IGNORECASE)
_START = re.compile(
    r"\bstart(?:s|ing|ed)?\s+(?:on\s+|in\s+)?((?:\d{1,2}\s?(?:st|nd|rd|"
    r"th)?\s+)?[A-Z][a-z]{2,8}(?:\s+\d{2,4})?)"
)
_RATE = re.compile(r"(?P<percent>\d{1,3}(?:\.\d+)?|-)\s?%\s*\(\s*(?P<done>\d+)\s*/\s*(?P<of>\d+)\s*\)")


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


@dataclass
class Indicator:
    """A performance indicator of the auditor, as printed; done and of where a rate is."""

    number: str
    indicator: str
    criteria: str
    performance: str
    place: Place

    @property
    def rate(self) -> re.Match[str] | None:
        return _RATE.search(self.performance)

    def as_json(self) -> dict[str, Any]:
        rate = self.rate
        return {
            "number": self.number, "indicator": self.indicator, "criteria": self.criteria, "performance": self.performance,
            "percent": float(rate["percent"]) if rate and rate["percent"] != "-" else None,
            "done": int(rate["done"]) if rate else None, "of": int(rate["of"]) if rate else None, "place": str(self.place),
        }  # fmt: skip


@dataclass
class ScaleFound:
    """A scale of opinions or priorities, with its definitions, of a year."""

    kind: str
    year: str | None
    place: Place
    levels: list[dict[str, str]] = field(default_factory=list)

    @property
    def words(self) -> set[str]:
        return {level["word"].casefold() for level in self.levels}

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "year": self.year, "levels": self.levels, "place": str(self.place)}


@dataclass
class Tables:
    plan: list[PlanRow] = field(default_factory=list)
    collaboration_plan: list[PlanRow] = field(default_factory=list)
    kpis: list[Indicator] = field(default_factory=list)
    scales: list[ScaleFound] = field(default_factory=list)
    plan_year: str | None = None
    used: set[Place] = field(default_factory=set)


def read_tables(document: Document) -> Tables:
    """Every table that is known by its headings. A scale is of the year that the nearest heading above names."""
    found = Tables()
    heading, year = "", None
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if block.kind == "heading":
                heading, year = block.text, year_of(block.text) or year
            continue
        if _plan(found, block, heading) or _kpis(found, block) or _scale(found, block, year):
            found.used |= {row.place for row in block.rows}
    return found


def _cells(row: Row, n: int) -> str:
    return row.texts[n] if n < len(row.cells) else ""


def _plan(found: Tables, table: Table, heading: str) -> bool:
    for n, row in enumerate(table.rows[:4]):
        texts = row.texts[: row.width]
        stages = {
            k: name
            for k, text in enumerate(texts[1:], 1)
            for name, pattern in _STAGES
            if re.search(pattern, text, re.IGNORECASE)
        }
        status = [k for k, text in enumerate(texts) if _STATUS.search(text)]
        if not texts or not _FIRST.match(texts[0]) or not (len(stages) >= 2 or (status and len(texts) >= 2)):
            continue
        columns = {
            name: next((k for k, text in enumerate(texts) if re.search(form, text, re.IGNORECASE)), None)
            for name, form in _COLUMNS.items()
        }
        forces = columns["forces"]
        rows = [_plan_row(one, stages, status, columns) for one in table.rows[n + 1 :] if one.width]
        shared = forces is not None or "collaborat" in heading.casefold()
        (found.collaboration_plan if shared else found.plan).extend(rows)
        found.plan_year = found.plan_year or year_of(heading)
        return True
    return False


def _plan_row(row: Row, stages: dict[int, str], status: Sequence[int], columns: dict[str, int | None]) -> PlanRow:
    told = []
    for k, name in stages.items():
        text = _cells(row, k)
        read = due_days(text)
        told.append((name, text, read[-1].date if read else None))
    said = " ".join(filter(None, (_cells(row, k) for k in status)))
    start = _START.search(said) if not any(name == "fieldwork" for name, *_ in told) else None
    if start:  # told beside the status, mostly without a year
        read = due_days(start[1])
        told.append(("fieldwork", start[1].strip(" ,.;"), read[-1].date if read else None))
    own = {name: _cells(row, k) if k is not None else "" for name, k in columns.items()}
    return PlanRow(row.texts[0], told, said, place=row.place, **own)


def _kpis(found: Tables, table: Table) -> bool:
    for n, row in enumerate(table.rows[:3]):
        texts = [text.casefold() for text in row.texts]
        columns = {
            name: next((k for k, text in enumerate(texts) if re.match(pattern, text)), None)
            for name, pattern in (
                ("indicator", r"(?:key )?(?:performance )?indicator|kpi|measure"),
                ("criteria", r"criteria|target|standard"),
                ("performance", r"performance$|actual|result|achieved|outturn|performance to date"),
            )
        }
        if columns["indicator"] is None or columns["performance"] is None:
            continue
        number = next((k for k, text in enumerate(texts) if re.match(r"(?:no|number|ref)\b", text)), None)
        for one in table.rows[n + 1 :]:
            if one.width:
                said = {name: _cells(one, k) if k is not None else "" for name, k in columns.items()}
                found.kpis.append(Indicator(_cells(one, number) if number is not None else "", **said, place=one.place))
        return True
    return False


def _scale(found: Tables, table: Table, year: str | None) -> bool:
    for n, row in enumerate(table.rows[:4]):
        first = row.texts[0].casefold() if row.texts else ""
        kind = (
            "opinion"
            if re.match(
                r"(?:assurance|opinion)(?: level| "
                r"rating)?s?\W*$",
                first,
            )
            else "priority"
            if re.match(r"(?:priority|grade|grading)\W*$", first)
            else ""
        )
        if kind and row.width >= 2:
            scale = ScaleFound(kind, year, row.place, list(_levels(table.rows[n + 1 :], row, kind)))
            if len(scale.levels) >= 2:
                found.scales.append(scale)
                return True
    return False


def _levels(rows: Sequence[Row], head: Row, kind: str) -> Iterator[dict[str, str]]:
    """A row without a first cell carries on the one above it."""
    level: dict[str, str] = {}
    for row in rows:
        if row.texts and row.texts[0]:
            if level:
                yield level
            level = _level(row.texts[0], kind)
        for n in range(1, row.width):
            name = "_".join(re.findall(r"[a-z]+", _cells(head, n).casefold())) or f"column_{n}"
            if level and _cells(row, n):
                level[name] = f"{level.get(name, '')} {_cells(row, n)}".strip()
    if level:
        yield level


def _level(text: str, kind: str) -> dict[str, str]:
    words = text.strip(" :")
    if kind == "opinion":
        return {"word": read_opinion(words) or words}
    read = read_priority(words)
    return {"word": read.word if read else words, "name": read.name if read else ""}
