"""The verbs of plans. Each: may they, do the rules allow it, record it, give the row back."""

from candour.plan.commands.activities import add_activity, change_activity, move_due, stop_activity
from candour.plan.commands.bringing import AsPrinted, bring_in_activity, bring_in_progress
from candour.plan.commands.objectives import (
    add_objective,
    agree_success,
    answer_dive,
    ask_dive,
    change_objective,
    close_objective,
    drop_success,
)
from candour.plan.commands.plans import (
    add_priority,
    change_plan,
    change_priority,
    end_plan,
    publish_plan,
    remove_priority,
    set_up_plan,
)
from candour.plan.commands.sight import restrict
from candour.plan.commands.updating import agree_done, reopen_activity, scale_for, send_back, update_activity

__all__ = [
    "AsPrinted",
    "add_activity",
    "add_objective",
    "add_priority",
    "agree_done",
    "agree_success",
    "answer_dive",
    "ask_dive",
    "bring_in_activity",
    "bring_in_progress",
    "change_activity",
    "change_objective",
    "change_plan",
    "change_priority",
    "close_objective",
    "drop_success",
    "end_plan",
    "move_due",
    "publish_plan",
    "remove_priority",
    "reopen_activity",
    "restrict",
    "scale_for",
    "send_back",
    "set_up_plan",
    "stop_activity",
    "update_activity",
]
