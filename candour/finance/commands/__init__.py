"""The verbs of finance and change. Each: may they, do the rules allow it, record it, give the row back."""

from candour.finance.commands.base import may_report, restrict
from candour.finance.commands.benefits import drop_benefit, measure_benefit, plan_benefit
from candour.finance.commands.cases import answer_case, submit_case
from candour.finance.commands.collaborations import (
    change_collaboration,
    end_collaboration,
    enter_collaboration,
    record_review,
    share_costs,
)
from candour.finance.commands.loading import Moved, NewAmount, load_figures, moves_of
from candour.finance.commands.projects import (
    answer_change,
    ask_change,
    begin_project,
    change_project,
    close_project,
    report_highlight,
)
from candour.finance.commands.schemes import (
    add_scheme,
    change_budget,
    change_scheme,
    finish_scheme,
    open_budget,
    rate_scheme,
)

__all__ = [
    "Moved",
    "NewAmount",
    "add_scheme",
    "answer_case",
    "answer_change",
    "ask_change",
    "begin_project",
    "change_budget",
    "change_collaboration",
    "change_project",
    "change_scheme",
    "close_project",
    "drop_benefit",
    "end_collaboration",
    "enter_collaboration",
    "finish_scheme",
    "load_figures",
    "may_report",
    "measure_benefit",
    "moves_of",
    "open_budget",
    "plan_benefit",
    "rate_scheme",
    "record_review",
    "report_highlight",
    "restrict",
    "share_costs",
    "submit_case",
]
