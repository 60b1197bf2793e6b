"""Issues and performance notices of agreements. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta

from candour.kernel.rules import TODAY, Condition, Rule, Table, table

SEVERITIES: Mapping[str, str] = {
    "low": "Low",
    "medium": "Medium",
    "high": "High",
    "critical": "Critical",
}
# Procurement Act 2023, section 71(5): within 30 days of the breach or failure it is published that it occurred.
NOTICE_PUBLISHED_IN = 30

ISSUE: Table = table(
    Rule("Resolved", (Condition("resolved_on", "is not none"),)),
    Rule("Late", (Condition("due", "<", TODAY),)),
    Rule("Open"),
)
NOTICE: Table = table(
    Rule("Settled", (Condition("settled_on", "is not none"),)),
    Rule("Answered", (Condition("responded_on", "is not none"),)),
    Rule("Answer late", (Condition("response_due", "<", TODAY),)),
    Rule("Waits for an answer"),
)


def publish_by(on: date) -> date:
    """The day by which a breach of a day is published under section 71 of the Procurement Act 2023."""
    return on + timedelta(days=NOTICE_PUBLISHED_IN)
