"""The verbs of measures. Each: may they, do the rules allow it, record it, give the row back."""

from candour.performance.commands.breaks import break_limits, join_limits
from candour.performance.commands.defining import change_measure, define_measure, end_measure, restrict_measure
from candour.performance.commands.explaining import answer_explanation, ask_explanation
from candour.performance.commands.grouping import change_group, join_group, leave_group, set_up_group
from candour.performance.commands.loading import NewFigure, changes_of, load_figures

__all__ = [
    "NewFigure",
    "answer_explanation",
    "ask_explanation",
    "break_limits",
    "change_group",
    "change_measure",
    "changes_of",
    "define_measure",
    "end_measure",
    "join_group",
    "join_limits",
    "leave_group",
    "load_figures",
    "restrict_measure",
    "set_up_group",
]
