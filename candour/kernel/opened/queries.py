"""Who opened what, as far as one may see the records; and which record stands at an address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet
from django.http import HttpRequest
from django.urls import resolve, reverse

from candour.kernel.access import Actor, restricted
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.access.restricted import Met
from candour.kernel.opened.access import OpenedPermission
from candour.kernel.opened.models import Opening
from candour.kernel.people.models import Person
from candour.kernel.records.kinds import kind_named, kinds
from candour.kernel.records.models import Record
from candour.kernel.records.queries import visible_records
from candour.kernel.web.called import called

PLACE = {"organisation", "reference"}
# Pages of a record, by what their names add to that of its own.
OWN = {"": "Its own page", "history": "Its history", "history-file": "Its history as a file"}


@dataclass(frozen=True)
class OpeningRow:
    """One opening as a page shows it. route: the page, in plain words. name: of the person, "" for a token or a link.

    href: of who else opened the record.
    """

    at: datetime
    reference: str
    title: str
    kind: str
    href: str
    person: int | None
    name: str
    by: str
    way: str
    route: str
    address: str


@dataclass(frozen=True)
class RecordRow:
    """A record with how often it was opened, by how many, and when last."""

    reference: str
    title: str
    kind: str
    href: str
    count: int
    people: int
    last: datetime


@dataclass(frozen=True)
class PersonRow:
    """A person with how often they opened restricted records, how many, and when last."""

    person: int
    name: str
    count: int
    records: int
    last: datetime


def openings(
    actor: Actor, *, record: Record | None = None, person: int | None = None, q: str = ""
) -> QuerySet[Opening]:
    """Openings of the records that an actor may see, of bodies where they may read of openings; newest first.

    q: what the reference, the post or the name of the person has in it.
    """
    scope = actor.scope(OpenedPermission.READ)
    rows = Opening.objects.filter(visible_records(actor, "record__"))
    if EVERYWHERE not in scope:
        rows = rows.filter(record__organisation__in=scope)
    if record is not None:
        rows = rows.filter(record=record)
    if person is not None:
        rows = rows.filter(person=person)
    if q:
        found = Q(record__reference__icontains=q) | Q(by__icontains=q) | Q(person__name__icontains=q)
        rows = rows.filter(found)
    return rows.order_by("-at", "-pk")


def rows_of(found: QuerySet[Opening]) -> list[OpeningRow]:
    """Openings as a page shows them. One query."""
    return [
        OpeningRow(
            at=row.at,
            reference=row.record.reference,
            title=row.record.title,
            kind=kind_named(row.record.kind).label,
            href=href_of(row.record),
            person=row.person_id,
            name=row.person.name if row.person else "",
            by=row.by,
            way=row.get_way_display(),
            route=place_of(row.route, row.record),
            address=row.address or "not known",
        )
        for row in found.select_related("record__organisation", "person")
    ]


def by_record(found: QuerySet[Opening]) -> QuerySet[Opening, Any]:
    """The same openings, one row a record, the last opened first."""
    grouped = found.order_by().values("record")
    told = {"count": Count("pk"), "people": Count("person", distinct=True), "last": Max("at")}
    return grouped.annotate(**told).order_by(F("last").desc(), "record")


def record_rows(found: QuerySet[Opening, Any]) -> list[RecordRow]:
    """What by_record gives, as a page shows it. Two queries."""
    rows: list[Any] = list(found)
    records = Record.objects.select_related("organisation").in_bulk([row["record"] for row in rows])
    return [
        RecordRow(
            reference=record.reference,
            title=record.title,
            kind=kind_named(record.kind).label,
            href=href_of(record),
            count=row["count"],
            people=row["people"],
            last=row["last"],
        )
        for row in rows
        for record in [records[row["record"]]]
    ]


def by_person(found: QuerySet[Opening]) -> QuerySet[Opening, Any]:
    """The same openings, one row a person, whoever opened last first."""
    grouped = found.order_by().filter(person__isnull=False).values("person")
    told = {"count": Count("pk"), "records": Count("record", distinct=True), "last": Max("at")}
    return grouped.annotate(**told).order_by(F("last").desc(), "person")


def person_rows(found: QuerySet[Opening, Any]) -> list[PersonRow]:
    """What by_person gives, as a page shows it. Two queries."""
    rows: list[Any] = list(found)
    names = Person.objects.filter(pk__in=[row["person"] for row in rows]).values_list("pk", "name")
    named = dict(names)
    return [PersonRow(row["person"], named[row["person"]], row["count"], row["records"], row["last"]) for row in rows]


def place_of(route: str, record: Record) -> str:
    """The page that showed a record, in plain words: its own, its history, a form of it, or another that is about it."""
    if route.startswith("api-"):
        return "An answer to a script"
    own = _own_page(record.kind)
    if route != own and not route.startswith(f"{own}-"):
        return called(route)
    rest = route[len(own) + 1 :]
    return OWN.get(rest) or f"A form of it: {rest.replace('-', ' ')}"


@cache
def _own_page(kind: str) -> str:
    """The name of the address at which a record of a kind has its page."""
    return resolve(kind_named(kind).address("body", "reference")).url_name or ""


def href_of(record: Record) -> str:
    """The address of who opened a record."""
    return reverse("opened-record", args=[record.kind, record.organisation.code, record.reference])


def at_the_address(request: HttpRequest, met: Met) -> set[int]:
    """The restricted records that a page is about: the one that its address names; of another address with a part of its
    own all that were read for it. A list is about none: each of its lines is noted when it is opened.

    What a script reads says itself what it gives.
    """
    match = request.resolver_match
    if match is None or not match.kwargs or request.path.startswith("/api/"):
        return set()
    return set(_named(match.kwargs, request.path, met))


def _named(place: Mapping[str, Any], path: str, met: Met) -> dict[int, Record]:
    if not set(place) >= PLACE:
        return met.read
    found = {number: record for number, record in met.read.items() if record.reference == place["reference"]}
    if len(found) > 1:  # of several registers, that have a reference alike
        kind = place.get("kind")
        begun = (
            each.name for each in kinds() if path.startswith(each.address(place["organisation"], place["reference"]))
        )
        wanted = {kind} if kind else set(begun)
        found = {number: record for number, record in found.items() if record.kind in wanted} or found
    return found


def link_beside(request: HttpRequest) -> tuple[str, str] | None:
    """Words and address of who opened the restricted record of a page; None for who may not read that, and elsewhere."""
    met, match = restricted.current(), request.resolver_match
    if not met or not met.read or match is None or not set(match.kwargs) >= PLACE or match.view_name == "opened-record":
        return None
    actor: Actor = request.actor  # type: ignore[attr-defined]
    record = next(iter(_named(match.kwargs, request.path, met).values()), None)
    if record is None or not actor.holds(OpenedPermission.READ, record.organisation_id):
        return None
    place = [record.kind, match.kwargs["organisation"], record.reference]
    return "Who opened it", reverse("opened-record", args=place)
