"""What a list of inspections contradicts itself in, or leaves unclear. See docs/rules/inspection-findings.md."""

from candour.inspections.intake.checks.inspections import of_inspection
from candour.inspections.intake.checks.totals import of_totals

__all__ = ["of_inspection", "of_totals"]
