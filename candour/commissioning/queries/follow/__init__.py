"""What can be asked about what follows an agreement."""

from candour.commissioning.queries.follow.ending import Decided, Ending, ending_of
from candour.commissioning.queries.follow.money import Recovery, spend_of, underspends_of
from candour.commissioning.queries.follow.outcomes import (
    MeasureTotal,
    OutcomeRow,
    measures_in,
    outcomes_of,
    plan_totals,
)
from candour.commissioning.queries.follow.performance import (
    IssueRow,
    MeetingRow,
    NoticeRow,
    issues_of,
    meetings_of,
    notices_of,
    risk_named,
)
from candour.commissioning.queries.follow.returns import (
    RETURN_VIEWS,
    ReturnFilter,
    ReturnRow,
    returns_of,
    returns_page,
    schedule_of,
)
from candour.commissioning.queries.follow.then import Then, ending_then, followed_then, outcomes_then

__all__ = [
    "RETURN_VIEWS",
    "Decided",
    "Ending",
    "IssueRow",
    "MeasureTotal",
    "MeetingRow",
    "NoticeRow",
    "OutcomeRow",
    "Recovery",
    "ReturnFilter",
    "ReturnRow",
    "Then",
    "ending_of",
    "ending_then",
    "followed_then",
    "issues_of",
    "measures_in",
    "meetings_of",
    "notices_of",
    "outcomes_of",
    "outcomes_then",
    "plan_totals",
    "returns_of",
    "returns_page",
    "risk_named",
    "schedule_of",
    "spend_of",
    "underspends_of",
]
