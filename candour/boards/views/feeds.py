"""Calendar feeds: one's own addresses, and what a calendar reads behind one."""

from contextlib import suppress

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.boards import commands
from candour.boards.access import BoardPermission
from candour.boards.models import Board, Feed, visible_boards
from candour.boards.queries import boards_seen
from candour.boards.queries.feeds import calendar_of, feed_of, feeds_of, meetings_in, token_of
from candour.kernel.access import Forbidden
from candour.kernel.access.queries import actor_for
from candour.kernel.limits import place
from candour.kernel.limits.counting import need
from candour.kernel.web.page import ANYONE, UNCOUNTED, Request, page


@page(BoardPermission.SEE, methods=("GET", "POST"))
def calendar(request: Request) -> HttpResponse:
    """One's own feeds: of the boards on which one's posts sit, and of each board. POST makes an address, or ends one."""
    boards = {board.pk: board for board in boards_seen(request.actor)}
    if request.method == "POST":
        chosen = request.POST.get("board", "")
        board = boards.get(int(chosen)) if chosen.isdecimal() and len(chosen) < 16 else None
        if chosen and board is None:
            raise Http404
        standing = feeds_of(request.actor.id).get(board.pk if board else None)
        if request.POST.get("end") and standing is not None:
            commands.end_feed(standing, actor=request.actor, at=request.now)
            messages.success(request, "The address opens no more")
        elif not request.POST.get("end"):
            with suppress(Forbidden):
                commands.make_feed(board=board, actor=request.actor, at=request.now)
                messages.success(
                    request, "The address is made. Whoever has it can read the calendar: keep it to yourself"
                )
        return redirect("calendar")
    feeds = feeds_of(request.actor.id)
    rows = [(None, feeds.get(None)), *((board, feeds.get(board.pk)) for board in boards.values())]
    context = {"rows": [(board, feed, address_of(feed) if feed else "") for board, feed in rows]}
    return render(request, "boards/calendar.html", context)


@page(ANYONE, limit=UNCOUNTED)
def feed(request: Request, token: str) -> HttpResponse:
    """The calendar behind an address, as its person may see it today."""
    try:
        found = feed_of(token)
    except Feed.DoesNotExist:
        need("guesses", f"address {place.address_of(request)}", at=request.now)
        raise Http404 from None
    actor = actor_for(found.person, request.today)
    own = Board.objects.filter(pk=found.board_id or 0)
    seen = own.filter(visible_boards(actor)).first()  # it may be closed as a whole since
    name = seen.name if seen else "Boards"
    rows = meetings_in(found, actor=actor, today=request.today)
    response = HttpResponse(
        calendar_of(rows, name=name, site=settings.SITE), content_type="text/calendar; charset=utf-8"
    )
    response.headers["Content-Disposition"] = 'inline; filename="candour.ics"'
    response.headers["Cache-Control"] = "private, max-age=900"
    return response


def address_of(found: Feed) -> str:
    """The whole address of a feed, as a calendar wants it."""
    return f"{settings.SITE}{reverse('calendar-feed', args=[token_of(found.seed)])}"
