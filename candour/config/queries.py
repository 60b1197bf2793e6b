"""Who can sign in to the demo, and who holds which role."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from candour.config.roles import ROLES
from candour.kernel.access import Actor
from candour.kernel.access.models import Grant
from candour.kernel.access.rules import Role
from candour.kernel.people.models import Appointment, holding


@dataclass(frozen=True)
class DemoPerson:
    """A role to choose in the demo: the post, whose it is, and what it comes to do."""

    username: str
    post: str
    organisation: str
    purpose: str


def demo_people(today: date) -> list[DemoPerson]:
    """Everybody who holds a post with a role today, the office first. Two queries."""
    held = (
        Appointment.objects.filter(holding(today), person__is_active=True)
        .select_related("person", "post__organisation")
        .order_by("-post__organisation__kind", "post__organisation", "pk")
    )
    by_post: dict[int, str] = {}
    for post, role in Grant.objects.filter(holding(today)).order_by("pk").values_list("post_id", "role"):
        by_post.setdefault(post, role)
    return [
        DemoPerson(
            each.person.username, each.post.title, each.post.organisation.name, ROLES[by_post[each.post_id]].purpose
        )
        for each in held
        if by_post.get(each.post_id) in ROLES
    ]


@dataclass(frozen=True)
class RoleRow:
    role: Role
    permissions: tuple[str, ...]
    posts: tuple[str, ...]


def roles_page(page: Mapping[str, Role], actor: Actor, today: date) -> list[RoleRow]:
    """Each role with its permissions and the posts that have it, in the organisations that the actor belongs to or may read."""
    organisations = set().union(*actor.scopes.values(), {actor.organisation or 0})
    held: dict[str, list[str]] = {}
    grants = Grant.objects.filter(holding(today), organisation__in=organisations).select_related("post", "organisation")
    for grant in grants.order_by("organisation__name", "post__title"):
        held.setdefault(grant.role, []).append(f"{grant.post.title}, in {grant.organisation.name}")
    return [
        RoleRow(role, tuple(sorted(str(permission) for permission in role.permissions)), tuple(held.get(name, ())))
        for name, role in page.items()
    ]
