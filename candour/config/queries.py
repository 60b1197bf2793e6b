"""Who can sign in to the demo."""

from dataclasses import dataclass
from datetime import date

from candour.config.roles import ROLES
from candour.kernel.access.models import Grant
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
