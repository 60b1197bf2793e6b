"""The posts of a body, and one post, as somebody may read them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.access.models import Grant
from candour.kernel.access.queries import roles
from candour.kernel.access.rules import Role
from candour.kernel.calendar import say_date
from candour.kernel.establishment import work
from candour.kernel.people.access import PeoplePermission
from candour.kernel.people.models import Appointment, Cover, Post, holding
from candour.kernel.people.queries import deputies_of

WORK = 20  # of a post's open work, on its page


@dataclass(frozen=True)
class Held:
    """An appointment as a page shows it. ends: None where it has no last day."""

    pk: int
    person: int
    name: str
    starts: date
    ends: date | None


@dataclass(frozen=True)
class PostRow:
    """A post in a list. deputies: the posts that answer for it today."""

    pk: int
    title: str
    directorate: str
    ended: date | None
    holders: tuple[Held, ...]
    deputies: tuple[str, ...]
    owned: work.Owned

    @property
    def vacant(self) -> bool:
        return self.ended is None and not self.holders

    @property
    def owns(self) -> str:
        return work.in_words(self.owned)

    def since(self, person: int) -> date | None:
        """From which day somebody holds it."""
        return next((held.starts for held in self.holders if held.person == person), None)


@dataclass(frozen=True)
class RoleHeld:
    """A role that a post has, or had."""

    pk: int
    role: Role | None
    name: str
    organisation: str
    organisation_id: int
    starts: date
    ends: date | None


@dataclass(frozen=True)
class OnePost:
    """All that stands about a post on a day."""

    post: Post
    holders: tuple[Held, ...]
    coming: tuple[Held, ...]
    before: tuple[Held, ...]
    covers: tuple[Cover, ...]
    covering: tuple[Cover, ...]
    below: tuple[Post, ...]
    roles: tuple[RoleHeld, ...]
    roles_before: tuple[RoleHeld, ...]
    owned: work.Owned
    open: tuple[work.Work, ...]

    @property
    def vacant(self) -> bool:
        return self.post.ended is None and not self.holders

    @property
    def count(self) -> int:
        return sum(self.owned.values())

    @property
    def owns(self) -> str:
        return work.in_words(self.owned)


def visible_posts(actor: Actor) -> Q:
    """The posts that an actor may read of: those of the bodies for which they may, ended ones too."""
    see = actor.scope(PeoplePermission.SEE)
    return Q() if EVERYWHERE in see else Q(organisation__in=see)


def post_of(number: int, *, actor: Actor) -> Post:
    """A post at its address. Raises Post.DoesNotExist alike for one of another body and one that never was."""
    return Post.objects.filter(visible_posts(actor)).select_related("organisation", "answers_to").get(pk=number)


def held_today(today: date) -> Exists:
    """Whether the post of the row outside is held on a day by anybody."""
    return Exists(Appointment.objects.filter(holding(today), post=OuterRef("pk")))


def directorates_of(organisation: int) -> list[str]:
    """The directorates in which a body has posts today, by name. One query."""
    rows = Post.objects.filter(organisation=organisation, ended=None).exclude(directorate="").order_by("directorate")
    return list(rows.values_list("directorate", flat=True).distinct())


def rows_of(posts: QuerySet[Post], *, actor: Actor, today: date) -> list[PostRow]:
    """Posts of one page with their holders, deputies and what they own. Four queries."""
    found = list(posts)
    numbers = [post.pk for post in found]
    held = _held(Appointment.objects.filter(holding(today), post__in=numbers))
    deputies = deputies_of(numbers, today)
    owned = work.owned_by(numbers, actor=actor, today=today)
    return [
        PostRow(
            post.pk,
            post.title,
            post.directorate,
            post.ended,
            tuple(held.get(post.pk, ())),
            tuple(cover.by.title for cover in deputies.get(post.pk, ())),
            owned.get(post.pk, {}),
        )
        for post in found
    ]


def one_post(post: Post, *, actor: Actor, today: date) -> OnePost:
    """A post with everything about it. Six queries, whatever there is."""
    held = _held(Appointment.objects.filter(post=post)).get(post.pk, [])
    now = [row for row in held if row.starts <= today and (row.ends is None or row.ends >= today)]
    standing = Q(ends=None) | Q(ends__gte=today)
    covers = list(
        Cover.objects.filter(standing & (Q(post=post) | Q(by=post))).select_related("post", "by").order_by("starts")
    )
    grants = _granted(post)
    have = [row for row in grants if row.ends is None or row.ends >= today]
    owned = work.owned_by([post.pk], actor=actor, today=today).get(post.pk, {})
    return OnePost(
        post=post,
        holders=tuple(now),
        coming=tuple(row for row in held if row.starts > today),
        before=tuple(row for row in reversed(held) if row.ends is not None and row.ends < today),
        covers=tuple(cover for cover in covers if cover.post_id == post.pk),
        covering=tuple(cover for cover in covers if cover.by_id == post.pk),
        below=tuple(Post.objects.filter(answers_to=post, ended=None).order_by("title")),
        roles=tuple(have),
        roles_before=tuple(row for row in grants if row not in have),
        owned=owned,
        open=tuple(work.work_of([post.pk], actor=actor, today=today, size=WORK)),
    )


def hanging_on(post: Post, *, actor: Actor, today: date) -> Iterator[str]:
    """What must be done before a post can end, each in words: while there is any, it is not ended. Five queries."""
    held = Appointment.objects.filter(post=post).exclude(ends__lte=today).select_related("person").order_by("starts")
    for row in held:
        when = "holds it" if row.starts <= today else f"will hold it from {say_date(row.starts)}"
        yield f"{row.person.name} {when}: end the appointment first, today or earlier"
    for below in Post.objects.filter(answers_to=post, ended=None).order_by("title"):
        yield f"The {below} answers to this post: say to which other post it answers first"
    for cover in Cover.objects.filter(by=post).exclude(ends__lte=today).select_related("post").order_by("starts", "pk"):
        yield f"It answers for the {cover.post}: end that cover first"
    for cover in Cover.objects.filter(post=post, starts__gt=today).select_related("by").order_by("starts", "pk"):
        yield f"The {cover.by} will answer for it from {say_date(cover.starts)}: end that cover first"
    if owned := work.owned_by([post.pk], actor=actor, today=today).get(post.pk):
        yield f"It still owns {work.in_words(owned)}: hand each of them to another post first"


def posts_held(actor: Actor, *, today: date) -> list[PostRow]:
    """The posts that somebody holds today, each with its open work. Four queries."""
    rows = Post.objects.filter(pk__in=actor.posts, ended=None).order_by("title")
    return rows_of(rows, actor=actor, today=today)


def _held(rows: QuerySet[Appointment]) -> dict[int, list[Held]]:
    """By post its appointments, oldest first. One query."""
    found: dict[int, list[Held]] = defaultdict(list)
    columns = ("post", "pk", "person", "person__name", "starts", "ends")
    for post, *values in rows.order_by("starts", "pk").values_list(*columns):
        found[post].append(Held(*values))
    return found


def _granted(post: Post) -> Sequence[RoleHeld]:
    page = roles()
    rows: Iterable[Grant] = Grant.objects.filter(post=post).select_related("organisation").order_by("starts", "pk")
    return [
        RoleHeld(
            row.pk,
            page.get(row.role),
            page[row.role].name if row.role in page else row.role,
            row.organisation.name,
            row.organisation_id,
            row.starts,
            row.ends,
        )
        for row in rows
    ]
