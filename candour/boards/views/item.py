"""The page of an agenda item: what it is about, its papers, what it asks, and what came of it."""

from django.http import HttpResponse
from django.shortcuts import render

from candour.boards.access import BoardPermission
from candour.boards.queries.agenda import asked_of, papers_of
from candour.boards.rules.words import GROUNDS, PURPOSES
from candour.boards.views.frame import item_found
from candour.kernel.actions.queries import actions_of
from candour.kernel.records.pages import marking_of
from candour.kernel.web.page import Request, page


@page(BoardPermission.SEE)
def item(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = item_found(request, organisation, reference)
    context = {
        "item": it,
        "meeting": it.meeting,
        "purpose": PURPOSES[it.purpose],
        "ground": GROUNDS.get(it.ground, ""),
        "papers": papers_of([it])[it.pk],
        "questions": asked_of([it], actor=request.actor, today=request.today)[it.pk],
        "actions": actions_of(it.record, actor=request.actor, today=request.today),
        "marking": marking_of([it.record.sensitivity]),
    }
    return render(request, "boards/item.html", context)
