"""An edited workbook brought back: what it would change, what it must not, what somebody else changed; then all of it saved."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.kernel.intake.readers import UnreadableFile, read_document
from candour.kernel.records.pages import marking_of
from candour.kernel.rules import Refused
from candour.kernel.scales.queries import scale_book
from candour.kernel.web.forms import Problem
from candour.kernel.web.page import Request, page
from candour.risks import commands
from candour.risks.access import RiskPermission
from candour.risks.forms.workbook import LONGEST, MOST, BringBackForm, WorkbookForm, carried, carry, choices_from
from candour.risks.intake.workbook.plan import Plan, plan_of
from candour.risks.intake.workbook.read import Edited, Fault, NotOurs, Returned, returned

TOO_MANY = (
    f"This workbook changes more than can be shown and saved in one go ({MOST:,} risks, or very long texts). "
    "Bring it back in parts: take rows out of a copy of it"
)


@page(RiskPermission.REVIEW, methods=("GET", "POST"))
def bring_back(request: Request) -> HttpResponse:
    """GET asks for the file. POST with a file shows what it would do; POST of what was shown saves it, or shows it again."""
    if request.method == "POST" and "carried" in request.POST:
        return _save(request)
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = WorkbookForm(*given, today=request.today)
    if request.method == "POST" and form.is_valid():
        try:
            read = returned(read_document(form.cleaned_data["workbook"].read(), form.cleaned_data["workbook"].name))
        except (UnreadableFile, NotOurs) as error:
            form.add_error("workbook", str(error))
        else:
            if len(read.edited) <= MOST:
                return _show(request, list(read.edited), _plan(request, read.edited, read.faults), read=read)
            form.add_error("workbook", TOO_MANY)
    return _ask(request, form)


def _ask(request: Request, form: WorkbookForm) -> HttpResponse:
    return render(request, "risks/workbook.html", {"form": form}, status=422 if form.errors else 200)


def _plan(request: Request, edited: Sequence[Edited], faults: Sequence[Fault] = ()) -> Plan:
    choices = choices_from(request.POST)
    book = scale_book()
    return plan_of(edited, actor=request.actor, today=request.today, book=book, faults=faults, choices=choices)


def _save(request: Request) -> HttpResponse:
    """Save what was shown. Whatever is refused, the page comes back with every answer kept."""
    held = carried(request.POST["carried"], request.actor)
    if held is None:
        messages.error(request, "What was read of the workbook did not come back whole. Choose the file again")
        return _ask(request, WorkbookForm(today=request.today))
    edited, seen = held
    form = BringBackForm(request.POST, today=request.today)
    plan = _plan(request, edited)
    moved = plan.seen != seen
    if form.is_valid() and not (plan.faults or plan.undecided or moved):
        try:
            count = commands.bring_back(
                plan.wanted, actor=request.actor, at=request.now, reason=form.cleaned_data["reason"]
            )
        except Refused as refused:
            moved = refused.field == "seen"
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        else:
            kept = "Nothing is changed: the register’s values hold"
            words = f"{count:,} {'risk is' if count == 1 else 'risks are'} changed as in the workbook"
            messages.success(request, words if count else kept)
            return redirect(reverse("risks"))
    return _show(request, edited, plan, form=form, moved=moved)


def _show(
    request: Request,
    edited: list[Edited],
    plan: Plan,
    *,
    read: Returned | None = None,
    form: BringBackForm | None = None,
    moved: bool = False,
) -> HttpResponse:
    """What the workbook would do. form: the answers that were refused; read: what the file holds, where it was just read."""
    asked = form is not None
    word = "" if plan.faults else carry(edited, plan.seen, request.actor)
    if len(word) > LONGEST:
        again = WorkbookForm(request.POST, request.FILES, today=request.today)
        again.add_error("workbook", TOO_MANY)
        return _ask(request, again)
    form = form or BringBackForm(today=request.today)
    problems = [Problem(f"row-{fault.row}" if fault.column else "rows", str(fault)) for fault in plan.faults]
    problems += form.problems
    if asked:
        problems += [_undecided(row.risk.pk, row.risk.reference, cell) for row, cell in plan.undecided]
    context: dict[str, Any] = {
        "form": form,
        "carried": word,
        "plan": plan,
        "read": read,
        "asked": asked,
        "moved": moved,
        "cells": sum(len(row.cells) for row in plan.rows),
        "problems": problems,
        "has_errors": bool(problems) or moved,
        "marking": marking_of(row.risk.sensitivity for row in plan.rows),
    }
    return render(request, "risks/workbook_check.html", context, status=422 if problems or moved else 200)


def _undecided(pk: int, reference: str, cell: Any) -> Problem:
    return Problem(f"choice-{pk}-{cell.key}", f"{reference}, {cell.heading}: choose which value holds")
