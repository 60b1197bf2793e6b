"""Pages of what an item asks of the board: about a record of a register, and taken back."""

from contextlib import suppress
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from candour.boards import commands
from candour.boards.access import BoardPermission
from candour.boards.forms.agenda import AskForm
from candour.boards.models import Item
from candour.boards.queries.acts import acts
from candour.boards.views.agenda import verb_of_item
from candour.boards.views.changing import change, opened
from candour.boards.views.frame import item_address, item_found
from candour.kernel.access import require
from candour.kernel.records.kinds import kind_named
from candour.kernel.records.models import Record
from candour.kernel.records.queries import visible_records
from candour.kernel.rules import Refused
from candour.kernel.web.page import Request, page

BOTH = ("GET", "POST")


@page(BoardPermission.PLAN, methods=BOTH)
def ask(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Ask the board about a record: to close a risk, to take one up, to agree a score, to close a recommendation."""
    it = item_found(request, organisation, reference)
    form = AskForm(**opened(request, it.record, BoardPermission.PLAN), acts=[(act.name, act.label) for act in acts()])
    saving = (
        "The board answers it where the item is minuted.",
        "What it agrees or sends back is carried out in the register by that very decision.",
    )
    verb = verb_of_item(it, "Ask about a record", "Put the question", saving, "The question is on the item")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.ask(it, _record(request, it, given["act"], given["reference"]), act=given["act"], **said)

    return change(request, it.record, verb, form, do)


def _record(request: Request, it: Item, act: str, reference: str) -> Record:
    """The record of the board's body that an act is about. Raises Refused alike for a hidden one and one that never was."""
    kind = kind_named(act.partition(".")[0])
    rows = Record.objects.filter(visible_records(request.actor), kind=kind.name, organisation=it.record.organisation_id)
    found = rows.filter(reference__iexact=reference.strip()).select_related("organisation", "owner").first()
    if found is None:
        raise Refused("reference", f"There is no {kind.label.lower()} {reference.strip()} here: check the reference")
    return found


@page(BoardPermission.PLAN, methods=("POST",))
def withdraw_question(request: Request, organisation: str, reference: str) -> HttpResponse:
    """The item asks this no more: question, by its number."""
    it = item_found(request, organisation, reference)
    require(request.actor, BoardPermission.PLAN, it.record)
    number = request.POST.get("question", "")
    rows = it.questions.filter(visible_records(request.actor, "about__"), removed_on=None)
    found = rows.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 16 else None
    if found is not None:
        found.item = it
        with suppress(Refused):  # the board answered it meanwhile: the page shows that
            commands.withdraw_question(found, actor=request.actor, at=request.now)
    return redirect(f"{item_address(it)}#questions")
