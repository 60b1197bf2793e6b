"""The pages of the door."""

from candour.kernel.signin.views.directory import directory, directory_back
from candour.kernel.signin.views.door import door, second, set_up, sign_out
from candour.kernel.signin.views.links import forgotten, link, written
from candour.kernel.signin.views.mine import codes, mine, my_app, my_codes, my_password, out_everywhere
from candour.kernel.signin.views.people import (
    invite_person,
    person_sign_in,
    reset_person,
    sign_ins,
    sign_person_out,
    unlock_person,
)
from candour.kernel.signin.views.table import map_value, mapped, unmap

__all__ = [
    "codes",
    "directory",
    "directory_back",
    "door",
    "forgotten",
    "invite_person",
    "link",
    "map_value",
    "mapped",
    "mine",
    "my_app",
    "my_codes",
    "my_password",
    "out_everywhere",
    "person_sign_in",
    "reset_person",
    "second",
    "set_up",
    "sign_ins",
    "sign_out",
    "sign_person_out",
    "unlock_person",
    "unmap",
    "written",
]
