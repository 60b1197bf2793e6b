"""A new date that an owner asks for: the owner's pages, and the liaison's list and answer."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.kernel.access import require
from candour.kernel.calendar import say_date
from candour.kernel.records.pages import marking_of
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page
from candour.recommendations import commands, rules
from candour.recommendations.access import RecommendationPermission as May
from candour.recommendations.commands.dates import waiting_of
from candour.recommendations.forms import AnswerDateForm, AskDateForm, WithdrawForm
from candour.recommendations.models import DateAsked, Recommendation, Target
from candour.recommendations.queries.dates import date_rows, waiting_dates
from candour.recommendations.views.changing import Begun, Verb, change, changes, part_of, started
from candour.recommendations.views.frame import address, found

BOTH = ("GET", "POST")
SIZE = 50
NONE_WAITS = "No new date is asked for"


@page(May.GRANT)
def dates_asked(request: Request) -> HttpResponse:
    """Every new date that waits for an answer, the one that waits longest first."""
    waiting = waiting_dates(request.actor)
    pages = Page.read(request.GET, count=waiting.count(), size=SIZE)
    rows = date_rows(pages.of(waiting))
    context = {
        "rows": [(row, _answer_at(row), _record_at(row)) for row in rows],
        "page": pages,
        "total": pages.count,
        "marking": marking_of(row.sensitivity for row in rows),
    }
    return render(request, "recommendations/dates_asked.html", context)


def _record_at(row: Any) -> str:
    return reverse("recommendation", args=[row.organisation_code, row.reference])


def _answer_at(row: Any) -> str:
    return reverse("recommendation-answer-date", args=[row.organisation_code, row.reference, row.assignment])


@page(May.UPDATE, methods=BOTH)
@changes(May.UPDATE, "slip")
def ask_date(request: Request, it: Recommendation, begun: Begun, assignment: int) -> HttpResponse:
    """Ask for a new date; it changes nothing until it is granted."""
    part = part_of(it, assignment)
    if waiting := waiting_of(part):
        messages.error(request, f"‘{waiting.text}’ is asked for already: take that back first")
        return redirect(f"{address(it)}#ledger")
    number = Target.objects.filter(assignment=part).count()
    if not number:
        messages.error(request, "It has no date yet: give it its first date, which nobody has to agree")
        return redirect(address(it, "recommendation-slip", assignment=part.pk))
    verb = Verb(
        "Ask for a new date",
        "Ask for it",
        (
            "The date that stands stands until the audit liaison grants the new one, or refuses it.",
            "Granted, it stands in the ledger with your reason and who agreed it.",
            *(("It would be one more slip: the panel’s list of slips names it.",) if number >= rules.REPEATED else ()),
            "You are written to when it is answered.",
        ),
        "The new date of {reference} is asked for",
        quote=part.owner.title if part.owner else "The owner still to be named",
    )

    def do(given: dict[str, Any], by: dict[str, Any]) -> None:
        due = rules.read_target(given["due"], today=request.today)
        commands.ask_date(part, text=given["due"], due=due, **by)

    return change(request, it, verb, AskDateForm(**begun), do, after=lambda given: f"{address(it)}#ledger")


@page(May.GRANT, methods=BOTH)
def answer_date(request: Request, organisation: str, reference: str, assignment: int) -> HttpResponse:
    """Grant what an owner asks for, or refuse it; what is asked and why stands above the form."""
    it = found(request, organisation, reference)
    require(request.actor, May.GRANT, it.record)
    waiting = waiting_of(part_of(it, assignment))
    if waiting is None:
        messages.error(request, NONE_WAITS)
        return redirect(address(it))
    verb = Verb(
        "Grant or refuse a new date",
        "Save the answer",
        (
            "Granted, it is the next line of the ledger, which is never changed.",
            "Either way the owner is written to, and reads here who agreed it or why not.",
        ),
        "The answer on {reference} is saved",
        quote=_asked(waiting),
    )

    def do(given: dict[str, Any], by: dict[str, Any]) -> None:
        commands.answer_date(waiting, answer=given["answer"], **by)

    back = reverse("recommendations-dates-asked")
    return change(request, it, verb, AnswerDateForm(**started(request, it)), do, after=lambda given: back)


@page(May.UPDATE, methods=BOTH)
def withdraw_date(request: Request, organisation: str, reference: str, assignment: int) -> HttpResponse:
    it = found(request, organisation, reference)
    require(request.actor, May.UPDATE, it.record)
    waiting = waiting_of(part_of(it, assignment))
    if waiting is None:
        messages.error(request, NONE_WAITS)
        return redirect(address(it))
    verb = Verb(
        "Take the request back",
        "Take it back",
        ("The date that stands stands.", "Another can be asked for at once."),
        "The request for a new date of {reference} is taken back",
        quote=_asked(waiting),
    )

    def do(given: dict[str, Any], by: dict[str, Any]) -> None:
        commands.withdraw_date(waiting, **by)

    return change(request, it, verb, WithdrawForm(**started(request, it)), do)


def _asked(waiting: DateAsked) -> str:
    """What is asked for, by whom, since when and why."""
    owner = waiting.assignment.owner.title if waiting.assignment.owner else "The owner still to be named"
    day = say_date(waiting.due) if waiting.due else f"‘{waiting.text}’"
    return f"{owner} asks for {day}, since {say_date(waiting.asked_on)}: {waiting.why}"
