"""How many lines each of many filters holds: lines alike in what a day or a span decides are counted together, by an index that
holds them side by side, and each such group is then tried against the filters."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any, TypeVar

from django.db.models import Count, IntegerField, Q, QuerySet, Sum, Value

from candour.kernel.access import Actor
from candour.kernel.composed import Composed, Tally
from candour.recommendations.models import RecommendationLine
from candour.recommendations.models.lines import DECIDED, LIVED
from candour.recommendations.queries.conditions import HAPPENED, in_status
from candour.recommendations.queries.filters import EVERYTHING, RecommendationFilter, asked, lines

Key = TypeVar("Key", bound=Hashable)
Lines = QuerySet[RecommendationLine]
Of = tuple[int | None, RecommendationFilter]  # the body, None for all that are seen; and what all of some filters ask
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


def tallied(
    actor: Actor, organisation: int | None, wanted: Mapping[Key, RecommendationFilter], today: date
) -> dict[Key, int]:
    """How many visible lines, of one body or of all, each filter holds. Three queries at most, for any number of filters."""
    found: dict[Key, int] = dict.fromkeys(wanted, 0)
    if len(wanted) < 2:  # with nothing to be counted beside
        return one_by_one(actor, (organisation, EVERYTHING), wanted, today)
    alike, apart = alike_in(wanted)
    of = organisation, alike
    live = {key: each for key, each in apart.items() if (alike.ended is False or each.ended is False) and of_line(each)}
    life = {key: each for key, each in apart.items() if key not in live and of_life(each)}
    if len(life) <= FEW:
        life = {}
    if live:
        found |= by_day(actor, of, {key: replace(each, ended=None) for key, each in live.items()}, today)
    if life:
        counts = _by_life(actor, of, tuple(life.values()), today)
        found |= dict(zip(life, counts.values(), strict=True))
    rest = {key: each for key, each in apart.items() if key not in live and key not in life}
    return found | one_by_one(actor, of, rest, today)


def of_line(wanted: RecommendationFilter) -> bool:
    """Whether a filter asks of no more than what an index holds of live lines side by side."""
    return wanted.happened in {"", *BY_DAY} and not any(getattr(wanted, name) for name in APART)


def of_life(wanted: RecommendationFilter) -> bool:
    """Whether a filter asks of no more than when it came and how it ended."""
    plain = replace(wanted, ended=None, happened="", span=EVERYTHING.span) == EVERYTHING
    return plain and wanted.happened in {"", *BY_LIFE}


def by_day(actor: Actor, of: Of, wanted: Mapping[Key, RecommendationFilter], today: date) -> dict[Key, int]:
    """How many live lines each filter holds that asks of their own columns. One query."""
    counts = _by_day(actor, of, tuple(wanted.values()), today)
    return dict(zip(wanted, counts.values(), strict=True))


def by_status(actor: Actor, wanted: RecommendationFilter, today: date, statuses: Sequence[str]) -> list[int]:
    """How many of the lines that a filter holds have each status. One query."""
    return [*_by_status(actor, (None, wanted), tuple(statuses), today).values()]


def one_by_one(actor: Actor, of: Of, wanted: Mapping[Key, RecommendationFilter], today: date) -> dict[Key, int]:
    """How many lines each filter holds, each counted by what finds them. One query."""
    keys = list(wanted)
    found = _one_by_one(actor, of, tuple(wanted.values()), today) if wanted else []
    return dict.fromkeys(keys, 0) | {keys[place]: count for place, count in found}


def among(actor: Actor, of: Of, today: date) -> Lines:
    """The visible lines of one body, or of all, that a filter holds."""
    organisation, alike = of
    return lines(actor, organisation).filter(asked(alike, today))


def grouped(rows: Lines, by: Sequence[str], parts: Sequence[tuple[Q, Q]]) -> tuple[QuerySet[Any, Any], dict[str, Sum]]:
    """What counts the lines that are as each of some pairs asks: of the columns of `by`, and of others.

    Lines alike in those columns are counted together, and what is asked of these is asked once for each group.
    """
    named: dict[Q, str] = {}
    for _, beside in parts:
        named.setdefault(beside, f"n{len(named)}")
    counts = {name: Count("pk", filter=beside or None) for beside, name in named.items()}
    sums = {f"s{place}": Sum(named[beside], filter=outer or None) for place, (outer, beside) in enumerate(parts)}
    return rows.order_by().values(*by).annotate(**counts), sums


def _days_of(actor: Actor, of: Of, wanted: tuple[RecommendationFilter, ...], today: date) -> Any:
    parts = []
    for each in wanted:
        outer = in_status(each.status, today) if each.status else Q()
        rest = replace(each, status="")
        if each.happened in BY_DAY:
            outer &= HAPPENED[each.happened](each.span)
            rest = replace(rest, happened="", span=EVERYTHING.span)
        parts.append((outer, asked(rest, today)))
    return grouped(among(actor, of, today).filter(closed_on=None), DECIDED, parts)


def _lives_of(actor: Actor, of: Of, wanted: tuple[RecommendationFilter, ...], today: date) -> Any:
    return grouped(among(actor, of, today), LIVED, [(asked(each, today), Q()) for each in wanted])


def _statuses_of(actor: Actor, of: Of, statuses: tuple[str, ...], today: date) -> Any:
    return grouped(among(actor, of, today), DECIDED, [(in_status(status, today), Q()) for status in statuses])


def _each_of(actor: Actor, of: Of, wanted: tuple[RecommendationFilter, ...], today: date) -> QuerySet[Any, Any]:
    rows = among(actor, of, today)
    first, *more = [
        rows.filter(asked(each, today))
        .order_by()
        .values(place=Value(place, output_field=IntegerField()))
        .annotate(count=Count("pk"))
        .values_list("place", "count")
        for place, each in enumerate(wanted)
    ]
    return first.union(*more, all=True) if more else first


_by_day, _by_life, _by_status = Tally(_days_of), Tally(_lives_of), Tally(_statuses_of)
_one_by_one = Composed(_each_of)
