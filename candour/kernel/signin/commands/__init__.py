"""The verbs of the door: knocking, the second step, invitations, what a directory says, break-glass, the people file."""

from candour.kernel.signin.commands.directory import arrive, map_value, unmap
from candour.kernel.signin.commands.door import Answer, Place, knock, note, second_step, unlock
from candour.kernel.signin.commands.glass import break_glass, use_glass
from candour.kernel.signin.commands.links import forgotten, invite, take_up
from candour.kernel.signin.commands.own import choose_password, sign_out_everywhere
from candour.kernel.signin.commands.second import renew_codes, reset_second, set_up_second

__all__ = [
    "Answer",
    "Place",
    "arrive",
    "break_glass",
    "choose_password",
    "forgotten",
    "invite",
    "knock",
    "map_value",
    "note",
    "renew_codes",
    "reset_second",
    "second_step",
    "set_up_second",
    "sign_out_everywhere",
    "take_up",
    "unlock",
    "unmap",
    "use_glass",
]
