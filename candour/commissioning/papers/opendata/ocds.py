"""Contracts as the Open Contracting Data Standard 1.1 has them: releases of each, and packages of releases and of records.

Source: standard.open-contracting.org/1.1. A release is the whole of what was known on its day, and never changes: one at the
award, one when both had signed, one for each variation and each day of payments, one when it ended.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from candour.commissioning.rules import GROUNDS, pounds
from candour.commissioning.rules.publishing import (
    PROCURED,
    REASONS,
    UNREGISTERED,
    Change,
    Publishable,
    Publisher,
    Spent,
    begun_on,
    in_identifier,
    is_over,
)
from candour.kernel.calendar import say_date

VERSION, CURRENCY = "1.1", "GBP"
Json = dict[str, Any]


@dataclass(frozen=True)
class Moment:
    """A day on which something was to be said of a contract. name: of the release, within its contract."""

    day: date
    tags: tuple[str, ...]
    name: str


def published(rows: Iterable[Publishable], body: Publisher, *, until: date) -> list[Publishable]:
    """The contracts that are published on a day: let, over the threshold, begun, and not withheld as a whole."""
    return [row for row in rows if is_over(row, body, until) and "all" not in row.withheld and begun_on(row, until)]


def release_package(rows: Iterable[Publishable], body: Publisher, *, until: date, at: datetime, address: str) -> Json:
    """All releases of the published contracts up to a day. address: where the file will stand."""
    found = [each for row in published(rows, body, until=until) for each in releases(row, body, until=until)]
    return _package(body, at, address) | {"releases": found}


def record_package(rows: Iterable[Publishable], body: Publisher, *, until: date, at: datetime, address: str) -> Json:
    """A record of each published contract: its releases, and what they come to."""
    return _package(body, at, address) | {
        "records": [_record(releases(row, body, until=until)) for row in published(rows, body, until=until)]
    }


def as_bytes(data: Json) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def ocid_of(row: Publishable, body: Publisher) -> str:
    """ocds-a1b2c3-office-VS-2026-01: the prefix, the body's code and the reference, which never change."""
    return f"{body.ocid_prefix or UNREGISTERED}-{body.code}-{in_identifier(row.reference)}"


def releases(row: Publishable, body: Publisher, *, until: date) -> list[Json]:
    """The releases of one contract up to a day, the first first; none before it began."""
    start = begun_on(row, until)
    if start is None or row.kind not in PROCURED:
        return []
    ocid, found = ocid_of(row, body), list(_moments(row, start, until))
    names = {moment.name: f"{ocid}-{moment.name}" for moment in found}
    before = dict(zip(names, [ocid, *names.values()], strict=False))
    return [_release(row, body, ocid, moment, before) for moment in found]


def _moments(row: Publishable, start: date, until: date) -> Iterator[Moment]:
    let = ("tender",) if row.procedure or row.bids is not None else ()
    found = [(0, Moment(start, (*let, "award", "contract"), "award"))]
    if row.signed_on and start < row.signed_on:
        found.append((1, Moment(row.signed_on, ("contractUpdate",), "signed")))
    found += [(2, Moment(max(start, one.on), ("contractAmendment",), f"amendment-{one.pk}")) for one in row.changes]
    days = sorted({max(start, one.on) for one in _shown(row)})
    for number, day in enumerate(days):
        tag = "implementationUpdate" if number else "implementation"
        found.append((3, Moment(day, (tag,), f"spend-{day.isoformat()}")))
    if row.closed_on:
        found.append((4, Moment(max(start, row.closed_on), ("contractTermination",), "ended")))
    for _, moment in sorted(found, key=lambda one: (one[1].day, one[0], one[1].name)):
        if moment.day <= until:
            yield moment


def _shown(row: Publishable) -> list[Spent]:
    """The payments that are told: none where it is withheld what the contract costs."""
    return [] if "value" in row.withheld else [one for one in row.payments if not one.withheld]


def _release(row: Publishable, body: Publisher, ocid: str, moment: Moment, before: dict[str, str]) -> Json:
    supplier = _supplier(row)
    return {
        "ocid": ocid,
        "id": f"{ocid}-{moment.name}",
        "date": _at(moment.day),
        "tag": list(moment.tags),
        "initiationType": "tender",
        "language": "en",
        "parties": [_buyer(body), *([_party(row)] if supplier else [])],
        "buyer": {"id": body.identifier, "name": body.name},
        "planning": {"budget": {"description": f"{row.stream} {row.year}"}},
        "tender": _tender(row, body, ocid),
        "awards": [_award(row, ocid, moment.day, supplier)],
        "contracts": [_contract(row, body, ocid, moment.day, before)],
    }


def _tender(row: Publishable, body: Publisher, ocid: str) -> Json:
    """As far as it is known: how it was let and how many tendered."""
    found: Json = {
        "id": f"{ocid}-tender",
        "title": row.title,
        "status": "complete",
        "procuringEntity": {"id": body.identifier, "name": body.name},
        "mainProcurementCategory": "services",
    }
    if row.procedure:
        found["procurementMethod"] = row.procedure
    if row.bids is not None:
        found["numberOfTenderers"] = row.bids
    return found


