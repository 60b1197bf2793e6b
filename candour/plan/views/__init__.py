"""The pages of plans."""

from candour.plan.views.activity import activity, agree, change_activity, move, reopen, stop, update
from candour.plan.views.common import history, link, restrict, share, success
from candour.plan.views.listing import activities, activities_file, dives, gaps
from candour.plan.views.objective import (
    add_activity,
    add_objective,
    answer_dive,
    ask_dive,
    change_objective,
    close_objective,
    objective,
)
from candour.plan.views.plan import plan, plans, priority
from candour.plan.views.planning import (
    add_priority,
    change_plan,
    change_priority,
    end,
    publish,
    remove_priority,
    set_up,
)
from candour.plan.views.saved import change_view, remove_view, save_view, saved_views
from candour.plan.views.slippage import slippage

__all__ = [
    "activities",
    "activities_file",
    "activity",
    "add_activity",
    "add_objective",
    "add_priority",
    "agree",
    "answer_dive",
    "ask_dive",
    "change_activity",
    "change_objective",
    "change_plan",
    "change_priority",
    "change_view",
    "close_objective",
    "dives",
    "end",
    "gaps",
    "history",
    "link",
    "move",
    "objective",
    "plan",
    "plans",
    "priority",
    "publish",
    "remove_priority",
    "remove_view",
    "reopen",
    "restrict",
    "save_view",
    "saved_views",
    "set_up",
    "share",
    "slippage",
    "stop",
    "success",
    "update",
]
