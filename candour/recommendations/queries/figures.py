"""The tracker in figures: how many of each owner, report or priority, how far dates moved, and what slips foretell.

Counted in the database, whatever the number of recommendations; on a past day from that day's rows.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Any, TypeVar

from django.db.models import Avg, Count, F, FilteredRelation, Func, IntegerField, Q, Window
from django.db.models.functions import RowNumber

from candour.kernel.access import Actor
from candour.kernel.records.models import Record, visible
from candour.recommendations import rules
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.models import Target
from candour.recommendations.queries.conditions import NOBODY, directorate
from candour.recommendations.queries.lists import RecommendationFilter, asked, lines
from candour.recommendations.queries.rows import RecommendationRow
from candour.recommendations.queries.sources import LiveTracker, PastTracker, Tracker
from candour.recommendations.queries.then import directorates_then, owners_then

Key = TypeVar("Key", bound=Hashable)
Group = tuple[Any, str]  # its key as a filter takes it, and its name: a post's number and title, a report twice
HELD = "record__recommendation__assignments"
OF_OWNERS = {"owner": ("answers__owner", "answers__owner__title"), "directorate": ("directorate",)}


@dataclass(frozen=True)
class Spread:
    """By how many days dates have moved: the mean and the median, half a day up, of so many recommendations."""

    count: int
    mean: int
    median: int


class Days(Func):
    """Days from the second date to the first."""

    output_field = IntegerField()

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        (later, more), (earlier, others) = (compiler.compile(each) for each in self.get_source_expressions())
        if connection.vendor == "sqlite":
            return f"CAST(julianday({later}) - julianday({earlier}) AS INTEGER)", [*more, *others]
        return f"({later} - {earlier})", [*more, *others]


def table(source: Tracker, wanted: Mapping[Key, RecommendationFilter], *, by: str) -> dict[Group, dict[Key, int]]:
    """For each owner, directorate, report or priority how many recommendations each filter holds, groups with none left out.

    by: "owner", "directorate", "audit" or "priority". One with several owners counts for each, and once for each
    directorate. One query live.
    """
    if isinstance(source, PastTracker):
        return _table_then(source, wanted, by)
    named = {f"n{number}": each for number, each in enumerate(wanted.values())}
    rows, fields = _grouped(source, by)
    if all(each.ended is False for each in wanted.values()):
        rows = rows.filter(closed_on=None)
    distinct = by in OF_OWNERS
    counts = {name: Count("pk", filter=asked(each, source.today), distinct=distinct) for name, each in named.items()}
    found = rows.order_by().values(*fields).annotate(**counts)
    return {
        _group(by, row): {key: row[name] for key, name in zip(wanted, named, strict=True)}
        for row in found
        if any(row[name] for name in named)
    }


def spreads(source: Tracker, wanted: RecommendationFilter, *, by: str) -> dict[Group, Spread]:
    """For each owner, directorate or report by how many days dates moved from the first to the one that stands. One query live.

    Of those that a filter holds which slipped and have both days; by "" all together, under (None, "").
    """
    if isinstance(source, PastTracker):
        return _spreads_then(source, wanted, by)
    rows, fields = _grouped(source, by)
    moved = rows.filter(asked(wanted, source.today), slips__gte=1, due__isnull=False, original_due__isnull=False)
    return {
        _group(by, row): spread for row, spread in middles(moved.annotate(days=Days("due", "original_due")), fields)
    }


def middles(rows: Any, fields: tuple[str, ...]) -> list[tuple[dict[str, Any], Spread]]:
    """The spread of `days` in each group, from its one or two middle rows. One query."""
    parts = [F(name) for name in fields[:1]] or None
    placed = rows.order_by().annotate(
        place=Window(RowNumber(), partition_by=parts, order_by=[F("days").asc(), F("pk").asc()]),
        held=Window(Count("pk"), partition_by=parts),
        mean=Window(Avg("days"), partition_by=parts),
    )
    middle = placed.filter(place__gte=F("held") / 2.0, place__lte=F("held") / 2.0 + 1)
    found: dict[Any, list[dict[str, Any]]] = {}
    for row in middle.values(*fields, "days", "held", "mean"):
        found.setdefault(tuple(row[name] for name in fields[:1]), []).append(row)
    return [
        (
            rows[0],
            Spread(
                rows[0]["held"],
                rules.half_up(float(rows[0]["mean"])),
                rules.half_up(median([row["days"] for row in rows])),
            ),
        )
        for rows in found.values()
    ]


def forecasts(source: Tracker) -> dict[int, rules.Forecast]:
    """By post what its past slips foretell of the next, as rules.forecast() does. One query live."""
    if isinstance(source, PastTracker):
        return _forecasts_then(source)
    found = middles(_moves(source.actor), ("assignment__owner",))
    told = {row["assignment__owner"]: rules.forecast_of([spread.median], spread.count) for row, spread in found}
    return {post: forecast for post, forecast in told.items() if forecast}


def forecast_for(owners: Sequence[int], *, actor: Actor) -> rules.Forecast | None:
    """What the past slips of some posts together foretell, of those recommendations that an actor may see. One query."""
    if not owners:
        return None
    found = middles(_moves(actor).filter(assignment__owner__in=owners), ())
    return rules.forecast_of([found[0][1].median], found[0][1].count) if found else None


def _moves(actor: Actor) -> Any:
    """Each slip that a visible ledger holds between two days, with the days that it moved."""
    seen = Record.objects.filter(visible(actor, RecommendationPermission.SEE), kind="recommendation")
    moved = Target.objects.filter(number__gt=0, due__isnull=False, recommendation__in=seen.order_by().values("pk"))
    # The line before of the same ledger, in one join: as a subquery it was asked for three times a row.
    before = Q(assignment__targets__number=F("number") - 1, assignment__targets__due__isnull=False)
    moved = moved.filter(before, assignment__owner__isnull=False)
    return moved.annotate(days=Days("due", "assignment__targets__due"))


def _grouped(source: LiveTracker, by: str) -> tuple[Any, tuple[str, ...]]:
    """The lines to be grouped, and the columns that make and name a group, the one that makes it first."""
    rows: Any = lines(source.actor, source.organisation)
    if by in OF_OWNERS:
        held = FilteredRelation(HELD, condition=Q(**{f"{HELD}__removed_on": None}))
        placed = rows.annotate(answers=held)
        if by == "directorate":
            placed = placed.annotate(directorate=directorate("answers__owner"))
        return placed, OF_OWNERS[by]
    return rows, {"audit": ("record__recommendation__audit",), "priority": ("priority", "rank"), "": ()}[by]


def _group(by: str, row: Mapping[str, Any]) -> Group:
    if by == "owner":
        return row["answers__owner"] or NOBODY, row["answers__owner__title"] or ""
    if by == "directorate":
        return row["directorate"] or "", row["directorate"] or ""
    name = {"audit": "record__recommendation__audit", "priority": "priority", "": ""}[by]
    return (row[name], row[name]) if name else (None, "")


def _groups_then(source: PastTracker, row: RecommendationRow, by: str) -> list[Group]:
    if by == "owner":
        return [*owners_then(row)]
    if by == "directorate":
        return [(name, name) for name in directorates_then(row, source.directorates)]
    return [{"audit": (row.audit, row.audit), "priority": (row.line.priority, row.line.priority)}.get(by, (None, ""))]


def _table_then(
    source: PastTracker, wanted: Mapping[Key, RecommendationFilter], by: str
) -> dict[Group, dict[Key, int]]:
    found: Counter[tuple[Group, Key]] = Counter()
    for key, each in wanted.items():
        for row in source.every:
            if source.holds(row, each):
                found.update((group, key) for group in _groups_then(source, row, by))
    return {group: {key: found[group, key] for key in wanted} for group in dict.fromkeys(group for group, _ in found)}


def _spreads_then(source: PastTracker, wanted: RecommendationFilter, by: str) -> dict[Group, Spread]:
    found: dict[Group, list[int]] = {}
    for row in source.every:
        first, now = row.line.original_due, row.line.due
        if row.line.slips and first and now and source.holds(row, wanted):
            for group in _groups_then(source, row, by):
                found.setdefault(group, []).append((now - first).days)
    return {
        group: Spread(len(days), rules.half_up(fmean(days)), rules.half_up(median(days)))
        for group, days in found.items()
    }


def _forecasts_then(source: PastTracker) -> dict[int, rules.Forecast]:
    slips: dict[int, list[int]] = {}
    for row in source.every:
        for owner in row.owners:
            held = [rules.Target(owner.pk, each.number, each.text, each.due) for each in owner.targets]
            slips.setdefault(owner.owner_id or NOBODY, []).extend(rules.slipped_by(held))
    told = {post: rules.forecast(days) for post, days in slips.items() if post != NOBODY}
    return {post: forecast for post, forecast in told.items() if forecast}
