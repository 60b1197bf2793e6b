"""The organisations that Candour knows."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q

from candour.kernel.access import Actor
from candour.kernel.establishment.queries.posts import held_today
from candour.kernel.establishment.rules import BODIES
from candour.kernel.people.access import PeoplePermission
from candour.kernel.people.models import Organisation, Post


@dataclass(frozen=True)
class OrganisationRow:
    """An organisation in a list. posts, vacant: how many stand, None for who may not read of them. may: rename it."""

    organisation: Organisation
    posts: int | None
    vacant: int | None
    may: bool


def organisations(actor: Actor, today: date, *, code: str = "") -> list[OrganisationRow]:
    """All of them, the actor's own first, or the one of a code; with counts of posts that the actor reads of. Two queries."""
    rows = Organisation.objects.filter(code=code) if code else Organisation.objects.all()
    counts = _counts(actor, today)
    ordered = sorted(rows, key=lambda each: (each.pk != actor.organisation, each.kind not in BODIES, each.name))
    return [_row(each, counts, actor) for each in ordered]


def _row(organisation: Organisation, counts: dict[int, tuple[int, int]], actor: Actor) -> OrganisationRow:
    posts, vacant = counts.get(organisation.pk, (0, 0))
    may = may_manage(actor, organisation)
    if not actor.holds(PeoplePermission.SEE, organisation.pk):
        return OrganisationRow(organisation, None, None, may)
    return OrganisationRow(organisation, posts, vacant, may)


def may_manage(actor: Actor, organisation: Organisation) -> bool:
    """Whether an actor may rename it: one without administrators of its own by whoever manages any body."""
    return actor.holds(PeoplePermission.MANAGE, organisation.pk if organisation.kind in BODIES else None)


def _counts(actor: Actor, today: date) -> dict[int, tuple[int, int]]:
    rows = Post.objects.filter(ended=None, organisation__in=actor.scope(PeoplePermission.SEE))
    counted = rows.annotate(held=held_today(today)).order_by().values(body=F("organisation"))
    counted = counted.annotate(posts=Count("pk"), vacant=Count("pk", filter=Q(held=False)))
    return {row["body"]: (row["posts"], row["vacant"]) for row in counted}
