"""What a register, a list of grants or a file of spend contradicts itself in. See docs/rules/agreement-findings.md."""

from candour.commissioning.intake.checks.pairs import between_rows
from candour.commissioning.intake.checks.rows import of_rows
from candour.commissioning.intake.checks.totals import of_paper
from candour.commissioning.intake.paper import Paper
from candour.kernel.intake.document import Finding


def findings_of(paper: Paper, name: str) -> list[Finding]:
    """Every finding: those of the paper first, then between rows, then row by row. name: of the file."""
    return [*of_paper(paper), *between_rows(paper), *of_rows(paper, name)]
