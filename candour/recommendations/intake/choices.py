"""The ways to settle a finding about a tracker."""

from collections.abc import Mapping
from typing import Any

from candour.kernel.intake.document import Finding
from candour.kernel.intake.kinds import Choice


def choices(finding: Finding, record: Mapping[str, Any] | None) -> list[Choice]:
    """Choice "0" keeps what the paper prints. A closure that the paper contradicts may be taken as none."""
    found = [Choice("0", "Keep as printed")]
    if record is None:
        return found
    if finding.code in ("listed-not-closed", "closed-not-marked") and not record.get("proposed_closed"):
        found.append(Choice("1", "Take it as proposed closed", {"proposed_closed": True}))
    if finding.code in ("closed-not-listed", "closed-answered-no") and record.get("proposed_closed"):
        found.append(Choice("1", "Take it as open", {"proposed_closed": False}))
    found.append(Choice(str(len(found)), "Set this row aside", aside=True))
    return found
