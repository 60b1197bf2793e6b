"""Break-glass: an administrator for one hour, made on the server, when nobody else can come in. Loudly recorded."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from candour.kernel.access import CANDOUR
from candour.kernel.access.models import Grant
from candour.kernel.access.queries import actor_for, roles
from candour.kernel.calendar import local_date
from candour.kernel.establishment.commands import add_person, appoint, grant, set_up_post
from candour.kernel.establishment.rules import roles_with
from candour.kernel.history.recording import recording
from candour.kernel.notices.commands import Letter, write
from candour.kernel.people.access import PeoplePermission
from candour.kernel.people.models import Appointment, Organisation, Person, Post, holding
from candour.kernel.rules import Refused, need_reason
from candour.kernel.signin.commands.links import make_link, use
from candour.kernel.signin.keys import GLASS, token_of
from candour.kernel.signin.models import Link

STANDS = timedelta(hours=1)
TITLE = "Break-glass administrator"
MADE = (
    "A break-glass sign-in was made on the server of Candour, for {body}.\n\nReason given: {reason}\n\nIt opens once, "
)
MADE += "and for an hour. If you do not know of it, find out now who has the server.\n"
USED = "The break-glass sign-in for {body} was used, and lasts until {until}.\n\nWhat it does is in the history, under the "
USED += "post “Break-glass administrator”. If you do not know of it, act now.\n"


def username_of(body: Organisation) -> str:
    return f"{GLASS}{body.code}"


def break_glass(body: Organisation, *, at: datetime, reason: str) -> str:
    """Make a sign-in that opens once, within an hour, and ends with it; gives its token. Each administrator is written to."""
    why, today = need_reason(reason), local_date(at)
    said: dict[str, Any] = {"actor": CANDOUR, "at": at, "reason": f"Break-glass: {why}"}
    with transaction.atomic():
        person, post = _person(body, said), _post(body, said)
        if not Appointment.objects.filter(holding(local_date(at + STANDS)), person=person, post=post).exists():
            for row in Appointment.objects.filter(holding(today), person=person, post=post):
                today = max(today, (row.ends or today) + timedelta(days=1))
            appoint(person, post, starts=today, ends=local_date(at + STANDS), **said)
        person = Person.objects.get(pk=person.pk)
        with recording("person.glass_made", person, **said):
            link = make_link(Link.Kind.GLASS, person, at=at, stands=STANDS)
            _tell(body, link, "made", MADE.format(body=body.name, reason=why), but=post, at=at)
    return token_of(link.seed)


def use_glass(link: Link, *, at: datetime) -> datetime:
    """Open by the token, once; gives when the sign-in ends. Each administrator is written to."""
    person = link.person
    body = Organisation.objects.get(code=person.username.partition(".")[2])
    own = actor_for(person, local_date(at))
    with recording("person.glass_used", person, actor=own, at=at, reason="Break-glass: used"):
        use(link, at=at)
        words = USED.format(body=body.name, until=f"{link.expires_at:%d %B %Y %H:%M} UTC")
        _tell(body, link, "used", words, but=_post(body, {}), at=at)
    return link.expires_at


def _person(body: Organisation, said: dict[str, Any]) -> Person:
    there: Person | None = Person.objects.filter(username=username_of(body)).first()
    if there is None:
        return add_person(username=username_of(body), name=TITLE, password=None, email="", **said)
    if not there.is_active:
        raise Refused(
            "reason", "The break-glass sign-in was stopped on the pages: restore it there, or in the database"
        )
    return there


def _post(body: Organisation, said: dict[str, Any]) -> Post:
    there = Post.objects.filter(organisation=body, title=TITLE).first()
    if there is not None:
        return there
    made = set_up_post(title=TITLE, organisation=body, **said)
    page = roles()
    widest = max(roles_with(page, PeoplePermission.GRANT), key=lambda role: len(page[role].permissions))
    grant(widest, post=made, organisation=body, starts=local_date(said["at"]), **said)
    return made


def _tell(body: Organisation, link: Link, what: str, text: str, *, but: Post, at: datetime) -> None:
    """Write to each post that may give roles in the body."""
    page = roles_with(roles(), PeoplePermission.GRANT)
    today = local_date(at)
    held = Grant.objects.filter(holding(today), role__in=page, organisation=body, post__ended=None).exclude(post=but)
    posts = {row.post_id: row.post for row in held.select_related("post").order_by("pk")}
    write(
        [
            Letter(key=f"glass:{link.pk}:{what}:{post.pk}", to=post, subject=f"Break-glass sign-in {what}", text=text)
            for post in posts.values()
        ],
        at=at,
    )
