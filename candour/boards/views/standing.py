"""Pages of what comes to a board again and again, of planned meetings, and of the limits of who may decide what."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from candour.boards import commands
from candour.boards.access import BoardPermission
from candour.boards.forms.setting_up import (
    CallOffForm,
    EndForm,
    EndStandingForm,
    LimitForm,
    MeetingForm,
    StandingForm,
)
from candour.boards.models import Board, Limit, StandingItem, in_force, visible_boards, visible_standing
from candour.boards.views.agenda import verb_of as verb_of_meeting
from candour.boards.views.changing import Verb, change, opened
from candour.boards.views.frame import board_address, board_found, meeting_address, meeting_found
from candour.boards.views.setting_up import boards_of, verb_of
from candour.kernel.access import Actor, allowed, require
from candour.kernel.papers.kinds import paper_kinds
from candour.kernel.people.models import Organisation
from candour.kernel.people.queries import posts_of
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.forms import as_choices, post_named
from candour.kernel.records.models import Record
from candour.kernel.web.page import Request, page

BOTH = ("GET", "POST")


@page(BoardPermission.SET_UP, methods=BOTH)
def add_standing(request: Request, organisation: str, code: str) -> HttpResponse:
    it = board_found(request, organisation, code)
    posts = posts_of(it.organisation_id)
    form = StandingForm(
        **opened(request, it, BoardPermission.SET_UP),
        posts=as_choices(posts),
        papers=papers(),
        initial={"sort": "area", "wanted": "discuss", "minutes": 10, "every": 1},
    )
    saving = ("It is offered to the secretary at each meeting at which it is due.",)
    verb = verb_of(it, "Add a standing item", "Add the standing item", saving, "The standing item is added")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.add_standing(it, form.facts(post_named(posts, given["lead"])), **said)

    return change(request, it, verb, form, do)


@page(BoardPermission.SET_UP, methods=BOTH)
def change_standing(request: Request, number: int) -> HttpResponse:
    row = standing_found(request, number)
    posts = posts_of(row.board.organisation_id, row.lead)
    names = ("title", "sort", "minutes", "every", "month", "must_day", "must_month", "law", "paper", "closed", "ground")
    form = StandingForm(
        **opened(request, row.board, BoardPermission.SET_UP),
        posts=as_choices(posts),
        papers=papers(),
        initial={name: getattr(row, name) for name in names} | {"wanted": row.purpose, "lead": row.lead_id},
    )
    saving = ("It is offered so from now on.", "Agendas that have taken it up keep theirs as it was.")
    verb = verb_of(row.board, "Change a standing item", "Save the item", saving, "The standing item is changed")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.change_standing(row, form.facts(post_named(posts, given["lead"])), **said)

    return change(request, row.board, verb, form, do)


@page(BoardPermission.SET_UP, methods=("POST",))
def place_standing(request: Request, number: int) -> HttpResponse:
    """A standing item goes up or down, to a place from 0: ?to=."""
    row = standing_found(request, number)
    require(request.actor, BoardPermission.SET_UP, row.board)
    to = request.POST.get("to", "")
    if to.isdecimal() and len(to) < 5:
        commands.place_standing(row, to=int(to), actor=request.actor, at=request.now)
    return redirect(f"{board_address(row.board)}#standing-{row.pk}")


@page(BoardPermission.SET_UP, methods=BOTH)
def end_standing(request: Request, number: int) -> HttpResponse:
    row = standing_found(request, number)
    form = EndStandingForm(**opened(request, row.board, BoardPermission.SET_UP))
    saving = (f"‘{row.title}’ is offered no more.", "Agendas that have taken it up keep it.")
    verb = verb_of(row.board, "End a standing item", "End it", saving, "The standing item has ended")
    return change(request, row.board, verb, form, lambda _, said: commands.end_standing(row, **said) and None)


@page(BoardPermission.PLAN, methods=BOTH)
def plan_meeting(request: Request, organisation: str, code: str) -> HttpResponse:
    it = board_found(request, organisation, code)
    form = MeetingForm(
        **opened(request, it, BoardPermission.PLAN),
        changing=False,
        may_close=allowed(request.actor, RecordPermission.SEE_RESTRICTED, it),
        whole=bool(it.ground),
        initial={"starts_at": it.starts_at, "lasts": it.lasts, "venue": it.venue, "ground": it.ground},
    )
    saving = ("It stands in the plan of the board, with the days for reports and for the agenda.",)
    verb = verb_of(it, "Plan a meeting", "Plan it", saving, "The meeting is planned")

    def do(given: dict[str, Any], said: dict[str, Any]) -> str:
        words = {name: given[name] for name in ("held_on", "starts_at", "lasts", "venue")}
        return meeting_address(commands.plan_meeting(it, ground=given.get("ground", ""), **words, **said))

    return change(request, it, verb, form, do)


@page(BoardPermission.PLAN, methods=BOTH)
def change_meeting(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Another time or place, or another day."""
    it = meeting_found(request, organisation, reference)
    start = {"held_on": it.held_on, "starts_at": it.starts_at, "lasts": it.lasts, "venue": it.venue}
    form = MeetingForm(**opened(request, it.record, BoardPermission.PLAN), changing=True, initial=start)
    saving = (
        "The days for reports and for the agenda follow the day of the meeting.",
        "The first day stays in its history.",
    )
    verb = verb_of_meeting(it, "Move or change the meeting", "Save the meeting", saving, "The meeting is changed")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        if given["held_on"] != it.held_on:
            commands.move_meeting(it, held_on=given["held_on"], **said)
        placed = (given["starts_at"], given["lasts"], given["venue"])
        if placed != (it.starts_at, it.lasts, it.venue):
            commands.change_meeting(it, starts_at=placed[0], lasts=placed[1], venue=placed[2], **said)

    return change(request, it.record, verb, form, do)


