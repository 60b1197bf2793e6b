"""Letters and people with addresses, as tests of the outbox need them."""

from datetime import datetime
from typing import Any

from django.db import transaction

from candour.kernel.access import CANDOUR
from candour.kernel.establishment.commands import appoint
from candour.kernel.history.recording import recording
from candour.kernel.notices.commands import Letter, write
from candour.kernel.notices.models import Notice
from candour.kernel.people.models import Person, Post
from tests.factories import NOW, START, House

BY: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}


def with_addresses(house: House, *names: str) -> None:
    """People of the house get addresses: chief@mereford.example and so on."""
    for name in names:
        address(house, name, f"{name}@mereford.example")


def address(house: House, name: str, email: str) -> None:
    person = Person.objects.get(pk=house.people[name].pk)
    with recording("person.changed", person, **BY):
        person.email = email
        person.save()


def share_post(house: House, name: str, post: str) -> None:
    """Somebody of the house holds another's post too."""
    appoint(Person.objects.get(pk=house.people[name].pk), Post.objects.get(pk=house.posts[post].pk), starts=START, **BY)


def a_letter(house: House, to: str = "chief", *, by: str = "", at: datetime = NOW, **more: Any) -> Notice:
    """A letter in the outbox to a post of the house. by: whose act caused it."""
    number = Notice.objects.count() + 1
    given: dict[str, Any] = {"key": f"test:{number}", "subject": f"Papers {number}", "text": f"Read papers {number}\n"}
    given |= {"to": Post.objects.get(pk=house.posts[to].pk)} | more
    with transaction.atomic():
        write([Letter(**given)], at=at, by=house.actors[by] if by else None)
    return Notice.objects.get(key=given["key"])
