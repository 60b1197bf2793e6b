"""The contradictions of a tracker, each found by a rule and shown with its place. Pure."""

from candour.kernel.intake.document import SEVERITIES, Finding

from ..paper import Paper
from . import closures, exceeded, owners, prose, references, targets, totals, updates

CHECKS = (
    totals.check,
    closures.check,
    exceeded.check,
    targets.check,
    owners.check,
    updates.check,
    references.check,
    prose.check,
)


def findings_of(paper: Paper) -> list[Finding]:
    """Errors first, then warnings, then notes; within each in the order of the rules and of the paper."""
    found = [finding for check in CHECKS for finding in check(paper)]
    return sorted(found, key=lambda finding: SEVERITIES.index(finding.severity))
