"""One page of the live tracker: filtered, sorted, counted and cut in the database, at any size."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db.models import Exists, F, OuterRef

from candour.kernel.access import Actor
from candour.kernel.history.queries import grouped
from candour.kernel.people.models import Post
from candour.kernel.records.models import Share
from candour.kernel.records.skipping import values_in_use
from candour.recommendations import rules
from candour.recommendations.models import Assignment, RecommendationLine, Target
from candour.recommendations.queries.conditions import answering_in
from candour.recommendations.queries.filters import RecommendationFilter, asked, lines
from candour.recommendations.queries.orders import Named, page_in_order
from candour.recommendations.queries.rows import RecommendationRow, recommendation_row
from candour.recommendations.queries.tallies import tallied

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class RecommendationPage:
    """A page of rows, and how many match in all."""

    rows: tuple[RecommendationRow, ...]
    total: int


def counts(
    actor: Actor, wanted: Mapping[Key, RecommendationFilter], *, today: date, organisation: int | None = None
) -> dict[Key, int]:
    """How many lines each filter holds, of one body or of all that are seen. At most three queries, for any number."""
    return tallied(actor, organisation, wanted, today)


def page_of(
    actor: Actor,
    wanted: RecommendationFilter,
    *,
    today: date,
    sort: str = "priority",
    offset: int = 0,
    size: int = 50,
    total: int | None = None,
    owners: Named = (),
) -> RecommendationPage:
    """One page. sort: a key of SORTS, with - for descending; ties go by first date and reference.

    total: how many match, where that was counted already. owners: as page_in_order takes them. Four queries, one more without
    the total, and one more for some orders.
    """
    count = lines(actor).filter(asked(wanted, today)).count() if total is None else total
    place: dict[str, Any] = {"offset": offset, "size": size, "total": count, "owners": owners}
    return RecommendationPage(rows_for(page_in_order(actor, wanted, sort, today=today, **place), today=today), count)


def rows_for(pks: Sequence[int], *, today: date) -> tuple[RecommendationRow, ...]:
    """Rows of a list in the order given: lines with their records, owners and ledgers. Three queries."""
    shared = Exists(Share.objects.filter(record=OuterRef("pk"), ended=None))
    columns = {
        "organisation_label": F("organisation__name"),
        "organisation_code": F("organisation__code"),
        "owner_label": F("owner__title"),
    }
    held = RecommendationLine.objects.filter(pk__in=pks).annotate(shared=shared, **columns).values()
    found = {row["record_id"]: row for row in held}
    owners: Any = Assignment.objects.filter(recommendation__in=pks, removed_on=None)
    by_record = grouped(list(owners.annotate(owner_label=F("owner__title")).order_by().values()), "recommendation_id")
    targets = grouped(list(Target.objects.filter(recommendation__in=pks).order_by().values()), "recommendation_id")
    return tuple(
        recommendation_row(
            found[pk], line=line_from(found[pk]), today=today, assignments=by_record[pk], targets=targets[pk]
        )
        for pk in pks
    )


LINE_FIELDS = tuple(name for name in rules.Line.__dataclass_fields__ if name != "organisation")


def line_from(values: Mapping[str, Any]) -> rules.Line:
    """The read line as rules know it, from the values of its row."""
    return rules.Line(organisation=values["organisation_id"], **{name: values[name] for name in LINE_FIELDS})


def owners_in_use(actor: Actor, organisation: int | None, *, ended: bool = False) -> list[tuple[int, str]]:
    """The posts that answer for a visible recommendation, for the filter; with ended also for one that has. One query."""
    rows = lines(actor, organisation)
    try:
        posts = answering_in(rows if ended else rows.filter(closed_on=None))
    except EmptyResultSet:
        return []
    return list(Post.objects.filter(pk__in=posts).order_by("title").values_list("pk", "title"))


def priorities_in_use(actor: Actor, organisation: int | None) -> list[str]:
    """The words of priority of visible recommendations, highest first. One query."""
    words = values_in_use(lines(actor, organisation).exclude(priority=""), "priority", least="rank")
    return [word for word, _ in sorted(words, key=lambda each: (each[1], each[0]))]
