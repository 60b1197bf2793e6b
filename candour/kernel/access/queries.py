"""Who a signed-in person is today: their posts, their roles, what they may do. One query."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import F, FilteredRelation, QuerySet
from django.utils.module_loading import import_string

from candour.kernel.access.actor import PUBLIC, Actor
from candour.kernel.access.models import Grant
from candour.kernel.access.rules import Role, audience_of, permissions_of
from candour.kernel.composed import Composed
from candour.kernel.history.queries import HowFar
from candour.kernel.people.models import Appointment, Person, Post, holding


def roles() -> Mapping[str, Role]:
    """The one page of roles, config/roles.py, found through settings because it lies above."""
    return import_string(settings.ROLES)


def permission_areas() -> Mapping[str, Mapping[str, str]]:
    """By area what each permission lets somebody do, in words, found in the same way."""
    return import_string(settings.PERMISSIONS)


def permission_words() -> dict[str, str]:
    """What each permission lets somebody do, in words."""
    return {permission: words for area in permission_areas().values() for permission, words in area.items()}


def actor_for(person: Person | None, today: date) -> Actor:
    """The person at the posts they hold on a day; the public for nobody or for one whose sign-in was stopped."""
    if person is None or not person.is_active:
        return PUBLIC
    return actor_at(person, list(held_by(person.pk, today)))


def held_by(person: int, today: date) -> QuerySet[Any]:
    """A person's appointments on a day, once for each role granted to the post (`role`, `role_in`); with the person."""
    granted = FilteredRelation("post__grants", condition=holding(today, "post__grants__"))
    found = Appointment.objects.annotate(granted=granted).filter(holding(today), person=person, post__ended=None)
    with_roles = found.annotate(role=F("granted__role"), role_in=F("granted__organisation"))
    return with_roles.select_related("person", "post__organisation").order_by("starts", "pk", "granted__pk")


_held = Composed(lambda *, person, today: held_by(person, today).annotate(how_far=HowFar()))


def held_now(person: int, today: date) -> list[Any]:
    """What held_by gives, each with how far the history had gone at that moment."""
    return _held(person=person, today=today)


def actor_at(person: Person, held: Sequence[Any]) -> Actor:
    """The person at the posts that held_by gave."""
    posts = frozenset(row.post_id for row in held)
    grants = [(row.role, row.role_in) for row in held if row.role is not None]
    first = held[0].post if held else None
    page = roles()
    return Actor(
        kind="person",
        id=person.pk,
        label=first.title if first else "No post",
        username=person.username,
        posts=posts,
        organisation=first.organisation_id if first else None,
        organisation_name=first.organisation.name if first else "",
        roles=tuple(dict.fromkeys(role for role, _ in grants)),
        scopes=permissions_of(page, grants),
        audience=audience_of(page, [role for role, _ in grants]),
    )


def actor_at_post(post: Post, today: date) -> Actor:
    """Whoever holds a post on a day, with what that post alone permits: the same for each of several holders. One query."""
    grants = list(Grant.objects.filter(holding(today), post=post).order_by("pk").values_list("role", "organisation"))
    page = roles()
    return Actor(
        kind="person",
        id=0,
        label=post.title,
        posts=frozenset({post.pk}),
        organisation=post.organisation_id,
        roles=tuple(dict.fromkeys(role for role, _ in grants)),
        scopes=permissions_of(page, grants),
        audience=audience_of(page, [role for role, _ in grants]),
    )


def actor_named(username: str, today: date) -> Actor:
    """The actor for a user name of the command line. Raises LookupError naming those that exist."""
    person = Person.objects.filter(username=username, is_active=True).first()
    if person is None:
        known = ", ".join(Person.objects.filter(is_active=True).values_list("username", flat=True)[:20])
        raise LookupError(
            f"there is no user {username!r}; " + (f"there are: {known}" if known else "there are none yet")
        )
    return actor_for(person, today)
