"""Who a signed-in person is today: their posts, their roles, what they may do. One query."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.db.models import FilteredRelation
from django.utils.module_loading import import_string

from candour.kernel.access.actor import PUBLIC, Actor
from candour.kernel.access.rules import Role, audience_of, permissions_of
from candour.kernel.people.models import Appointment, Person, holding


def roles() -> Mapping[str, Role]:
    """The one page of roles, config/roles.py, found through settings because it lies above."""
    return import_string(settings.ROLES)


def actor_for(person: Person | None, today: date) -> Actor:
    """The person at the posts they hold on a day; the public for nobody or for one whose sign-in was stopped."""
    if person is None or not person.is_active:
        return PUBLIC
    held = list(
        Appointment.objects.annotate(
            granted=FilteredRelation("post__grants", condition=holding(today, "post__grants__"))
        )
        .filter(holding(today), person=person, post__ended=None)
        .order_by("starts", "pk", "granted__pk")
        .values_list(
            "post_id",
            "post__title",
            "post__organisation_id",
            "post__organisation__name",
            "granted__role",
            "granted__organisation_id",
        )
    )
    posts = frozenset(row[0] for row in held)
    grants = [(role, organisation) for *_, role, organisation in held if role is not None]
    page = roles()
    return Actor(
        kind="person",
        id=person.pk,
        label=held[0][1] if held else "No post",
        username=person.username,
        posts=posts,
        organisation=held[0][2] if held else None,
        organisation_name=held[0][3] if held else "",
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
