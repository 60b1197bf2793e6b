"""What a log of actions contradicts itself in, or leaves unclear."""

from candour.boards.intake.checks.counts import wrong_counts
from candour.boards.intake.checks.rows import of_rows, repeated
from candour.boards.intake.log import Log
from candour.kernel.intake.document import Finding


def findings_of(log: Log) -> list[Finding]:
    """Every finding, those of the sentences first, then row by row."""
    return [*wrong_counts(log), *repeated(log), *of_rows(log)]
