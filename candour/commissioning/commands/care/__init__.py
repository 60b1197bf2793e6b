"""The verbs of care: checks of providers, processes and the steps of an agreement, funding streams as they change."""

from candour.commissioning.commands.care.diligence import (
    add_diligence_kind,
    bring_in_checks,
    change_diligence_kind,
    check_provider,
    end_diligence_kind,
    waive_check,
)
from candour.commissioning.commands.care.limits import entitled
from candour.commissioning.commands.care.steps import NewStep, begin_process, put_back_step, record_step, set_process
from candour.commissioning.commands.care.streams import change_stream

__all__ = [
    "NewStep",
    "add_diligence_kind",
    "begin_process",
    "bring_in_checks",
    "change_diligence_kind",
    "change_stream",
    "check_provider",
    "end_diligence_kind",
    "entitled",
    "put_back_step",
    "record_step",
    "set_process",
    "waive_check",
]
