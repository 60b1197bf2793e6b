"""The pages of care: due diligence, processes and steps, what is late, funding streams."""

from candour.commissioning.views.care.diligence import (
    add_kind,
    change_kind,
    check,
    check_for,
    diligence,
    end_kind,
    waive,
)
from candour.commissioning.views.care.duties import duties
from candour.commissioning.views.care.processes import process_set, processes
from candour.commissioning.views.care.steps import begin, late, put_back, sheet, sheet_file, step
from candour.commissioning.views.care.streams import change_stream, stream

__all__ = [
    "add_kind",
    "begin",
    "change_kind",
    "change_stream",
    "check",
    "check_for",
    "diligence",
    "duties",
    "end_kind",
    "late",
    "process_set",
    "processes",
    "put_back",
    "sheet",
    "sheet_file",
    "step",
    "stream",
    "waive",
]
