"""Outcomes of an agreement and its end; and what all agreements come to for the plan, each outcome counted once."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe

from candour.boards.queries.decided import decisions_of
from candour.commissioning import commands as of_agreements
from candour.commissioning.commands import follow as commands
from candour.commissioning.forms.follow import (
    DecideForm,
    ExitForm,
    OutcomeFigureForm,
    OutcomeForm,
    PlanMeasureForm,
    StopOutcomeForm,
)
from candour.commissioning.models import Agreement, Outcome
from candour.commissioning.papers.follow.kind import gather
from candour.commissioning.papers.follow.value import value_sheets
from candour.commissioning.queries.follow import (
    ending_of,
    ending_then,
    followed_then,
    measures_in,
    outcomes_of,
    outcomes_then,
    plan_totals,
)
from candour.commissioning.queries.follow.outcomes import OutcomeRow, outcome_rows
from candour.commissioning.rules import follow
from candour.commissioning.views.changing import by, change, opened
from candour.commissioning.views.follow.frame import BOTH, MANAGE, SEE, chosen, framed, not_then, verb_on
from candour.commissioning.views.frame import found
from candour.kernel.access import allowed
from candour.kernel.papers.html import fragment
from candour.kernel.papers.render import CONTENT_TYPES
from candour.kernel.papers.render import render as rendered
from candour.kernel.papers.typesetting import PaperFailed
from candour.kernel.people.models import Organisation
from candour.kernel.records.changing import Do
from candour.kernel.records.pages import marking_of
from candour.kernel.records.queries import bodies
from candour.kernel.web.asat import AsAt, as_at_of
from candour.kernel.web.context import OFFICIAL, sensitive
from candour.kernel.web.forms import carried_out
from candour.kernel.web.page import Request, page

HERE = "agreement-outcomes"
SHEETS = (".html", ".docx", ".pdf", ".txt")
verb = verb_on(HERE)


@page(SEE)
def plan_outcomes(request: Request) -> HttpResponse:
    """Each measure of a body's plan with the agreements that bring it about, and what they come to."""
    may = bodies(request.actor, SEE)
    body = next((each for each in may if each.code == request.GET.get("body")), may[0] if may else None)
    found_totals = plan_totals(request.actor, organisation=body.pk) if body else ()
    context = {
        "body": body,
        "measures": [
            (
                one,
                [_outcome(row) for row in one.rows],
                _say(one.total),
                _say(one.target and follow.per_unit(one.target)),
            )
            for one in found_totals
        ],
        "may": bool(body) and allowed(request.actor, MANAGE) and body in bodies(request.actor, MANAGE),
        "marking": marking_of(row.sensitivity for one in found_totals for row in one.rows),
    }
    return render(request, "commissioning/follow/plan.html", context)


def _say(value: Any) -> str:
    return "" if value is None else f"{value:,}"


def _aim(target: Decimal | None) -> str:
    return "" if target is None else _say(follow.per_unit(target))


def _outcome(row: OutcomeRow) -> dict[str, Any]:
    return {
        "row": row,
        "href": reverse(HERE, args=[row.organisation_code, row.reference]),
        "value": _say(follow.per_unit(row.value)),
        "counted": _say(follow.per_unit(row.counted)),
        "target": _aim(row.target),
        "figures": [(starts, ends, _say(follow.per_unit(value))) for starts, ends, value in row.figures],
    }


@page(SEE)
def agreement_outcomes(request: Request, organisation: str, reference: str) -> HttpResponse:
    """What an agreement brings about, and how it ends: exit interview, lessons, decisions."""
    it, as_at = found(request, organisation, reference), as_at_of(request)
    actor, day = request.actor, as_at.day
    then = followed_then(it, actor=actor, day=day, alike=True) if day else None
    if day and then is None:
        return not_then(request, it, as_at)
    ending = ending_then(then, actor=actor) if then else ending_of(it, actor=actor)
    rows = outcomes_then(then) if then else outcomes_of(it, actor=actor)
    context = framed(request, it, HERE, as_at, then) | {
        "outcomes": [_outcome(row) for row in rows],
        "exits": ending.exits,
        "decisions": ending.decisions,
    }
    return render(request, "commissioning/follow/outcomes.html", context)


@page(MANAGE, methods=BOTH)
def add_plan_measure(request: Request) -> HttpResponse:
    may = bodies(request.actor, MANAGE)
    body: Organisation | None = next((each for each in may if each.code == request.GET.get("body")), may[0])
    if body is None:
        raise Http404
    form = PlanMeasureForm(request.POST if request.method == "POST" else None, today=request.today)
    home = reverse("plan-outcomes")

    def act() -> None:
        given = form.cleaned_data
        names = {name: given[name] for name in ("priority", "name", "unit", "target")}
        commands.add_plan_measure(
            organisation=body,
            adds_up=given["adds_up"] == "yes",
            **names,
            **by(request, form),  # type: ignore[arg-type]
        )

    if request.method == "POST" and form.is_valid() and carried_out(form, act):
        messages.success(request, "It is saved")
        return redirect(home)
    context = {
        "form": form, "home": home, "title": "Add a measure of the plan", "submit": "Add the measure",
        "saving": ("Agreements can say what they bring about of it.", "Each outcome counts once in its sum."),
    }  # fmt: skip
    return render(request, "commissioning/ask.html", context, status=422 if form.errors else 200)


