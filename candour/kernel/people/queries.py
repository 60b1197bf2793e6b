"""Who holds a post on a day, where they are written to, and who answers for it meanwhile."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from candour.kernel.people.models import Appointment, Cover, Post, holding


def posts_of(organisation: int, *standing: Post | None) -> list[Post]:
    """The posts of a body that have not ended, and those that stand there already, by title. One query."""
    found = {post.pk: post for post in Post.objects.filter(organisation=organisation, ended=None)}
    found |= {post.pk: post for post in standing if post is not None}
    return sorted(found.values(), key=lambda post: post.title)


def addresses_of(post: int, today: date) -> list[str]:
    """The e-mail addresses of those who hold a post on a day and may sign in. One query."""
    held = Appointment.objects.filter(holding(today), post=post, person__is_active=True).exclude(person__email="")
    return list(held.order_by("pk").values_list("person__email", flat=True))


def deputies_of(posts: Iterable[int], today: date) -> dict[int, list[Cover]]:
    """By post those who answer for it on a day, each with its post. One query."""
    found: dict[int, list[Cover]] = defaultdict(list)
    rows = Cover.objects.filter(holding(today), post__in=list(posts), by__ended=None).select_related("by")
    for cover in rows.order_by("starts", "pk"):
        found[cover.post_id].append(cover)
    return found


def appointed_since(posts: Iterable[int], *, after: date, today: date) -> list[Appointment]:
    """The appointments to some posts that began after a day and stand today, oldest first. One query."""
    rows = Appointment.objects.filter(holding(today), post__in=list(posts), starts__gt=after)
    return list(rows.order_by("starts", "pk"))
