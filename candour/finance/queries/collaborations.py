"""Collaborations: one in full, live or as it stood, and all of a body on a day."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from candour.finance import rules
from candour.finance.access import FinancePermission
from candour.finance.models import Collaboration, Cost, Portion, Review
from candour.finance.queries.past import records_of, seen_on, values_of
from candour.finance.queries.projects import benefit_facts, benefits_of
from candour.finance.queries.rows import Row, row_of
from candour.kernel.access import Actor
from candour.kernel.history.queries import as_at as states_on
from candour.kernel.history.queries import grouped
from candour.kernel.records.models import Record, visible

Values = Mapping[str, Any]


@dataclass(frozen=True)
class SharedYear:
    """A year of a collaboration: its cost, and what each member bears of it, the largest share first. Pence."""

    year: date
    cost: int | None
    shares: tuple[tuple[rules.Share, int | None], ...]


@dataclass(frozen=True)
class CollaborationWhole:
    """A collaboration with everything that hangs on it, on a day; years newest first, reviews newest first."""

    row: Row[rules.CollaborationLine]
    texts: Mapping[str, Any]
    years: tuple[SharedYear, ...]
    reviews: tuple[Values, ...]
    benefits: tuple[Values, ...]


def collaboration_at(organisation: str, reference: str, *, actor: Actor) -> Collaboration:
    """The collaboration at an address, with its record, body and owner. One query.

    Raises Collaboration.DoesNotExist alike for one that is hidden and one that never was.
    """
    rows = Collaboration.objects.select_related("record__organisation", "record__owner")
    return rows.get(
        visible(actor, FinancePermission.SEE, "record__"),
        record__kind="collaboration",
        record__organisation__code=organisation,
        record__reference=reference,
    )


def collaboration_in_full(
    it: Collaboration, *, actor: Actor, today: date, as_at: date | None = None
) -> CollaborationWhole | None:
    """A collaboration with everything that hangs on it: four queries live, seven as it stood.

    None where it did not stand yet on the past day, or may not be seen as it stood.
    """
    if as_at is not None:
        found = collaborations_stood(actor, Record.objects.filter(pk=it.pk), as_at=as_at)
        return found[0] if found else None
    hung = hanging_on([it.pk], lambda rows: list(rows.values()))
    return collaboration_whole(values_of(it.record, it), hung, today=today)


def hanging_on(pks: Iterable[int], read: Callable[[QuerySet[Any]], list[dict[str, Any]]]) -> dict[str, dict[int, Any]]:
    """What hangs on some collaborations, by its name and then by collaboration. Four queries."""
    some = list(pks)
    found = {
        name: grouped(read(model.objects.filter(collaboration__in=some)), "collaboration_id")
        for name, model in (("costs", Cost), ("portions", Portion), ("reviews", Review))
    }
    return found | {"benefits": benefits_of(some, read)}


def shares_by_year(rows: Iterable[Values]) -> dict[date, list[rules.Share]]:
    """The shares that stand by year, the largest first."""
    found: dict[date, list[rules.Share]] = {}
    for one in rows:
        if one["removed_on"] is None:
            found.setdefault(one["year"], []).append(rules.Share(one["member"], one["share"], one["own"]))
    return {year: sorted(some, key=lambda one: (-one.share, one.member)) for year, some in found.items()}


def collaboration_line(values: Values, hung: Mapping[str, Mapping[int, Any]]) -> rules.CollaborationLine:
    """The read line of a collaboration from its record, its row and what hangs on it."""
    pk = values["record_id"]
    facts = rules.CollaborationFacts(
        organisation=values["organisation_id"],
        sensitivity=values["sensitivity"],
        closed_on=values["closed_on"],
        lead=values["lead"],
        ends=values["ends"],
        review_due=values["review_due"],
    )
    return rules.collaboration_line(
        facts,
        shares_by_year(hung["portions"].get(pk, ())),
        {one["year"]: one["pence"] for one in hung["costs"].get(pk, ())},
        benefits=benefit_facts(hung["benefits"].get(pk, ())),
    )


def collaboration_whole(values: Values, hung: Mapping[str, Mapping[int, Any]], *, today: date) -> CollaborationWhole:
    """A collaboration put together from the values of its rows."""
    pk, line = values["record_id"], collaboration_line(values, hung)
    shares = shares_by_year(hung["portions"].get(pk, ()))
    cost = {one["year"]: one["pence"] for one in hung["costs"].get(pk, ())}
    return CollaborationWhole(
        row=row_of(values, line, rules.collaboration_state(line, today)),
        texts={name: values[name] for name in ("about", "starts", "every")},
        years=tuple(
            _year(year, cost.get(year), shares.get(year, [])) for year in sorted({*shares, *cost}, reverse=True)
        ),
        reviews=tuple(sorted(hung["reviews"].get(pk, ()), key=lambda one: one["on"], reverse=True)),
        benefits=tuple(hung["benefits"].get(pk, ())),
    )


def _year(year: date, cost: int | None, shares: list[rules.Share]) -> SharedYear:
    borne = rules.costs(cost, shares) if cost is not None else {}
    return SharedYear(year, cost, tuple((one, borne.get(one.member)) for one in shares))


def collaborations_stood(
    actor: Actor, records: QuerySet[Record], *, as_at: date, known_on: datetime | None = None
) -> list[CollaborationWhole]:
    """Collaborations as they stood at the end of a day, worst first. Seven queries."""
    seen = seen_on(actor, records, as_at, known_on)
    stood = states_on(Collaboration.objects.filter(record__in=records), as_at, known_on=known_on)
    stood = [row for row in stood if row["record_id"] in seen]
    hung = hanging_on([row["record_id"] for row in stood], lambda rows: states_on(rows, as_at, known_on=known_on))
    found = [collaboration_whole(seen[row["record_id"]] | row, hung, today=as_at) for row in stood]
    return sorted(found, key=lambda one: (rules.COLLABORATION_ORDER.index(one.row.state), one.row.reference))


def collaborations_on(
    actor: Actor, *, as_at: date, organisation: int | None = None, known_on: datetime | None = None
) -> list[CollaborationWhole]:
    """Every collaboration, of one body or of all, as it stood on a day."""
    records = records_of(actor, "collaboration", organisation)
    return collaborations_stood(actor, records, as_at=as_at, known_on=known_on)
