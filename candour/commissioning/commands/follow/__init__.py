"""The verbs of following an agreement to its outcome."""

from candour.commissioning.commands.follow.ending import hold_exit
from candour.commissioning.commands.follow.meetings import (
    answer_notice,
    give_notice,
    hold_meeting,
    publish_notice,
    raise_issue,
    resolve_issue,
    settle_notice,
)
from candour.commissioning.commands.follow.money import agree_back, ask_back, carry_over, forecast, receive_back
from candour.commissioning.commands.follow.outcomes import (
    add_plan_measure,
    report_outcome,
    set_outcome,
    stop_outcome,
)
from candour.commissioning.commands.follow.reminding import ABOUT, link_address, write_reminders
from candour.commissioning.commands.follow.returns import (
    ask_returns,
    assess_return,
    chase_return,
    expect,
    receive_return,
)

__all__ = [
    "ABOUT",
    "add_plan_measure",
    "agree_back",
    "answer_notice",
    "ask_back",
    "ask_returns",
    "assess_return",
    "carry_over",
    "chase_return",
    "expect",
    "forecast",
    "give_notice",
    "hold_exit",
    "hold_meeting",
    "link_address",
    "publish_notice",
    "raise_issue",
    "receive_back",
    "receive_return",
    "report_outcome",
    "resolve_issue",
    "set_outcome",
    "settle_notice",
    "stop_outcome",
    "write_reminders",
]
