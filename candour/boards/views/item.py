"""The page of an agenda item: what it is about, its papers, what it asks, and what came of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from candour.boards.access import BoardPermission
from candour.boards.models import Item
from candour.boards.queries.agenda import asked_of, papers_of
from candour.boards.queries.outcomes import decisions_at, minute_of
from candour.boards.rules.states import clear_days_before
from candour.boards.rules.words import GROUNDS, PURPOSES
from candour.boards.views.frame import board_address, item_found, meeting_address
from candour.kernel.access import Actor, allowed
from candour.kernel.actions.access import ActionPermission
from candour.kernel.actions.queries import actions_of
from candour.kernel.records.pages import marking_of
from candour.kernel.web.page import Request, page


@page(BoardPermission.SEE)
def item(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = item_found(request, organisation, reference)
    actor, today = request.actor, request.today
    context = {
        "item": it,
        "meeting": it.meeting,
        "code": it.record.organisation.code,
        "reference": it.record.reference,
        "board_at": board_address(it.meeting.board),
        "meeting_at": meeting_address(it.meeting),
        "purpose": PURPOSES[it.purpose],
        "ground": GROUNDS.get(it.ground, ""),
        "papers": papers_of([it])[it.pk],
        "papers_by": clear_days_before(it.meeting.held_on, it.meeting.board.papers_days),
        "questions": asked_of([it], actor=actor, today=today)[it.pk],
        "actions": actions_of(it.record, actor=actor, today=today) if allowed(actor, ActionPermission.SEE) else None,
        "may": powers(actor, it),
        "minute": minute_of(it),
        "decisions": decisions_at([it], actor=actor)[it.pk],
        "marking": marking_of([it.record.sensitivity]),
    }
    return render(request, "boards/item.html", context)


def powers(actor: Actor, it: Item) -> dict[str, Any]:
    """What the actor may do to the item as it stands."""
    going = it.meeting.opened_at is None and it.meeting.called_off_on is None and it.withdrawn_on is None
    plan = allowed(actor, BoardPermission.PLAN, it.record)
    presents = it.record.owner_id in actor.posts and allowed(actor, BoardPermission.CONTRIBUTE)
    return {
        "change": going and plan,
        "add": going and (presents or allowed(actor, BoardPermission.CONTRIBUTE, it.record)),
    }
