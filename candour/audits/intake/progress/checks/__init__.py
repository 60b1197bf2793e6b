"""The contradictions of a progress report, each found by a rule and shown with its place. Pure."""

from candour.kernel.intake.document import SEVERITIES, Finding

from ..paper import Paper
from . import appendices, counts, listed, plans, recommendations, scales

CHECKS = (listed.check, counts.check, plans.check, scales.check, appendices.check, recommendations.check)


def findings_of(paper: Paper) -> list[Finding]:
    """Errors first, then warnings, then notes; within each in the order of the rules and of the paper."""
    found = [finding for check in CHECKS for finding in check(paper)]
    return sorted(found, key=lambda finding: SEVERITIES.index(finding.severity))
