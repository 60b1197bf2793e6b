"""The ways to settle a finding about a delivery plan."""

from collections.abc import Mapping
from typing import Any

from candour.kernel.intake.document import Finding
from candour.kernel.intake.kinds import Choice

ASIDE = Choice("aside", "Set this row aside", aside=True)


def choices(finding: Finding, record: Mapping[str, Any] | None) -> list[Choice]:
    """The first is what a load keeps where findings are accepted. What cannot be saved as it is printed is left empty."""
    keep = Choice("0", "Keep as printed")
    if record is None:
        return [keep]
    if finding.code == "reference-repeated":
        return [Choice("0", "Give this row the next number of its objective", {"reference": ""}), ASIDE]
    if finding.code == "date-impossible":
        return [Choice("0", "Keep the words, and no day"), ASIDE]
    if finding.code == "due-before-start":
        return [
            Choice("0", "Leave the first day empty", {"start": None}),
            Choice("1", "Leave the last day empty", {"due": None}),
            ASIDE,
        ]
    return [keep, ASIDE] if finding.severity == "error" else [keep]
