"""The lists of retention: what is due, what was asked to be removed, legal holds, periods; and finding words in any record."""

from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.kernel.access import allowed
from candour.kernel.people.models import Organisation
from candour.kernel.records.kinds import kind_named
from candour.kernel.records.models import Record
from candour.kernel.records.pages import carried_out, marking_of
from candour.kernel.records.queries import bodies
from candour.kernel.retention import commands
from candour.kernel.retention.access import RetentionPermission
from candour.kernel.retention.forms import FOR_EVER, DisposalForm, FindForm, PeriodForm
from candour.kernel.retention.models import Removal
from candour.kernel.retention.queries import periods
from candour.kernel.retention.queries.removals import MOST, holds_seen, records_holding, removals_seen
from candour.kernel.retention.views.frame import address, keeping_at, tabs
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page

ROWS = 50
BOTH = ("GET", "POST")
TONES = {Removal.Outcome.WAITING: "amber", Removal.Outcome.DONE: "", Removal.Outcome.REFUSED: "plum"}


@page(RetentionPermission.SEE, methods=BOTH)
def due_page(request: Request) -> HttpResponse:
    """The records that may be disposed of; who may ask for it chooses some of them and says why."""
    actor = request.actor
    rows, spans = periods.due(actor, request.today)
    paging = Page.read(request.GET, count=rows.count(), size=ROWS)
    records = list(paging.of(rows))
    may_ask = [each for each in records if allowed(actor, RetentionPermission.ASK, each)]
    choices = [(str(each.pk), f"{each.reference} {each.title}") for each in may_ask]
    data = request.POST if request.method == "POST" else None
    form = DisposalForm(data, choices=choices)

    def act() -> None:
        chosen = [each for each in may_ask if str(each.pk) in form.cleaned_data["records"]]
        commands.ask_disposals(chosen, actor=actor, at=request.now, reason=form.cleaned_data["reason"])

    if request.method == "POST" and form.is_valid() and carried_out(form, act):
        count = len(form.cleaned_data["records"])
        messages.success(request, f"Asked for the disposal of {count} {'record' if count == 1 else 'records'}.")
        return redirect("retention-removals")
    chosen = set(data.getlist("records")) if data else set()
    context = {
        "rows": [(periods.due_row(each, spans), keeping_at(each), str(each.pk) in chosen) for each in records],
        "kinds": {name: kind_named(name).label for name in {each.kind for each in records}},
        "may_ask": {each.pk for each in may_ask},
        "any_period": bool(spans),
        "form": form,
        "page": paging,
        **_frame(request, "due", records),
    }
    return render(request, "retention/due.html", context, status=422 if form.errors else 200)


@page(RetentionPermission.SEE)
def removals_page(request: Request) -> HttpResponse:
    """What was asked to be removed: what waits first, then what was decided, latest first."""
    rows = removals_seen(request.actor).order_by("outcome", "-asked_on", "-pk")
    paging = Page.read(request.GET, count=rows.count(), size=ROWS)
    found = list(paging.of(rows))
    context = {
        "rows": [(each, TONES[Removal.Outcome(each.outcome)]) for each in found],
        "page": paging,
        **_frame(request, "removals", [each.record for each in found]),
    }
    return render(request, "retention/removals.html", context)


@page(RetentionPermission.SEE)
def holds_page(request: Request) -> HttpResponse:
    """Legal holds: those that stand first, the latest first."""
    rows = holds_seen(request.actor).order_by(F("lifted_on").desc(nulls_first=True), "-placed_on", "-pk")
    paging = Page.read(request.GET, count=rows.count(), size=ROWS)
    found = list(paging.of(rows))
    context = {
        "rows": [(each, keeping_at(each.record)) for each in found],
        "page": paging,
        **_frame(request, "holds", [each.record for each in found]),
    }
    return render(request, "retention/holds.html", context)


@page(RetentionPermission.SEE)
def periods_page(request: Request) -> HttpResponse:
    """How long a body keeps each kind of record."""
    found = bodies(request.actor, RetentionPermission.SEE)
    asked = request.GET.get("body", "")
    body = next((each for each in found if each.code == asked), found[0] if found and not asked else None)
    if body is None:
        raise Http404
    context = {
        "body": body,
        "bodies": [{"label": each.short_name, "href": f"?body={each.code}", "current": each == body} for each in found],
        "rows": periods.period_rows(body, request.today),
        "may_set": allowed(request.actor, RetentionPermission.SET, Record(organisation=body)),
        **_frame(request, "periods", []),
    }
    return render(request, "retention/periods.html", context)


@page(RetentionPermission.SET, methods=BOTH)
def set_period(request: Request) -> HttpResponse:
    """How long a kind of record is kept from a day on."""
    found = bodies(request.actor, RetentionPermission.SET)
    start = _as_it_stands(request, found)
    data = request.POST if request.method == "POST" else None
    form = PeriodForm(data, today=request.today, organisations=found, initial=start)
    back = reverse("retention-periods")

    def act() -> None:
        given = dict(form.cleaned_data)
        body, _ = form.organisations[given.pop("organisation")], given.pop("how")
        commands.set_period(body, **given, actor=request.actor, at=request.now)

    if request.method == "POST" and form.is_valid() and carried_out(form, act):
        messages.success(request, "The period is set.")
        return redirect(f"{back}?body={form.organisations[form.cleaned_data['organisation']].code}")
    context = {"form": form, "back": back}
    return render(request, "retention/period.html", context, status=422 if form.errors else 200)


@page(RetentionPermission.ASK, methods=BOTH)
def find_page(request: Request) -> HttpResponse:
    """Find words in the records and pasts of all that one may see. What is looked for is sent, and stands in no address."""
    data = request.POST if request.method == "POST" else None
    form = FindForm(data)
    found: list[Record] = []
    words = ""
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        found = records_holding(words, request.actor)
    context: dict[str, Any] = {
        "form": form,
        "words": words,
        "rows": [(each, kind_named(each.kind).label, address("record-remove", each)) for each in found],
        "most": MOST,
        **_frame(request, "find", found),
    }
    return render(request, "retention/find.html", context, status=422 if form.errors else 200)


def _as_it_stands(request: Request, found: list[Organisation]) -> dict[str, Any]:
    """What the form opens with: the body, the kind, and how long that is kept now. One query."""
    kind, number = request.GET.get("kind", ""), _number(found, request.GET.get("body", ""))
    span = (
        periods.in_force(periods.spans_of([int(number)]).get((int(number), kind), []), request.today)
        if number
        else None
    )
    how = {"how": FOR_EVER if span.years is None else "years", "years": span.years} if span else {}
    return {"kind": kind, "organisation": number, "starts": request.today, **how}


def _number(found: list[Organisation], code: str) -> str:
    return next((str(each.pk) for each in found if each.code == code), str(found[0].pk) if found else "")


def _frame(request: Request, here: str, records: list[Record]) -> dict[str, Any]:
    sensitivities = {each.pk: each.sensitivity for each in records}
    return {"tabs": tabs(request, here), "here": here, "marking": marking_of(sensitivities.values())}
