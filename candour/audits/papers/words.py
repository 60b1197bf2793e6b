"""How a progress report says counts, days and the state of an audit. Pure."""

from collections.abc import Sequence
from datetime import date

from candour.audits import rules
from candour.audits.queries import AuditRow, StageRow
from candour.kernel.calendar import MONTHS, say_date
from candour.kernel.papers.document import Cell, anchor_for, bold, cell, para

COLLABORATION = "Collaboration: "
NB = "\N{NO-BREAK SPACE}"
REPORTS, ISSUED, PLAN, SHARED, MOVED, KEPT, SURVEY = (
    "Final reports issued",
    "Reports issued",
    "Status of the audit plan",
    "Status of the collaboration audit plan",
    "Dates that moved, and audits that left the plan",
    "Performance of the auditor",
    "Customer satisfaction survey",
)
TONES = {"Late": "red", "Final": "green", "Deferred": "grey", "Cancelled": "grey"}
# How a plan says how far an audit has come, by the last stage that was reached.
REACHED = {
    "brief": "Brief issued",
    "fieldwork": "Fieldwork begun",
    "exit": "Exit meeting held",
    "draft": "Draft report issued",
    "responses": "Responses received",
    "final": "Final report issued",
    "panel": "Final report issued",
}
INDICATORS = {
    "brief": ("Brief before fieldwork", "At least {} working days before fieldwork"),
    "draft": ("Draft report after the exit meeting", "Within {} working days of the exit meeting"),
    "final": ("Final report after the responses", "Within {} working days of the responses"),
    "progress": ("Progress report before the panel", "At least {} working days before the panel"),
    "satisfaction": ("Satisfied auditees, by survey", "{}% satisfactory or above"),
}


def short(day: date) -> str:
    """5 Mar 2026, for the narrow columns of a plan; it never breaks over two lines."""
    return f"{day.day}{NB}{MONTHS[day.month - 1][:3]}{NB}{day.year}"


def opinion(row: AuditRow) -> str:
    return row.opinion.word if row.opinion else "Advisory" if row.line.advisory else "Not recorded"


def opinion_cell(row: AuditRow) -> Cell:
    return cell(opinion(row), tone=row.opinion.tone) if row.opinion else cell(opinion(row))


def status(row: AuditRow) -> str:
    """Final report issued; Exit meeting held. Late: draft report, by 12 working days; Deferred to 2027/28; Planned."""
    if row.state == "Deferred":
        return f"Deferred to {row.deferred_to}"
    if row.state == "Cancelled":
        return "Cancelled"
    said = REACHED.get(row.reached, "Planned")
    late = row.late
    return f"{said}. Late: {late.word.lower()}, by {working_days(late.late)}" if late else said


def working_days(number: int) -> str:
    return f"{number:,} working day{'' if number == 1 else 's'}"


def stage_cell(stage: StageRow) -> Cell:
    """When a stage was reached, and for when it is planned."""
    lines = [para(bold(f"Reached {short(stage.actual)}"))] if stage.actual else []
    lines += [para(f"Planned {short(stage.planned)}")] if stage.planned else []
    return cell(*lines) if lines else cell("No date")


def moved(stage: str, was: date | None, now: date | None) -> str:
    """Draft report: from 1 March 2026 to 3 April 2026."""
    before, after = (say_date(day) if day else "no date" for day in (was, now))
    return f"{stage}: from {before} to {after}"


def heading_of(row: AuditRow, *, shared: bool) -> str:
    return f"{COLLABORATION if shared else ''}{row.title} {row.line.year}"


def states(rows: Sequence[AuditRow]) -> list[tuple[str, int]]:
    """How many of the plan are in each state, in the order of the rules, those that none is in left out."""
    return [(state, number) for state in rules.STATE_WORDS if (number := sum(row.state == state for row in rows))]


def anchor_of(row: AuditRow) -> str:
    """Where the report of an audit stands in the paper; a shared one may have the reference of another body's."""
    return anchor_for(f"{row.organisation_code} {row.reference}")
