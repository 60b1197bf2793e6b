"""The page of a meeting: its agenda in an open and a closed part, its papers, and what is due."""

from collections import Counter
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from candour.boards.access import BoardPermission
from candour.boards.models import Meeting
from candour.boards.queries.agenda import Agenda, agenda_of
from candour.boards.queries.due import offers_at
from candour.boards.rules.agenda import later
from candour.boards.rules.states import STATE_TONES, TO_COME, state
from candour.boards.views.frame import PAPER_TONES, board_address, meeting_address, meeting_found
from candour.kernel.access import Actor, allowed
from candour.kernel.calendar import say_date
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.pages import marking_of
from candour.kernel.records.registers import registers
from candour.kernel.web.page import Request, page


@page(BoardPermission.SEE)
def meeting(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = meeting_found(request, organisation, reference)
    agenda = agenda_of(it, actor=request.actor, today=request.today)
    context = frame(request, it)
    taken = [row.standing for row in agenda.rows if row.standing]
    build = context["may"]["build"]
    offered = offers_at(it, taken=taken, actor=request.actor, today=request.today) if build else None
    context |= timed(it, agenda) | {
        "here": "agenda",
        "agenda": agenda,
        "papers_in": papers_in(agenda),
        "offers": offered,
        "send_at": meeting_address(it, "meeting-send"),
        "registers": registers_at(request, it),
        "marking": marking_of(
            [it.record.sensitivity, *("restricted" if row.closed else "office" for row in agenda.rows)]
        ),
    }
    return render(request, "boards/meeting.html", context)


def registers_at(request: Request, it: Any) -> list[tuple[str, str, str]]:
    """The registers as this meeting sees them: (label, address as at its day, address of what changed since the last one).

    Of a meeting to come the day is today. The last address is "" for a board's first meeting, and where none has passed.
    """
    day = min(it.held_on, request.today)
    since = it.last_met if it.last_met and it.last_met < day else None
    return [
        (each.label, each.at(day), each.changes(since, day) if since else "")
        for each in registers()
        if request.actor.holds(each.permission)
    ]


def frame(request: Request, it: Meeting) -> dict[str, Any]:
    """What every page of a meeting says of it: its state, where it stands, and what the actor may do."""
    now = state(it.record.meeting_line, request.today)
    return {
        "meeting": it,
        "code": it.record.organisation.code,
        "reference": it.record.reference,
        "here_day": say_date(it.held_on),
        "board_at": board_address(it.board),
        "state": now,
        "tone": STATE_TONES[now],
        "may": powers(request.actor, it, now),
    }


def powers(actor: Actor, it: Meeting, now: str) -> dict[str, bool]:
    """What the actor may do to the meeting as it stands."""
    may = {each.name.lower(): allowed(actor, each, it.record) for each in BoardPermission}
    to_come = now in (*TO_COME, "To be minuted")
    return may | {
        "build": may["plan"] and to_come,
        "closed": allowed(actor, RecordPermission.SEE_RESTRICTED, it.record),
        "order": may["plan"] and to_come and it.issued_on is None,
        "send": may["issue"] and to_come and it.issued_on is None,
        "sit": may["minute"] and now != "Called off",
    }


def papers_in(agenda: Agenda) -> list[tuple[str, int, str]]:
    """How many items have their paper, as (word, count, tone), most pressing last; words that none has are left out."""
    counts = Counter(row.paper_state for row in agenda.rows)
    return [(word, counts[word], tone) for word, tone in PAPER_TONES.items() if counts[word]]


def timed(it: Meeting, agenda: Agenda) -> dict[str, Any]:
    """The minutes of each part, beside those that were planned."""
    first = sum(row.minutes for row in agenda.open_part)
    second = sum(row.minutes for row in agenda.closed_part)
    return {
        "open_minutes": first,
        "closed_minutes": second,
        "over": max(0, first + second - it.lasts),
        "pre_begins": later(it.starts_at, -it.board.pre_minutes),
    }
