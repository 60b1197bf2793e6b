"""The pages of boards."""

from candour.boards.views.item import item
from candour.boards.views.listing import board, boards
from candour.boards.views.meeting import meeting

__all__ = ["board", "boards", "item", "meeting"]
