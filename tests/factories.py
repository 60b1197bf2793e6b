"""Rows for tests, made through the real commands."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from candour.kernel.access import CANDOUR, Actor
from candour.kernel.access.models import Grant
from candour.kernel.access.queries import actor_for
from candour.kernel.establishment.commands import set_up_organisation
from candour.kernel.history.recording import recording_many
from candour.kernel.people.models import Appointment, Organisation, Person, Post
from candour.kernel.scales.commands import bring_in_matrix
from candour.kernel.scales.models import Scale
from candour.kernel.scales.rules import Band, Level, Matrix
from candour.risks import commands as risks
from candour.risks.models import Risk

TODAY = date(2026, 6, 15)
NOW = datetime(2026, 6, 15, 10, 30, tzinfo=UTC)
START = date(2018, 4, 1)
numbers = count(1)

MATRIX = Matrix(
    id=0,
    name="Scale of 2018",
    impact=(Level(1, "Low"), Level(2, "Medium"), Level(3, "High"), Level(4, "Very high")),
    likelihood=(Level(1, "Rare"), Level(2, "Possible"), Level(3, "Likely"), Level(4, "Very likely")),
    bands=(Band("High", 8, 16, 3, "high"), Band("Medium", 5, 7, 3, "medium"), Band("Low", 1, 4, 6, "low")),
)


@dataclass
class House:
    office: Organisation
    force: Organisation
    scale: Scale
    posts: dict[str, Post] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)

    def refreshed(self, name: str) -> Actor:
        return actor_for(self.people[name], TODAY)


ROLES = {  # name: (post, home, roles as (role, organisation))
    "policy": ("Policy and Compliance Officer", "office", [("policy_officer", "office")]),
    "chief": ("Chief Executive", "office", [("chief_officer", "office")]),
    "finance": ("Chief Finance Officer", "office", [("chief_officer", "office")]),
    "owner": ("Head of Communications", "office", [("business_owner", "office")]),
    "reader": ("Assistant", "office", [("reader", "office")]),
    "secretary": ("Board Secretary", "office", [("board_secretary", "office")]),
    "force_policy": ("Force Risk Manager", "force", [("policy_officer", "force")]),
    "force_reader": ("Force Analyst", "force", [("reader", "force")]),
    "panel": ("Panel Member", "office", [("panel_member", "office"), ("panel_member", "force")]),
    "auditor": ("Internal Auditor", "office", [("auditor", "office"), ("auditor", "force")]),
    "admin": ("Business Manager", "office", [("administrator", "office")]),
}


def build_house() -> House:
    said: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "Set up for a test"}
    office = set_up_organisation(
        name="Office of Mereford", short_name="The office", code="office", kind="office", **said
    )
    force = set_up_organisation(name="Mereford Police", short_name="The force", code="force", kind="force", **said)
    scale = bring_in_matrix(MATRIX, organisation=office, starts=START, **said)
    bring_in_matrix(MATRIX, organisation=force, starts=START, **said)
    house = House(office, force, scale)
    bodies = {"office": office, "force": force}
    # In few recordings, as thousands of tests begin with it; the commands for one of each have tests of their own.
    posts = [Post(title=title, organisation=bodies[home]) for title, home, _ in ROLES.values()]
    people = [Person(username=name, name=name.title(), password="!") for name in ROLES]
    with recording_many("post.set_up", [], **said):
        Post.objects.bulk_create(posts)
    with recording_many("person.added", [], **said):
        Person.objects.bulk_create(people)
    with recording_many("role.granted", posts, effective=START, **said):
        Appointment.objects.bulk_create(
            Appointment(person=person, post=post, starts=START) for person, post in zip(people, posts, strict=True)
        )
        Grant.objects.bulk_create(
            Grant(role=role, post=post, organisation=bodies[body], starts=START)
            for post, (_, _, roles) in zip(posts, ROLES.values(), strict=True)
            for role, body in roles
        )
    for name, post, person in zip(ROLES, posts, people, strict=True):
        house.posts[name], house.people[name] = post, person
        house.actors[name] = actor_for(person, TODAY)
    return house


def a_risk(house: House, **values: Any) -> Risk:
    """A risk raised through the command, strategic, public, scored 3 × 3, of the office unless said otherwise."""
    number = next(numbers)
    given: dict[str, Any] = {
        "organisation": house.office,
        "reference": f"R{number:04}",
        "title": f"Something could happen {number}",
        "impact": 3,
        "likelihood": 3,
        "owner": house.posts["chief"],
        "responsible_officer": house.posts["finance"],
        "sensitivity": "public",
        "actor": CANDOUR,
        "at": NOW,
        "reason": "Raised for a test",
        "effective": date(2026, 1, 10),
    }
    return risks.raise_risk(**(given | values))
