"""Spend of an agreement: paid, spent by the provider, forecast, what is left unspent by year and at its end. Pure, in pence.

A provider once told the office itself that it had not spent a grant of three years before. So what was paid stands beside what
returns say was spent, for each year that is over, and the difference is asked back or carried over by somebody entitled.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from candour.kernel.calendar import financial_year
from candour.kernel.rules import TODAY, Condition, Rule, Table, table


@dataclass(frozen=True)
class Settled:
    """An underspend that was paid back or carried over. year: of which it was, "" of the whole agreement."""

    year: str
    on: date
    amount: int
    carried: bool = False


@dataclass(frozen=True)
class Spend:
    """What is known of the money of one agreement.

    paid: (day, amount), below nothing where it came back. reported: (last day of the period, spent from the beginning).
    forecast: by year, in force. ends: its last day, None for none.
    """

    value: int | None
    paid: Sequence[tuple[date, int]] = ()
    reported: Sequence[tuple[date, int]] = ()
    forecast: Mapping[str, int] | None = None
    settled: Sequence[Settled] = ()
    ends: date | None = None


@dataclass(frozen=True)
class Year:
    """The money of one financial year. spent: None where no return says it.

    unspent: what the provider held unspent at its end, less what was settled of it since; below nothing where it spent ahead of
    what it was paid. None of a year that is not over, and where no return ends with it.
    """

    year: str
    paid: int
    spent: int | None
    forecast: int | None
    unspent: int | None

    @property
    def over_forecast(self) -> bool:
        return self.forecast is not None and self.paid > self.forecast


@dataclass(frozen=True)
class Money:
    """All of it. unspent: at the end of the agreement, None before it or where no return says what was spent."""

    years: tuple[Year, ...]
    paid: int
    spent: int | None
    forecast: int
    left: int | None
    unspent: int | None
    over: bool


def year_end(year: str) -> date:
    """The last day of a financial year: 2025/26 ends on 31 March 2026."""
    return date(int(year[:4]) + 1, 3, 31)


def year_after(year: str) -> str:
    """The year after one: 2025/26 gives 2026/27."""
    first = int(year[:4]) + 1
    return f"{first}/{(first + 1) % 100:02}"


def money(spend: Spend, today: date) -> Money:
    """The money of an agreement by financial year, on a day. forecast: of the years that are not over."""
    forecast = spend.forecast or {}
    reported = sorted(spend.reported)
    names = {financial_year(day) for day, _ in (*spend.paid, *reported)} | set(forecast)
    rows, before = [], 0
    for year in sorted(names):
        to_date = _spent_by(reported, year_end(year))
        inside = any(financial_year(day) == year for day, _ in reported)
        spent = to_date - before if inside and to_date is not None else None
        before = to_date if to_date is not None else before
        paid = sum(amount for day, amount in spend.paid if financial_year(day) == year)
        rows.append(Year(year, paid, spent, forecast.get(year), _held(spend, reported, year, today)))
    paid = sum(amount for _, amount in spend.paid)
    return Money(
        years=tuple(rows),
        paid=paid,
        spent=reported[-1][1] if reported else None,
        forecast=sum(row.forecast or 0 for row in rows if year_end(row.year) >= today),
        left=None if spend.value is None else spend.value - paid,
        unspent=_at_the_end(spend, reported, paid, today),
        over=spend.value is not None and paid > spend.value,
    )


def _held(spend: Spend, reported: Sequence[tuple[date, int]], year: str, today: date) -> int | None:
    """What the provider held at the end of a year, as a return that ends with it says. What was paid back by then is no part of
    what was paid by then; what was paid back later is taken off."""
    last = year_end(year)
    with_it = min(last, spend.ends or last)
    to_date = next((amount for day, amount in reversed(reported) if with_it <= day <= last), None)
    if last >= today or to_date is None:
        return None
    by_then = sum(amount for day, amount in spend.paid if day <= last)
    since = sum(one.amount for one in spend.settled if one.year == year and (one.carried or one.on > last))
    return by_then - to_date - since


def _spent_by(reported: Sequence[tuple[date, int]], day: date) -> int | None:
    """What the last return up to a day says was spent from the beginning."""
    return next((amount for on, amount in reversed(reported) if on <= day), None)


def _at_the_end(spend: Spend, reported: Sequence[tuple[date, int]], paid: int, today: date) -> int | None:
    """What was paid back is no part of what was paid; what was carried over from the last year is taken off."""
    if spend.ends is None or spend.ends >= today or not reported or reported[-1][0] < spend.ends:
        return None
    last = financial_year(spend.ends)
    return paid - reported[-1][1] - sum(one.amount for one in spend.settled if one.carried and one.year in ("", last))


def per_outcome(cost: int, outcomes: Decimal) -> int | None:
    """Pence for each; None where nothing came about, for nothing divides by nothing."""
    if outcomes <= 0:
        return None
    return int((Decimal(cost) / outcomes).quantize(Decimal(1), ROUND_HALF_UP))


UNDERSPEND: Table = table(
    Rule("Paid back", (Condition("received_on", "is not none"),)),
    Rule("Carried over", (Condition("carried_on", "is not none"),)),
    Rule("Late", (Condition("by", "<", TODAY),)),
    Rule("Agreed", (Condition("agreed_on", "is not none"),)),
    Rule("Asked for"),
)
UNDERSPEND_WORDS: Mapping[str, str] = {
    "Asked for": "The provider was asked to pay it back.",
    "Agreed": "The provider agreed to pay it back.",
    "Late": "The day to pay it back has passed.",
    "Paid back": "It was paid back.",
    "Carried over": "The provider keeps it for the next year.",
}
