"""What commands of publications, posts and people, and service tokens take."""

from datetime import date
from typing import Any

from candour.boards import commands as boards
from candour.boards.models import Meeting
from candour.kernel.access import CANDOUR
from candour.kernel.access.models import Grant
from candour.kernel.people.models import Appointment, Person, Post
from candour.kernel.service.models import ServiceToken
from tests.api.factories import a_token
from tests.everywhere.world import World
from tests.factories import NOW, TODAY


def of_publication(world: World, name: str) -> dict[str, Any]:
    """The same for what only the commands of publication take, or take another of."""
    if not name.startswith("candour.kernel.publication."):
        return {}
    if name.endswith((".publish", ".prepare")):  # what is out already differs in nothing
        meeting = Meeting.objects.select_related("record", "board").get(pk=world.planned.meeting_id)
        if meeting.issued_on is None:
            boards.issue_agenda(meeting, actor=CANDOUR, at=NOW)
    return {
        "source": "agenda",
        "key": world.planned.meeting.record.reference,
        "published": world.published,
        "duty": world.duty,
        "group": "Decisions",
        "title": "Minutes",
        "law": "",
        "months": 12,
        "fulfilled_by": "",
        "owner": None,
    }


def of_people(world: World, name: str) -> dict[str, Any]:
    """The same for what only the commands of posts and people take, or take another of."""
    if not name.startswith("candour.kernel.establishment."):
        return {}
    house = world.house
    post = Post.objects.get(pk=(world.free if name.endswith(".end_post") else house.posts["owner"]).pk)
    held = Post.objects.get(pk=house.posts["owner"].pk)
    person = Person.objects.get(pk=house.people["reader"].pk)
    person.is_active = not name.endswith(".restore_sign_in")
    return {
        "name": "Another name",
        "short_name": "Another",
        "code": "another",
        "kind": "force",
        "username": "another",
        "password": "kingfisher by the river",
        "email": "another@mereford.example",
        "titles": ["Head of Fleet"],
        "effective": TODAY,
        "directorate": "Finance",
        "answers_to": None,
        "post": post,
        "person": person,
        "appointment": Appointment.objects.select_related("post").get(post=held),
        "cover": world.cover,
        "granted": Grant.objects.select_related("post").get(post=held),
        "role": "reader",
        "away": True,
        "by": house.posts["reader"],
        "ends": TODAY,
    }


def of_scripts(world: World, name: str) -> dict[str, Any]:
    """The same for what only the commands of service tokens take: a token of a reader."""
    if not name.startswith("candour.kernel.service."):
        return {}
    post = world.house.posts["reader"]
    token = ServiceToken.objects.select_related("post").filter(post=post).first() or a_token(post)[0]
    return {
        "post": post,
        "name": "Another script",
        "scopes": ["risks:read"],
        "expires_on": date(2027, 1, 1),
        "token": token,
    }
