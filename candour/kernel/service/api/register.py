"""The three questions of every register: its list, one record in full, and what happened to it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field, create_model

from candour.kernel.access import Actor, allowed, restricted
from candour.kernel.actions.access import ActionPermission
from candour.kernel.actions.queries import actions_of
from candour.kernel.history.access import HistoryPermission
from candour.kernel.history.queries import events
from candour.kernel.records.happened import entries_seen
from candour.kernel.records.models import Record
from candour.kernel.records.queries import links_of
from candour.kernel.service.api.asked import Asked, Day, Listing, asked_of, day_of, known_names
from candour.kernel.service.api.auth import entered
from candour.kernel.service.api.problems import REFUSALS, Stopped
from candour.kernel.service.api.shapes import Named, Out, WholeOut

ONE = "/{organisation}/{path:reference}"
NOT_THERE = "There is nothing at this address"


@dataclass(frozen=True)
class Found:
    """A part of a list, and how many rows the whole of it has."""

    rows: Sequence[Any]
    total: int


@dataclass(frozen=True)
class Register:
    """A register of the API.

    name: in addresses; of: the register of whose scopes it is part. find: the thing at an address, which raises
    ObjectDoesNotExist alike for one that is hidden and one that never was. full: its row with all that hangs on it, by
    actor, day and past day; None where it did not stand then, or may not be seen as it stood.
    """

    name: str
    of: str
    one: str
    many: str
    see: str
    filters: type[Listing]
    row: type[Out]
    whole: type[WholeOut]
    rows: Callable[[Asked[Any]], Found]
    find: Callable[..., Any]
    full: Callable[..., Any]
    past: bool = True  # whether one can be read as at a past day


def found_on(
    asked: Asked[Any],
    *,
    live: Callable[[], Any],
    then: Callable[[], Iterable[Any]],
    shown: Callable[[list[Any]], Iterable[Any]] = list,
) -> Found:
    """A part of a list: of today from the page that live gives, of a past day from all the rows that then gives.

    shown: makes of the part's rows what is answered, where those that then gives are not yet that.
    A past day is in the order of its page, which is the usual one: 422 where another was asked for.
    """
    if asked.past is None:
        page = live()
        return Found(page.rows, page.total)
    if asked.wanted.sort != type(asked.wanted).model_fields["sort"].default:
        raise Stopped(422, "A past day has an order of its own", errors=[("sort", "Leave it out")])
    rows = list(then())
    return Found(list(shown(rows[asked.part])), len(rows))


class PageOut(Out):
    """A part of a list. The next part begins at offset plus limit, as long as that is below the total."""

    as_at: date = Field(description="The day for which the list is answered")
    total: int = Field(description="How many rows there are in all")
    offset: int
    limit: int


class FieldOut(Out):
    """A field that changed."""

    field: str
    old: Any = None
    new: Any = None


class ChangeOut(Out):
    """A row's part in an entry."""

    model: str
    label: str
    new: bool
    fields: list[FieldOut]


class EntryOut(Out):
    """An entry of the history."""

    sequence: int
    event: str
    actor: str = Field(description="The post or token that entered it")
    recorded_at: datetime
    effective: date
    reason: str
    approver: str
    hash: str
    holds: bool = Field(description="Whether what is held still has this fingerprint")
    changes: list[ChangeOut]


class HistoryOut(Out):
    """What happened to a record, the newest entry first."""

    total: int
    offset: int
    limit: int
    items: list[EntryOut]


class Part(BaseModel):
    """Which part of a history."""

    offset: int = Field(0, ge=0, le=10**6)
    limit: int = Field(50, ge=1, le=200)


def there(find: Callable[..., Any], *place: Any, actor: Actor) -> Any:
    """What a query finds at a place; 404 alike for what is hidden and what never was."""
    try:
        return find(*place, actor=actor)
    except ObjectDoesNotExist:
        raise Stopped(404, NOT_THERE) from None


def found_at(it: Register, actor: Actor, organisation: str, reference: str) -> Any:
    """The thing of a register at an address."""
    found = there(it.find, organisation, reference, actor=actor)
    restricted.give([found.record])
    return found


def page_shape(row: type[Out]) -> type[PageOut]:
    """The shape of a part of a list of such rows."""
    return create_model(f"{row.__name__.removesuffix('Out')}Page", __base__=PageOut, items=(list[row], ...))  # type: ignore[valid-type]


