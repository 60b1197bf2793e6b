"""The page on which an edited workbook is brought back: what it would change, what it must not, what somebody else changed
meanwhile; then all of it saved, or nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.kernel.intake.back.forms import LONGEST, BringBackForm, WorkbookForm, carried, carry, choices_from
from candour.kernel.intake.back.plan import Choices, Plan
from candour.kernel.intake.back.read import AnyShape, Edited, Fault, NotOurs, Returned, returned
from candour.kernel.intake.readers import UnreadableFile, read_document
from candour.kernel.papers.workbook.shape import HIDDEN
from candour.kernel.records.pages import marking_of
from candour.kernel.rules import Refused
from candour.kernel.web.forms import Problem
from candour.kernel.web.page import Request

AnyPlan = Plan[Any]


@dataclass(frozen=True)
class BringingBack:
    """What the page knows of one app's workbook.

    plan(request, edited, faults, choices): what the changes would do. save(request, plan, answers): does it, and gives how
    many records changed; raises Refused. home and here: the names of the list's address and of this page's. ask: the
    template that asks for the file. many: what its rows are, singular and plural. most: rows that one file may change.
    """

    shape: AnyShape
    plan: Callable[[Request, Sequence[Edited], Sequence[Fault], Choices], AnyPlan]
    save: Callable[[Request, AnyPlan, dict[str, Any]], int]
    form: type[BringBackForm]
    home: str
    home_words: str
    here: str
    ask: str
    one: str
    many: str
    done: Callable[[int], str]
    what: str = "Column"  # what changes, as the table heads it
    most: int = 1_000

    @property
    def salt(self) -> str:
        return f"candour.{self.here}"

    @property
    def too_many(self) -> str:
        return (
            f"This workbook changes more than can be shown and saved in one go ({self.most:,} {self.many}, or very long "
            "texts). Bring it back in parts: take rows out of a copy of it"
        )


def bring_back_page(request: Request, back: BringingBack) -> HttpResponse:
    """GET asks for the file. POST with a file shows what it would do; POST of what was shown saves it, or shows it again."""
    if request.method == "POST" and "carried" in request.POST:
        return _save(request, back)
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = WorkbookForm(*given, today=request.today)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["workbook"]
        try:
            read = returned(read_document(file.read(), file.name, sheets=(back.shape.sheet, HIDDEN)), back.shape)
        except (UnreadableFile, NotOurs) as error:
            form.add_error("workbook", str(error))
        else:
            if len(read.edited) <= back.most:
                plan = back.plan(request, read.edited, read.faults, {})
                return _show(request, back, list(read.edited), plan, read=read)
            form.add_error("workbook", back.too_many)
    return _ask(request, back, form)


def _ask(request: Request, back: BringingBack, form: WorkbookForm) -> HttpResponse:
    return render(request, back.ask, {"form": form}, status=422 if form.errors else 200)


def _save(request: Request, back: BringingBack) -> HttpResponse:
    """Save what was shown. Whatever is refused, the page comes back with every answer kept."""
    held = carried(request.POST["carried"], request.actor, salt=back.salt)
    if held is None:
        messages.error(request, "What was read of the workbook did not come back whole. Choose the file again")
        return _ask(request, back, WorkbookForm(today=request.today))
    edited, seen = held
    form = back.form(request.POST, today=request.today)
    plan = back.plan(request, edited, (), choices_from(request.POST))
    moved = plan.seen != seen
    if form.is_valid() and not (plan.faults or plan.undecided or moved):
        try:
            count = back.save(request, plan, form.cleaned_data)
        except Refused as refused:
            moved = refused.field == "seen"
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        else:
            messages.success(request, back.done(count) if count else "Nothing is changed: the register’s values hold")
            return redirect(reverse(back.home))
    return _show(request, back, edited, plan, form=form, moved=moved)


def _show(
    request: Request,
    back: BringingBack,
    edited: list[Edited],
    plan: AnyPlan,
    *,
    read: Returned | None = None,
    form: BringBackForm | None = None,
    moved: bool = False,
) -> HttpResponse:
    """What the workbook would do. form: the answers that were refused; read: what the file holds, where it was just read."""
    asked = form is not None
    word = "" if plan.faults else carry(edited, plan.seen, request.actor, salt=back.salt)
    if len(word) > LONGEST:
        again = WorkbookForm(request.POST, request.FILES, today=request.today)
        again.add_error("workbook", back.too_many)
        return _ask(request, back, again)
    form = form or back.form(today=request.today)
    told = {row.number for row in plan.rows}
    problems = [Problem(f"row-{fault.row}" if fault.row in told else "mend", str(fault)) for fault in plan.faults]
    problems += form.problems
    if asked:
        problems += [
            Problem(f"choice-{row.name}-{cell.key}", f"{row.reference}, {cell.heading}: choose which value holds")
            for row, cell in plan.undecided
        ]
    context: dict[str, Any] = {
        "back": back,
        "form": form,
        "carried": word,
        "plan": plan,
        "read": read,
        "unchanged": read.rows - len({fault.row for fault in read.faults} | {row.number for row in plan.rows})
        if read
        else 0,
        "moved": moved,
        "problems": problems,
        "has_errors": bool(problems) or moved,
        "marking": marking_of(row.sensitivity for row in plan.rows),
    }
    return render(request, "intake/brought_back.html", context, status=422 if problems or moved else 200)
