"""Writing down who opened what: one statement for an answer, however many records it holds."""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

from candour.kernel.access import Actor
from candour.kernel.limits.place import address_of
from candour.kernel.opened.models import Opening
from candour.kernel.people.models import Person


def note(records: Iterable[int], *, request: HttpRequest, response: HttpResponse, by: Actor | None = None) -> None:
    """Note that the restricted records of these numbers were given to whoever asked. by: who acted, where another did."""
    asked: Any = request
    person = asked.user if isinstance(getattr(asked, "user", None), Person) else None
    actor: Actor = by or asked.actor
    own = person is not None and actor.signed_in and person.pk == actor.id
    told: dict[str, Any] = {
        "at": asked.now,
        "person": person if own else None,
        "by": actor.label[:200],
        "way": way_of(request, response),
        "route": (request.resolver_match.view_name or "")[:80] if request.resolver_match else "",
        "address": address_of(request),
    }
    _add([Opening(record_id=number, **told) for number in sorted(records)])


def way_of(request: HttpRequest, response: HttpResponse) -> str:
    """How it was given."""
    name = (request.resolver_match.view_name or "") if request.resolver_match else ""
    if request.path.startswith("/api/"):
        return Opening.Way.API
    if name.startswith(("paper-", "pack-")):
        return Opening.Way.PAPER
    return Opening.Way.FILE if response.has_header("Content-Disposition") else Opening.Way.PAGE


def _add(rows: list[Opening]) -> None:
    # Django cuts many rows into many statements; a register taken away as a file is one.
    fields = [field for field in Opening._meta.concrete_fields if not field.primary_key]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    values = ", ".join(["%s"] * len(fields))
    prepared = [[field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(Opening._meta.db_table)} ({columns}) VALUES ({values})",  # noqa: S608  our own names
            prepared,
        )
