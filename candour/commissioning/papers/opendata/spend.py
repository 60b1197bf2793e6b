"""Payments of a month over the body's threshold, and the ratings of KPIs, as CSV.

Source: Elected Local Policing Bodies (Specified Information) Order 2011: each item of expenditure exceeding £500, with its
date, recipient, purpose and amount. Redaction follows the exemptions of the Freedom of Information Act 2000.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO

from candour.commissioning.rules import plain
from candour.commissioning.rules.publishing import RATINGS, REASONS, Publishable, Publisher, Spent
from candour.kernel.calendar import add_months
from candour.kernel.papers.cells import harmless

BOM = "\ufeff"
REDACTED = "REDACTED"
COLUMNS = (
    *("Body", "Date", "Transaction number", "Supplier", "Supplier number", "Amount", "Purpose", "Funding stream"),
    *("Agreement", "Redaction"),
)
KPI_COLUMNS = ("Body", "Agreement", "Title", "Supplier", "KPI", "Target", "Rated up to", "Rating")


@dataclass(frozen=True)
class Item:
    """A payment as it is published. amount: pence; redaction: why supplier and purpose are not told, "" where they are."""

    on: date
    number: str
    supplier: str
    supplier_number: str
    amount: int
    purpose: str
    stream: str
    agreement: str
    redaction: str


def month_of(key: str) -> tuple[date, date]:
    """The first and last day of the month of a key such as 2026-05. Raises ValueError."""
    first = date.fromisoformat(f"{key}-01")
    if first.isoformat()[:7] != key:
        raise ValueError(f"{key!r} is no month")
    return first, date.fromordinal(add_months(first, 1).toordinal() - 1)


def items(rows: Iterable[Publishable], body: Publisher, *, first: date, last: date) -> list[Item]:
    """The payments over the threshold from one day to another, by day and number. What is wholly withheld is absent."""
    found = [
        _item(row, one)
        for row in rows
        if "all" not in row.withheld
        for one in row.payments
        if first <= one.on <= last and one.amount > body.spend_over
    ]
    return sorted(found, key=lambda one: (one.on, one.number, one.agreement))


def _item(row: Publishable, one: Spent) -> Item:
    why = one.withheld or row.withheld.get("supplier", "")
    numbers = " ".join("-".join(each) for each in row.supplier.identifiers)
    return Item(
        on=one.on,
        number=one.number,
        supplier=REDACTED if why else row.supplier.name,
        supplier_number="" if why else numbers,
        amount=one.amount,
        purpose=REDACTED if one.withheld else one.purpose or row.service,
        stream=f"{row.stream} {row.year}",
        agreement=REDACTED if one.withheld else row.reference,
        redaction=REASONS[why] if why else "",
    )


def spend_csv(found: Sequence[Item], body: Publisher) -> bytes:
    """The payments as CSV that a spreadsheet opens safely; days as ISO, pounds with pence."""
    return _csv(
        COLUMNS,
        (
            (
                *(body.name, one.on, one.number, one.supplier, one.supplier_number, plain(one.amount), one.purpose),
                *(one.stream, one.agreement, one.redaction),
            )
            for one in found
        ),
    )


def kpi_csv(rows: Iterable[Publishable], body: Publisher, *, until: date) -> bytes:
    """Each KPI of the published contracts with its ratings in the words of the regulations; "Not rated yet" without any."""
    found = []
    for row in rows:
        supplier = REDACTED if "supplier" in row.withheld else row.supplier.name
        for one in row.indicators:
            told = [(day.isoformat(), RATINGS[rating]) for day, rating in one.ratings if day <= until]
            for day, rating in told or [("", "Not rated yet")]:
                found.append((body.name, row.reference, row.title, supplier, one.name, one.target, day, rating))
    return _csv(KPI_COLUMNS, found)


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return (BOM + out.getvalue()).encode()
