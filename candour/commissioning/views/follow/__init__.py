"""The pages of what follows an agreement."""

from candour.commissioning.views.follow.meetings import (
    agreement_meetings,
    give_notice,
    hold_meeting,
    link_risk,
    raise_issue,
    resolve_issue,
    step_notice,
)
from candour.commissioning.views.follow.money import (
    agreement_money,
    ask_back,
    carry_over,
    forecast,
    settle_underspend,
)
from candour.commissioning.views.follow.outcomes import (
    add_plan_measure,
    agreement_outcomes,
    decide_next,
    hold_exit,
    plan_outcomes,
    report_outcome,
    set_outcome,
    stop_outcome,
    value_sheet,
)
from candour.commissioning.views.follow.returns import (
    agreement_returns,
    ask_returns,
    assess_return,
    chase_return,
    receive_return,
    returns,
)

__all__ = [
    "add_plan_measure",
    "agreement_meetings",
    "agreement_money",
    "agreement_outcomes",
    "agreement_returns",
    "ask_back",
    "ask_returns",
    "assess_return",
    "carry_over",
    "chase_return",
    "decide_next",
    "forecast",
    "give_notice",
    "hold_exit",
    "hold_meeting",
    "link_risk",
    "plan_outcomes",
    "raise_issue",
    "receive_return",
    "report_outcome",
    "resolve_issue",
    "returns",
    "set_outcome",
    "settle_underspend",
    "step_notice",
    "stop_outcome",
    "value_sheet",
]
