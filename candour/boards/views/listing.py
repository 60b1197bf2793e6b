"""The boards of the bodies one may see, and the page of one board."""

from django.http import HttpResponse
from django.shortcuts import render

from candour.boards.access import BoardPermission
from candour.boards.queries.boards import board_in_full, boards_listed, meeting_row, meetings_over
from candour.boards.queries.packs import shared_with_board
from candour.boards.views.frame import board_found
from candour.boards.views.packs import shared_rows
from candour.kernel.access import allowed
from candour.kernel.actions.access import ActionPermission
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.pages import marking_of
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page

SIZE = 12  # meetings that are over on a page: two years of most boards


@page(BoardPermission.SEE)
def boards(request: Request) -> HttpResponse:
    """Every board with its last and its next meeting."""
    rows = boards_listed(actor=request.actor, today=request.today)
    may = {
        "may_set_up": allowed(request.actor, BoardPermission.SET_UP),
        "may_see_actions": allowed(request.actor, ActionPermission.SEE),
    }
    marking = marking_of("restricted" if row.closed else "office" for row in rows)
    return render(request, "boards/list.html", {"rows": rows, "marking": marking} | may)


@page(BoardPermission.SEE)
def board(request: Request, organisation: str, code: str) -> HttpResponse:
    """What a board is for, who sits on it, what comes to it, and its meetings."""
    it = board_found(request, organisation, code)
    may = {each.name.lower(): allowed(request.actor, each, it) for each in BoardPermission}
    shown = board_in_full(it, actor=request.actor, today=request.today)
    over = meetings_over(it, actor=request.actor)
    listed = Page.read(request.GET, count=over.count(), size=SIZE)
    context = {
        "board": it,
        "shown": shown,
        "past": [meeting_row(row, request.today) for row in listed.of(over)],
        "page": listed,
        "may": may,
        "code": it.organisation.code,
        "going": it.ended_on is None,
        "shared": shared_rows(shared_with_board(it, actor=request.actor)),
        "may_close": allowed(request.actor, RecordPermission.SEE_RESTRICTED, it),
        "marking": marking_of(["restricted" if it.ground else "office"]),
    }
    return render(request, "boards/board.html", context)
