"""The pages of measures."""

from candour.performance.views.changes import measures_changes
from candour.performance.views.changing import (
    break_limits,
    change_measure,
    define_measure,
    end,
    join_limits,
    restrict,
    share,
)
from candour.performance.views.comparing import change_group, compare, groups, join_group, leave_group, set_up_group
from candour.performance.views.explaining import answer, ask
from candour.performance.views.history import history
from candour.performance.views.listing import measures, measures_file
from candour.performance.views.public import open_about, open_csv, open_measures
from candour.performance.views.record import measure
from candour.performance.views.sets import begin_set, change_set, measure_set, put_in_sets, sets, state_contribution

__all__ = [
    "answer",
    "ask",
    "begin_set",
    "break_limits",
    "change_group",
    "change_measure",
    "change_set",
    "compare",
    "define_measure",
    "end",
    "groups",
    "history",
    "join_group",
    "join_limits",
    "leave_group",
    "measure",
    "measure_set",
    "measures",
    "measures_changes",
    "measures_file",
    "open_about",
    "open_csv",
    "open_measures",
    "put_in_sets",
    "restrict",
    "set_up_group",
    "sets",
    "share",
    "state_contribution",
]
