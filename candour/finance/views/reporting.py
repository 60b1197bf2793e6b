"""Pages by which a project is reported on, goes for approval, changes and closes."""

from datetime import date
from typing import Any

from django.http import HttpResponse

from candour.boards.queries.decided import decisions_of
from candour.finance import commands, rules
from candour.finance.access import FinancePermission
from candour.finance.forms import AnswerForm, AskChangeForm, CaseForm, ChangeProjectForm, CloseForm, ReportForm
from candour.finance.models import Case, Change
from candour.finance.queries.projects import limits_on
from candour.finance.queries.rated import rating_scale
from candour.finance.views.changing import begun_by, led_home, steps_of
from candour.finance.views.frame import change, found, opened, verb_of
from candour.kernel.calendar import add_months, say_date
from candour.kernel.money import pounds
from candour.kernel.people.queries import posts_of
from candour.kernel.records.forms import as_choices, post_named
from candour.kernel.web.page import Request, page

BOTH = ("GET", "POST")
MANAGE, REPORT = FinancePermission.MANAGE, FinancePermission.REPORT


@page(MANAGE, methods=BOTH)
def change_project(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, "project", organisation, reference)
    posts = posts_of(it.record.organisation_id, it.record.owner)
    start = {name: getattr(it, name) for name in ("about", "starts", "every")}
    start |= {"title": it.record.title, "owner": it.record.owner_id}
    form = ChangeProjectForm(**opened(request, it), initial=start, posts=as_choices(posts))
    saving = (
        "Its budget and its end move by a business case or a request for change alone.",
        "What stood before stays in the history.",
    )
    verb = verb_of(it, "Change what it says", "Save the changes", saving, "{reference} is changed")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        facts = {name: given[name] for name in ("title", "about", "starts", "every")}
        commands.change_project(it, owner=post_named(posts, given["owner"]), **facts, **said)

    return change(request, it, verb, form, do)


@page(REPORT, methods=BOTH)
def report(request: Request, organisation: str, reference: str) -> HttpResponse:
    """The next month that is not reported is chosen; the words start as the last report had them."""
    it = found(request, "project", organisation, reference)
    begun = begun_by(request, it)
    words = rating_scale(it.record.organisation_id, request.today)
    last = it.highlights.order_by("-period").first()
    start: dict[str, Any] = {}
    if last is not None:
        start = {name: getattr(last, name) for name in ("forecast", "ends", "spent")}
        if words is not None and last.scale_id == words.id:
            start |= {name: getattr(last, name) for name in ("time", "cost", "benefits")}
    month = add_months(last.period, it.every) if last else add_months(request.today.replace(day=1), -1)
    form = ReportForm(**begun, **steps_of(words), initial=start | {"period": month.isoformat()})
    saving = (
        "The board reads it in the paper on finance and change, as it stands here.",
        "A month is reported once. What was wrong is put right in the next report.",
        "The next report is due ten working days after its month ends.",
    )
    verb = verb_of(it, "Make a highlight report", "Save the report", saving, "The report on {reference} is saved")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        facts = {name: given[name] for name in ("progress", "next", "issues", "spent", "forecast", "ends")}
        facts |= {name: int(given[name]) for name in ("time", "cost", "benefits")}
        commands.report_highlight(it, period=date.fromisoformat(given["period"]), **facts, **said)

    return change(request, it, verb, form, do)


@page(MANAGE, methods=BOTH)
def submit_case(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, "project", organisation, reference)
    form = CaseForm(**opened(request, it))
    limits = limits_on(it.record.organisation_id, request.today)
    said_of = [
        f"{one.who} may approve {'any value' if one.up_to is None else f'up to {pounds(one.up_to)}'}." for one in limits
    ]
    saving = (
        *(said_of or ["No limit for Projects is set in the decisions register, so nobody may approve it yet."]),
        "Who must approve it is read from these limits by its value, and kept with it.",
    )
    verb = verb_of(
        it, "Submit a business case", "Submit the case", tuple(saving), "The case of {reference} is submitted"
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.submit_case(it, kind=given["kind"], value=given["value"], summary=given["summary"], **said)

    return change(request, it, verb, form, do)


@page(MANAGE, methods=BOTH)
def answer_case(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, "project", organisation, reference)
    begun = opened(request, it)
    waiting = Case.objects.select_related("project__record").filter(project=it, answer="").first()
    if waiting is None:
        return led_home(it)
    decisions = {str(one.pk): one for one in decisions_of(it.record.organisation_id, actor=request.actor)}
    named = [(pk, f"{one.board}, {say_date(one.met_on)}: {one.resolved[:80]}") for pk, one in decisions.items()]
    form = AnswerForm(**begun, decisions=named, initial={"answered_by": waiting.needs})
    saving = (
        f"{rules.CASES[waiting.kind]}, {pounds(waiting.value)}. By the limits it needs {waiting.needs}.",
        "A full case that is approved sets the budget of the project, and its reports begin.",
        "The decision and the project lead to each other.",
    )
    verb = verb_of(
        it, "Record the answer to the business case", "Save the answer", saving, "The case of {reference} is answered"
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        facts = {name: given[name] for name in ("answer", "answered_by")}
        commands.answer_case(waiting, decision=decisions.get(given["decision"]), **facts, **said)

    return change(request, it, verb, form, do)


@page(REPORT, methods=BOTH)
def ask_change(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, "project", organisation, reference)
    form = AskChangeForm(**begun_by(request, it))
    saving = ("Whoever manages projects records the answer.", "Its budget and its end stay as they are until then.")
    verb = verb_of(it, "Ask for a change", "Ask for the change", saving, "The change of {reference} is asked for")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.ask_change(it, asked=given["asked"], cost=given["cost"] or 0, ends=given["ends"], **said)

    return change(request, it, verb, form, do)


@page(MANAGE, methods=BOTH)
def answer_change(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, "project", organisation, reference)
    begun = opened(request, it)
    waiting = Change.objects.select_related("project__record").filter(project=it, answer="").first()
    if waiting is None:
        return led_home(it)
    form = AnswerForm(**begun)
    wants = [
        f"It costs {pounds(waiting.cost)} more." if waiting.cost else "",
        f"It ends on {say_date(waiting.ends)}." if waiting.ends else "",
    ]
    saving = (waiting.asked, *filter(None, wants), "Once approved, its budget and its end move.")
    verb = verb_of(
        it, "Answer the request for change", "Save the answer", saving, "The change of {reference} is answered"
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.answer_change(waiting, answer=given["answer"], answered_by=given["answered_by"], **said)

    return change(request, it, verb, form, do)


@page(MANAGE, methods=BOTH)
def close_project(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, "project", organisation, reference)
    form = CloseForm(**opened(request, it), initial={"on": request.today})
    saving = ("What it brought and what was learnt stay, and search finds them.", "Its benefits can still be measured.")
    verb = verb_of(it, "Close it", "Close the project", saving, "{reference} is closed")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        facts = {name: given[name] for name in ("on", "outcome", "lessons")}
        commands.close_project(it, **facts, **said)

    return change(request, it, verb, form, do)
