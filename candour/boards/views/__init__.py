"""The pages of boards."""

from candour.boards.views.agenda import add_item, change_item, issue_agenda, place_item, take_up, withdraw_item
from candour.boards.views.item import item
from candour.boards.views.listing import board, boards
from candour.boards.views.meeting import meeting
from candour.boards.views.papers import add_paper, add_written, settle_draft, take_off

__all__ = [
    "add_item",
    "add_paper",
    "add_written",
    "board",
    "boards",
    "change_item",
    "issue_agenda",
    "item",
    "meeting",
    "place_item",
    "settle_draft",
    "take_off",
    "take_up",
    "withdraw_item",
]
