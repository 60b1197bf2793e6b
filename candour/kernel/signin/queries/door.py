"""Who came to the door, which links open, and what the directory's values give."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.urls import reverse

from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.access.models import Grant
from candour.kernel.access.queries import roles
from candour.kernel.establishment.queries.people import visible_people
from candour.kernel.people.access import PeoplePermission
from candour.kernel.people.models import Person, Post, holding
from candour.kernel.signin.keys import digest_of, token_of
from candour.kernel.signin.models import Link, Mapped, SignIn
from candour.kernel.signin.rules import browser_said

TONES = {"in": "green", "on": "blue", "again": "green", "wrong": "amber", "wait": "amber", "stopped": "red"}


@dataclass(frozen=True)
class SignInRow:
    """One coming to the door as a page shows it. person: its number, None where nobody has the user name."""

    at: datetime
    person: int | None
    name: str
    way: str
    came: str
    tone: str
    place: str
    words: str


@dataclass(frozen=True)
class MappedRow:
    """A value of the claim, the post that it gives, and the roles that the post has."""

    pk: int
    value: str
    post: int
    title: str
    organisation: str
    roles: tuple[str, ...]


def sign_ins_of(person: Person, *, size: int) -> list[SignInRow]:
    """The latest comings of one person, newest first. One query."""
    return rows_of(SignIn.objects.filter(person=person).select_related("person").order_by("-at", "-pk")[:size])


def log(actor: Actor, *, wrong: bool = False) -> QuerySet[SignIn]:
    """Comings of the people whom one may read of, and of user names that nobody has. wrong: those not let in alone."""
    seen = Q(person__in=Person.objects.filter(visible_people(actor)))
    rows = SignIn.objects.filter(seen | Q(person=None)).select_related("person").order_by("-at", "-pk")
    return rows.exclude(came__in=[SignIn.Came.IN, SignIn.Came.ON, SignIn.Came.AGAIN]) if wrong else rows


def rows_of(found: QuerySet[SignIn]) -> list[SignInRow]:
    """Comings as a page shows them. One query."""
    return [
        SignInRow(
            at=row.at,
            person=row.person_id,
            name=row.person.name if row.person else "",
            way=row.get_way_display(),
            came=row.get_came_display(),
            tone=TONES[row.came],
            place=", ".join(filter(None, [browser_said(row.browser), row.address])) or "not known",
            words=row.words,
        )
        for row in found
    ]


def posts_to_map(actor: Actor) -> list[Post]:
    """The posts of the bodies in which an actor gives roles, by body and title. One query."""
    scope = actor.scope(PeoplePermission.GRANT)
    rows = Post.objects.filter(ended=None).select_related("organisation").order_by("organisation__name", "title")
    return list(rows if EVERYWHERE in scope else rows.filter(organisation__in=scope))


def mapped_rows(actor: Actor, *, today: date) -> list[MappedRow]:
    """The standing table, by value, of the bodies in which an actor gives roles. Two queries."""
    scope = actor.scope(PeoplePermission.GRANT)
    rows = Mapped.objects.filter(removed=False).select_related("post__organisation").order_by("value", "pk")
    found = list(rows if EVERYWHERE in scope else rows.filter(post__organisation__in=scope))
    held: dict[int, list[str]] = defaultdict(list)
    page = roles()
    given = Grant.objects.filter(holding(today), post__in=[row.post_id for row in found]).select_related("organisation")
    for each in given.order_by("pk"):
        named = page[each.role].name if each.role in page else each.role
        held[each.post_id].append(f"{named} in {each.organisation.short_name}")
    return [
        MappedRow(row.pk, row.value, row.post_id, row.post.title, row.post.organisation.name, tuple(held[row.post_id]))
        for row in found
    ]


def link_address(number: int, at: datetime) -> str | None:
    """The path of a link for the letter that carries it; None where it opens no more. One query."""
    link = Link.objects.filter(pk=number, used_at=None, expires_at__gt=at).first()
    return reverse("sign-in-link", args=[token_of(link.seed)]) if link else None


def link_of(token: str, *, at: datetime) -> Link | None:
    """The link of a token while it opens; None alike for one that was used, ran out, or was never given. One query."""
    rows = Link.objects.filter(digest=digest_of(token), used_at=None, expires_at__gt=at, person__is_active=True)
    return rows.select_related("person").first()
