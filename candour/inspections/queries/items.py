"""What inspections ask for, as far as a reader may see it: from the register that holds it, with notes and carrying over."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from candour.inspections import rules
from candour.inspections.access import InspectionPermission
from candour.inspections.models import Answer, Carried, Note
from candour.inspections.rules.items import CAUSE, Item
from candour.kernel.access import Actor
from candour.kernel.records.models import Record, visible
from candour.kernel.records.raised import Raised, raised_from

NOTED = (*("item_id", "dated", "text", "status", "level", "status_scale__definition", "level_scale__definition", "by"),)


def asked_by(inspections: Sequence[int], *, actor: Actor, today: date) -> dict[int, tuple[Item, ...]]:
    """By inspection what its report asks for, gravest first. One query: without notes, and without what stands below."""
    found = raised_from(inspections, actor=actor, today=today)
    return {pk: _sorted(item_of(one) for one in rows) for pk, rows in found.items()}


def items_of(inspections: Sequence[int], *, actor: Actor, today: date) -> dict[int, tuple[Item, ...]]:
    """By inspection everything that is followed there: what its report asks for, the recommendations under each cause of
    concern, and what was carried over to it, each with its newest note. Four queries; three where there is no cause.
    """
    carried = _carried(inspections, actor)
    sources = {*inspections, *(row["inspection_id"] for row in carried)}
    first = raised_from(sorted(sources), actor=actor, today=today)
    causes = [one.pk for rows in first.values() for one in rows if one.sort == CAUSE]
    below = raised_from(causes, actor=actor, today=today) if causes else {}
    every = {pk: _with_below(rows, below) for pk, rows in first.items()}
    notes = newest_notes([item.pk for rows in every.values() for item in rows])
    noted = {pk: [_noted(item, notes) for item in rows] for pk, rows in every.items()}
    return {pk: _sorted(_followed(pk, noted, carried)) for pk in inspections}


def item_of(one: Raised, under: int = 0) -> Item:
    """A raised record as an item."""
    return Item(
        pk=one.pk,
        reference=one.reference,
        title=one.title,
        address=one.address,
        sort=one.sort,
        state=one.state,
        state_tone=one.state_tone,
        owner=one.owner,
        owner_id=one.owner_id,
        due=one.due,
        closed_on=one.closed_on,
        sensitivity=one.sensitivity,
        under=under,
    )


def _with_below(rows: Iterable[Raised], below: Mapping[int, Sequence[Raised]]) -> list[Item]:
    """The items of one report; a recommendation that came from a cause of concern stands under it, once."""
    under = {one.pk: cause for cause, some in below.items() for one in some}
    listed = [item_of(one, under.get(one.pk, 0)) for one in rows]
    there = {item.pk for item in listed}
    mine = {item.pk for item in listed if item.sort == CAUSE}
    more = [item_of(one, cause) for cause in mine for one in below.get(cause, ()) if one.pk not in there]
    return listed + more


def _sorted(items: Iterable[Item]) -> tuple[Item, ...]:
    """Open before closed, causes of concern first with what stands under each, then by reference."""
    found = list(items)
    causes = {item.pk: item for item in found if item.sort == CAUSE}

    def place(item: Item) -> tuple[Any, ...]:
        head = causes.get(item.under, item)
        return (not head.open, head.rank, head.reference, item is not head, item.rank, item.reference)

    return tuple(sorted(found, key=place))


def _carried(inspections: Sequence[int], actor: Actor) -> list[dict[str, Any]]:
    """What was carried to some inspections, or away from them, whose other end the actor may see. One query."""
    into = Q(to__in=inspections) & visible(actor, InspectionPermission.SEE, "inspection__record__")
    away = Q(inspection__in=inspections) & visible(actor, InspectionPermission.SEE, "to__record__")
    names = ("item_id", "inspection_id", "to_id", "inspection__record__reference", "to__record__reference")
    return list(Carried.objects.filter(into | away).order_by("pk").values(*names))


def _followed(pk: int, every: Mapping[int, Sequence[Item]], carried: Sequence[Mapping[str, Any]]) -> list[Item]:
    gone = {row["item_id"]: row["to__record__reference"] for row in carried if row["inspection_id"] == pk}
    own = [replace(item, gone=gone.get(item.pk, "")) for item in every.get(pk, ())]
    for row in carried:
        if row["to_id"] == pk:
            came = row["inspection__record__reference"]
            own += [
                replace(item, came=came) for item in every.get(row["inspection_id"], ()) if item.pk == row["item_id"]
            ]
    return own


def newest_notes(items: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The newest note of each of some items, by item. One query."""
    last = Note.objects.filter(item=OuterRef("item")).order_by("-dated", "-pk").values("pk")[:1]
    rows = Note.objects.filter(item__in=items, pk=Subquery(last)).values(*NOTED)
    return {row["item_id"]: row for row in rows}


def word_of(definition: Mapping[str, Any] | None, value: int | None) -> str:
    """The word of a step on the scale that it stands on; "" for none."""
    steps = (definition or {}).get("steps", ())
    return next((step["word"] for step in steps if step["value"] == value), "")


def _noted(item: Item, notes: Mapping[int, Mapping[str, Any]]) -> Item:
    note = notes.get(item.pk)
    if note is None:
        return item
    return replace(
        item,
        status=word_of(note["status_scale__definition"], note["status"]),
        level=word_of(note["level_scale__definition"], note["level"]),
        noted_on=note["dated"],
        note=note["text"],
    )


def notes_of(item: int) -> list[dict[str, Any]]:
    """Every note of an item, the newest first, each with status and level in words. One query."""
    rows = Note.objects.filter(item=item).order_by("-dated", "-pk").values(*NOTED)
    return [
        {"dated": row["dated"], "text": row["text"], "by": row["by"]}
        | {name: word_of(row[f"{name}_scale__definition"], row[name]) for name in ("status", "level")}
        for row in rows
    ]


def answers_of(inspection: int, items: Sequence[Item]) -> dict[int, tuple[str, str]]:
    """By item what the response says: (what is done, why nothing is). Only of the items given. One query."""
    rows = Answer.objects.filter(inspection=inspection, item__in=[item.pk for item in items])
    return {pk: (action, why) for pk, action, why in rows.values_list("item", "action", "why_none")}


def records_of(items: Sequence[Item]) -> dict[int, Record]:
    """The records of items that a reader was shown, for a command to write on. One query."""
    return Record.objects.select_related("organisation").in_bulk([item.pk for item in items])


def to_answer(items: Sequence[Item]) -> list[Item]:
    """The items to which a response speaks: those of the report itself, a recommendation each and whatever else it asks."""
    return [item for item in items if not item.came]


def wanted(items: Sequence[Item]) -> list[Item]:
    """The recommendations of the report, each of which needs an answer."""
    return rules.first_to_answer(to_answer(items), set())
