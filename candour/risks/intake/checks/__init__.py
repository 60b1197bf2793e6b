"""The contradictions of a register paper, each found by a rule and shown with its place. Pure."""

from collections.abc import Iterator, Sequence

from candour.kernel.intake.document import SEVERITIES, Finding

from ..joined import Risk
from ..paper import Paper
from . import counts, days, narrative, printings, scores, sections

CHECKS = (counts.check, scores.check, sections.check, printings.check, narrative.check, days.check)


def findings_of(paper: Paper, risks: Sequence[Risk]) -> list[Finding]:
    """Errors first, then warnings, then notes; within each in the order of the rules and of the paper."""
    found = list(_all(paper, risks))
    return sorted(found, key=lambda finding: SEVERITIES.index(finding.severity))


def _all(paper: Paper, risks: Sequence[Risk]) -> Iterator[Finding]:
    for check in CHECKS:
        yield from check(paper, risks)
