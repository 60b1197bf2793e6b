"""Pages that set a board up, change it and end it; its seats and its terms of reference."""

import difflib
import re
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from candour.boards import commands
from candour.boards.access import BoardPermission
from candour.boards.forms.setting_up import BoardForm, EndBoardForm, EndForm, SeatForm, SightForm, TermsForm
from candour.boards.models import Board, Seat, visible_boards
from candour.boards.views.changing import Verb, change, opened
from candour.boards.views.frame import board_address, board_found
from candour.kernel.access import Actor, require
from candour.kernel.people.models import Organisation, Post
from candour.kernel.people.queries import posts_of
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.forms import as_choices, post_named
from candour.kernel.records.models import Record
from candour.kernel.records.pages import marking_of
from candour.kernel.web.page import Request, page

BOTH = ("GET", "POST")
FACTS: tuple[str, ...] = ("name", "remit", "reports", "months", "starts_at", "lasts", "venue", "quorum", "in_public")
FACTS += ("papers_days", "notice_days", "pre_meeting", "pre_minutes")


@page(BoardPermission.SET_UP, methods=BOTH)
def set_up(request: Request) -> HttpResponse:
    """A new board of the actor's own body."""
    body = Organisation.objects.filter(pk=request.actor.organisation or 0).first()
    if body is None:
        raise Http404
    posts, boards = posts_of(body.pk), boards_of(body.pk, request.actor)
    start = {"months": 3, "lasts": 120, "quorum": 3, "papers_days": 8, "notice_days": 5, "starts_at": "14:00"}
    form = BoardForm(
        **opened(request, body, BoardPermission.SET_UP, Record(organisation=body)),
        posts=as_choices(posts),
        boards=[(board.pk, board.name) for board in boards],
        changing=False,
        initial=start,
    )
    saving = ("It stands in the list of boards.", "Seats, terms of reference and standing items are added on its page.")
    verb = Verb("Set up a board", "Set up the board", saving, "The board is set up", "/boards/", kicker=body.name)

    def do(given: dict[str, Any], said: dict[str, Any]) -> str:
        facts = form.facts(post_named(posts, given["secretary"]), _board_named(boards, given["parent"]))
        return board_address(commands.set_up_board(facts, organisation=body, code=given["code"], **said))

    return change(request, body, verb, form, do)


@page(BoardPermission.SET_UP, methods=BOTH)
def change_board(request: Request, organisation: str, code: str) -> HttpResponse:
    it = board_found(request, organisation, code)
    posts = posts_of(it.organisation_id, it.secretary)
    boards = [board for board in boards_of(it.organisation_id, request.actor) if board.pk != it.pk]
    hidden = it.parent if it.parent_id not in {board.pk for board in boards} else None
    start = {name: getattr(it, name) for name in FACTS}
    form = BoardForm(
        **opened(request, it, BoardPermission.SET_UP),
        posts=as_choices(posts),
        boards=[(board.pk, board.name) for board in boards],
        changing=True,
        initial=start | {"secretary": it.secretary_id, "parent": it.parent_id},
    )
    saving = ("It reads so from today.", "Meetings that are planned keep their time and place.")
    verb = verb_of(it, "Change the board", "Save the board", saving, "The board is changed")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        parent = _board_named(boards, given["parent"]) or hidden  # one that may not be seen here stays
        commands.change_board(it, form.facts(post_named(posts, given["secretary"]), parent), **said)

    return change(request, it, verb, form, do)


@page(BoardPermission.SET_UP, methods=BOTH)
def set_sight(request: Request, organisation: str, code: str) -> HttpResponse:
    """The board is closed as a whole, or others may know of it again."""
    it = board_found(request, organisation, code)
    require(request.actor, RecordPermission.SEE_RESTRICTED, it)
    form = SightForm(**opened(request, it, BoardPermission.SET_UP), initial={"ground": it.ground})
    saving = (
        "Closed as a whole, the board and all its meetings, minutes, decisions and actions, past ones too, do not exist "
        "for those who may not see restricted records.",
        "What it decides in a register is told there as decided by a closed meeting.",
        "Opened again, what was closed stays closed. Meetings planned from then on have an open part.",
    )
    verb = verb_of(it, "Say who may know of the board", "Save who may know of it", saving, "It is saved")
    return change(
        request,
        it,
        verb,
        form,
        lambda given, said: commands.set_sight(it, ground=given["ground"], **said) and None,
    )


@page(BoardPermission.SET_UP, methods=BOTH)
def end_board(request: Request, organisation: str, code: str) -> HttpResponse:
    it = board_found(request, organisation, code)
    form = EndBoardForm(**opened(request, it, BoardPermission.SET_UP), initial={"effective": request.today})
    saving = (
        "It leaves the list of boards. Its page, meetings and decisions stay.",
        "No meeting can be planned any more.",
    )
    verb = verb_of(it, "End the board", "End it", saving, "The board has ended")
    return change(
        request,
        it,
        verb,
        form,
        lambda given, said: commands.end_board(it, effective=given["effective"], **said) and None,
    )


@page(BoardPermission.SET_UP, methods=BOTH)
def give_seat(request: Request, organisation: str, code: str) -> HttpResponse:
    """Any post of any body may have a seat: a board joins the office and the force."""
    it = board_found(request, organisation, code)
    posts = seatable(it)
    form = SeatForm(
        **opened(request, it, BoardPermission.SET_UP),
        posts=[(post.pk, f"{post.title}, {post.organisation.short_name}") for post in posts],
        giving=True,
        initial={"starts": request.today, "role": "member"},
    )
    saving = ("Who holds the post sits on the board.", "Its substitute counts in its place towards the quorum.")
    verb = verb_of(it, "Give a seat", "Give the seat", saving, "The seat is given")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        post = post_named(posts, given["post"])
        if post is None:
            raise Http404
        substitute = post_named(posts, given["substitute"])
        commands.give_seat(it, post=post, role=given["role"], starts=given["starts"], substitute=substitute, **said)

    return change(request, it, verb, form, do)


