"""The verbs of the door: knocking, the second step, invitations, what a directory says, break-glass, the people file."""

from candour.kernel.signin.commands.directory import arrive, map_value, unmap
from candour.kernel.signin.commands.door import Answer, Place, knock, note, second_step, unlock
from candour.kernel.signin.commands.glass import break_glass, use_glass
from candour.kernel.signin.commands.links import forgotten, invite, take_up
from candour.kernel.signin.commands.own import choose_password, end_sign_in, sign_out_everywhere
from candour.kernel.signin.commands.passkeys import Challenge, add_passkey, passkey_in, passkey_step, remove_passkey
from candour.kernel.signin.commands.provisioning import (
    Told,
    change_group,
    change_provisioned,
    provision,
    provision_group,
    remove_group,
    remove_provisioned,
)
from candour.kernel.signin.commands.second import change_app, renew_codes, reset_second, set_up_second

__all__ = [
    "Answer",
    "Challenge",
    "Place",
    "Told",
    "add_passkey",
    "arrive",
    "break_glass",
    "change_app",
    "change_group",
    "change_provisioned",
    "choose_password",
    "end_sign_in",
    "forgotten",
    "invite",
    "knock",
    "map_value",
    "note",
    "passkey_in",
    "passkey_step",
    "provision",
    "provision_group",
    "remove_group",
    "remove_passkey",
    "remove_provisioned",
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
