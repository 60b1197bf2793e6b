"""Boards, their meetings and agendas, what they minuted and decided, and the packs that were issued for them."""

from candour.boards.models.boards import (
    Board,
    Limit,
    Seat,
    StandingItem,
    Terms,
    in_force,
    visible_boards,
    visible_standing,
)
from candour.boards.models.feeds import Feed
from candour.boards.models.lines import (
    ACTION_WORDS,
    DECISION_WORDS,
    BoardActionLine,
    BoardActionText,
    DecisionText,
    ItemLine,
    MeetingLine,
)
from candour.boards.models.makings import Making
from candour.boards.models.meetings import Attendance, Interest, Item, Meeting, Paper, Planned, Question
from candour.boards.models.outcomes import CLOSED_MEETING, BoardAction, Correction, Decision, Minute, visible_decisions
from candour.boards.models.packs import Clearance, Pack, PackShare, visible_packs

__all__ = [
    "ACTION_WORDS",
    "CLOSED_MEETING",
    "DECISION_WORDS",
    "Attendance",
    "Board",
    "BoardAction",
    "BoardActionLine",
    "BoardActionText",
    "Clearance",
    "Correction",
    "Decision",
    "DecisionText",
    "Feed",
    "Interest",
    "Item",
    "ItemLine",
    "Limit",
    "Making",
    "Meeting",
    "MeetingLine",
    "Minute",
    "Pack",
    "PackShare",
    "Paper",
    "Planned",
    "Question",
    "Seat",
    "StandingItem",
    "Terms",
    "in_force",
    "visible_boards",
    "visible_decisions",
    "visible_packs",
    "visible_standing",
]
