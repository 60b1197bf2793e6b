"""A measure among bodies like it; and the groups of bodies that are compared, with who is in them from when."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.kernel.access import allowed
from candour.kernel.history.queries import entries_of, events
from candour.kernel.intake.access import IntakePermission
from candour.kernel.records import changing
from candour.kernel.records.changing import Do, Verb, by
from candour.kernel.records.forms import VerbForm
from candour.kernel.records.models import Record
from candour.kernel.records.pages import carried_out, marking_of
from candour.kernel.records.queries import bodies
from candour.kernel.web.asat import Choice, as_at_of, kept_with_day
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import query_string
from candour.performance import commands, rules
from candour.performance.access import PerformancePermission
from candour.performance.forms import ChangeGroupForm, CompareFilters, JoinGroupForm, LeaveGroupForm, SetUpGroupForm
from candour.performance.models import Group, Member
from candour.performance.papers.standing import HEADS, standing_chart, standing_words, table_row
from candour.performance.queries import (
    Whole,
    compared,
    compares,
    figures_then,
    group_of,
    groups_on,
    groups_seen,
    in_full,
    peer_periods,
)
from candour.performance.views.frame import address, found
from candour.performance.views.words import Told, told

BOTH = ("GET", "POST")
MANAGE = PerformancePermission.MANAGE


@page(PerformancePermission.SEE, kept=True)
def compare(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Where a measure stands among the bodies of a group, for a period."""
    it, as_at = found(request, organisation, reference), as_at_of(request)
    day = as_at.day or request.today
    whole = in_full(it, actor=request.actor, today=day, as_at=as_at.day)
    context: dict[str, Any] = {
        "measure": it,
        "as_at": as_at,
        "day": day,
        "keep": kept_with_day(request),
        "back": query_string(request.GET, as_at=None),
        "home": address(it) + as_at.query,
        "past": as_at.query,
        "marking": marking_of([it.record.sensitivity]),
    }
    if whole is None:
        return render(request, "performance/record_not_then.html", context)
    groups = groups_on(compares(it), as_at=as_at.day)
    periods = peer_periods(it.pk, as_at=as_at.day) if groups else []
    named = [(each, whole.row.say_period(each)) for each in periods]
    filters = CompareFilters(request.GET, groups=[(each.pk, each.name) for each in groups], periods=named)
    problems = [*as_at.problems, *filters.problems]
    context |= {
        "row": whole.row,
        "groups": groups,
        "periods": periods,
        "filters": filters,
        "problems": problems,
        "has_errors": bool(problems),
        "may_manage": allowed(request.actor, MANAGE, it.record),
        "may_load": allowed(request.actor, IntakePermission.READ_IN, it.record),
    }
    if periods and not problems:
        context |= _compared(request, whole, groups, periods, filters)
    return render(request, "performance/compare.html", context)


def _compared(request: Request, whole: Whole, groups: Any, periods: Any, filters: CompareFilters) -> dict[str, Any]:
    number, period = filters.chosen()
    group = next((each for each in groups if each.pk == number), groups[0])
    period, as_at = period or periods[0], as_at_of(request).day
    it = compared(whole, group, figures_then(whole.row.pk, period), period=period, as_at=as_at)
    return {
        "group": group,
        "compared": it,
        "period": whole.row.say_period(period),
        "words": standing_words(whole.row, it),
        "chart": standing_chart(whole.row, it, key="standing"),
        "heads": HEADS,
        "rows": [(table_row(whole.row, it, one), one.peer.own) for one in it.ranked],
        "better": rules.BETTER[whole.row.line.better].lower(),
    }


@page(PerformancePermission.SEE)
def groups(request: Request) -> HttpResponse:
    """Every group with who is in it, and who was."""
    bodies_of = {each.pk: each.organisation for each in groups_seen(request.actor)}
    rows = [
        {
            "group": each,
            "body": bodies_of[each.pk],
            "now": each.on(request.today),
            "members": each.members,
            "may": allowed(request.actor, MANAGE, Record(organisation=bodies_of[each.pk])),
        }
        for each in groups_on(groups_seen(request.actor))
    ]
    many = len({each.pk for each in bodies_of.values()}) > 1
    context = {"rows": rows, "may_manage": allowed(request.actor, MANAGE), "many": many}
    return render(request, "performance/groups.html", context)


