"""Schemes: one in full, all of a body as they stood on a day, and what they come to together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet, Sum

from candour.finance import rules
from candour.finance.access import FinancePermission
from candour.finance.models import Scheme, SchemeLine
from candour.finance.queries.amounts import standing
from candour.finance.queries.past import records_of, seen_on, values_of
from candour.finance.queries.rated import rated, ratings
from candour.finance.queries.rows import Row, SchemeWhole, scheme_whole
from candour.kernel.access import Actor
from candour.kernel.history.queries import as_at as states_on
from candour.kernel.records.models import Record, visible
from candour.kernel.scales.rules import Words


def scheme_at(organisation: str, reference: str, *, actor: Actor) -> Scheme:
    """The scheme at an address, with its record, body and owner. One query.

    Raises Scheme.DoesNotExist alike for one that is hidden and one that never was.
    """
    rows = Scheme.objects.select_related("record__organisation", "record__owner")
    return rows.get(
        visible(actor, FinancePermission.SEE, "record__"),
        record__kind="finance-scheme",
        record__organisation__code=organisation,
        record__reference=reference,
    )


def scheme_in_full(scheme: Scheme, *, actor: Actor, today: date, as_at: date | None = None) -> SchemeWhole | None:
    """A scheme with its figures: two queries live, five as it stood.

    None where it did not stand yet on the past day, or may not be seen as it stood.
    """
    if as_at is not None:
        found = schemes_stood(actor, Record.objects.filter(pk=scheme.pk), as_at=as_at)
        return found[0] if found else None
    word = rated(ratings(), scheme.scale_id, scheme.rating)
    return scheme_whole(values_of(scheme.record, scheme), word, standing([scheme.pk]).get(scheme.pk, []), today=today)


def schemes_stood(
    actor: Actor, records: QuerySet[Record], *, as_at: date, known_on: datetime | None = None
) -> list[SchemeWhole]:
    """Schemes as they stood at the end of a day, worst first. Five queries."""
    seen = seen_on(actor, records, as_at, known_on)
    stood = states_on(Scheme.objects.filter(record__in=records), as_at, known_on=known_on)
    stood = [row for row in stood if row["record_id"] in seen]
    rows, scales = standing([row["record_id"] for row in stood], day=as_at), ratings()
    return wholes_of(stood, seen, rows, scales, today=as_at)


def wholes_of(
    stood: list[dict[str, Any]],
    seen: Mapping[int, dict[str, Any]],
    rows: Mapping[int, list[dict[str, Any]]],
    scales: dict[int, Words],
    *,
    today: date,
) -> list[SchemeWhole]:
    """Schemes put together from their states, worst first. scales: empty where nobody asks how they are rated."""
    found = [
        scheme_whole(
            seen[row["record_id"]] | row,
            rated(scales, row["scale_id"], row["rating"]),
            rows.get(row["record_id"], []),
            today=today,
        )
        for row in stood
    ]
    return sorted(found, key=lambda one: (rules.ORDER.index(one.row.state), one.row.reference))


def schemes_on(
    actor: Actor, sort: str, *, as_at: date, organisation: int | None = None, known_on: datetime | None = None
) -> list[SchemeWhole]:
    """Every scheme of a sort, of one body or of all, as it stood on a day."""
    records = records_of(actor, "finance-scheme", organisation).filter(scheme__sort=sort)
    return schemes_stood(actor, records, as_at=as_at, known_on=known_on)


@dataclass(frozen=True)
class Together:
    """What schemes come to in the year of their positions. slipped: those that spend later alone. Pence."""

    count: int
    amounts: rules.Amounts
    slipped: int


NOTHING = Together(0, rules.Amounts(), 0)


def together(actor: Actor, organisation: int, year: date) -> dict[str, Together]:
    """What the schemes of a body that stand come to in a year, by sort, of those an actor may see. One query."""
    names = ("budget", "forecast", "actual", "slipped")
    rows = SchemeLine.objects.filter(
        visible(actor, FinancePermission.SEE), organisation=organisation, year=year, closed_on=None
    )
    sums = {f"all_{name}": Sum(name) for name in names}
    found = {}
    grouped: Any = rows.order_by().values("sort").annotate(count=Count("pk"), **sums)
    for row in grouped:
        amounts = rules.Amounts(*(_whole(row[f"all_{name}"]) for name in names[:3]))
        found[row["sort"]] = Together(row["count"], amounts, _whole(row["all_slipped"]) or 0)
    return found


def _whole(value: int | None) -> int | None:
    return None if value is None else int(value)


def together_of(wholes: Sequence[SchemeWhole], year: date) -> Together:
    """The same of schemes that were read already."""
    return together_rows([one.row for one in wholes], year)


def together_rows(rows: Sequence[Row[rules.SchemeLine]], year: date) -> Together:
    """The same of rows that were read already. Those that are finished do not count, as in the list that stands."""
    some = [row.line for row in rows if row.line.year == year and row.line.closed_on is None]
    names = ("budget", "forecast", "actual")
    sums = {name: [value for line in some if (value := getattr(line, name)) is not None] for name in names}
    amounts = rules.Amounts(**{name: sum(values) if values else None for name, values in sums.items()})
    return Together(len(some), amounts, sum(line.slipped for line in some))