def _award(row: Publishable, ocid: str, day: date, supplier: Json | None) -> Json:
    found: Json = {"id": f"{ocid}-award-1", "title": row.title, "status": "active"}
    if row.awarded_on:
        found["date"] = _at(row.awarded_on)
    if value := _value(row, day):
        found["value"] = value
    if supplier:
        found["suppliers"] = [supplier]
    if told := _withheld(row):
        found["description"] = told
    return found


def _contract(row: Publishable, body: Publisher, ocid: str, day: date, before: dict[str, str]) -> Json:
    found: Json = {
        "id": f"{ocid}-contract-1",
        "awardID": f"{ocid}-award-1",
        "title": row.title,
        "status": _status(row, day),
    }
    if told := "\n".join(filter(None, ("" if "supplier" in row.withheld else row.text, _withheld(row)))):
        found["description"] = told
    days = (("startDate", row.starts), ("endDate", row.ends_on(day)), ("maxExtentDate", row.last_end))
    if period := {name: _at(each) for name, each in days if each}:
        found["period"] = period
    if value := _value(row, day):
        found["value"] = value
    if row.signed_on and row.signed_on <= day:
        found["dateSigned"] = _at(row.signed_on)
    if amendments := [_amendment(row, one, ocid, before) for one in row.changes if one.on <= day]:
        found["amendments"] = amendments
    if transactions := [_transaction(row, body, ocid, one) for one in _shown(row) if one.on <= day]:
        found["implementation"] = {"transactions": transactions}
    return found


def _status(row: Publishable, day: date) -> str:
    if row.closed_on and row.closed_on <= day:
        return "terminated"
    signed, begun = row.signed_on and row.signed_on <= day, row.starts and row.starts <= day
    return "active" if signed or begun else "pending"


def _amendment(row: Publishable, one: Change, ocid: str, before: dict[str, str]) -> Json:
    told = []
    if one.change and "value" not in row.withheld:
        told.append(f"The value is {pounds(abs(one.change))} {'more' if one.change > 0 else 'less'}.")
    if one.new_end:
        told.append(f"The last day is {say_date(one.new_end)}.")
    name = f"amendment-{one.pk}"
    found: Json = {"id": f"{ocid}-{name}", "date": _at(one.on), "rationale": GROUNDS[one.ground]}
    if told:
        found["description"] = " ".join(told)
    return found | {"amendsReleaseID": before[name], "releaseID": f"{ocid}-{name}"}


def _transaction(row: Publishable, body: Publisher, ocid: str, one: Spent) -> Json:
    found: Json = {
        "id": f"{ocid}-payment-{in_identifier(one.number)}",
        "date": _at(one.on),
        "value": {"amount": amount(one.amount), "currency": CURRENCY},
        "payer": {"id": body.identifier, "name": body.name},
    }
    supplier = _supplier(row)
    return found | {"payee": supplier} if supplier else found


def _record(found: Sequence[Json]) -> Json:
    """A record: each release carries the whole, so that the last one is what they come to."""
    last = found[-1]
    compiled = last | {"id": f"{last['ocid']}-compiled-{last['date'][:10]}", "tag": ["compiled"]}
    return {"ocid": last["ocid"], "releases": list(found), "compiledRelease": compiled}


def _package(body: Publisher, at: datetime, address: str) -> Json:
    publisher: Json = {"name": body.name}
    if body.scheme and body.number:
        publisher |= {"scheme": body.scheme, "uid": body.number}
    if body.website:
        publisher["uri"] = body.website
    return {
        "uri": address,
        "version": VERSION,
        "publishedDate": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "publisher": publisher,
        "license": body.licence,
    }


def _buyer(body: Publisher) -> Json:
    found: Json = {"id": body.identifier, "name": body.name, "roles": ["buyer", "procuringEntity", "payer"]}
    if body.scheme and body.number:
        found["identifier"] = {"scheme": body.scheme, "id": body.number, "legalName": body.name}
    return found


def _party(row: Publishable) -> Json:
    supplier, schemes = row.supplier, [
        {"scheme": scheme, "id": number, "legalName": row.supplier.name} for scheme, number in row.supplier.identifiers
    ]  # fmt: skip
    found: Json = {"id": party_id(row), "name": supplier.name, "roles": ["supplier", "payee"]}
    if schemes:
        found["identifier"] = schemes[0]
    if schemes[1:]:
        found["additionalIdentifiers"] = schemes[1:]
    return found


def party_id(row: Publishable) -> str:
    """GB-CHC-1234567, GB-COH-01234567; the number within the body for one that is in no register."""
    held = row.supplier.identifiers
    return "-".join(held[0]) if held else f"{row.organisation}-provider-{row.supplier.pk}"


def _supplier(row: Publishable) -> Json | None:
    return None if "supplier" in row.withheld else {"id": party_id(row), "name": row.supplier.name}


def _value(row: Publishable, day: date) -> Json | None:
    value = row.value_on(day)
    return None if "value" in row.withheld or value is None else {"amount": amount(value), "currency": CURRENCY}


def _withheld(row: Publishable) -> str:
    """What is withheld, and why: the standard has no place of its own for it."""
    words = {"supplier": "Who provides it", "value": "What it costs"}
    told = [f"{words[part]} is withheld: {REASONS[ground]}." for part, ground in row.withheld.items() if part in words]
    return " ".join(told)


def amount(pence: int) -> int | float:
    """Pounds as a number of JSON: whole where there are no pence."""
    return pence // 100 if pence % 100 == 0 else pence / 100


def _at(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
