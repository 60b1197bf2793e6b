"""The money of an agreement: paid, reported, forecast, and underspends. Money is in pence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from candour.commissioning.models import Agreement, Forecast, Payment, Return, Underspend
from candour.commissioning.rules import follow
from candour.kernel.history.queries import grouped
from candour.kernel.rules import read


@dataclass(frozen=True)
class Recovery:
    """An underspend on a day."""

    pk: int
    year: str
    amount: int
    asked_on: date
    by: date
    agreed: int | None
    agreed_on: date | None
    received_on: date | None
    carried_on: date | None
    carried_to: str
    state: str

    @property
    def settled(self) -> bool:
        return self.state in ("Paid back", "Carried over")


FIELDS = (
    *("pk", "year", "amount", "asked_on", "by", "agreed", "agreed_on", "received_on", "carried_on", "carried_to"),
)


@dataclass(frozen=True)
class _Read:
    by: date
    agreed_on: date | None
    received_on: date | None
    carried_on: date | None


def underspends_of(agreement: Agreement, *, today: date) -> tuple[Recovery, ...]:
    """The underspends of an agreement, the latest first. One query."""
    rows = Underspend.objects.filter(agreement=agreement).order_by("-asked_on", "-pk").values(*FIELDS)
    return tuple(recovery(row, today) for row in rows)


def recovery(row: Mapping[str, Any], today: date) -> Recovery:
    """An underspend from its values, on a day."""
    told = _Read(row["by"], row["agreed_on"], row["received_on"], row["carried_on"])
    return Recovery(**row, state=read(follow.UNDERSPEND, told, today))


def settled_in(rows: Iterable[Any]) -> tuple[follow.Settled, ...]:
    """What of some underspends was paid back or carried over. rows: with the fields of Underspend."""
    return tuple(
        follow.Settled(row.year, row.received_on or row.carried_on, row.agreed or row.amount, bool(row.carried_on))
        for row in rows
        if row.received_on or row.carried_on
    )


def spend_of(
    agreement: Agreement, *, value: int | None, ends: date | None, underspends: Iterable[Any] = ()
) -> follow.Spend:
    """What is known of the money of an agreement whose value (pence) and last day are known. Three queries."""
    return spends_of([agreement.pk], {agreement.pk: (value, ends)}, {agreement.pk: tuple(underspends)})[agreement.pk]


def spends_of(
    numbers: Any,
    facts: dict[int, tuple[int | None, date | None]],
    underspends: dict[int, tuple[Any, ...]] | None = None,
) -> dict[int, follow.Spend]:
    """The same of several. facts: value and last day by number. Three queries; four where underspends are to be asked for."""
    if underspends is None:
        rows = Underspend.objects.filter(agreement__in=numbers)
        underspends = {}
        for row in rows.order_by("pk"):
            underspends[row.agreement_id] = (*underspends.get(row.agreement_id, ()), row)
    paid = grouped(
        list(Payment.objects.filter(agreement__in=numbers).values("agreement_id", "on", "amount")), "agreement_id"
    )
    came = Return.objects.filter(agreement__in=numbers, dropped_on=None, spent__isnull=False, received_on__isnull=False)
    said = grouped(list(came.values("agreement_id", "ends", "spent")), "agreement_id")
    ahead = Forecast.objects.filter(agreement__in=numbers).order_by("pk").values("agreement_id", "year", "amount")
    forecasts = grouped(list(ahead), "agreement_id")
    return {
        pk: follow.Spend(
            value=value,
            paid=tuple((one["on"], one["amount"]) for one in paid.get(pk, ())),
            reported=tuple((one["ends"], one["spent"]) for one in said.get(pk, ())),
            forecast={one["year"]: one["amount"] for one in forecasts.get(pk, ())},
            settled=settled_in(underspends.get(pk, ())),
            ends=ends,
        )
        for pk, (value, ends) in facts.items()
    }
