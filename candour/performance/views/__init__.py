"""The pages of measures."""

from candour.performance.views.changing import (
    break_limits,
    change_measure,
    define_measure,
    end,
    join_limits,
    restrict,
    share,
)
from candour.performance.views.explaining import answer, ask
from candour.performance.views.history import history
from candour.performance.views.listing import measures, measures_file
from candour.performance.views.public import open_about, open_csv, open_measures
from candour.performance.views.record import measure

__all__ = [
    "answer",
    "ask",
    "break_limits",
    "change_measure",
    "define_measure",
    "end",
    "history",
    "join_limits",
    "measure",
    "measures",
    "measures_file",
    "open_about",
    "open_csv",
    "open_measures",
    "restrict",
    "share",
]
