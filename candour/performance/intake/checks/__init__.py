"""What a file of figures leaves unclear, a finding each. See docs/rules/measure-findings.md."""

from candour.performance.intake.checks.cells import given_twice, of_cells, of_parts

__all__ = ["given_twice", "of_cells", "of_parts"]
