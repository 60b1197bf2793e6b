"""Monitoring returns: those of one agreement with the pages that change them, and the list over all agreements."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.commissioning import rules
from candour.commissioning.commands import follow as commands
from candour.commissioning.forms.follow import AskReturnsForm, AssessForm, ChaseForm, ReceiveForm, ReturnFilters
from candour.commissioning.models import Agreement, Indicator, Return
from candour.commissioning.queries import line_now, places
from candour.commissioning.queries.follow import (
    RETURN_VIEWS,
    ReturnFilter,
    ReturnRow,
    followed_then,
    returns_of,
    returns_page,
    schedule_of,
)
from candour.commissioning.queries.follow.returns import asked_for
from candour.commissioning.rules import follow
from candour.commissioning.views.changing import change, opened
from candour.commissioning.views.follow.frame import BOTH, MANAGE, SEE, chosen, framed, not_then, posts_for, verb_on
from candour.commissioning.views.frame import found
from candour.kernel.calendar import say_date
from candour.kernel.people.queries import posts_of
from candour.kernel.records.pages import marking_of
from candour.kernel.web.asat import Choice, as_at_of
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page, page_number, query_string

SIZE = 50
HERE = "agreement-returns"
verb = verb_on(HERE)
TONES = {
    "Late": "red",
    "Sent back, late": "red",
    "Assessment late": "red",
    "To assess": "amber",
    "Sent back": "amber",
    "Due": "blue",
    "To come": "line",
    "Satisfactory": "green",
}


@page(SEE)
def returns(request: Request) -> HttpResponse:
    """The returns of every agreement that the reader may see, by view: what is to be done first."""
    filters = ReturnFilters(request.GET, streams=places(request.actor).streams, today=request.today)
    view = request.GET.get("view", "open")
    rows: tuple[ReturnRow, ...] = ()
    context: dict[str, Any] = {"filters": filters, "problems": filters.problems, "has_errors": bool(filters.problems)}
    if filters.is_valid():
        given = filters.cleaned_data
        posts = frozenset(request.actor.posts) if given["mine"] else None
        wanted = ReturnFilter(view if view in RETURN_VIEWS else "open", given["stream"], posts, given["q"])
        first = (page_number(request.GET) - 1) * SIZE
        rows, counts = returns_page(request.actor, wanted, today=request.today, offset=first, size=SIZE)
        context |= {
            "rows": [
                (row, reverse(HERE, args=[row.organisation_code, row.reference]), TONES[row.state]) for row in rows
            ],
            "views": [
                Choice(label, query_string(request.GET, view=name, page=None), name == wanted.view, counts[name])
                for name, (label, _) in RETURN_VIEWS.items()
                if counts[name] or name in ("open", wanted.view)
            ],
            "page": Page.read(request.GET, count=counts[wanted.view], size=SIZE),
            "owed": counts["owed"],
        }
    context["marking"] = marking_of(row.sensitivity for row in rows)
    return render(request, "commissioning/follow/returns_list.html", context, status=422 if filters.problems else 200)


@page(SEE)
def agreement_returns(request: Request, organisation: str, reference: str) -> HttpResponse:
    """What one agreement returns: what is asked, each return with its state, figures and words."""
    it, as_at = found(request, organisation, reference), as_at_of(request)
    then = followed_then(it, actor=request.actor, day=as_at.day) if as_at.day else None
    if as_at.day and then is None:
        return not_then(request, it, as_at)
    rows = then.returns if then else returns_of(it, today=request.today)
    context = framed(request, it, HERE, as_at, then) | {
        "schedule": (schedule := then.schedule if then else schedule_of(it)),
        "every": follow.EVERY[schedule.every].lower() if schedule else "",
        "rows": [
            (row, TONES[row.state], rules.pounds(row.spent) if row.spent is not None else "")
            for row in sorted(rows, key=_in_order)
        ],
        "owed": [row for row in rows if row.owed],
        "to_come": sum(row.state == "To come" for row in rows),
        "done": sum(row.state == "Satisfactory" for row in rows),
    }
    return render(request, "commissioning/follow/returns.html", context)


def _in_order(row: ReturnRow) -> tuple[bool, int]:
    """What has begun newest first, then what is to come, the next first."""
    come = row.state == "To come"
    return come, row.starts.toordinal() * (1 if come else -1)


def _waiting(it: Agreement, *, came: bool) -> list[Return]:
    """The returns of an agreement that have not come, or that came and wait to be assessed. One query."""
    rows = Return.objects.filter(asked_for(), agreement=it).exclude(verdict="satisfactory")
    rows = rows.filter(Q(received_on__isnull=not came)).select_related("schedule", "agreement__record")
    return list(rows.order_by("starts"))


def _words(rows: list[Return]) -> list[tuple[int, str]]:
    return [(row.pk, f"{say_date(row.starts)} to {say_date(row.ends)}, due {say_date(row.due)}") for row in rows]


def _first(request: Request, rows: list[Return]) -> str:
    """The return that the page was opened for, else the first."""
    return request.GET.get("row") or (str(rows[0].pk) if rows else "")


@page(MANAGE, methods=BOTH)
def ask_returns(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    begun, posts, stands = opened(request, it, MANAGE), posts_for(it), schedule_of(it)
    line = line_now(it)
    start: dict[str, Any] = {"days": 10, "assess_days": follow.ASSESS_DAYS, "every": 3, "first": line.starts}
    start |= {"asks": it.monitoring, "assessor": it.record.owner_id}
    if stands:
        start |= {name: getattr(stands, name) for name in ("asks", "days", "assess_days", "every")}
        start |= {"assessor": stands.assessor_id, "first": None}
    form = AskReturnsForm(**begun, initial=start, posts=posts)
    page = verb(
        it, "Ask for returns" if stands is None else "Ask for other returns", "Save the returns",
        (
            "Each return until the last day of the agreement gets its day; an extension adds more.",
            "One that does not come fails the health check and stands on the desk of the post that assesses it.",
            *(("Returns of the schedule before that have not come are dropped.",) if stands else ()),
        ),
        "The returns of {reference} have their days",
    )  # fmt: skip

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        names = {name: given[name] for name in ("asks", "first", "days", "assess_days")}
        assessor = chosen(posts_of(it.record.organisation_id), given["assessor"])
        commands.ask_returns(it, every=int(given["every"]), assessor=assessor, **names, **said)

    return change(request, it, page, form, do)


@page(MANAGE, methods=BOTH)
def receive_return(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    begun, rows = opened(request, it, MANAGE), _waiting(it, came=False)
    kpis = list(Indicator.objects.filter(agreement=it, ended_on=None).order_by("pk").values_list("pk", "name"))
    form = ReceiveForm(
        **begun, initial={"on": request.today, "expected": _first(request, rows)}, rows=_words(rows), indicators=kpis
    )
    page = verb(
        it, "Record a return", "Save the return",
        (
            "It waits on the desk of the post that assesses it.",
            "What was spent stands beside what was paid, under Money.",
            "Its file stands among the files of the agreement.",
        ),
        "The return of {reference} is saved",
    )  # fmt: skip

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        file = given["file"]
        more = {"name": file.name, "content": file.file} if file else {}
        commands.receive_return(
            chosen(rows, given["expected"]), on=given["on"], narrative=given["narrative"],
            spent=rules.pence(given["spent"]), figures=form.figures, **more, **said,
        )  # fmt: skip

    return change(request, it, page, form, do)


@page(MANAGE, methods=BOTH)
def assess_return(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    begun, rows = opened(request, it, MANAGE), _waiting(it, came=True)
    form = AssessForm(**begun, initial={"expected": _first(request, rows)}, rows=_words(rows))
    page = verb(
        it, "Assess a return", "Save the assessment",
        (
            "A satisfactory return is done.",
            "One that goes back is due again by the day that you set, and late after it.",
        ),
        "The return of {reference} is assessed",
    )  # fmt: skip

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        names = {name: given[name] for name in ("verdict", "wanted", "due")}
        commands.assess_return(chosen(rows, given["expected"]), **names, **said)

    return change(request, it, page, form, do)


@page(MANAGE, methods=BOTH)
def chase_return(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    begun, rows = opened(request, it, MANAGE), _waiting(it, came=False)
    form = ChaseForm(**begun, initial={"on": request.today, "expected": _first(request, rows)}, rows=_words(rows))
    saving = ("The day stands beside the return.", "What you asked and what was answered stands in the history.")
    page = verb(it, "Chase a return", "Record that you asked", saving, "The return of {reference} was asked for again")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.chase_return(chosen(rows, given["expected"]), on=given["on"], **said)

    return change(request, it, page, form, do)
