"""The audits that the invented progress reports of strangers print, and what a reading of them must say, field by field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Rec:
    reference: str
    priority: str
    text: str
    response: str
    owner: str
    due: date


@dataclass(frozen=True)
class Audit:
    """An audit of the plan; its report where it is out."""

    title: str
    days: int
    fieldwork: date
    final: date
    status: str
    opinion: str = ""
    recs: tuple[Rec, ...] = ()

    def count(self, priority: str) -> int:
        return sum(one.priority == priority for one in self.recs)


@dataclass(frozen=True)
class Stranger:
    """A paper as a file, and what it prints: reports, rows of the plan, indicators, scales."""

    name: str
    content: bytes
    told: Mapping[str, Any]
    findings: tuple[str, ...] = ()


PRIORITIES = ("High", "Medium", "Low")
AUDITS = (
    Audit(
        "Payroll",
        12,
        date(2025, 5, 12),
        date(2025, 7, 18),
        "Final report issued",
        "Limited",
        (
            Rec(
                "1.1",
                "High",
                "Stop pay on the day that the form of a leaver arrives",
                "Agreed",
                "Payroll Manager",
                date(2025, 12, 31),
            ),
            Rec(
                "1.2",
                "Medium",
                "Have claims checked by a second person",
                "Agreed in part",
                "Head of People",
                date(2026, 1, 31),
            ),
        ),
    ),
    Audit(
        "Vehicle workshops",
        8,
        date(2025, 6, 9),
        date(2025, 9, 5),
        "Final report issued",
        "Reasonable",
        (
            Rec(
                "2.1",
                "Low",
                "Keep the keys of parked vehicles in a locked press",
                "Agreed",
                "Head of Fleet",
                date(2025, 11, 30),
            ),
        ),
    ),
    Audit("Grants to charities", 10, date(2025, 10, 6), date(2026, 1, 23), "Fieldwork in progress"),
    Audit("Cyber security", 15, date(2026, 1, 12), date(2026, 3, 20), "Planned"),
)
ISSUED = tuple(one for one in AUDITS if one.opinion)
KPIS = (
    ("Draft report within 10 working days of the exit meeting", "90%", "100%"),
    ("Final report within 5 working days of the responses", "90%", "50%"),
    ("Plan completed by the end of the year", "100%", "45%"),
)
LEVELS = ("Substantial", "Reasonable", "Limited", "No")


def told_of(names: str, **other: Any) -> dict[str, Any]:
    """What a paper says, by name, as `read_of` reads it."""
    known: dict[str, Any] = {
        "reports": [(one.title, one.opinion) for one in ISSUED],
        "counts": [{word: one.count(word) for word in PRIORITIES} for one in ISSUED],
        "recs": [
            [(rec.reference, rec.priority, rec.text, [rec.owner], rec.due.isoformat()) for rec in one.recs]
            for one in ISSUED
        ],
        "responses": [[rec.response for rec in one.recs] for one in ISSUED],
        "plan": [(one.title, one.status) for one in AUDITS],
        "days": [str(one.days) for one in AUDITS],
        "stages": [[one.fieldwork.isoformat(), one.final.isoformat()] for one in AUDITS],
        "kpis": [*KPIS],
        "scale": [*LEVELS],
    }
    return {name: known[name] for name in names.split()} | other


def read_of(record: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """The same of a record that was read."""
    reports = record["reports"]
    recs = [report["recommendations"] for report in reports]
    plan = [*record["plan"], *record["collaboration_plan"]]
    found: dict[str, Any] = {
        "reports": [(one["title"], one["opinion"] or ("Advisory" if one["advisory"] else "")) for one in reports],
        "counts": [one["counts"] for one in reports],
        "recs": [
            [
                (
                    one["reference"],
                    one["priority"],
                    one["text"],
                    [owner["role"] for owner in one["owners"]],
                    one["current_target"],
                )
                for one in held
            ]
            for held in recs
        ],
        "responses": [[one["response_text"] for one in held] for held in recs],
        "plan": [(one["title"], one["status"]) for one in plan],
        "days": [one["days"] for one in plan],
        "stages": [[stage["date"] for stage in one["stages"]] for one in plan],
        "kpis": [(one["indicator"], one["criteria"], one["performance"]) for one in record["kpis"]],
        "scale": [level["word"] for one in record["scales"] if one["kind"] == "opinion" for level in one["levels"]],
        "forces": [one["forces"] for one in plan],
        "auditor": record["auditor"],
    }
    return {name: found[name] for name in names}
