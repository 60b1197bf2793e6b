"""The ways to settle a finding about a risk paper."""

from collections.abc import Mapping
from typing import Any

from candour.kernel.intake.document import Finding
from candour.kernel.intake.kinds import Choice


def choices(finding: Finding, record: Mapping[str, Any] | None) -> list[Choice]:
    """Choice "0" always keeps what the paper prints. A score that is not its product may be mended from either side."""
    found = [Choice("0", "Keep as printed")]
    if record is not None and finding.code == "score-product":
        found = _of_score(record)
    if record is not None:
        found.append(Choice(str(len(found)), "Set this row aside", aside=True))
    return found


def _of_score(record: Mapping[str, Any]) -> list[Choice]:
    impact, likelihood, score = record.get("impact_value"), record.get("likelihood_value"), record.get("score")
    if not (impact and likelihood and score):
        return [Choice("0", "Keep as printed")]
    found = [Choice("0", f"Score is {impact * likelihood}, as impact {impact} times likelihood {likelihood}")]
    if score % impact == 0:
        level = score // impact
        found.append(
            Choice("1", f"Likelihood is {level}, score {score}", {"likelihood_value": level, "likelihood": None})
        )
    if score % likelihood == 0:
        level = score // likelihood
        found.append(
            Choice(str(len(found)), f"Impact is {level}, score {score}", {"impact_value": level, "impact": None})
        )
    return found
