"""What each post must do: the steps that wait for it across all agreements, and its part in each kind of agreement."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q

from candour.commissioning import rules
from candour.commissioning.queries.care.steps import processes
from candour.commissioning.queries.register import lines
from candour.commissioning.rules import care
from candour.kernel.access import Actor


@dataclass(frozen=True)
class PostDuty:
    """How many agreements wait for a step of a post: late, due soon, and later. pk: None where no post sees to them."""

    pk: int | None
    title: str
    late: int
    soon: int
    later: int

    @property
    def whole(self) -> int:
        return self.late + self.soon + self.later


@dataclass(frozen=True)
class Waiting:
    """The step that an agreement waits for. state: of care.STEP_STATE; late: working days."""

    reference: str
    title: str
    code: str
    step: str
    due: date
    state: str
    late: int
    post: str
    restricted: bool


@dataclass(frozen=True)
class Part:
    """A step that a post sees to by the version in use of a kind's steps. place: which of them it is."""

    kind: str
    place: int
    name: str
    days: int
    needs: str


@dataclass(frozen=True)
class Duties:
    """One page of what waits, how many there are in all, each post with what waits for it, and the parts of the chosen post."""

    rows: tuple[Waiting, ...]
    total: int
    posts: tuple[PostDuty, ...]
    parts: tuple[Part, ...]


def duties(actor: Actor, *, today: date, post: int | None = None, offset: int = 0, size: int = 50) -> Duties:
    """The steps that agreements wait for, what is due first; post: those that wait for it alone. Four queries."""
    every = lines(actor).filter(closed_on=None, step_due__isnull=False)
    soon = today + timedelta(days=care.DUE_SOON)
    counts: dict[str, Any] = {
        "late": Count("pk", filter=Q(step_due__lt=today)),
        "soon": Count("pk", filter=Q(step_due__gte=today, step_due__lte=soon)),
        "later": Count("pk", filter=Q(step_due__gt=soon)),
    }
    counted = every.order_by().values_list("step_post", "step_post__title").annotate(**counts)
    posts = [PostDuty(pk, title or "No post", *many) for pk, title, *many in counted]
    posts.sort(key=lambda one: (-one.late, -one.whole, one.title))
    rows = every if post is None else every.filter(step_post=post)
    named: dict[str, Any] = {
        "code": F("organisation__code"), "post_label": F("step_post__title")
    }  # fmt: skip
    found = rows.annotate(**named).order_by("step_due", "reference", "pk")[offset : offset + size]
    told = tuple(
        _waiting(row, today) for row in found.values("reference", "title", "step", "step_due", "sensitivity", *named)
    )
    total = sum(one.whole for one in posts if post is None or one.pk == post)
    title = next((one.title for one in posts if post is not None and one.pk == post), "")
    return Duties(told, total, tuple(posts), parts_of(actor, title))


def _waiting(row: dict[str, Any], today: date) -> Waiting:
    step = care.Step(row["step_due"])
    return Waiting(
        row["reference"], row["title"], row["code"], row["step"], row["step_due"], care.state_of(step, today),
        care.late_by(step, today), row["post_label"] or "", row["sensitivity"] == "restricted",
    )  # fmt: skip


def parts_of(actor: Actor, title: str) -> tuple[Part, ...]:
    """The steps that a post sees to in the steps of each kind, in the bodies whose agreements an actor sees. Two queries."""
    return tuple(
        Part(rules.KINDS[process.kind], place, name, days, needs)
        for process, steps in processes(actor)
        for place, (name, days, post, needs) in enumerate(steps, 1)
        if title and post == title
    )
