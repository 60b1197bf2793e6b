"""The ways to settle a finding about an auditor's progress report."""

from collections.abc import Mapping
from typing import Any

from candour.kernel.intake.document import Finding
from candour.kernel.intake.kinds import Choice


def choices(finding: Finding, record: Mapping[str, Any] | None) -> list[Choice]:
    """What the paper prints stands: it is checked here, and put right by the auditor."""
    return [Choice("0", "Keep as printed")]
