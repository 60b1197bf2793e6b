"""The orders of a list: by a column that an index has in order, or by one of few values, of which a page shows one or two."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce
from itertools import groupby
from operator import itemgetter, or_
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.expressions import Combinable

from candour.kernel.access import Actor
from candour.kernel.records.compile import LookedAt, compiled
from candour.recommendations import rules
from candour.recommendations.models import RecommendationLine
from candour.recommendations.models.lines import OrEver, OrNever
from candour.recommendations.queries.conditions import in_status
from candour.recommendations.queries.filters import FEW, RecommendationFilter, asked, lines
from candour.recommendations.queries.tallies import by_status

# Each as it goes up, and as it goes down where that is another column. Rows without a value come last in both.
SORTS: Mapping[str, tuple[Combinable, Combinable | None]] = {
    "priority": (F("rank"), None),
    "reference": (F("reference"), None),
    "title": (F("title"), None),
    "owner": (F("owner__title"), None),
    "status": (F("status"), None),
    "first": (OrNever("original_due"), OrEver("original_due")),
    "due": (OrNever("due"), OrEver("due")),
    "slips": (F("slips"), None),
    "age": (F("first_reported"), None),
}
ASKED = {name: name for name in SORTS}  # as an address asks for them
TIES = "ties"  # the order of what is alike alone

Named = Sequence[tuple[int, str]]  # posts with their titles, by title


def in_order(rows: QuerySet[RecommendationLine], sort: str, today: date, *, few: bool = False) -> QuerySet[Any, Any]:
    """The numbers of the lines in an order: a key of SORTS, with - for descending. Ties go by first date and reference.

    few: there are so few that they are found first and then put in order.
    """
    name, down = sort.lstrip("-"), sort.startswith("-")
    if name == "status":
        rows = rows.annotate(status=compiled(rules.DATED, today))
    ties: list[Any] = [OrNever("original_due"), "reference", "pk"]
    if name == TIES:
        return rows.order_by(*ties).values_list("pk", flat=True)
    up, last = SORTS.get(name, SORTS["priority"])
    column: Any = (last or up) if down else up
    if name == "owner":
        by = column.desc(nulls_last=True) if down else column.asc(nulls_last=True)
    else:
        column = LookedAt(column) if few else column
        by = column.desc() if down else column.asc()
    return rows.order_by(by, *ties).values_list("pk", flat=True)


def page_in_order(
    actor: Actor,
    wanted: RecommendationFilter,
    sort: str,
    *,
    today: date,
    offset: int,
    size: int,
    total: int,
    owners: Named = (),
) -> list[int]:
    """The numbers of the lines of one page. One query, and one more for an order by owner (where owners are given) or status.

    owners: the posts that answer for what is listed, as owners_in_use gives them.
    """
    name, down = sort.lstrip("-"), sort.startswith("-")
    rows = lines(actor).filter(asked(wanted, today, total=total))
    few = total <= FEW
    parts: list[tuple[list[Any], int]] = []
    if not few and name == "status":
        words = sorted(rules.STATUS_WORDS, reverse=down)
        counts = by_status(actor, wanted, today, words)
        parts = [([word], count) for word, count in zip(words, counts, strict=True) if count]
    elif not few and name == "owner" and owners:
        parts = by_owner(dict(rows.order_by().values_list("owner").annotate(count=Count("pk"))), owners, down=down)
    if parts:
        shown, offset = parts_of_page(parts, offset=offset, size=size)
        values = [value for some, _ in shown for value in some]
        found = among(name, values)
        if name == "status":
            looked = sum(count for _, count in shown) > FEW
            found = reduce(or_, (in_status(word, today, looked=looked) for word in values))
        rows, sort = rows.filter(found), TIES if len(shown) == 1 else sort
    return list(in_order(rows, sort, today, few=few)[offset : offset + size])


def by_owner(counts: Mapping[int | None, int], owners: Named, *, down: bool) -> list[tuple[list[Any], int]]:
    """Posts of one title with how many lines they lead, in the order of titles, what nobody leads last.

    Empty where a post leads a line that is not among the owners: its place is not known.
    """
    if counts.keys() - {None} - {post for post, _ in owners}:
        return []
    titled = [[post for post, _ in alike] for _, alike in groupby(owners, key=itemgetter(1))]
    ordered: list[list[Any]] = [*(reversed(titled) if down else titled), [None]]
    found = [(posts, sum(counts.get(post, 0) for post in posts)) for posts in ordered]
    return [each for each in found if each[1]]


def parts_of_page(
    parts: Sequence[tuple[list[Any], int]], *, offset: int, size: int
) -> tuple[list[tuple[list[Any], int]], int]:
    """The parts of a list that a page is cut from, and its offset among them. parts: in order, with their counts."""
    shown: list[tuple[list[Any], int]] = []
    passed, held = 0, 0
    for part in parts:
        if not shown and passed + part[1] <= offset:
            passed += part[1]
        elif held < offset - passed + size:
            held += part[1]
            shown.append(part)
    return shown, offset - passed


def among(column: str, values: Sequence[Any]) -> Q:
    """The column has one of some values, None among them. One value is asked for by itself, as an index then has an order."""
    given = [value for value in values if value is not None]
    found = Q(**{column: given[0]}) if len(given) == 1 else Q(**{f"{column}__in": given})
    if None not in values:
        return found
    return found | Q(**{column: None}) if given else Q(**{column: None})
