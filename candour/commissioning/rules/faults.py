"""What the standards of open data ask for and the register does not say, at the cell that causes it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from candour.commissioning.rules.publishing import (
    KPI_MONTHS,
    KPIS_AT_LEAST,
    KPIS_OVER,
    PROCURED,
    Measured,
    Publishable,
    Publisher,
    decided_on,
    is_over,
)
from candour.kernel.calendar import add_months

Standard = Literal["contracts", "grants", "spend"]


@dataclass(frozen=True)
class Fault:
    """Something that a standard asks for and the register does not say.

    path: where it would stand, in a release or a grant. cell: what the register calls it. page: of the agreement, that mends
    it; "provider" and "settings" are pages of their own. stops: without it the agreement is left out.
    """

    standard: Standard
    reference: str
    path: str
    cell: str
    says: str
    fix: str
    page: str
    stops: bool = False


def contract_faults(row: Publishable, body: Publisher, day: date) -> Iterator[Fault]:
    """What a contract lacks that OCDS 1.1 asks for, what stops it first."""
    if row.kind not in PROCURED or "all" in row.withheld:
        return
    if row.value is None and "value" not in row.withheld:
        yield Fault(
            "contracts", row.reference, "contracts/0/value", "Value", "It has no value, so that nobody can tell whether it "
            "is over the threshold", "Enter its value", "change", stops=True,
        )  # fmt: skip
        return
    if not is_over(row, body, day):
        return
    if not (row.awarded_on or row.signed_on or row.starts):
        yield Fault(
            "contracts", row.reference, "awards/0/date", "Awarded on", "No day says when it was awarded, signed or begun",
            "Enter the day on which it was awarded", "change", stops=True,
        )  # fmt: skip
        return
    asked = (
        (row.starts, "contracts/0/period/startDate", "First day", "It has no first day", "Enter it", "change"),
        (row.ends, "contracts/0/period/endDate", "Last day", "It has no last day", "Enter it", "change"),
        (row.signed_on, "contracts/0/dateSigned", "Signatures", "Not both have signed it", "Record the signature", "sign"),
        (row.procedure, "tender/procurementMethod", "How it was let", "It is not said how it was let", "Choose how", "change"),
    )  # fmt: skip
    for held, path, cell, says, fix, page in asked:
        if not held:
            yield Fault("contracts", row.reference, path, cell, says, fix, page)
    yield from _numbers("contracts", row, "parties/1/identifier")
    yield from _kpis(row, day)


def grant_faults(row: Publishable, body: Publisher, day: date) -> Iterator[Fault]:
    """What a grant lacks that the 360Giving Data Standard asks for, what stops it first."""
    if row.kind != "grant" or {"all", "supplier", "value"} & set(row.withheld):
        return
    asked = (
        (row.value is not None, "amountAwarded", "Value", "It has no value", "Enter its value", "change"),
        (decided_on(row), "awardDate", "Awarded on", "No day says when it was decided", "Enter that day", "change"),
    )
    for held, path, cell, says, fix, page in asked:
        if not held:
            yield Fault("grants", row.reference, path, cell, says, fix, page, stops=True)
    for day_of, path, cell in ((row.starts, "startDate", "First day"), (row.ends, "endDate", "Last day")):
        if not day_of:
            says = f"It has no {cell.lower()}"
            yield Fault("grants", row.reference, f"plannedDates/0/{path}", cell, says, "Enter it", "change")
    yield from _numbers("grants", row, "recipientOrganization/0/id")


def body_faults(body: Publisher) -> Iterator[Fault]:
    """What the body itself has not said. Nothing stops: its code stands in the place of an identifier."""
    asked: Sequence[tuple[str, Standard, str, str, str]] = (
        (body.ocid_prefix, "contracts", "ocid", "Prefix of its ocids", "No registered prefix: ocids begin with ocds-000000"),
        (body.giving_prefix, "grants", "id", "360Giving prefix", "No registered prefix: identifiers begin with its code"),
        (body.scheme and body.number, "contracts", "buyer/id", "Identifier", "The body has no identifier of a register"),
    )  # fmt: skip
    for held, standard, path, cell, says in asked:
        if not held:
            yield Fault(standard, "", path, cell, says, "Enter it", "settings")


def _numbers(standard: Standard, row: Publishable, path: str) -> Iterator[Fault]:
    if not row.supplier.identifiers and "supplier" not in row.withheld:
        says = f"{row.supplier.name} has no charity or company number"
        yield Fault(standard, row.reference, path, "Provider’s numbers", says, "Enter one", "provider")


def _kpis(row: Publishable, day: date) -> Iterator[Fault]:
    """Procurement Act 2023: section 52, three KPIs at least over £5 million; section 71, each assessed every 12 months."""
    if (row.value_on(day) or 0) <= KPIS_OVER or "value" in row.withheld:
        return
    if len(row.indicators) < KPIS_AT_LEAST:
        says = f"It is worth more than £5 million and has {len(row.indicators)} of at least {KPIS_AT_LEAST} KPIs"
        yield Fault("contracts", row.reference, "kpis.csv", "KPIs", says, "Set them", "indicator")
    for one in row.indicators:
        if unrated(one, row, day):
            says = f"‘{one.name}’ was not rated in the last 12 months"
            yield Fault("contracts", row.reference, "kpis.csv", "Ratings", says, "Rate it", "rate")


def unrated(one: Measured, row: Publishable, day: date) -> bool:
    """Whether the yearly rating of a KPI is owed on a day: 12 months after the last one, or after the first day."""
    since = one.ratings[-1][0] if one.ratings else row.starts
    return since is not None and add_months(since, KPI_MONTHS) < day and row.closed_on is None