@page(BoardPermission.PLAN, methods=BOTH)
def call_off(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = meeting_found(request, organisation, reference)
    form = CallOffForm(**opened(request, it.record, BoardPermission.PLAN))
    saving = (
        "It stays in the plan, as called off, with your reason.",
        "What was on its agenda can be taken up elsewhere.",
    )
    verb = verb_of_meeting(it, "Call the meeting off", "Call it off", saving, "The meeting is called off")
    return change(request, it.record, verb, form, lambda _, said: commands.call_off(it, **said) and None)


@page(BoardPermission.SEE)
def limits(request: Request) -> HttpResponse:
    """The limits in force, and those to come, of the bodies one may see boards of."""
    bodies = Organisation.objects.filter(pk__in=request.actor.scope(BoardPermission.SEE))
    rows = seen_limits(request.actor).filter(in_force(request.today), organisation__in=bodies)
    rows = rows.select_related("organisation", "post", "board").order_by(
        "organisation__name", "what", "up_to", "starts", "pk"
    )
    may = allowed(request.actor, BoardPermission.SET_UP)
    return render(request, "boards/limits.html", {"rows": rows, "may_set_up": may})


@page(BoardPermission.SET_UP, methods=BOTH)
def set_limit(request: Request) -> HttpResponse:
    body = Organisation.objects.filter(pk=request.actor.organisation or 0).first()
    if body is None:
        raise Http404
    posts, boards = posts_of(body.pk), boards_of(body.pk, request.actor)
    form = LimitForm(
        **opened(request, body, BoardPermission.SET_UP, Record(organisation=body)),
        posts=as_choices(posts),
        boards=[(board.pk, board.name) for board in boards],
        initial={"starts": request.today},
    )
    saving = (
        "A decision above it is refused unless who may take it is named.",
        "What stood for the same ends the day before.",
    )
    verb = Verb("Set a limit", "Set the limit", saving, "The limit is set", "/boards/limits/", kicker=body.name)

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        board = next((each for each in boards if str(each.pk) == given["board"]), None)
        words = {name: given[name] for name in ("what", "up_to", "starts")}
        commands.set_limit(organisation=body, post=post_named(posts, given["post"]), board=board, **words, **said)

    return change(request, body, verb, form, do)


@page(BoardPermission.SET_UP, methods=BOTH)
def end_limit(request: Request, number: int) -> HttpResponse:
    bodies = request.actor.scope(BoardPermission.SET_UP)
    rows = seen_limits(request.actor).filter(pk=number, ends=None, organisation__in=bodies)
    limit = rows.select_related("organisation").first()
    if limit is None:
        raise Http404
    begun = opened(request, limit.organisation, BoardPermission.SET_UP, Record(organisation=limit.organisation))
    form = EndForm(**begun, initial={"ends": request.today})
    verb = Verb(
        "End a limit",
        "End it",
        ("It holds until the end of that day.",),
        "The limit has ended",
        "/boards/limits/",
        kicker=limit.what,
    )
    return change(
        request,
        limit.organisation,
        verb,
        form,
        lambda given, said: commands.end_limit(limit, ends=given["ends"], **said) and None,
    )


def seen_limits(actor: Actor) -> QuerySet[Limit]:
    """The limits of posts, and of boards that an actor may see."""
    return Limit.objects.filter(Q(board=None) | Q(board__in=Board.objects.filter(visible_boards(actor))))


def papers() -> list[tuple[str, str]]:
    """The papers that Candour writes."""
    return [(kind.name, kind.label) for kind in paper_kinds()]


def standing_found(request: Request, number: int) -> StandingItem:
    """A standing item that has not ended, as the actor may see it. Raises Http404."""
    seen = visible_standing(request.actor) & visible_boards(request.actor, "board__")
    rows = StandingItem.objects.filter(seen, pk=number, ended_on=None).select_related("board__organisation", "lead")
    row = rows.first()
    if row is None:
        raise Http404
    return row
