"""Organisations, posts, people, who holds what, who answers for whom, and which role a post has."""

from candour.kernel.establishment.commands.appointing import appoint, end_appointment
from candour.kernel.establishment.commands.covers import cover_post, end_cover
from candour.kernel.establishment.commands.first import AlreadySetUp, set_up_first
from candour.kernel.establishment.commands.organisations import rename_organisation, set_up_organisation
from candour.kernel.establishment.commands.people import (
    add_person,
    change_person,
    restore_sign_in,
    set_password,
    stop_sign_in,
)
from candour.kernel.establishment.commands.posts import end_post, place_post, rename_post, set_up_post, set_up_posts
from candour.kernel.establishment.commands.roles import end_grant, grant

__all__ = [
    "AlreadySetUp",
    "add_person",
    "appoint",
    "change_person",
    "cover_post",
    "end_appointment",
    "end_cover",
    "end_grant",
    "end_post",
    "grant",
    "place_post",
    "rename_organisation",
    "rename_post",
    "restore_sign_in",
    "set_password",
    "set_up_first",
    "set_up_organisation",
    "set_up_post",
    "set_up_posts",
    "stop_sign_in",
]
