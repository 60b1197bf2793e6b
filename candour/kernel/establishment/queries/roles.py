"""The one page of roles: what each is for, what it permits in words, and which posts have it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.access.models import Grant
from candour.kernel.access.queries import permission_areas, roles
from candour.kernel.access.rules import Role
from candour.kernel.people.access import PeoplePermission
from candour.kernel.people.models import Appointment, Organisation, holding


@dataclass(frozen=True)
class Having:
    """A post that has a role today. post: its number where the reader may open its page. holders: their names there.

    grant: the number of the grant, where the reader may take it back.
    """

    title: str
    organisation: str
    post: int | None
    since: date
    holders: tuple[str, ...]
    grant: int | None


@dataclass(frozen=True)
class RoleRow:
    key: str
    role: Role
    permits: "Permits"
    posts: tuple[Having, ...]


Permits = tuple[tuple[str, tuple[str, ...]], ...]  # (area, words)


def permits(role: Role) -> Permits:
    """What a role permits, in words, by area; areas of which it permits nothing are left out."""
    found = [
        (area, tuple(said for permission, said in words.items() if permission in role.permissions))
        for area, words in permission_areas().items()
    ]
    return tuple((area, said) for area, said in found if said)


def roles_page(actor: Actor, today: date) -> list[RoleRow]:
    """Every role with the posts that have it, in the organisations that the actor belongs to or may read. Two queries."""
    page = roles()
    organisations = set().union(*actor.scopes.values(), {actor.organisation or 0})
    seen = Q() if EVERYWHERE in organisations else Q(organisation__in=organisations)
    grants = Grant.objects.filter(seen, holding(today), post__ended=None).select_related("post", "organisation")
    rows = list(grants.order_by("organisation__name", "post__title", "pk"))
    names = _names({row.post_id for row in rows if actor.holds(PeoplePermission.SEE, row.post.organisation_id)}, today)
    held: dict[str, list[Having]] = {}
    for row in rows:
        opens = actor.holds(PeoplePermission.SEE, row.post.organisation_id)
        holders = tuple(names.get(row.post_id, ())) if opens else ()
        post = row.post_id if opens else None
        grant = row.pk if actor.holds(PeoplePermission.GRANT, row.organisation_id) else None
        having = Having(row.post.title, row.organisation.name, post, row.starts, holders, grant)
        held.setdefault(row.role, []).append(having)
    return [RoleRow(key, role, permits(role), tuple(held.get(key, ()))) for key, role in page.items()]


def _names(posts: Iterable[int], today: date) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = Appointment.objects.filter(holding(today), post__in=list(posts)).order_by("starts", "pk")
    for post, name in rows.values_list("post", "person__name"):
        found.setdefault(post, []).append(name)
    return found


def may_give(actor: Actor) -> list[tuple[Organisation, list[str]]]:
    """The organisations in which an actor may give roles, each with the roles that give no more than the actor holds there."""
    page = roles()
    found = []
    for body in Organisation.objects.filter(pk__in=actor.scope(PeoplePermission.GRANT)).order_by("name"):
        within = [
            key
            for key, role in page.items()
            if all(actor.holds(str(permission), body.pk) for permission in role.permissions)
        ]
        found.append((body, within))
    return found
