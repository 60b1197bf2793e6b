"""The pages of boards."""

from candour.boards.views.agenda import add_item, change_item, issue_agenda, place_item, take_up, withdraw_item
from candour.boards.views.item import item
from candour.boards.views.listing import board, boards
from candour.boards.views.meeting import meeting
from candour.boards.views.minuting import correct, minute, take_back
from candour.boards.views.papers import add_paper, add_written, settle_draft, take_off
from candour.boards.views.registers import action_log, change_decision, decision, decisions, replace_action
from candour.boards.views.sitting import (
    actions,
    attendance,
    close_meeting,
    minutes,
    open_meeting,
    sign,
    take_attendance,
)

__all__ = [
    "action_log",
    "actions",
    "add_item",
    "add_paper",
    "add_written",
    "attendance",
    "board",
    "boards",
    "change_decision",
    "change_item",
    "close_meeting",
    "correct",
    "decision",
    "decisions",
    "issue_agenda",
    "item",
    "meeting",
    "minute",
    "minutes",
    "open_meeting",
    "place_item",
    "replace_action",
    "settle_draft",
    "sign",
    "take_attendance",
    "take_back",
    "take_off",
    "take_up",
    "withdraw_item",
]