@page(BoardPermission.SET_UP, methods=BOTH)
def change_seat(request: Request, number: int) -> HttpResponse:
    seat = seat_found(request, number)
    posts = seatable(seat.board)
    form = SeatForm(
        **opened(request, seat.board, BoardPermission.SET_UP),
        posts=[(post.pk, f"{post.title}, {post.organisation.short_name}") for post in posts],
        giving=False,
        initial={"role": seat.role, "substitute": seat.substitute_id},
    )
    saving = ("It holds from today. Meetings that were held keep what stood.",)
    verb = verb_of(seat.board, f"Change the seat of {seat.post.title}", "Save the seat", saving, "The seat is changed")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.change_seat(seat, role=given["role"], substitute=post_named(posts, given["substitute"]), **said)

    return change(request, seat.board, verb, form, do)


@page(BoardPermission.SET_UP, methods=BOTH)
def end_seat(request: Request, number: int) -> HttpResponse:
    seat = seat_found(request, number)
    form = EndForm(**opened(request, seat.board, BoardPermission.SET_UP), initial={"ends": request.today})
    saving = ("The post sits on the board until the end of that day.",)
    verb = verb_of(seat.board, f"End the seat of {seat.post.title}", "End the seat", saving, "The seat has ended")
    return change(
        request,
        seat.board,
        verb,
        form,
        lambda given, said: commands.end_seat(seat, ends=given["ends"], **said) and None,
    )


@page(BoardPermission.SET_UP, methods=BOTH)
def agree_terms(request: Request, organisation: str, code: str) -> HttpResponse:
    it = board_found(request, organisation, code)
    last = it.terms.order_by("-version").first()
    form = TermsForm(
        **opened(request, it, BoardPermission.SET_UP),
        initial={"text": last.text if last else "", "agreed_on": request.today},
    )
    saving = (
        "It is the next version, from the day it was agreed.",
        "Earlier versions stay, with what changed between them.",
    )
    verb = verb_of(it, "Enter new terms of reference", "Save the version", saving, "The terms of reference are saved")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        words = {name: given[name] for name in ("text", "agreed_by", "agreed_on", "review_on")}
        commands.agree_terms(it, **words, **said)

    return change(request, it, verb, form, do)


@dataclass(frozen=True)
class Version:
    """A version of terms of reference. words: against the one before it, as ("same" | "added" | "gone", text)."""

    version: int
    text: str
    agreed_by: str
    agreed_on: Any
    review_on: Any
    words: tuple[tuple[str, str], ...] = ()
    before: int = 0


@page(BoardPermission.SEE)
def terms(request: Request, organisation: str, code: str) -> HttpResponse:
    """Every version of the terms of reference, newest first, each with what changed."""
    it = board_found(request, organisation, code)
    rows = list(it.terms.order_by("version"))
    versions = []
    for place, row in enumerate(rows):
        words = differences(rows[place - 1].text, row.text) if place else ()
        before = rows[place - 1].version if place else 0
        versions.append(Version(row.version, row.text, row.agreed_by, row.agreed_on, row.review_on, words, before))
    context = {"board": it, "board_at": board_address(it), "versions": versions[::-1]}
    return render(request, "boards/terms.html", context)


def differences(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """Two texts word by word, as ("same" | "added" | "gone", text) in the order of the new one."""
    one, two = re.findall(r"\s+|[^\s]+", old), re.findall(r"\s+|[^\s]+", new)
    found: list[tuple[str, str]] = []
    for kind, first, last, start, end in difflib.SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("same", "".join(one[first:last])))
            continue
        found += [("gone", "".join(one[first:last]))] if last > first else []
        found += [("added", "".join(two[start:end]))] if end > start else []
    return tuple(found)


def seat_found(request: Request, number: int) -> Seat:
    """A seat that has not ended, of a board the actor may see. Raises Http404."""
    rows = Seat.objects.filter(visible_boards(request.actor, "board__"), pk=number, ends=None)
    seat = rows.select_related("board__organisation", "post", "substitute").first()
    if seat is None:
        raise Http404
    return seat


def seatable(board: Board) -> list[Post]:
    """The posts that may have a seat: those of the office and the force that have not ended. One query."""
    rows = Post.objects.filter(ended=None, organisation__kind__in=("office", "force")).select_related("organisation")
    return sorted(rows, key=lambda post: (post.organisation_id != board.organisation_id, post.title))


def boards_of(organisation: int, actor: Actor) -> list[Board]:
    """The boards of a body that an actor may see and that have not ended, by name. One query."""
    rows = Board.objects.filter(visible_boards(actor), organisation=organisation, ended_on=None)
    return list(rows.order_by("name"))


def verb_of(it: Board, title: str, submit: str, saving: tuple[str, ...], done: str) -> Verb:
    """A page of one change to a board."""
    home, marking = board_address(it), marking_of(["restricted" if it.ground else "office"])
    return Verb(title, submit, saving, done, home, kicker=it.name, trail=((it.name, home),), marking=marking)


def _board_named(boards: list[Board], number: str) -> Board | None:
    return next((board for board in boards if str(board.pk) == number), None)
