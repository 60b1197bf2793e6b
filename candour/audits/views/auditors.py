"""The page of an auditor: what it promised, and what became of it; promises agreed and progress reports recorded."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.audits import commands
from candour.audits.access import AuditPermission
from candour.audits.forms import ProgressForm, PromiseForm, ProviderFilters
from candour.audits.queries import Case, MeasureRow, auditors, places, record_of, year_shown
from candour.audits.rules import OUTCOMES
from candour.audits.views.changing import by
from candour.kernel.access import allowed
from candour.kernel.people.models import Organisation
from candour.kernel.records.pages import carried_out, marking_of
from candour.kernel.records.queries import bodies
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import words_on
from candour.kernel.web.forms import Form
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import query_string

BOTH = ("GET", "POST")
RESULTS = {"Met": "green", "Not met": "red", "Not yet due": "", "Cannot be told": "amber", "Not agreed": "line"}
OUTCOME_TONES = {"met": "green", "missed": "red", "not yet due": "", "cannot be told": "amber"}


@dataclass(frozen=True)
class Counted:
    """A measure as the page shows it. counts: (outcome, in words, how many, where its cases are)."""

    row: MeasureRow
    tone: str
    counts: tuple[tuple[str, str, int, str], ...]


@dataclass(frozen=True)
class Shown:
    """A case with where it leads and the tone of its outcome."""

    case: Case
    href: str
    tone: str
    outcome: str


@page(AuditPermission.SEE, kept=True)
def auditor(request: Request, provider: str) -> HttpResponse:
    """The measures of a year; those of ?measure= and ?outcome= case by case below."""
    of = _auditor(provider)
    years = places(request.actor).years
    year = year_shown(years, request.today)
    params = request.GET.copy()
    params.setdefault("year", year)
    offered = sorted({year, *years}, reverse=True)
    filters = ProviderFilters(params, years=[(each, each) for each in offered], today=request.today)
    context: dict[str, Any] = {
        "provider": of,
        "filters": filters,
        "problems": filters.problems,
        "has_errors": not filters.is_valid(),
        "may_plan": allowed(request.actor, AuditPermission.PLAN),
        "may_record": allowed(request.actor, AuditPermission.RECORD),
        "scales": [
            scale
            for kind in (Scale.Kind.OPINION, Scale.Kind.PRIORITY)
            if (scale := words_on(of.pk, kind, request.today))
        ],
    }
    if filters.is_valid():
        context |= _measured(request, of, filters.cleaned_data, year)
    return render(request, "audits/auditor.html", context)


def _measured(request: Request, of: Organisation, given: dict[str, Any], year: str) -> dict[str, Any]:
    year = given["year"] or year
    record = record_of(request.actor, of.pk, year, today=request.today)
    chosen = [row for row in record.measures if row.measure.name == given["measure"]]
    cases = [_shown(case) for row in chosen for case in row.of(given["outcome"])]
    every = [case for row in record.measures for case in row.cases]
    return {
        "year": year,
        "measures": [_counted(request, row) for row in record.measures],
        "record": record,
        "chosen": chosen[0] if chosen else None,
        "outcome": OUTCOMES.get(given["outcome"], ""),
        "cases": cases,
        "marking": marking_of({(case.body_code, case.reference): case.sensitivity for case in every}.values()),
    }


def _counted(request: Request, row: MeasureRow) -> Counted:
    tally = row.tally
    numbers = {"met": tally.met, "missed": tally.missed, "not yet due": tally.not_yet, "cannot be told": tally.unknown}
    counts = tuple(
        (name, words, numbers[name], query_string(request.GET, measure=row.measure.name, outcome=name) + "#cases")
        for name, words in OUTCOMES.items()
    )
    return Counted(row, RESULTS[row.result], counts)


def _shown(case: Case) -> Shown:
    href = reverse("audit", args=[case.body_code, case.reference]) if case.reference else ""
    return Shown(case, href, OUTCOME_TONES[case.measured.outcome], OUTCOMES[case.measured.outcome])


@page(AuditPermission.PLAN, methods=BOTH)
def agree_promise(request: Request, provider: str) -> HttpResponse:
    of, may = _auditor(provider), bodies(request.actor, AuditPermission.PLAN)
    form = PromiseForm(
        _posted(request),
        bodies=_choices(may),
        initial={"starts": request.today, "body": may[0].pk},
        today=request.today,
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        body = next(each for each in may if str(each.pk) == given["body"])
        words = {name: given[name] for name in ("measure", "allowed", "starts")}
        commands.set_promise(organisation=body, provider=of, **words, **said)

    saving = (
        "The measure is taken by it from that day; what came before is measured by what held then.",
        "The promise before it ends the day before.",
    )
    return _asked(request, of, form, do, title="Agree a promise", submit="Save the promise", saving=saving)


@page(AuditPermission.RECORD, methods=BOTH)
def record_progress(request: Request, provider: str) -> HttpResponse:
    of, may = _auditor(provider), bodies(request.actor, AuditPermission.RECORD)
    form = ProgressForm(_posted(request), bodies=_choices(may), initial={"body": may[0].pk}, today=request.today)

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        body = next(each for each in may if str(each.pk) == given["body"])
        days = {name: given[name] for name in ("panel_on", "issued_on")}
        commands.record_progress(organisation=body, provider=of, **days, **said)

    saving = (
        "The meeting stands among those that a progress report is due for.",
        "For a meeting that is there already, the day of its report is recorded.",
    )
    return _asked(
        request, of, form, do, title="Record a progress report", submit="Save the progress report", saving=saving
    )


def _asked(
    request: Request,
    of: Organisation,
    form: Form,
    do: Callable[[dict[str, Any], dict[str, Any]], None],
    *,
    title: str,
    submit: str,
    saving: tuple[str, ...],
) -> HttpResponse:
    home = reverse("auditor", args=[of.code])
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(form, lambda: do(form.cleaned_data, by(request, form)))
    ):
        messages.success(request, "It is saved")
        return redirect(home)
    context = {"form": form, "provider": of, "home": home, "title": title, "submit": submit, "saving": saving}
    return render(request, "audits/auditor_ask.html", context, status=422 if form.errors else 200)


def _auditor(code: str) -> Organisation:
    """The auditor at an address; Http404 for any other organisation."""
    found = next((each for each in auditors() if each.code == code), None)
    if found is None:
        raise Http404
    return found


def _posted(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _choices(found: list[Organisation]) -> list[tuple[int, str]]:
    return [(each.pk, each.name) for each in found]
