"""Inspections, their grades and clocks; what became of what they ask for; the force management statement."""

from candour.inspections.models.following import Answer, Asked, Carried, Note, Review
from candour.inspections.models.inspection import Grade, Inspection, InspectionLine, StepRow
from candour.inspections.models.statement import Progress, StatementItem, StatementLine

__all__ = [
    "Answer",
    "Asked",
    "Carried",
    "Grade",
    "Inspection",
    "InspectionLine",
    "Note",
    "Progress",
    "Review",
    "StatementItem",
    "StatementLine",
    "StepRow",
]
