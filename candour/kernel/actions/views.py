"""Pages about actions: those of my posts, one action, and its verbs."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from candour.kernel.access import Forbidden, require
from candour.kernel.actions import commands, queries
from candour.kernel.actions.access import ActionPermission, may_settle
from candour.kernel.actions.forms import AddForm, DropForm, FinishForm, MoveForm
from candour.kernel.actions.models import Action
from candour.kernel.records.models import Record
from candour.kernel.records.pages import about, address_of, carried_out, marking_of, record_or_404
from candour.kernel.web.forms import Form
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page

SIZE = 50
POSTS = ("GET", "POST")


@page(ActionPermission.SEE)
def mine(request: Request) -> HttpResponse:
    """What the actor's posts have to do: late, due soon, later."""
    actor, today = request.actor, request.today
    asked = Page.read(request.GET, count=10**9, size=SIZE)  # how many there are comes with the rows
    work = queries.actions_for(actor, today=today, offset=(asked.number - 1) * SIZE, size=SIZE)
    listed = Page.read(request.GET, count=work.total, size=SIZE)
    marking = marking_of({row.record_address: row.sensitivity for row in work.rows}.values())
    return render(request, "actions/mine.html", {"work": work, "page": listed, "marking": marking})


@page(ActionPermission.SEE)
def show(request: Request, kind: str, organisation: str, reference: str, number: int) -> HttpResponse:
    """One action: what, who, by when, and what happened to it."""
    record, action = _found(request, kind, organisation, reference, number)
    row = queries.row_of(action, today=request.today)
    settle = row.to_do and may_settle(request.actor, action, record)
    context = about(record) | {
        "action": row,
        "steps": queries.steps_of(action, actor=request.actor),
        "may_settle": settle,
    }
    return render(request, "actions/action.html", context)


@page(ActionPermission.ADD, methods=POSTS)
def add(request: Request, kind: str, organisation: str, reference: str) -> HttpResponse:
    """Agree an action on a record of any kind."""
    record = record_or_404(request, kind, organisation, reference)
    actor = request.actor
    require(actor, ActionPermission.ADD, record)
    form = AddForm(request.POST if request.method == "POST" else None, record=record, today=request.today)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def act() -> None:
            commands.add_action(record, actor=actor, at=request.now, **given)

        if carried_out(form, act):
            messages.success(request, "The action is agreed. It is on the list of the post that does it.")
            return redirect(f"{address_of(record)}#actions")
    return render(request, "actions/add.html", about(record) | {"form": form})


@page(ActionPermission.SETTLE, methods=POSTS)
def move(request: Request, kind: str, organisation: str, reference: str, number: int) -> HttpResponse:
    """Give an action a new date, with the reason."""
    return _settle(request, (kind, organisation, reference, number), MoveForm, "move", commands.move_action)


@page(ActionPermission.SETTLE, methods=POSTS)
def finish(request: Request, kind: str, organisation: str, reference: str, number: int) -> HttpResponse:
    """Mark an action as done, with what came of it."""

    def done(action: Action, *, done_on: Any, **given: Any) -> None:
        commands.finish_action(action, effective=done_on, **given)

    return _settle(request, (kind, organisation, reference, number), FinishForm, "finish", done)


@page(ActionPermission.SETTLE, methods=POSTS)
def drop(request: Request, kind: str, organisation: str, reference: str, number: int) -> HttpResponse:
    """Drop an action that will not be done, with the reason."""
    return _settle(request, (kind, organisation, reference, number), DropForm, "drop", commands.drop_action)


SAID = {
    "move": "The action has its new date. The first one stays beside it.",
    "finish": "The action is done.",
    "drop": "The action is dropped. History keeps it.",
}


def _settle(
    request: Request, place: tuple[str, str, str, int], form_class: type[Form], verb: str, act: Callable[..., Any]
) -> HttpResponse:
    """One form that settles an action: shown, refused beside the answer to mend, or carried out."""
    record, action = _found(request, *place)
    actor, today = request.actor, request.today
    if not may_settle(actor, action, record):
        raise Forbidden(actor, ActionPermission.SETTLE)
    row = queries.row_of(action, today=today)
    more: dict[str, Any] = (
        {"added_on": action.added_on, "initial": {"done_on": today}} if form_class is FinishForm else {}
    )
    form = form_class(request.POST if request.method == "POST" else None, today=today, **more)
    if request.method == "POST" and form.is_valid():

        def settled() -> None:
            act(action, actor=actor, at=request.now, **form.cleaned_data)

        if carried_out(form, settled):
            messages.success(request, SAID[verb])
            return redirect(f"{address_of(record)}#actions")
    return render(request, f"actions/{verb}.html", about(record) | {"action": row, "form": form})


def _found(request: Request, kind: str, organisation: str, reference: str, number: int) -> tuple[Record, Action]:
    """The action at an address, with its record; Http404 alike for a hidden one and one that never was."""
    record = record_or_404(request, kind, organisation, reference)
    try:
        return record, queries.action_at(record, number, actor=request.actor)
    except Action.DoesNotExist:
        raise Http404 from None
