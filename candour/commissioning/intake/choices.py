"""The ways to settle a finding about a register of contracts, a list of grants or a file of spend."""

from collections.abc import Mapping
from typing import Any

from candour.kernel.intake.document import Finding
from candour.kernel.intake.kinds import Choice

ASIDE = Choice("aside", "Set this row aside", aside=True)


def choices(finding: Finding, record: Mapping[str, Any] | None) -> list[Choice]:  # noqa: PLR0911  a code each
    """The first is what a load keeps where findings are accepted. What cannot be saved as it is printed is left empty."""
    keep = Choice("0", "Keep as printed")
    if record is None:
        return [keep]
    if finding.code == "double-listing":
        return [
            Choice("0", "Save it once: set this row aside", aside=True),
            Choice("1", "Save both", {"reference": ""}),
        ]
    if finding.code == "reference-repeated":
        return [Choice("0", "Give this row the next number of its stream", {"reference": ""}), ASIDE]
    if finding.code == "years-differ":
        total = sum(value or 0 for value in record["years"].values())
        return [keep, Choice("1", "Take the sum of its years", {"value": total}), ASIDE]
    if finding.code == "ends-before-start":
        return [
            Choice("0", "Leave the last day empty", {"end": None, "maximum_end": None}),
            Choice("1", "Leave the first day empty", {"start": None}),
            ASIDE,
        ]
    if finding.code == "maximum-before-end":
        return [Choice("0", "Leave the last possible end empty", {"maximum_end": None}), ASIDE]
    if finding.code == "date-impossible":
        return [Choice("0", "Leave the day empty"), ASIDE]
    return [keep, ASIDE] if finding.severity == "error" else [keep]
