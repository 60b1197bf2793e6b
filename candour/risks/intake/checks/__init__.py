"""The contradictions of a register paper, each found by a rule and shown with its place. Pure."""

from collections.abc import Iterator, Sequence

from candour.kernel.intake.document import SEVERITIES, Finding

from ..joined import Risk
from ..paper import Paper
from . import (
    controls,
    counts,
    days,
    keydates,
    narrative,
    order,
    owners,
    places,
    printings,
    rag,
    scale,
    scores,
    sections,
    totals,
)

CHECKS = (
    *(
        counts.check,
        totals.check,
        scale.check,
        scores.check,
        rag.check,
        places.check,
        sections.check,
        order.check,
        printings.check,
    ),
    *(owners.check, narrative.check, controls.check, days.check, keydates.check),
)


def findings_of(paper: Paper, risks: Sequence[Risk]) -> list[Finding]:
    """Errors first, then warnings, then notes; within each in the order of the rules and of the paper."""
    found = list(_all(paper, risks))
    return sorted(found, key=lambda finding: SEVERITIES.index(finding.severity))


def _all(paper: Paper, risks: Sequence[Risk]) -> Iterator[Finding]:
    for check in CHECKS:
        yield from check(paper, risks)
