"""Pages of the forward plan: the year's grid, what is moved in it, and a year of meetings planned at once."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from candour.boards import commands
from candour.boards.access import BoardPermission
from candour.boards.forms.forward import OnceForm, RhythmForm, YearForm
from candour.boards.models import Board, Meeting, Planned, StandingItem, visible_standing
from candour.boards.queries.boards import meetings_seen
from candour.boards.queries.forward import forward_plan
from candour.boards.rules.states import TO_COME, state
from candour.boards.rules.year import Day, days_of
from candour.boards.views.changing import change, opened
from candour.boards.views.frame import board_address, board_found
from candour.boards.views.setting_up import verb_of
from candour.kernel.access import allowed, require
from candour.kernel.calendar import add_months, financial_year, say_date
from candour.kernel.people.queries import posts_of
from candour.kernel.records.forms import as_choices, post_named
from candour.kernel.rules import Refused
from candour.kernel.web.asat import Choice
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import query_string

BOTH = ("GET", "POST")


@page(BoardPermission.SEE)
def forward(request: Request, organisation: str, code: str) -> HttpResponse:
    """What comes to which meeting of a financial year: ?year=2026/27, this one unless it says otherwise."""
    it = board_found(request, organisation, code)
    this = financial_year(request.today)
    years = [financial_year(add_months(request.today, 12 * step)) for step in (-1, 0, 1)]
    year = request.GET.get("year", this)
    if year not in years:
        raise Http404
    plan = forward_plan(it, year, actor=request.actor, today=request.today)
    context = {
        "board": it,
        "board_at": board_address(it),
        "plan": plan,
        "years": [Choice(each, query_string(request.GET, year=each), each == year) for each in years],
        "may_plan": allowed(request.actor, BoardPermission.PLAN, it) and it.ended_on is None,
    }
    return render(request, "boards/forward.html", context)


@page(BoardPermission.PLAN, methods=("POST",))
def move(request: Request, organisation: str, code: str) -> HttpResponse:
    """An item of the plan goes from one meeting to another: standing or planned, away and to, as numbers; "" for none."""
    it = board_found(request, organisation, code)
    require(request.actor, BoardPermission.PLAN, it)
    said = {"actor": request.actor, "at": request.now}
    try:
        _moved(request, it, said)
    except Refused as refused:
        messages.error(request, refused.message)
    # Back to the row that was moved, so that the next key goes on from there.
    rows = [f"#{name}-{given}" for name in ("standing", "planned") if (given := request.POST.get(name, "")).isdecimal()]
    return redirect(f"{board_address(it, 'board-forward')}{query_string(request.GET)}{''.join(rows[:1])}")


def _moved(request: Request, it: Board, said: dict[str, Any]) -> None:
    away, to = (_meeting(request, it, request.POST.get(name, "")) for name in ("away", "to"))
    if to is None and request.POST.get("to"):
        raise Refused("meeting", "Choose a meeting of this board")
    standing = _row(
        StandingItem.objects.filter(visible_standing(request.actor), board=it), request.POST.get("standing", "")
    )
    if standing is not None and (away or to):
        commands.move_standing(standing, away=away, to=to, **said)
        return
    once = Planned.objects.filter(board=it, standing=None, dropped_on=None).select_related("board")
    planned = _row(once, request.POST.get("planned", ""))
    if planned is not None:
        commands.move_once(planned, to=to, **said)


def _row(rows: Any, number: str) -> Any:
    return rows.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 16 else None


def _meeting(request: Request, it: Board, number: str) -> Meeting | None:
    found: Meeting | None = _row(meetings_seen(request.actor).filter(board=it), number)
    return found


@page(BoardPermission.PLAN, methods=BOTH)
def plan_once(request: Request, organisation: str, code: str) -> HttpResponse:
    """Something that comes to the board once."""
    it = board_found(request, organisation, code)
    posts = posts_of(it.organisation_id)
    meetings = {
        str(row.pk): row
        for row in meetings_seen(request.actor).filter(board=it)
        if state(row.record.meeting_line, request.today) in TO_COME
    }
    form = OnceForm(
        **opened(request, it, BoardPermission.PLAN),
        posts=as_choices(posts),
        meetings=[(number, say_date(row.held_on)) for number, row in meetings.items()],
        initial={"minutes": 10},
    )
    saving = ("It stands in the forward plan, and is offered to the secretary for that meeting’s agenda.",)
    verb = verb_of(it, "Plan something that comes once", "Put it in the plan", saving, "It is in the forward plan")

    def do(given: dict[str, Any], said: dict[str, Any]) -> str:
        meeting = meetings[given["meeting"]]
        words = {name: given[name] for name in ("title", "minutes")}
        commands.plan_once(it, meeting=meeting, lead=post_named(posts, given["lead"]), **words, **said)
        return f"{board_address(it, 'board-forward')}?year={financial_year(meeting.held_on)}"

    return change(request, it, verb, form, do)


@page(BoardPermission.PLAN, methods=BOTH)
def plan_year(request: Request, organisation: str, code: str) -> HttpResponse:
    """A rhythm gives the days; each can be changed; then all are planned at once."""
    it = board_found(request, organisation, code)
    last = meetings_seen(request.actor).filter(board=it, called_off_on=None).order_by("-held_on").first()
    rhythm = RhythmForm(
        request.GET if "start" in request.GET else None, initial=_usual(it, last, request.today), today=request.today
    )
    proposed: tuple[Day, ...] = ()
    if rhythm.is_bound and rhythm.is_valid():
        given = rhythm.cleaned_data
        with suppress(ValueError):  # a year beyond what the calendar knows
            proposed = days_of(
                given["start"],
                count=given["count"],
                months=given["months"],
                nth=int(given["nth"]),
                weekday=int(given["weekday"]),
            )
    form = YearForm(
        **opened(request, it, BoardPermission.PLAN),
        initial={"days": "\n".join(say_date(day.held_on) for day in proposed)},
    )
    saving = (
        "Every day is planned at the board’s usual time and place, or none is.",
        "A day on which the board meets is refused.",
    )
    verb = verb_of(it, "Plan a year of meetings", "Plan these days", saving, "The meetings are planned")
    verb = replace(verb, template="boards/plan_year.html")
    verb.more.update(
        rhythm=rhythm, proposed=[day for day in proposed if day.note], shown=bool(proposed) or form.is_bound
    )
    return change(request, it, verb, form, lambda given, said: commands.plan_year(it, given["days"], **said) and None)


def _usual(it: Board, last: Meeting | None, today: date) -> dict[str, Any]:
    """What a year begins with: after the last meeting, as often as the board meets, on the weekday of its last one."""
    months = it.months or 3
    start = add_months(last.held_on, months) if last and last.held_on >= today else add_months(today, 1)
    usual = last.held_on if last else today
    return {
        "start": say_date(start.replace(day=1)),
        "count": max(1, 12 // months),
        "months": months,
        "nth": min(5, (usual.day - 1) // 7 + 1),
        "weekday": min(usual.weekday(), 4),
    }
