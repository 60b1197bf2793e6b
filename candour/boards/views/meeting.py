"""The page of a meeting: its agenda in an open and a closed part, and what is due."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from candour.boards.access import BoardPermission
from candour.boards.models import Meeting
from candour.boards.queries.agenda import agenda_of
from candour.boards.rules.states import TO_COME, state
from candour.boards.views.frame import PAPER_TONES, STATE_TONES, meeting_found
from candour.kernel.access import Actor, allowed
from candour.kernel.records.pages import marking_of
from candour.kernel.web.page import Request, page


@page(BoardPermission.SEE)
def meeting(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = meeting_found(request, organisation, reference)
    agenda = agenda_of(it, actor=request.actor, today=request.today)
    context = frame(request, it) | {
        "here": "agenda",
        "agenda": agenda,
        "paper_tones": PAPER_TONES,
        "marking": marking_of("restricted" if row.closed else "office" for row in agenda.rows),
    }
    return render(request, "boards/meeting.html", context)


def frame(request: Request, it: Meeting) -> dict[str, Any]:
    """What every page of a meeting says of it: its state and what the actor may do."""
    now = state(it.record.meeting_line, request.today)
    return {"meeting": it, "state": now, "tone": STATE_TONES[now], "may": powers(request.actor, it, now)}


def powers(actor: Actor, it: Meeting, now: str) -> dict[str, bool]:
    """What the actor may do to the meeting as it stands."""
    may = {each.name.lower(): allowed(actor, each, it.record) for each in BoardPermission}
    to_come = now in (*TO_COME, "To be minuted")
    return may | {
        "build": may["plan"] and to_come,
        "order": may["plan"] and to_come and it.issued_on is None,
        "send": may["issue"] and to_come and it.issued_on is None,
        "sit": may["minute"] and now != "Called off",
    }