def page_out(asked: Asked[Any], found: Found) -> dict[str, Any]:
    wanted = asked.wanted
    part = {"total": found.total, "offset": wanted.offset, "limit": wanted.limit}
    return {"as_at": asked.day, "items": list(found.rows)} | part


def etag(record: Record) -> str:
    """What If-Match is compared with: how many entries the record has."""
    return f'"{record.head_sequence}"'


def routes(it: Register, *writes: Callable[[Router], None]) -> Router:
    """The router of a register. writes: what adds the writes of its app.

    A reference may hold a slash, so the address of one record, which ends with it, is tried last.
    """
    router = Router(tags=[it.many])
    _list(router, it)
    _history(router, it)
    for add in writes:
        add(router)
    _one(router, it)
    return router


def _list(router: Router, it: Register) -> None:
    shape, shape_of = it.filters, it.row

    @router.get(
        "",
        response={200: page_shape(it.row)} | REFUSALS,
        url_name=f"api-{it.name}",
        operation_id=f"list_{it.name}",
        summary=f"List {it.many.lower()}",
        description=f"Scope: {it.of}:read",
    )
    def listing(request: Any, asked: Query[shape]) -> Any:  # type: ignore[valid-type]
        actor = entered(request, f"{it.of}:read")
        read = asked_of(request, asked, actor=actor, see=it.see)
        found = it.rows(read)
        if (
            "sensitivity" in shape_of.model_fields
        ):  # a list of less is one of lines, each of which is opened at its own address
            restricted.give(found.rows)
        return page_out(read, found)


def _one(router: Router, it: Register) -> None:
    at = router.get(
        ONE,
        response={200: it.whole} | REFUSALS,
        url_name=f"api-{it.name}-one",
        operation_id=f"read_{it.name}",
        summary=f"Read one {it.one}",
        description=f"Scope: {it.of}:read",
    )

    def today(request: Any, response: HttpResponse, organisation: str, reference: str) -> Any:
        return _shown(it, request, response, (organisation, reference))

    def as_at(request: Any, response: HttpResponse, organisation: str, reference: str, asked: Query[Day]) -> Any:
        return _shown(it, request, response, (organisation, reference), day=asked.as_at)

    at(as_at if it.past else today)


def _shown(
    it: Register, request: Any, response: HttpResponse, place: tuple[str, str], *, day: date | None = None
) -> Named:
    """One thing of a register with all that hangs on it, on a day."""
    actor = entered(request, f"{it.of}:read")
    known_names(request, ["as_at"] if it.past else [])
    on, past = day_of(request, day)
    found = found_at(it, actor, *place)
    row = it.full(found, actor=actor, day=on, past=past)
    if row is None:
        raise Stopped(404, NOT_THERE)
    if past is None:
        response.headers["ETag"] = etag(found.record)
    return Named(row, **hanging_on(found.record, actor, on, past))


def hanging_on(record: Record, actor: Actor, day: date, past: date | None) -> dict[str, Any]:
    """What hangs on any record, as far as the actor may see it."""
    actions = None
    if allowed(actor, ActionPermission.SEE):
        actions = actions_of(record, actor=actor, today=day, as_at=past).rows
    live = past is None
    return {
        "version": record.head_sequence if live else None,
        "links": links_of(record, actor=actor) if live else None,
        "actions": actions,
    }


def _history(router: Router, it: Register) -> None:
    @router.get(
        f"{ONE}/history",
        response={200: HistoryOut} | REFUSALS,
        url_name=f"api-{it.name}-history",
        operation_id=f"history_{it.name}",
        summary=f"What happened to one {it.one}",
        description=f"Scope: {it.of}:read",
    )
    def history(request: Any, organisation: str, reference: str, asked: Query[Part]) -> Any:
        actor = entered(request, f"{it.of}:read")
        if not allowed(actor, HistoryPermission.SEE):
            raise Stopped(403, "The post of this token may not read the history")
        known_names(request, Part.model_fields)
        found = found_at(it, actor, organisation, reference)
        entries = entries_seen(found.record, actor)
        part = entries[asked.offset : asked.offset + asked.limit]
        told = [_told(event) for event in events(list(part))]
        return {"total": entries.count(), "offset": asked.offset, "limit": asked.limit, "items": told}


def _told(event: Any) -> Named:
    changes = [
        {
            "model": change.model,
            "label": change.label,
            "new": change.new,
            "fields": [{"field": name, "old": old, "new": new} for name, old, new in change.fields],
        }
        for change in event.changes
    ]
    return Named(event, actor=event.actor_label, changes=changes)
