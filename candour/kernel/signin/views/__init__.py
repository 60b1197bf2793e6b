"""The pages of the door."""

from candour.kernel.signin.views.again import again
from candour.kernel.signin.views.directory import directory, directory_back
from candour.kernel.signin.views.door import door, second, set_up, sign_out
from candour.kernel.signin.views.links import forgotten, link, written
from candour.kernel.signin.views.mine import codes, end_one, mine, my_app, my_codes, my_password, out_everywhere
from candour.kernel.signin.views.passkeys import add_passkey, remove_passkey, set_up_passkey
from candour.kernel.signin.views.people import (
    invite_person,
    person_sign_in,
    reset_person,
    sign_ins,
    sign_person_out,
    unlock_person,
)
from candour.kernel.signin.views.table import map_value, mapped, messages, unmap

__all__ = [
    "add_passkey",
    "again",
    "codes",
    "directory",
    "directory_back",
    "door",
    "end_one",
    "forgotten",
    "invite_person",
    "link",
    "map_value",
    "mapped",
    "messages",
    "mine",
    "my_app",
    "my_codes",
    "my_password",
    "out_everywhere",
    "person_sign_in",
    "remove_passkey",
    "reset_person",
    "second",
    "set_up",
    "set_up_passkey",
    "sign_ins",
    "sign_out",
    "sign_person_out",
    "unlock_person",
    "unmap",
    "written",
]
