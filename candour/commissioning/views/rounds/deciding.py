"""Pages of moderation, of the ranking against a budget, of ties, and of the decision."""

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.commissioning import rules as of_agreements
from candour.commissioning.access import CommissioningPermission as May
from candour.commissioning.commands import rounds as commands
from candour.commissioning.forms.rounds import ModerateForm, PlainForm
from candour.commissioning.models import Application, Moderation, Round
from candour.commissioning.queries.rounds import (
    candidates,
    criteria_of,
    marks_of,
    scheme_of,
    scores_open,
    tally,
)
from candour.commissioning.queries.rounds.one import marks_in
from candour.commissioning.rules import rounds as rules
from candour.commissioning.views.rounds.figures import ranking_chart
from candour.commissioning.views.rounds.frame import (
    COMMERCIAL,
    address,
    change,
    found_application,
    found_round,
    marking,
    opened,
    verb,
)
from candour.kernel.access import allowed, require
from candour.kernel.web.context import sensitive
from candour.kernel.web.fields import PoundsField
from candour.kernel.web.forms import Form
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page, page_number

BOTH = ("GET", "POST")
SIZE = 50
SHARES = (Decimal("0.8"), Decimal("0.9"), Decimal(1), Decimal("1.1"), Decimal("1.2"))


class WhatIfForm(Form):
    """Another budget to look at the ranking with. Nothing is saved by it."""

    budget = PoundsField("What if the budget were", hint="In pounds. Nothing is saved by it.", required=False)


@page(May.MANAGE)
def moderation(request: Request, organisation: str, reference: str) -> HttpResponse:
    """The applications on which scorers are further apart than the round allows, once all scores are sent."""
    it = found_round(request, organisation, reference)
    require(request.actor, May.MANAGE, it.record)
    counts, scheme = tally(request.actor, it), scheme_of(it)
    rows: list[dict[str, Any]] = []
    if counts.all_in:
        named = {one.key: one.name for one in scheme.criteria}
        for application, one in zip(*candidates(request.actor, it), strict=True):
            if apart := rules.to_moderate(one, scheme):
                gaps = [(named[key], sorted(one.marks[key])) for key in apart]
                rows.append({"it": application, "gaps": gaps})
    shown = Page.read(request.GET, count=len(rows), size=SIZE)
    context = {
        "round": it,
        "rows": [
            one
            | {"href": reverse("application-moderate", args=[it.record.organisation.code, one["it"].record.reference])}
            for one in shown.of(rows)
        ],
        "page": shown,
        "counts": counts,
        "marking": sensitive(COMMERCIAL) if counts.all_in else marking(it),
        "over": it.ranked_on is not None,
    }
    return render(request, "commissioning/rounds/moderation.html", context)


