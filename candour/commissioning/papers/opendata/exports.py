"""Open data at the command line: contracts as OCDS, grants as 360Giving, spend over the threshold."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.conf import settings

from candour.commissioning.access import CommissioningPermission
from candour.commissioning.papers.opendata import giving, ocds, spend
from candour.commissioning.queries.publishable import public_lines, publishable, publisher_of
from candour.commissioning.rules.publishing import Publishable, Publisher
from candour.kernel.access import Actor
from candour.kernel.calendar import add_months, local_date
from candour.kernel.papers.exports import Export
from candour.kernel.people.models import Organisation

Make = Callable[[list[Publishable], Publisher, date, datetime, str], bytes]


def _export(name: str, label: str, suffixes: tuple[str, ...], make: Make) -> Export:
    """An export of what may be published alone, whoever asks for it."""

    def write(actor: Actor, *, organisation: Organisation, as_at: date | None, at: datetime, suffix: str) -> bytes:
        rows = publishable(public_lines(actor, organisation.pk))
        return make(rows, publisher_of(organisation), as_at or local_date(at), at, suffix)

    return Export(name, label, CommissioningPermission.SEE, suffixes, write)


def _address(body: Publisher, name: str) -> str:
    """Where the latest published file of a name stands."""
    return f"{settings.SITE}/public/data/{body.code}/{name}"


def _given(rows: list[Publishable], body: Publisher, day: date, at: datetime, name: str) -> dict[str, Any]:
    return {"rows": rows, "body": body, "until": day, "at": at, "address": _address(body, name)}


def _releases(rows: list[Publishable], body: Publisher, day: date, at: datetime, suffix: str) -> bytes:
    return ocds.as_bytes(ocds.release_package(**_given(rows, body, day, at, "ocds-releases.json")))


def _records(rows: list[Publishable], body: Publisher, day: date, at: datetime, suffix: str) -> bytes:
    return ocds.as_bytes(ocds.record_package(**_given(rows, body, day, at, "ocds-records.json")))


def _grants(rows: list[Publishable], body: Publisher, day: date, at: datetime, suffix: str) -> bytes:
    package = giving.grant_package(**_given(rows, body, day, at, "360giving.json"))
    return giving.workbook(package) if suffix == ".xlsx" else giving.as_bytes(package)


def _spend(rows: list[Publishable], body: Publisher, day: date, at: datetime, suffix: str) -> bytes:
    """The month before the day, or that of the day where it is the month's last."""
    ends = (day.toordinal() + 1) == add_months(day.replace(day=1), 1).toordinal()
    first = day.replace(day=1) if ends else add_months(day.replace(day=1), -1)
    last = date.fromordinal(add_months(first, 1).toordinal() - 1)
    return spend.spend_csv(spend.items(rows, body, first=first, last=last), body)


OCDS = _export("ocds", "Contracts as OCDS releases", (".json",), _releases)
OCDS_RECORDS = _export("ocds-records", "Contracts as OCDS records", (".json",), _records)
GIVING = _export("360giving", "Grants as 360Giving", (".json", ".xlsx"), _grants)
SPEND = _export("spend", "Spend of the last whole month", (".csv",), _spend)
EXPORTS = (OCDS, OCDS_RECORDS, GIVING, SPEND)
