"""Access: one function decides, for rows, pages and commands."""

from candour.kernel.access.actor import CANDOUR, PUBLIC, Actor
from candour.kernel.access.decide import Forbidden, allowed, require

__all__ = ["CANDOUR", "PUBLIC", "Actor", "Forbidden", "allowed", "require"]
