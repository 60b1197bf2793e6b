"""What a directory provisions: its groups and their values, the people whom it may speak of, and what it asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.establishment.queries.people import visible_people
from candour.kernel.history.models import Entry
from candour.kernel.people.access import PeoplePermission
from candour.kernel.people.models import Person
from candour.kernel.signin.keys import GLASS
from candour.kernel.signin.models import Group, Mapped, Membership, Message


@dataclass(frozen=True)
class MessageRow:
    """One thing that a directory asked, as a page shows it. person: its number, None where it is about nobody or no more."""

    at: datetime
    token: str
    asked: str
    person: int | None
    name: str
    status: int
    tone: str
    words: str


def mapped_posts() -> list[Mapped]:
    """The rows of the table whose posts have not ended. One query."""
    return list(Mapped.objects.filter(removed=False, post__ended=None).select_related("post__organisation"))


def values_of_groups(values: Iterable[str]) -> frozenset[str]:
    """Those of some values that a provisioned group stands for, by its name or what the directory calls it. One query."""
    asked = set(values)
    rows = Group.objects.filter(Q(name__in=asked) | Q(external__in=asked)).values_list("name", "external")
    return frozenset(each for row in rows for each in row if each) & asked


def values_carried(person: Person) -> frozenset[str]:
    """The values of the groups that a person is in. One query."""
    rows = Membership.objects.filter(person=person).values_list("group__name", "group__external")
    return frozenset(each for row in rows for each in row if each)


def people_carrying(value: str) -> list[Person]:
    """Those who may sign in and are in a group that a value stands for. One query."""
    found = Person.objects.filter(Q(directory_groups__name=value) | Q(directory_groups__external=value), is_active=True)
    return list(found.order_by("pk").distinct())


def people_spoken_of(actor: Actor) -> QuerySet[Person]:
    """The people of whom a directory may speak, with when they were made and last changed: those whom the actor may read of.

    Never break-glass, nor whom the directory has taken back.
    """
    about = Entry.objects.filter(record_kind="people.person", record_id=OuterRef("pk"))
    rows = Person.objects.filter(visible_people(actor)).exclude(username__startswith=GLASS)
    rows = rows.exclude(provisioned__removed_at__isnull=False).select_related("provisioned")
    return rows.annotate(
        made_at=Subquery(about.order_by("sequence").values("recorded_at")[:1]),
        changed_at=Subquery(about.order_by("-sequence").values("recorded_at")[:1]),
    )


def groups_of(people: Iterable[int]) -> dict[int, list[Group]]:
    """By person the groups that they are in. One query."""
    found: dict[int, list[Group]] = {}
    for row in Membership.objects.filter(person__in=list(people)).select_related("group").order_by("group__name", "pk"):
        found.setdefault(row.person_id, []).append(row.group)
    return found


def members_of(groups: Iterable[int], actor: Actor) -> dict[int, list[Person]]:
    """By group those of its members of whom the directory may speak. One query."""
    seen = people_spoken_of(actor).values("pk")
    found: dict[int, list[Person]] = {}
    rows = Membership.objects.filter(group__in=list(groups), person__in=seen).select_related("person")
    for row in rows.order_by("person__username", "pk"):
        found.setdefault(row.group_id, []).append(row.person)
    return found


def messages_seen(actor: Actor, *, refused: bool = False) -> QuerySet[Message]:
    """What directories asked with tokens of the bodies in which an actor gives roles, newest first."""
    scope = actor.scope(PeoplePermission.GRANT)
    rows = Message.objects.select_related("token", "person").order_by("-at", "-pk")
    rows = rows if EVERYWHERE in scope else rows.filter(token__post__organisation__in=scope)
    return rows.filter(status__gte=400) if refused else rows


def message_rows(found: QuerySet[Message], actor: Actor) -> list[MessageRow]:
    """Messages as a page shows them; of a person whom the actor may not read of only what came of it. Two queries."""
    rows = list(found)
    about = {row.person_id for row in rows if row.person_id}
    seen = set(Person.objects.filter(visible_people(actor), pk__in=about).values_list("pk", flat=True))
    return [
        MessageRow(
            at=row.at,
            token=row.token.name,
            asked=f"{row.method} {row.place}",
            person=row.person_id if row.person_id in seen else None,
            name=row.person.name if row.person is not None and row.person_id in seen else "",
            status=row.status,
            tone="green" if row.status < 400 else "red" if row.status in (401, 403) else "amber",
            words=row.words,
        )
        for row in rows
    ]
