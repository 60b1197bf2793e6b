"""What a report asks for: listed with its notes, noted, carried over."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from candour.inspections import commands, rules
from candour.inspections.access import InspectionPermission
from candour.inspections.commands.following import NewNote
from candour.inspections.forms import CarryForm, NoteForm
from candour.inspections.models import Inspection
from candour.inspections.queries import inspections_of, items_of, records_of
from candour.inspections.rules import Item
from candour.inspections.views.frame import SORT_TONES, address, change, found, opened, verb_of
from candour.kernel.access import allowed
from candour.kernel.records.pages import marking_of
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import words_on
from candour.kernel.web.page import Request, page

BOTH = ("GET", "POST")
MANAGE = InspectionPermission.MANAGE


@page(InspectionPermission.SEE)
def items(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Everything that is followed at an inspection, causes of concern first, each with what stands under it."""
    it = found(request, organisation, reference)
    rows = items_of([it.pk], actor=request.actor, today=request.today)[it.pk]
    manage = allowed(request.actor, MANAGE, it.record)
    return render(
        request,
        "inspections/items.html",
        {
            "it": it,
            "rows": [(item, SORT_TONES.get(item.sort, "")) for item in rows],
            "tally": rules.counted(rows),
            "bare": rules.bare_causes(rows),
            "may_note": manage or any(item.owner_id in request.actor.posts for item in rows),
            "may_manage": manage,
            "marking": marking_of([it.record.sensitivity, *(item.sensitivity for item in rows)]),
        },
    )


@page(InspectionPermission.UPDATE, methods=BOTH)
def note(request: Request, organisation: str, reference: str) -> HttpResponse:
    """A dated note on an item: by the post that answers for it, or by who keeps the register."""
    it = found(request, organisation, reference)
    rows = items_of([it.pk], actor=request.actor, today=request.today)[it.pk]
    mine = tuple(item for item in rows if item.owner_id in request.actor.posts)
    begun = opened(request, it, InspectionPermission.UPDATE, anywhere=bool(mine))
    rows = rows if allowed(request.actor, MANAGE, it.record) else mine
    scales = {kind: words_on(it.inspectorate_id, kind, request.today) for kind in (Scale.Kind.PORTAL, Scale.Kind.LEVEL)}
    form = NoteForm(
        **begun,
        initial={"which": chosen(request, rows)},
        items=named(rows),
        statuses=scales[Scale.Kind.PORTAL],
        levels=scales[Scale.Kind.LEVEL],
    )
    verb = verb_of(
        it,
        "Write a note",
        "Save the note",
        (
            "It stands beside the item here, with its day, and in the history of the recommendation.",
            "It changes nothing in our own tracker: closing there is the panel’s.",
        ),
        "The note is saved",
        home=address(it, "inspection-items"),
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        record = records_of(rows)[int(given["which"])]
        steps = {name: int(given.get(name) or 0) or None for name in ("status", "level")}
        commands.note_item(NewNote(record, it, given["text"], **steps), **said)

    return change(request, it, verb, form, do)


@page(MANAGE, methods=BOTH)
def carry(request: Request, organisation: str, reference: str) -> HttpResponse:
    """A later inspection takes an item over."""
    it = found(request, organisation, reference)
    begun = opened(request, it, MANAGE)
    rows = [item for item in items_of([it.pk], actor=request.actor, today=request.today)[it.pk] if item.open]
    others = later_than(it, request)
    form = CarryForm(
        **begun,
        initial={"which": chosen(request, rows)},
        items=named(rows),
        inspections=[(each.pk, f"{each.record.reference} {each.record.title}") for each in others],
    )
    verb = verb_of(
        it,
        "Carry an item over",
        "Carry it over",
        ("It is listed at the later inspection too, as carried over from here.",),
        "The item is carried over",
        home=address(it, "inspection-items"),
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        record = records_of(rows)[int(given["which"])]
        to = next(each for each in others if str(each.pk) == given["to"])
        commands.carry_over(record, inspection=it, to=to, **said)

    return change(request, it, verb, form, do)


def later_than(it: Inspection, request: Request) -> list[Inspection]:
    """The inspections of the body whose report came out after this one's, or is still to come."""
    every = inspections_of(it.record.organisation_id, actor=request.actor)
    first = it.published_on
    return [
        each
        for each in every
        if each.pk != it.pk and (each.published_on is None or first is None or each.published_on > first)
    ]


def named(rows: Sequence[Item]) -> list[tuple[int, str]]:
    """Items as the answers of a field."""
    return [(item.pk, f"{item.reference} {item.title}") for item in rows]


def chosen(request: Request, rows: Sequence[Item]) -> str:
    """The item that ?item= names by its reference; "" for none."""
    wanted = request.GET.get("item", "")
    return next((str(item.pk) for item in rows if item.reference == wanted), "")
