"""Two limits on every command here: nobody gives more than they hold, and somebody can always give roles."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from django.db.models import Q

from candour.kernel.access import Actor, require
from candour.kernel.access.models import Grant
from candour.kernel.access.queries import permission_words, roles
from candour.kernel.establishment.rules import BODIES, beyond, roles_with
from candour.kernel.people.access import PeoplePermission
from candour.kernel.people.models import Appointment, Organisation, Person, Post
from candour.kernel.rules import Refused


def standing_from(day: date, prefix: str = "") -> Q:
    """Appointments, grants or covers that stand on a day or will stand later."""
    return Q(**{f"{prefix}ends": None}) | Q(**{f"{prefix}ends__gte": day})


def of_body(organisation: Organisation) -> Post | None:
    """What a permission over an organisation is asked for; None, so anywhere, where it has no administrators of its own."""
    return Post(organisation=organisation) if organisation.kind in BODIES else None


def need_no_more(actor: Actor, given: Iterable[tuple[str, int]], *, field: str, doing: str) -> None:
    """Raises Refused where (role, organisation) pairs give more than the actor holds. doing: "give this role"."""
    lacking = beyond(roles(), given, actor.holds)
    if not lacking:
        return
    permission, organisation = lacking[0]
    body = Organisation.objects.get(pk=organisation)
    words = permission_words().get(permission, permission)
    more = f", and {len(lacking) - 1} more" if len(lacking) > 1 else ""
    raise Refused(
        field,
        f"You cannot {doing}: it gives what you do not hold in {body.name} (“{words}”{more}). Ask somebody who does",
    )


def need_over(actor: Actor, person: Person, *, today: date, field: str) -> None:
    """Who changes the sign-in of somebody manages every body in which they hold a post, and holds all that they hold."""
    held = list(Appointment.objects.filter(standing_from(today), person=person).select_related("post__organisation"))
    if not held:
        require(actor, PeoplePermission.MANAGE)
    for appointment in held:
        require(actor, PeoplePermission.MANAGE, of_body(appointment.post.organisation))
    posts = {appointment.post_id for appointment in held}
    given = Grant.objects.filter(standing_from(today), post__in=posts, post__ended=None)
    need_no_more(actor, given.values_list("role", "organisation"), field=field, doing="change this sign-in")


def administered(day: date) -> set[int]:
    """The organisations in which somebody who can sign in may give roles on a day, with no end to it. One query."""
    page = roles()
    rows = Appointment.objects.filter(
        starts__lte=day,
        ends=None,
        person__is_active=True,
        post__ended=None,
        post__grants__starts__lte=day,
        post__grants__ends=None,
        post__grants__role__in=roles_with(page, PeoplePermission.GRANT),
    )
    return set(rows.order_by().values_list("post__grants__organisation", flat=True))


@contextmanager
def still_administered(day: date, *, field: str = "reason") -> Iterator[None]:
    """Raises Refused where what is done in the block leaves an organisation without anybody who can give roles.

    Inside a recording, so that nothing of it stays.
    """
    before = administered(day)
    yield
    gone = before - administered(day)
    if gone:
        body = Organisation.objects.filter(pk__in=gone).order_by("name")[0]
        raise Refused(
            field,
            f"Nobody else can give roles in {body.name}. First give another post a role that may, and appoint "
            "somebody to it without a last day",
        )
