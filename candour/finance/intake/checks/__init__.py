"""What a finance workbook says of itself that is not so, each with its place."""

from candour.finance.intake.checks.cells import of_cells
from candour.finance.intake.checks.sums import of_rows, of_totals

__all__ = ["of_cells", "of_rows", "of_totals"]
