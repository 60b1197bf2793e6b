"""The questions about boards, their meetings and what they decided."""

from candour.boards.queries.decided import decisions_of, visible_decisions
from candour.boards.queries.find import board_at, boards_seen, item_at, meeting_at

__all__ = [
    "board_at",
    "boards_seen",
    "decisions_of",
    "item_at",
    "meeting_at",
    "visible_decisions",
]
