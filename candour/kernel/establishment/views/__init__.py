"""The pages of organisations, posts, people and roles."""

from candour.kernel.establishment.views.appointments import (
    appoint,
    arrange_cover,
    end_appointment,
    end_cover,
    end_grant,
    grant,
)
from candour.kernel.establishment.views.organisations import (
    add_organisation,
    organisation,
    organisations_page,
    rename_organisation,
)
from candour.kernel.establishment.views.people import (
    add_person,
    change_person,
    people,
    person,
    person_history,
    restore_person,
    set_password,
    stop_person,
)
from candour.kernel.establishment.views.posts import my_posts, post, post_history, posts, roles
from candour.kernel.establishment.views.setting_up import end_post, move_post, rename_post, set_up_post

__all__ = [
    "add_organisation",
    "add_person",
    "appoint",
    "arrange_cover",
    "change_person",
    "end_appointment",
    "end_cover",
    "end_grant",
    "end_post",
    "grant",
    "move_post",
    "my_posts",
    "organisation",
    "organisations_page",
    "people",
    "person",
    "person_history",
    "post",
    "post_history",
    "posts",
    "rename_organisation",
    "rename_post",
    "restore_person",
    "roles",
    "set_password",
    "set_up_post",
    "stop_person",
]