@page(MANAGE, methods=BOTH)
def set_outcome(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    begun, measures = opened(request, it, MANAGE), measures_in(it.record.organisation_id)
    others = {
        row.agreement: f"{row.reference} {row.title}"
        for row in outcome_rows(request.actor, measures=[one.pk for one in measures])
        if row.agreement != it.pk
    }
    words = [(one.pk, f"{one.priority}: {one.name}") for one in measures]
    form = OutcomeForm(**begun, initial={"share": 100}, measures=words, others=others.items())
    page = verb(
        it, "Add an outcome", "Save the outcome",
        (
            "Its figures are added up with those of other agreements under the measure of the plan.",
            "Where others bring about the same, each counts its share: no sum is ever more than the whole.",
        ),
        "The outcome of {reference} is saved",
    )  # fmt: skip

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        other = Agreement.objects.get(pk=int(given["counted_by"])) if given["counted_by"] else None
        names = {name: given[name] for name in ("what", "target", "share")}
        commands.set_outcome(it, measure=chosen(measures, given["measure"]), counted_by=other, **names, **said)

    return change(request, it, page, form, do)


def _outcomes(it: Agreement) -> list[Outcome]:
    rows = it.outcomes.filter(stopped_on=None).select_related("agreement__record").order_by("pk")
    return list(rows)


def _of_one(request: Request, it: Agreement, form: Any, words: tuple[str, str, str, str], do: Do) -> HttpResponse:
    title, submit, saving, done = words
    return change(request, it, verb(it, title, submit, (saving,), done), form, do)


@page(MANAGE, methods=BOTH)
def report_outcome(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    begun, rows = opened(request, it, MANAGE), _outcomes(it)
    start = {"outcome": request.GET.get("row") or (str(rows[0].pk) if rows else "")}
    form = OutcomeFigureForm(**begun, initial=start, rows=[(row.pk, row.what) for row in rows])

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        days = {name: given[name] for name in ("starts", "ends")}
        commands.report_outcome(chosen(rows, given["outcome"]), amount=given["value"], **days, **said)

    saving = "A period is counted once: its days may lie in no other."
    words = ("Record what came about", "Save the figure", saving, "The figure is saved")
    return _of_one(request, it, form, words, do)


@page(MANAGE, methods=BOTH)
def stop_outcome(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    begun, rows = opened(request, it, MANAGE), _outcomes(it)
    form = StopOutcomeForm(**begun, rows=[(row.pk, row.what) for row in rows])

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.stop_outcome(chosen(rows, given["outcome"]), **said)

    words = (
        "Stop reporting an outcome",
        "Stop the outcome",
        "Figures that are there stay, and count.",
        "The outcome is reported no more",
    )
    return _of_one(request, it, form, words, do)


@page(MANAGE, methods=BOTH)
def hold_exit(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = ExitForm(**opened(request, it, MANAGE), initial={"on": request.today})

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        names = {name: given[name] for name in ("on", "present", "notes", "lessons")}
        commands.hold_exit(it, **names, **said)

    saving = "What was learnt stands beside the decision on what comes next."
    words = ("Record the exit interview", "Save the interview", saving, "The exit interview is saved")
    return _of_one(request, it, form, words, do)


@page(MANAGE, methods=BOTH)
def decide_next(request: Request, organisation: str, reference: str) -> HttpResponse:
    """What comes next, by whom, and the resolution that it rests on."""
    it = found(request, organisation, reference)
    begun = opened(request, it, MANAGE)
    rows = decisions_of(it.record.organisation_id, actor=request.actor)
    decisions = [(row.pk, f"{row}: {row.resolved[:80]}") for row in rows]
    form = DecideForm(**begun, initial={"follows": it.follows}, decisions=decisions)
    page = verb(
        it, "Record what comes next", "Save the decision",
        (
            "The check of what comes next passes.",
            "The pipeline shows it.",
            "Each decision stays, with who took it, why, and the resolution that it rests on.",
        ),
        "What comes after {reference} is recorded",
    )  # fmt: skip

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        resolution = chosen(rows, given["decision"])
        of_agreements.decide_next(it, follows=given["follows"], decision=resolution, **said)

    return change(request, it, page, form, do)


@page(SEE, limit="papers")
def value_sheet(request: Request, organisation: str, reference: str) -> HttpResponse:
    """The value-for-money sheet of one agreement, as its reader may see it: to read, or as ?as= a file."""
    it = found(request, organisation, reference)
    today, suffix = request.today, f".{request.GET['as']}" if "as" in request.GET else ""
    if suffix and suffix not in SHEETS:
        raise Http404
    stock = gather(
        request.actor, organisation=it.record.organisation, as_at=today, since=today, at=request.now, only=it.pk
    )
    sheet = value_sheets(stock, "panel")
    if not suffix:
        context = framed(request, it, HERE, AsAt()) | {
            "paper": mark_safe(fragment(sheet, level=2)),  # noqa: S308  the renderer escapes every text
        }
        if sheet.marking != OFFICIAL.text and not context["marking"].sensitive:
            context["marking"] = sensitive("Compares with restricted records. Office and panel only.")
        return render(request, "commissioning/follow/value.html", context)
    try:
        content = rendered(sheet, suffix)
    except PaperFailed as failed:
        return HttpResponse(str(failed), status=503, content_type="text/plain; charset=utf-8")
    response = HttpResponse(content, content_type=CONTENT_TYPES[suffix])
    name = "".join(sign if sign.isalnum() else "-" for sign in it.record.reference)
    response["Content-Disposition"] = f'attachment; filename="value-{name}{suffix}"'
    return response
