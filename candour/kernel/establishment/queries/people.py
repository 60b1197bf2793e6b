"""The people of the bodies that somebody may read of, and one person."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.people.access import PeoplePermission
from candour.kernel.people.models import Appointment, Person


@dataclass(frozen=True)
class Holding:
    """A post that somebody holds, held or will hold. state: "now", "before" or "to come"."""

    pk: int
    post: int
    title: str
    organisation: str
    organisation_id: int
    starts: date
    ends: date | None
    state: str


@dataclass(frozen=True)
class PersonRow:
    """A person as a reader may see them. username, email: empty for who does not manage them."""

    pk: int
    name: str
    active: bool
    managed: bool
    username: str
    email: str
    posts: tuple[Holding, ...]

    @property
    def now(self) -> tuple[Holding, ...]:
        return tuple(held for held in self.posts if held.state == "now")


def visible_people(actor: Actor) -> Q:
    """Those who hold, held or will hold a post of a body that the actor reads of; and, for who manages, those with none."""
    see = actor.scope(PeoplePermission.SEE)
    if EVERYWHERE in see:
        return Q()
    appointed = Appointment.objects.filter(person=OuterRef("pk"))
    found = Q(Exists(appointed.filter(post__organisation__in=see)))
    return found | Q(~Exists(appointed)) if actor.holds(PeoplePermission.MANAGE) else found


def people_rows(people: QuerySet[Person], *, actor: Actor, today: date) -> list[PersonRow]:
    """The people of one page with the posts that the actor may read of. Two queries."""
    found = list(people)
    held = _holdings([person.pk for person in found], today)
    return [_row(person, held.get(person.pk, []), actor) for person in found]


def person_of(number: int, *, actor: Actor) -> Person:
    """A person at their address. Raises Person.DoesNotExist alike for one out of sight and one that never was."""
    found: Person = Person.objects.filter(visible_people(actor)).get(pk=number)
    return found


def _holdings(people: list[int], today: date) -> dict[int, list[Holding]]:
    found: dict[int, list[Holding]] = defaultdict(list)
    rows = Appointment.objects.filter(person__in=people).select_related("post__organisation").order_by("-starts", "-pk")
    for row in rows:
        state = "to come" if row.starts > today else "before" if row.ends is not None and row.ends < today else "now"
        body = row.post.organisation
        held = Holding(row.pk, row.post_id, row.post.title, body.name, body.pk, row.starts, row.ends, state)
        found[row.person_id].append(held)
    return found


def _row(person: Person, held: list[Holding], actor: Actor) -> PersonRow:
    bodies = {each.organisation_id for each in held if each.state != "before"}
    may = all(actor.holds(PeoplePermission.MANAGE, body) for body in bodies) and actor.holds(PeoplePermission.MANAGE)
    seen = tuple(each for each in held if actor.holds(PeoplePermission.SEE, each.organisation_id))
    address = (person.username, person.email) if may else ("", "")
    return PersonRow(person.pk, person.name, person.is_active, may, *address, seen)
