"""The tracker in figures: how many of each owner, report or priority, how far dates moved, and what slips foretell.

Counted in the database, whatever the number of recommendations; on a past day from that day's rows.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from operator import add
from typing import Any, TypeVar, cast

from django.db import connection
from django.db.models import Case, Count, Func, IntegerField, Q, QuerySet, When

from candour.kernel.access import Actor
from candour.kernel.composed import Composed
from candour.kernel.people.models import Post
from candour.kernel.records.models import visible
from candour.recommendations import rules
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.models import SlipLine
from candour.recommendations.queries.conditions import NOBODY, directorate, posts_of
from candour.recommendations.queries.filters import RecommendationFilter, asked, lines
from candour.recommendations.queries.rows import RecommendationRow
from candour.recommendations.queries.sources import LiveTracker, PastTracker, Tracker
from candour.recommendations.queries.tallies import alike_in
from candour.recommendations.queries.then import directorates_then, owners_then
from candour.recommendations.rules import Spread

Answer = TypeVar("Answer")
Key = TypeVar("Key", bound=Hashable)
Group = tuple[Any, str]  # its key as a filter takes it, and its name: a post's number and title, a report twice
Table = dict[Group, dict[Key, int]]
OF_OWNERS = ("owner", "directorate")


class Days(Func):
    """Days from the second date to the first."""

    output_field = IntegerField()

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        (later, more), (earlier, others) = (compiler.compile(each) for each in self.get_source_expressions())
        if connection.vendor == "sqlite":
            return f"CAST(julianday({later}) - julianday({earlier}) AS INTEGER)", [*more, *others]
        return f"({later} - {earlier})", [*more, *others]


def table(source: Tracker, wanted: Mapping[Key, RecommendationFilter], *, by: str) -> Table[Key]:
    """For each owner, directorate, report or priority how many recommendations each filter holds, groups with none left out.

    by: "owner", "directorate", "audit" or "priority". One with several owners counts for each, and once for each
    directorate. Live one query, which serves owners and directorates alike, and one for the names of posts.
    """
    if isinstance(source, PastTracker):
        return _table_then(source, wanted, by)
    filters, column = tuple(wanted.values()), _column(by)
    asked_by = source.actor, source.organisation, filters, column, source.today
    counted = _kept(source, ("table", column, filters), lambda: _counts(*asked_by))
    return _by_group(source, wanted, {said: counts for said, *counts in counted}, by)


def table_of_slips(
    source: Tracker, wanted: Mapping[Key, RecommendationFilter], of: RecommendationFilter, *, by: str
) -> tuple[Table[Key], dict[Group, Spread]]:
    """table(), and for each group by how many days dates moved from the first to the one that stands.

    of: of which, where they slipped and have both days; by "" all together, under (None, ""). Queries as table().
    """
    if isinstance(source, PastTracker):
        return _table_then(source, wanted, by), _spreads_then(source, of, by)
    filters, column = tuple(wanted.values()), _column(by)
    counted = _kept(source, ("slipped", column, filters, of), lambda: _slipped(source, filters, of, column))
    found: dict[Group, Counter[int]] = {}
    for said, (_, days) in counted.items():
        for group in _groups(source, said, by) if days else ():
            found.setdefault(group, Counter()).update(days)
    spread = {group: rules.spread(days) for group, days in found.items()}
    return _by_group(source, wanted, {said: counts for said, (counts, _) in counted.items()}, by), spread


def forecasts(source: Tracker) -> dict[int, rules.Forecast]:
    """By post what its past slips foretell of the next, as rules.forecast() does. One query live."""
    if isinstance(source, PastTracker):
        return _forecasts_then(source)
    found: dict[int, dict[int, int]] = {}
    for post, days, count in _slips(source.actor).values_list("post", "days").annotate(times=Count("*")):
        found.setdefault(post, {})[days] = count
    told = {post: rules.forecast_of(rules.middle(days), sum(days.values())) for post, days in found.items()}
    return {post: forecast for post, forecast in told.items() if forecast}


def forecast_for(owners: Sequence[int], *, actor: Actor) -> rules.Forecast | None:
    """What the past slips of some posts together foretell, of those recommendations that an actor may see. One query."""
    if not owners:
        return None
    days = dict(_slips(actor).filter(post__in=owners).values_list("days").annotate(times=Count("*")))
    return rules.forecast_of(rules.middle(days), sum(days.values())) if days else None


def _slips(actor: Actor) -> QuerySet[SlipLine]:
    """Each slip that a visible ledger holds between two days."""
    return SlipLine.objects.filter(visible(actor, RecommendationPermission.SEE, number="record")).order_by()


def _kept(source: LiveTracker, question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """What was answered for another figure of the same page, or else what ask gives."""
    if question not in source.counted:
        source.counted[question] = ask()
    return cast(Answer, source.counted[question])


def _column(by: str) -> str:
    """What of a line it is put together by: who answers says the directorates too, and each line says it once."""
    return by if by in {"audit", "priority"} else "answering"


def _by_group(
    source: LiveTracker, wanted: Mapping[Key, RecommendationFilter], counted: Mapping[str, Sequence[int]], by: str
) -> Table[Key]:
    """counted: by what lines say in a column how many each filter holds, in the order of the filters."""
    found: dict[Group, Counter[Key]] = {}
    for said, counts in counted.items():
        for group in _groups(source, said, by):
            found.setdefault(group, Counter()).update(dict(zip(wanted, counts, strict=True)))
    return {group: {key: held[key] for key in wanted} for group, held in found.items() if any(held.values())}


def _slipped(
    source: LiveTracker, wanted: tuple[RecommendationFilter, ...], of: RecommendationFilter, column: str
) -> dict[str, tuple[list[int], dict[int, int]]]:
    """By what lines say in a column how many each filter holds, and how many dates moved by how many days.

    PostgreSQL is asked once. SQLite would sort every line to bring together those that moved by as many days, and is asked
    for these alone.
    """
    who: tuple[Any, ...] = source.actor, source.organisation
    found: dict[str, tuple[list[int], dict[int, int]]] = {}
    if connection.vendor == "postgresql":
        rows = _moves_beside(*who, (*wanted, of), column, source.today)
    else:
        found = {said: (counts, {}) for said, *counts in _counts(*who, wanted, column, source.today)}
        rows = _moves(*who, of, column, source.today)
    for said, days, *counts, times in rows:
        held, moved = found.setdefault(said, ([0] * len(wanted), {}))
        if counts:
            held[:] = map(add, held, counts)
        if days is not None:
            moved[days] = times
    return found


def _counts_of(
    actor: Actor, organisation: int | None, wanted: tuple[RecommendationFilter, ...], column: str, today: date
) -> QuerySet[Any, Any]:
    alike, apart = alike_in(dict(enumerate(wanted)))
    rows = lines(actor, organisation).filter(asked(alike, today)).order_by()
    counts = {f"n{place}": Count("pk", filter=asked(each, today) or None) for place, each in apart.items()}
    return rows.values_list(column).annotate(**counts)


def _moves_of(
    actor: Actor, organisation: int | None, of: RecommendationFilter, column: str, today: date
) -> QuerySet[Any, Any]:
    rows = lines(actor, organisation).filter(MOVED, asked(of, today)).order_by()
    return rows.values_list(column, Days("due", "original_due")).annotate(Count("pk"))


def _moves_beside_of(
    actor: Actor, organisation: int | None, wanted: tuple[RecommendationFilter, ...], column: str, today: date
) -> QuerySet[Any, Any]:
    """The last filter says of which it is asked by how many days dates moved; the others are counted beside it. What did not
    move stands under no days."""
    alike, apart = alike_in(dict(enumerate(wanted)))
    *_, of = apart.values()
    rows = lines(actor, organisation).filter(asked(alike, today)).order_by()
    days = Case(When(MOVED & asked(of, today), then=Days("due", "original_due")), output_field=IntegerField())
    counts = {f"n{place}": Count("pk", filter=asked(each, today) or None) for place, each in apart.items()}
    return rows.values_list(column, days).annotate(**counts)


MOVED = Q(slips__gte=1, due__isnull=False, original_due__isnull=False)
_counts, _moves, _moves_beside = Composed(_counts_of), Composed(_moves_of), Composed(_moves_beside_of)


def _groups(source: LiveTracker, said: str, by: str) -> list[Group]:
    """The groups in which a line counts, by what it says in the column."""
    if by not in OF_OWNERS:
        return [(said, said) if by else (None, "")]
    named = _kept(source, "posts", _posts)
    if by == "owner":
        return [(post, named[post][0]) for post in posts_of(said)]
    return [(name, name) for name in dict.fromkeys(named[post][1] for post in posts_of(said))]


def _posts() -> dict[int, tuple[str, str]]:
    """Of each post its title and what figures put it under, NOBODY among them. One query."""
    rows = Post.objects.order_by().values_list("pk", "title", directorate())
    return {NOBODY: ("", "")} | {post: (title, under or "") for post, title, under in rows}


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
    return {group: rules.spread(Counter(days)) for group, days in found.items()}


def _forecasts_then(source: PastTracker) -> dict[int, rules.Forecast]:
    slips: dict[int, list[int]] = {}
    for row in source.every:
        for owner in row.owners:
            held = [rules.Target(owner.pk, each.number, each.text, each.due) for each in owner.targets]
            slips.setdefault(owner.owner_id or NOBODY, []).extend(rules.slipped_by(held))
    told = {post: rules.forecast(days) for post, days in slips.items() if post != NOBODY}
    return {post: forecast for post, forecast in told.items() if forecast}
