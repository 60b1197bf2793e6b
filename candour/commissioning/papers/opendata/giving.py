"""Grants as the 360Giving Data Standard has them, as JSON and as a workbook. Source: standard.threesixtygiving.org, 1.4."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from candour.commissioning.papers.opendata.ocds import CURRENCY, Json, amount, as_bytes
from candour.commissioning.rules.faults import grant_faults
from candour.commissioning.rules.publishing import Publishable, Publisher, decided_on, in_identifier
from candour.kernel.papers.workbook.write import CREATED, OPTIONS

__all__ = ["as_bytes", "grant_package", "published_grants", "workbook"]
VERSION = "1.4"
# The titles that the standard gives its fields, by the place of each in a grant.
COLUMNS: tuple[tuple[str, tuple[str | int, ...], int], ...] = (
    ("Identifier", ("id",), 28),
    ("Title", ("title",), 44),
    ("Description", ("description",), 60),
    ("Currency", ("currency",), 9),
    ("Amount Awarded", ("amountAwarded",), 15),
    ("Amount Disbursed", ("amountDisbursed",), 15),
    ("Award Date", ("awardDate",), 12),
    ("Planned Dates:Start Date", ("plannedDates", 0, "startDate"), 12),
    ("Planned Dates:End Date", ("plannedDates", 0, "endDate"), 12),
    ("Recipient Org:Identifier", ("recipientOrganization", 0, "id"), 24),
    ("Recipient Org:Name", ("recipientOrganization", 0, "name"), 34),
    ("Recipient Org:Charity Number", ("recipientOrganization", 0, "charityNumber"), 14),
    ("Recipient Org:Company Number", ("recipientOrganization", 0, "companyNumber"), 14),
    ("Funding Org:Identifier", ("fundingOrganization", 0, "id"), 24),
    ("Funding Org:Name", ("fundingOrganization", 0, "name"), 44),
    ("Grant Programme:Code", ("grantProgramme", 0, "code"), 12),
    ("Grant Programme:Title", ("grantProgramme", 0, "title"), 30),
    ("Beneficiary Location:Name", ("beneficiaryLocation", 0, "name"), 20),
    ("Data Source", ("dataSource",), 30),
)


def published_grants(rows: Iterable[Publishable], body: Publisher, *, until: date) -> list[Publishable]:
    """The grants that are published on a day: decided, with all that the standard requires, nothing of it withheld."""
    return [
        row
        for row in rows
        if row.kind == "grant"
        and not row.withheld
        and not any(fault.stops for fault in grant_faults(row, body, until))
        and (decided_on(row) or until) <= until
    ]


def grant_package(rows: Iterable[Publishable], body: Publisher, *, until: date, at: datetime, address: str) -> Json:
    """The published grants up to a day. The standard wants one grant at least: without any there is nothing to publish."""
    publisher: Json = {"name": body.name, "identifier": body.identifier}
    if body.website:
        publisher["website"] = body.website
    return {
        "version": VERSION,
        "title": f"Grants of {body.name}",
        "identifier": f"{body.giving}-{until.isoformat()}",
        "issued": at.astimezone(UTC).date().isoformat(),
        "modified": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "publisher": publisher,
        "license": body.licence,
        "downloadURL": address,
        "grants": [_grant(row, body, until) for row in published_grants(rows, body, until=until)],
    }


def _grant(row: Publishable, body: Publisher, until: date) -> Json:
    decided = decided_on(row)
    found: Json = {
        "id": f"{body.giving}-{in_identifier(row.reference)}",
        "title": row.title,
        "description": row.text or f"{row.service}.",
        "currency": CURRENCY,
        "amountAwarded": amount(row.value_on(until) or 0),
        "awardDate": decided.isoformat() if decided else "",
        "recipientOrganization": [_recipient(row, body)],
        "fundingOrganization": [{"id": body.identifier, "name": body.name}],
        "grantProgramme": [{"code": row.stream_code, "title": f"{row.stream} {row.year}"}],
    }
    days = (("startDate", row.starts), ("endDate", row.ends_on(until)))
    if planned := {name: day.isoformat() for name, day in days if day}:
        found["plannedDates"] = [planned]
    if paid := [one.amount for one in row.payments if one.on <= until and not one.withheld]:
        found["amountDisbursed"] = amount(sum(paid))
    if row.area:
        found["beneficiaryLocation"] = [{"name": row.area}]
    if body.website:
        found["dataSource"] = body.website
    return found


def _recipient(row: Publishable, body: Publisher) -> Json:
    held = row.supplier.identifiers
    number = "-".join(held[0]) if held else f"{body.giving}-org-{row.supplier.pk}"
    found: Json = {"id": number, "name": row.supplier.name}
    if row.supplier.charity:
        found["charityNumber"] = row.supplier.charity
    if row.supplier.company:
        found["companyNumber"] = row.supplier.company
    return found


def workbook(package: Json) -> bytes:
    """The same grants as one sheet under the titles of the standard; dates as ISO texts. The same rows give the same bytes."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"title": package["title"], "created": CREATED})
    sheet = book.add_worksheet("grants")
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    money = book.add_format({"num_format": "0.00", "valign": "top"})
    for place, (name, _, width) in enumerate(COLUMNS):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, name, head)
    for number, grant in enumerate(package["grants"], 1):
        for place, (_, path, _) in enumerate(COLUMNS):
            cell = _at(grant, path)
            if isinstance(cell, int | float):
                sheet.write_number(number, place, cell, money)
            elif cell is not None:
                sheet.write_string(number, place, cell, text)
    sheet.freeze_panes(1, 1)
    book.close()
    return out.getvalue()


def _at(grant: Mapping[str, Any], path: tuple[str | int, ...]) -> Any:
    """What stands at a place of a grant; None for nothing."""
    found: Any = grant
    for step in path:
        if not found:
            return None
        found = found[step] if isinstance(step, int) else found.get(step)
    return found
