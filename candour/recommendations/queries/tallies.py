"""How many lines each of many filters holds: lines alike in what a day or a span decides are counted together, by an index that
holds them side by side, and each such group is then tried against the filters."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any, TypeVar

from django.db.models import Count, IntegerField, Q, QuerySet, Sum, Value

from candour.recommendations.models import RecommendationLine
from candour.recommendations.models.lines import DECIDED, LIVED
from candour.recommendations.queries.conditions import HAPPENED, in_status
from candour.recommendations.queries.filters import EVERYTHING, RecommendationFilter, asked

Key = TypeVar("Key", bound=Hashable)
Lines = QuerySet[RecommendationLine]
FEW = 3  # filters that are counted each by what finds them sooner than by reading what all of them are counted from
APART = ("words", "owners", "directorate", "audit", "unapproved")  # found by indexes of their own, or by other rows
BY_DAY = frozenset({"due", "undated"})  # what happened, by when it is due
BY_LIFE = frozenset({"reported", "on hand", "closed", "ended"})  # and by when it came and ended


def alike_in(
    wanted: Mapping[Key, RecommendationFilter],
) -> tuple[RecommendationFilter, dict[Key, RecommendationFilter]]:
    """What all of some filters ask, and each without it."""
    first, *others = wanted.values()
    same = [
        field.name
        for field in fields(first)
        if all(getattr(each, field.name) == getattr(first, field.name) for each in others)
    ]
    if {"happened", "span"} - {*same}:  # the two are one question
        same = [name for name in same if name not in {"happened", "span"}]
    blank: dict[str, Any] = {name: getattr(EVERYTHING, name) for name in same}
    alike = replace(EVERYTHING, **{name: getattr(first, name) for name in same})
    return alike, {key: replace(each, **blank) for key, each in wanted.items()}


def tallied(rows: Lines, wanted: Mapping[Key, RecommendationFilter], today: date) -> dict[Key, int]:
    """How many lines each filter holds. Three queries at most, for any number of filters."""
    found: dict[Key, int] = dict.fromkeys(wanted, 0)
    if len(wanted) < 2:  # with nothing to be counted beside
        return one_by_one(rows, wanted, today)
    alike, apart = alike_in(wanted)
    rows = rows.filter(asked(alike, today))
    live = {key: each for key, each in apart.items() if (alike.ended is False or each.ended is False) and of_line(each)}
    life = {key: each for key, each in apart.items() if key not in live and of_life(each)}
    if len(life) <= FEW:
        life = {}
    if live:
        found |= by_day(
            rows.filter(closed_on=None), {key: replace(each, ended=None) for key, each in live.items()}, today
        )
    if life:
        found |= by_life(rows, life, today)
    return found | one_by_one(
        rows, {key: each for key, each in apart.items() if key not in live and key not in life}, today
    )


def of_line(wanted: RecommendationFilter) -> bool:
    """Whether a filter asks of no more than what an index holds of live lines side by side."""
    return wanted.happened in {"", *BY_DAY} and not any(getattr(wanted, name) for name in APART)


def of_life(wanted: RecommendationFilter) -> bool:
    """Whether a filter asks of no more than when it came and how it ended."""
    plain = replace(wanted, ended=None, happened="", span=EVERYTHING.span) == EVERYTHING
    return plain and wanted.happened in {"", *BY_LIFE}


def by_day(rows: Lines, wanted: Mapping[Key, RecommendationFilter], today: date) -> dict[Key, int]:
    """How many live lines each filter holds that asks of their own columns. One query."""
    parts = []
    for each in wanted.values():
        outer = in_status(each.status, today) if each.status else Q()
        rest = replace(each, status="")
        if each.happened in BY_DAY:
            outer &= HAPPENED[each.happened](each.span)
            rest = replace(rest, happened="", span=EVERYTHING.span)
        parts.append((outer, asked(rest, today)))
    return dict(zip(wanted, grouped_counts(rows, DECIDED, parts), strict=True))


def by_life(rows: Lines, wanted: Mapping[Key, RecommendationFilter], today: date) -> dict[Key, int]:
    """How many lines each filter holds that asks when they came and how they ended. One query."""
    parts = [(asked(each, today), Q()) for each in wanted.values()]
    return dict(zip(wanted, grouped_counts(rows, LIVED, parts), strict=True))


def grouped_counts(rows: Lines, by: Sequence[str], parts: Sequence[tuple[Q, Q]]) -> list[int]:
    """How many lines are as each of some pairs asks: of the columns of `by`, and of others. One query.

    Lines alike in those columns are counted together, and what is asked of these is asked once for each group.
    """
    named: dict[Q, str] = {}
    for _, beside in parts:
        named.setdefault(beside, f"n{len(named)}")
    counts = {name: Count("pk", filter=beside or None) for beside, name in named.items()}
    alike = rows.order_by().values(*by).annotate(**counts)
    sums = {f"s{place}": Sum(named[beside], filter=outer or None) for place, (outer, beside) in enumerate(parts)}
    found = alike.aggregate(**sums)
    return [found[name] or 0 for name in sums]


def one_by_one(rows: Lines, wanted: Mapping[Key, RecommendationFilter], today: date) -> dict[Key, int]:
    """How many lines each filter holds, each counted by what finds them. One query."""
    if not wanted:
        return {}
    apart = [
        rows.filter(asked(each, today))
        .order_by()
        .values(place=Value(place, output_field=IntegerField()))
        .annotate(count=Count("pk"))
        .values_list("place", "count")
        for place, each in enumerate(wanted.values())
    ]
    keys, (first, *more) = list(wanted), apart
    return {keys[place]: count for place, count in (first.union(*more, all=True) if more else first)}


def by_status(rows: Lines, today: date, statuses: Sequence[str]) -> list[int]:
    """How many lines have each status. One query."""
    return grouped_counts(rows, DECIDED, [(in_status(status, today), Q()) for status in statuses])
