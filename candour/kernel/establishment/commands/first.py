"""The first body, and who administers it: without them nobody could set up anything on the pages."""

from datetime import datetime
from typing import Any

from django.db import transaction

from candour.kernel.access import CANDOUR
from candour.kernel.access.queries import roles
from candour.kernel.calendar import local_date
from candour.kernel.establishment.commands.appointing import appoint
from candour.kernel.establishment.commands.organisations import set_up_organisation
from candour.kernel.establishment.commands.people import add_person
from candour.kernel.establishment.commands.posts import set_up_post
from candour.kernel.establishment.commands.roles import grant
from candour.kernel.establishment.guard import administered
from candour.kernel.establishment.rules import roles_with
from candour.kernel.people.access import PeoplePermission
from candour.kernel.people.models import Organisation, Person, Post

WHY = "The first administrator, from the command line"


class AlreadySetUp(ValueError):
    """Somebody can give roles in the body already, so it is done on the pages."""


def set_up_first(
    *,
    body: str,
    short_name: str,
    code: str,
    kind: str,
    post: str,
    username: str,
    name: str,
    password: str | None,
    email: str,
    at: datetime,
) -> Person:
    """A body, a post in it that may give every role, and a person who holds the post from today; all of it or nothing.

    A body or a post that is there already is used. password: None where sign-in is outside Candour. Raises AlreadySetUp
    where somebody administers the body, and Refused as the commands that this puts together.
    """
    said: dict[str, Any] = {"actor": CANDOUR, "at": at, "reason": WHY}
    today = local_date(at)
    with transaction.atomic():
        there = Organisation.objects.filter(code=code).first()
        if there is not None and there.pk in administered(today):
            raise AlreadySetUp(there.name)
        office = there or set_up_organisation(name=body, short_name=short_name, code=code, kind=kind, **said)
        held = Post.objects.filter(organisation=office, title__iexact=post.strip(), ended=None).first()
        made = held or set_up_post(title=post, organisation=office, **said)
        person = add_person(username=username, name=name, password=password, email=email, **said)
        page = roles()
        widest = max(roles_with(page, PeoplePermission.GRANT), key=lambda role: len(page[role].permissions))
        grant(widest, post=made, organisation=office, starts=today, **said)
        appoint(person, made, starts=today, **said)
    return person