@page(May.MANAGE, methods=BOTH)
def moderate(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Record a mark that scorers agreed."""
    it = found_application(request, organisation, reference)
    begun = opened(request, it, May.MANAGE)
    opens, scheme = scores_open(request.actor, it), scheme_of(it.round)
    marked = marks_of(it) if opens else []
    rows = [
        (one, [(each.post, *each.scores.get(one.key, (None, ""))) for each in marked if not each.removed])
        for one in scheme.criteria
    ]
    apart = [
        (one, said)
        for one, said in rows
        if rules.apart([mark for _, mark, _ in said if mark is not None]) > scheme.tolerance
    ]
    marks = [(str(mark), f"{mark} {words}") for mark, words in enumerate(marks_in(it.round))]
    form = ModerateForm(**begun, criteria=[(one.key, one.name) for one, _ in apart], marks=marks)
    page = verb(
        it,
        "Moderate",
        "Save the mark",
        (
            "It takes the place of the scorers’ average. Their own scores stay as they were sent.",
            "How it was agreed stands in the report of the round.",
        ),
        f"{it.record.reference} is moderated",
        home=address(it.round, "round-moderation"),
        template="commissioning/rounds/moderate.html",
        more={
            "apart": apart,
            "open": opens,
            "agreed": list(Moderation.objects.filter(application=it).select_related("criterion")) if opens else [],
        },
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        criterion = next(one for one in criteria_of(it.round) if str(one.pk) == given["criterion"])
        commands.moderate(it, criterion=criterion, value=int(given["value"]), **said)

    return change(request, it, page, form, do)


@page(May.MANAGE)
def ranking(request: Request, organisation: str, reference: str) -> HttpResponse:
    """The order of applications with the budget's line, as a chart and a table; and what another budget would do."""
    it = found_round(request, organisation, reference)
    require(request.actor, May.MANAGE, it.record)
    counts, scheme = tally(request.actor, it), scheme_of(it)
    form = WhatIfForm(request.GET if request.GET.get("budget") else None)
    asked = of_agreements.pence(form.cleaned_data["budget"]) if form.is_bound and form.is_valid() else None
    budget = asked or it.budget
    context: dict[str, Any] = {"round": it, "counts": counts, "form": form, "ready": counts.all_in}
    if counts.all_in:
        context |= _ranked(request, it, scheme, budget, asked)
    context["marking"] = sensitive(COMMERCIAL) if counts.all_in else marking(it)
    return render(request, "commissioning/rounds/ranking.html", context)


def _ranked(request: Request, it: Round, scheme: rules.Scheme, budget: int, asked: int | None) -> dict[str, Any]:
    applications, rows = candidates(request.actor, it)
    by = {one.pk: one for one in applications}
    excepted = [one.pk for one in applications if one.excepted]
    places = rules.ranking(rows, scheme, budget, excepted=excepted)
    apart = sum(bool(rules.to_moderate(one, scheme)) for one in rows)
    shown = Page.read(request.GET, count=len(places), size=SIZE)
    cut = next((number for number, one in enumerate(places) if not one.award and not one.below), len(places))
    offset = (page_number(request.GET) - 1) * SIZE
    budgets = sorted({int(it.budget * share) for share in SHARES} | ({asked} if asked else set()))
    given = sum(one.award for one in places)
    return {
        "rows": [_row(it, by[one.key], one, cut == offset + n) for n, one in enumerate(shown.of(places))],
        "page": shown,
        "budget": of_agreements.pounds(budget),
        "asked_budget": asked is not None and asked != it.budget,
        "given": of_agreements.pounds(given),
        "left": of_agreements.pounds(budget - given),
        "awards": sum(bool(one.award) for one in places),
        "apart": apart,
        "ties": sum(one.tied for one in places),
        "what_if": [
            {
                "budget": of_agreements.pounds(one.budget),
                "awards": one.awards,
                "given": of_agreements.pounds(one.given),
                "left": of_agreements.pounds(one.left),
                "now": one.budget == budget,
            }
            for one in rules.what_if(rows, scheme, budgets, excepted=excepted)
        ],
        "chart": ranking_chart(
            [(by[one.key].record.reference, by[one.key].record.title, one) for one in shown.of(places)],
            pass_mark=scheme.pass_mark,
        ),
        "may_rank": it.ranked_on is None and not apart and allowed(request.actor, May.MANAGE, it.record),
        "may_decide": it.ranked_on and not it.decided_on and allowed(request.actor, May.DECIDE, it.record),
    }


def _row(it: Round, application: Application, one: rules.Place, cut: bool) -> dict[str, Any]:
    code = it.record.organisation.code
    return {
        "place": one.place,
        "reference": application.record.reference,
        "title": application.record.title,
        "applicant": application.applicant,
        "href": reverse("application", args=[code, application.record.reference]),
        "tie": reverse("application-tie", args=[code, application.record.reference]) if one.tied else "",
        "total": rules.said(one.total),
        "asked": of_agreements.pounds(one.asked),
        "award": of_agreements.pounds(one.award) if one.award else "",
        "part": 0 < one.award < one.asked,
        "below": one.below,
        "broken": one.broken,
        "tied": one.tied,
        "cut": cut,
    }


@page(May.MANAGE, methods=BOTH)
def rank(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found_round(request, organisation, reference)
    form = PlainForm(**opened(request, it, May.MANAGE), label="Note")
    page = verb(
        it,
        "Settle the ranking",
        "Settle the ranking",
        ("No score and no moderation changes any more.", "Who is entitled can decide the round."),
        f"The ranking of {it.record.reference} stands",
        home=address(it, "round-ranking"),
    )
    return change(request, it, page, form, lambda given, said: commands.rank(it, **said))
