"""The verbs of the outbox: writing letters, sending them, gathering them, and what is done where one came back."""

from candour.kernel.notices.commands.coming_back import came_back, receives_again, take_in
from candour.kernel.notices.commands.gathering import write_gathered
from candour.kernel.notices.commands.outbox import Posted, send, send_again, send_once_more
from candour.kernel.notices.commands.wishing import wish
from candour.kernel.notices.commands.writing import Letter, write

__all__ = [
    "Letter",
    "Posted",
    "came_back",
    "receives_again",
    "send",
    "send_again",
    "send_once_more",
    "take_in",
    "wish",
    "write",
    "write_gathered",
]