@page(MANAGE, methods=BOTH)
def set_up_group(request: Request) -> HttpResponse:
    """A new group of the body of ?body=, the actor's own unless it says otherwise."""
    may = bodies(request.actor, MANAGE)
    body = next((each for each in may if each.code == request.GET.get("body")), may[0])
    switch = [Choice(each.short_name, query_string(request.GET, body=each.code), each == body) for each in may]
    form = SetUpGroupForm(request.POST if request.method == "POST" else None, today=request.today)

    def act() -> None:
        given = form.cleaned_data
        named = {name: given[name] for name in ("name", "own", "source", "joined")}
        commands.set_up_group(organisation=body, bodies=given["bodies"].splitlines(), **named, **by(request, form))

    if request.method == "POST" and form.is_valid() and carried_out(form, act):
        messages.success(request, "The group is set up. Figures of its bodies can be loaded now")
        return redirect("measure-groups")
    context = {"form": form, "body": body, "switch": switch if len(may) > 1 else []}
    return render(request, "performance/group_set_up.html", context, status=422 if form.errors else 200)


@page(MANAGE, methods=BOTH)
def change_group(request: Request, number: int) -> HttpResponse:
    it = _group(request, number)
    start = {name: getattr(it, name) for name in ("name", "own", "source")}
    form = ChangeGroupForm(**changing.opened(request, it, MANAGE), initial=start)
    verb = _verb(
        it, "Change what a group is called", "Save the group", ("Who is in it stays.",), f"{it.name} is changed"
    )
    names = ("name", "own", "source")
    return _change(
        request, it, verb, form, lambda given, said: commands.change_group(it, **{n: given[n] for n in names}, **said)
    )


@page(MANAGE, methods=BOTH)
def join_group(request: Request, number: int) -> HttpResponse:
    it = _group(request, number)
    form = JoinGroupForm(**changing.opened(request, it, MANAGE), initial={"joined": request.today})
    verb = _verb(
        it,
        "Add a body to a group",
        "Add the body",
        (
            "It is compared in periods that end on its first day in the group, or later.",
            "Earlier periods stay as they are.",
        ),
        f"{it.name} has one body more",
    )
    return _change(
        request, it, verb, form,
        lambda given, said: commands.join_group(it, body=given["body"], joined=given["joined"], **said),
    )  # fmt: skip


@page(MANAGE, methods=BOTH)
def leave_group(request: Request, number: int) -> HttpResponse:
    it = _group(request, number)
    begun = changing.opened(request, it, MANAGE)
    inside = list(Member.objects.filter(group=it, left=None).select_related("group").order_by("body"))
    form = LeaveGroupForm(**begun, initial={"left": request.today}, members=[(each.pk, each.body) for each in inside])
    verb = _verb(
        it,
        "Take a body out of a group",
        "Take it out",
        ("Periods that ended before that day keep it.", "Its figures stay."),
        f"{it.name} has one body fewer",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        one = next(each for each in inside if str(each.pk) == given["which"])
        commands.leave_group(one, left=given["left"], **said)

    return _change(request, it, verb, form, do)


def _group(request: Request, number: int) -> Group:
    try:
        return group_of(request.actor, number)
    except Group.DoesNotExist:
        raise Http404 from None


def _verb(it: Group, title: str, submit: str, saving: tuple[str, ...], done: str) -> Verb:
    home = reverse("measure-groups")
    return Verb(title, submit, saving, done, home, kicker=it.name, called="this group")


def _change(request: Request, it: Group, verb: Verb, form: VerbForm, do: Do) -> HttpResponse:
    def news(seen: int) -> list[Told]:
        return [told(event) for event in events(list(entries_of(it).filter(sequence__gt=seen)))]

    return changing.change(request, it, verb, form, do, news=news)
