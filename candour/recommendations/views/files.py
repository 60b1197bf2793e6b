"""The tracker as files: a workbook for the owners, CSV, and the workbook brought back."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from candour.kernel.access import restricted
from candour.kernel.intake.back.pages import BringingBack, bring_back_page
from candour.kernel.intake.back.plan import Choices
from candour.kernel.intake.back.read import Edited, Fault
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Sort, query_string
from candour.recommendations import commands
from candour.recommendations.access import RecommendationPermission as May
from candour.recommendations.forms.workbook import AnswersBackForm
from candour.recommendations.intake.workbook.plan import AnswersPlan, plan_of
from candour.recommendations.papers.flat import csv_lines
from candour.recommendations.papers.workbook.columns import SHAPE
from candour.recommendations.papers.workbook.write import workbook_of
from candour.recommendations.queries.export import full_rows, stock_of
from candour.recommendations.queries.orders import ASKED
from candour.recommendations.views.listing import Asked, asked_of

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(May.SEE, report=True)
def workbook(request: Request) -> HttpResponse:
    """What the list shows, every page of it, a row for each owner. What the list cannot read is said there."""
    asked = asked_of(request)
    if asked.problems:
        return redirect(reverse("recommendations") + query_string(request.GET))
    wanted = asked.form.wanted(asked.base)
    rows = full_rows(asked.source, wanted, sort=_order(request))
    past = asked.as_at.day is not None
    restricted.give(rows)
    stock = stock_of(rows, request.actor, as_at=asked.day, past=past, owners=wanted.owners)
    return _named(HttpResponse(workbook_of(stock), content_type=WORKBOOK), asked, ".xlsx")


@page(May.SEE, limit="papers")  # type: ignore[arg-type]  # a stream answers as any page does
def download(request: Request) -> HttpResponseBase:
    """What the list shows, every page of it, as CSV: a line for each recommendation."""
    asked = asked_of(request)
    if asked.problems:
        return redirect(reverse("recommendations") + query_string(request.GET))
    rows = full_rows(asked.source, asked.form.wanted(asked.base), sort=_order(request))
    restricted.give(rows)
    return _named(
        StreamingHttpResponse(csv_lines(rows, asked.day), content_type="text/csv; charset=utf-8"), asked, ".csv"
    )


def _order(request: Request) -> str:
    sort = Sort.read(request.GET, columns=ASKED, default="priority")
    return f"{'-' if sort.descending else ''}{sort.column}"


def _named(response: Any, asked: Asked, suffix: str) -> Any:
    name = f"recommendations-{asked.day.isoformat()}{suffix}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _plan(request: Request, edited: Sequence[Edited], faults: Sequence[Fault], choices: Choices) -> AnswersPlan:
    said: dict[str, Any] = {"actor": request.actor, "today": request.today, "period": request.POST.get("period", "")}
    return plan_of(edited, faults=faults, choices=choices, **said)


def _save(request: Request, plan: AnswersPlan, answers: dict[str, Any]) -> int:
    return commands.bring_back(plan.wanted, actor=request.actor, at=request.now, reason=answers["reason"])


BACK = BringingBack(
    shape=SHAPE,
    plan=_plan,
    save=_save,
    form=AnswersBackForm,
    home="recommendations",
    home_words="Recommendations",
    here="recommendations-bring-back",
    ask="recommendations/workbook.html",
    one="Row",
    many="rows",
    done=lambda count: f"The answers on {count:,} {'recommendation' if count == 1 else 'recommendations'} are saved",
    what="What",
    most=2_000,
)


@page(May.UPDATE, methods=("GET", "POST"))
def bring_back(request: Request) -> HttpResponse:
    """Ask for the file, show what it would record, save it."""
    return bring_back_page(request, BACK)
