"""The verbs of measures. Each: may they, do the rules allow it, record it, give the row back."""

from candour.performance.commands.breaks import break_limits, join_limits
from candour.performance.commands.defining import change_measure, define_measure, end_measure, restrict_measure
from candour.performance.commands.explaining import answer_explanation, ask_explanation
from candour.performance.commands.grouping import change_group, join_group, leave_group, set_up_group
from candour.performance.commands.loading import changes_of, load_figures
from candour.performance.commands.new import NewFigure
from candour.performance.commands.sets import begin_set, change_set, put_in_sets, state_contribution

__all__ = [
    "NewFigure",
    "answer_explanation",
    "ask_explanation",
    "begin_set",
    "break_limits",
    "change_group",
    "change_measure",
    "change_set",
    "changes_of",
    "define_measure",
    "end_measure",
    "join_group",
    "join_limits",
    "leave_group",
    "load_figures",
    "put_in_sets",
    "restrict_measure",
    "set_up_group",
    "state_contribution",
]
