"""The risks that are reviewed together in one form."""

from collections.abc import Collection
from datetime import date

from candour.kernel.access import Actor
from candour.kernel.scales.queries import ScaleBook
from candour.risks.models import Risk
from candour.risks.queries.due import reviewable
from candour.risks.queries.lists import rows_for
from candour.risks.queries.rows import RiskRow

MOST = 40  # rows on one form


def to_review(
    actor: Actor,
    *,
    today: date,
    since: date,
    book: ScaleBook,
    posts: frozenset[int] | None = None,
    chosen: Collection[int] = (),
    due_only: bool = False,
    first: int = 0,
) -> tuple[list[tuple[Risk, RiskRow]], int]:
    """(at most forty risks with their rows, how many there are in all): those chosen, or those of some posts.

    The one whose review is due first comes first. chosen keeps to risks that the actor may review. Four queries.
    """
    lines = reviewable(actor, today=today, posts=None if chosen else posts)
    if chosen:
        lines = lines.filter(pk__in=chosen)
    elif due_only:
        lines = lines.exclude(why="Not due")
    total = lines.count()
    pks = list(lines.values_list("pk", flat=True)[first : first + MOST])
    risks = Risk.objects.select_related("record__organisation").in_bulk(pks)
    rows = rows_for(pks, today=today, since=since, scales=book.matrices)
    return [(risks[row.pk], row) for row in rows], total
