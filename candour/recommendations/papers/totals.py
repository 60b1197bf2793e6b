"""Totals by priority and by opinion: before, raised, ended, live now, and of these proposed closed and late. Pure."""

from collections import Counter
from collections.abc import Callable, Sequence

from candour.kernel.calendar import say_date
from candour.kernel.papers.document import (
    Column,
    Row,
    Table,
    cell,
)
from candour.recommendations.papers.stock import Copy
from candour.recommendations.papers.words import (
    OPINIONS,
    TOTALS,
)
from candour.recommendations.queries.rows import RecommendationRow


def totals(copy: Copy) -> Table:
    """Each priority: live on the day compared with, raised, ended, live now; of these proposed closed and late."""
    names = list(dict.fromkeys(row.line.priority for row in sorted((*copy.live, *copy.ended), key=_rank)))
    return Table(
        TOTALS, _total_columns("Priority", copy), _total_rows(copy, names, lambda row: row.line.priority, whole=True)
    )


def by_opinion(copy: Copy) -> Table | None:
    """The same by the opinion of the report, where this audience may read of any."""

    def opinion(row: RecommendationRow) -> str:
        audit = copy.near(row.came_from_id)
        return audit.opinion if audit else ""

    names = list(dict.fromkeys(filter(None, map(opinion, (*copy.live, *copy.ended)))))
    if not names:
        return None
    order = [step.word for step in copy.stock.opinions.steps] if copy.stock.opinions else []
    names.sort(key=lambda name: (order.index(name) if name in order else len(order), name))
    others = [""] if any(not opinion(row) for row in (*copy.live, *copy.ended)) else []
    rows = _total_rows(copy, [*names, *others], opinion, whole=False)
    return Table(OPINIONS, _total_columns("Opinion of the report", copy), rows)


def _rank(row: RecommendationRow) -> tuple[int, str]:
    return row.line.rank, row.line.priority


def _total_columns(head: str, copy: Copy) -> tuple[Column, ...]:
    labels = (
        f"Before, at {say_date(copy.stock.since)}", "Raised or reopened since", "Ended since", "Live now", "Proposed closed",
        "Late",
    )  # fmt: skip
    return (Column(head, 16), *(Column(label, 12, "right", "number") for label in labels))


def _total_rows(
    copy: Copy, names: Sequence[str], of: Callable[[RecommendationRow], str], *, whole: bool
) -> tuple[Row, ...]:
    stood = tuple(row for row in (*copy.live, *copy.ended) if row.pk in copy.stock.before)
    parts = (stood, copy.raised, copy.ended, copy.live, copy.proposed, copy.late)
    counted = [Counter(of(row) for row in part) for part in parts]
    rows = [Row((cell(name or "None"), *(cell(held[name]) for held in counted))) for name in names]
    if whole:
        rows.append(Row((cell("Total"), *(cell(len(part)) for part in parts)), total=True))
    return tuple(rows)
