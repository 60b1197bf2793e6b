"""Posts that changed hands lately: what the new holder is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from candour.kernel.access import Actor
from candour.kernel.access.queries import actor_at_post
from candour.kernel.calendar import say_date
from candour.kernel.establishment import work
from candour.kernel.people.models import Appointment, holding

TOLD_FOR = 28  # days for which a new holder is told on their pages that they took over


@dataclass(frozen=True)
class TakenOver:
    """A post that somebody took over. owned: by kind how much of it is open, as its holder sees it."""

    post: int
    title: str
    since: date
    owned: work.Owned

    @property
    def count(self) -> int:
        return sum(self.owned.values())

    @property
    def sentence(self) -> str:
        return work.in_words(self.owned)

    @property
    def told(self) -> str:
        """You took over the post Chief Executive on 3 June 2026: 7 things are open."""
        things = "1 thing is open" if self.count == 1 else f"{self.count or 'no'} things are open"
        return f"You took over the post {self.title} on {say_date(self.since)}: {things}."


def changed_hands(today: date, *, within: int) -> QuerySet[Appointment]:
    """Appointments that began in the last so many days to posts that somebody else held before; oldest first."""
    before = Appointment.objects.filter(post=OuterRef("post"), starts__lt=OuterRef("starts"))
    others = before.exclude(person=OuterRef("person"))
    rows = Appointment.objects.filter(
        Exists(others), holding(today), starts__gt=today - timedelta(days=within), post__ended=None
    )
    return rows.filter(person__is_active=True).select_related("post").order_by("starts", "pk")


def taken_over(actor: Actor, *, today: date) -> list[TakenOver]:
    """The posts that an actor took over in the last four weeks, and what is open in them. Two queries, one for none."""
    if actor.kind != "person":
        return []
    rows = list(changed_hands(today, within=TOLD_FOR).filter(person=actor.id, post__in=actor.posts))
    return _told(rows, actor, today) if rows else []


def at_post(appointment: Appointment, *, today: date) -> TakenOver:
    """The same of one appointment, through the eyes of whoever holds that post and no other. Two queries."""
    return _told([appointment], actor_at_post(appointment.post, today), today)[0]


def _told(rows: Iterable[Appointment], actor: Actor, today: date) -> list[TakenOver]:
    found = list(rows)
    owned = work.owned_by([row.post_id for row in found], actor=actor, today=today)
    return [TakenOver(row.post_id, row.post.title, row.starts, owned.get(row.post_id, {})) for row in found]
