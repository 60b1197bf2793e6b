"""Pages by which a budget is opened, and a scheme, a project or a collaboration is entered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.finance import commands
from candour.finance.access import FinancePermission
from candour.finance.forms import AddSchemeForm, BeginForm, EnterForm, OpenBudgetForm
from candour.finance.views.frame import address
from candour.kernel.people.models import Organisation
from candour.kernel.people.queries import posts_of
from candour.kernel.records.changing import by
from candour.kernel.records.forms import as_choices, post_named
from candour.kernel.records.pages import carried_out
from candour.kernel.records.queries import bodies
from candour.kernel.web.asat import Choice
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import query_string

BOTH = ("GET", "POST")
MANAGE = FinancePermission.MANAGE


@dataclass(frozen=True)
class Making:
    """A page that makes a record: its words, its form, and the command. trail: (address name, words) above it."""

    title: str
    submit: str
    saving: tuple[str, ...]
    done: str
    trail: tuple[str, str]
    form: type[Any]
    do: Callable[[Organisation, dict[str, Any], dict[str, Any]], Any]


@page(MANAGE, methods=BOTH)
def open_budget(request: Request) -> HttpResponse:
    saving = (
        "Its figures can be loaded from the workbook of a month.",
        "A body has one budget a year. The last one stays, with every position that was loaded.",
    )
    return _make(
        request,
        Making(
            "Open the budget of a year", "Open the budget", saving, "is open. Its figures can be loaded now",
            ("finance", "Finance"), OpenBudgetForm,
            lambda body, given, said: commands.open_budget(
                organisation=body, **given | {"year": date.fromisoformat(given["year"])}, **said
            ),
        ),
    )  # fmt: skip


@page(MANAGE, methods=BOTH)
def add_scheme(request: Request) -> HttpResponse:
    saving = (
        "Its figures are loaded from a workbook that names its reference or its title.",
        "Its owner rates it with the words of the body’s scale.",
        "Its totals, what slips and whether its funding adds up are worked out, never typed.",
    )
    sort = request.GET.get("sort", "")
    place = ("capital", "Capital programme") if sort == "capital" else ("savings", "Savings plan")
    return _make(
        request,
        Making(
            "Add a scheme", "Add the scheme", saving, "is added", place, AddSchemeForm,
            lambda body, given, said: commands.add_scheme(organisation=body, **given, **said),
        ),
        {"sort": sort},
    )  # fmt: skip


@page(MANAGE, methods=BOTH)
def begin_project(request: Request) -> HttpResponse:
    saving = (
        "It needs a business case next: who must approve it is read from the limits by its value.",
        "Once the full case is approved, its lead is asked for highlight reports on their desk.",
        "Its budget and its end move by a business case or a request for change alone.",
    )
    return _make(
        request,
        Making(
            "Begin a project", "Begin the project", saving, "is begun", ("projects", "Projects"), BeginForm,
            lambda body, given, said: commands.begin_project(organisation=body, **given, **said),
        ),
    )  # fmt: skip


@page(MANAGE, methods=BOTH)
def enter_collaboration(request: Request) -> HttpResponse:
    saving = (
        "What its members bear of the cost of a year comes next: the shares must come to 100%.",
        "Its owner is asked for the review on their desk.",
    )
    return _make(
        request,
        Making(
            "Enter a collaboration", "Enter the collaboration", saving, "is entered",
            ("collaborations", "Collaborations"), EnterForm,
            lambda body, given, said: commands.enter_collaboration(organisation=body, **given, **said),
        ),
    )  # fmt: skip


def _make(request: Request, making: Making, initial: dict[str, Any] | None = None) -> HttpResponse:
    """A new record of the body of ?body=, the actor's own unless it says otherwise."""
    may = bodies(request.actor, MANAGE)
    body = next((each for each in may if each.code == request.GET.get("body")), may[0])
    posts = posts_of(body.pk)
    switch = [Choice(each.short_name, query_string(request.GET, body=each.code), each == body) for each in may]
    form = making.form(
        request.POST if request.method == "POST" else None,
        initial=initial or {},
        posts=as_choices(posts),
        today=request.today,
    )
    made: list[Any] = []

    def act() -> None:
        given = {name: value for name, value in form.cleaned_data.items() if name not in ("reason", "approver")}
        if "owner" in given:
            given["owner"] = post_named(posts, given["owner"])
        made.append(making.do(body, given, by(request, form)))

    if request.method == "POST" and form.is_valid() and carried_out(form, act):
        messages.success(request, f"{made[0].record.reference} {making.done}")
        return redirect(address(made[0]))
    context = {
        "form": form,
        "body": body,
        "making": making,
        "trail": [(reverse("finance"), "Finance")]
        + ([(reverse(making.trail[0]), making.trail[1])] if making.trail[0] != "finance" else []),
        "leave": reverse(making.trail[0]),
        "switch": switch if len(may) > 1 else [],
    }
    return render(request, "finance/make.html", context, status=422 if form.errors else 200)
