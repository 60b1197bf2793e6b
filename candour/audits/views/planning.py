"""Pages of the plan: an audit joins it, is changed, gets dates, leaves it and comes back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from candour.audits import commands
from candour.audits.access import AuditPermission
from candour.audits.forms import ChangeForm, DatesForm, DeferForm, LeaveForm, PlanForm
from candour.audits.models import Audit, Stage
from candour.audits.queries import auditors, next_reference
from candour.audits.rules import STAGES
from candour.audits.views.changing import by, change, opened, verb_of
from candour.audits.views.frame import address, found
from candour.kernel.calendar import add_months, financial_year
from candour.kernel.people.models import Organisation, Post
from candour.kernel.people.queries import posts_of
from candour.kernel.records.forms import as_choices, post_named
from candour.kernel.records.pages import carried_out
from candour.kernel.records.queries import bodies
from candour.kernel.web.asat import Choice
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import query_string

BOTH = ("GET", "POST")


@page(AuditPermission.PLAN, methods=BOTH)
def plan_audit(request: Request) -> HttpResponse:
    """A new audit in the plan of the body of ?body=, the actor's own unless it says otherwise."""
    may = bodies(request.actor, AuditPermission.PLAN)
    body = next((each for each in may if each.code == request.GET.get("body")), may[0])
    providers, posts = auditors(), posts_of(body.pk)
    if not providers:
        return render(request, "audits/plan_no_auditor.html", {"body": body})
    year = financial_year(request.today)
    start = {"reference": next_reference(body.pk, year), "year": year, "sensitivity": "office"}
    form = PlanForm(
        request.POST if request.method == "POST" else None,
        initial=start | ({"provider": providers[0].pk} if len(providers) == 1 else {}),
        posts=as_choices(posts),
        providers=[(each.pk, each.name) for each in providers],
        today=request.today,
    )
    if request.method == "POST" and form.is_valid() and (made := _planned(request, form, body, posts, providers)):
        messages.success(request, f"{made.record.reference} is in the plan of {made.year}")
        return redirect(address(made))
    switch = [Choice(each.short_name, query_string(request.GET, body=each.code), each == body) for each in may]
    context = {"form": form, "body": body, "switch": switch if len(may) > 1 else []}
    return render(request, "audits/plan_audit.html", context, status=422 if form.errors else 200)


def _planned(
    request: Request, form: PlanForm, body: Organisation, posts: list[Post], providers: list[Organisation]
) -> Audit | None:
    """The audit that the command made; None where it refused, which the form then says."""
    made: list[Audit] = []
    given = form.cleaned_data
    names = ("reference", "title", "year", "days", "sensitivity", "purpose", "scope")

    def act() -> None:
        made.append(
            commands.plan_audit(
                organisation=body,
                provider=next(each for each in providers if str(each.pk) == given["provider"]),
                owner=post_named(posts, given["owner"]),
                planned={which: given[which] for which in STAGES if given[which]},
                **{name: given[name] for name in names},
                **by(request, form),
            )
        )

    return made[0] if carried_out(form, act) else None


@page(AuditPermission.PLAN, methods=BOTH)
def change_audit(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    posts = posts_of(it.record.organisation_id, it.record.owner)
    start = {"title": it.record.title, "owner": it.record.owner_id, "days": it.days}
    form = ChangeForm(
        **opened(request, it.record, AuditPermission.PLAN), initial=start | {"purpose": it.purpose, "scope": it.scope}
    )
    form.choose_posts(as_choices(posts), "owner")
    verb = verb_of(
        it,
        "Change what is audited",
        "Save the change",
        ("The plan reads so from today.", "What stood before stays in its history, beside your reason."),
        "{reference} is changed",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        words = {name: given[name] for name in ("title", "days", "purpose", "scope")}
        commands.change_audit(it, owner=post_named(posts, given["owner"]), **words, **said)

    return change(request, it, verb, form, do)


@page(AuditPermission.PLAN, methods=BOTH)
def dates(request: Request, organisation: str, reference: str) -> HttpResponse:
    """The planned day of every stage that is still to come."""
    it = found(request, organisation, reference)
    begun = opened(request, it.record, AuditPermission.PLAN)
    standing = {stage.which: stage for stage in Stage.objects.filter(audit=it)}
    to_come = {which: standing[which].planned for which in STAGES if standing[which].actual is None}
    form = DatesForm(**begun, dates=to_come)
    verb = verb_of(
        it,
        "Plan or move the dates",
        "Save the dates",
        (
            "The day that a stage was first planned for stays beside the new one, and never changes.",
            "A date that moves stands in the ledger with your reason and who agreed it.",
            "Stages that were reached are not listed.",
        ),
        "The dates of {reference} are saved",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.plan_stages(it, planned={which: given[which] for which in form.to_plan}, **said)

    return change(request, it, verb, form, do)


@page(AuditPermission.PLAN, methods=BOTH)
def defer(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    later = financial_year(add_months(request.today, 12))
    start = {"year": later, "reference": next_reference(it.record.organisation_id, later)}
    form = DeferForm(**opened(request, it.record, AuditPermission.PLAN), initial=start)
    verb = verb_of(
        it,
        "Defer it to a later year",
        "Defer the audit",
        (
            "The plan of this year keeps it, as deferred, with your reason and who agreed it.",
            "In the plan of the later year it stands as a new audit: terms, scope, owner and days go with it.",
            "Its dates there are still to be planned.",
        ),
        "{reference} is deferred",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.defer(it, year=given["year"].strip(), reference=given["reference"], **said)

    return change(request, it, verb, form, do)


@page(AuditPermission.PLAN, methods=BOTH)
def cancel(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = LeaveForm(**opened(request, it.record, AuditPermission.PLAN))
    verb = verb_of(
        it,
        "Cancel this audit",
        "Cancel the audit",
        (
            "The plan keeps it, as cancelled, with your reason and who agreed it.",
            "Its days no longer count in the load of the year.",
            "It can be put back.",
        ),
        "{reference} is cancelled",
    )
    return change(request, it, verb, form, lambda _, said: commands.cancel(it, **said))


@page(AuditPermission.PLAN, methods=BOTH)
def reinstate(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = LeaveForm(**opened(request, it.record, AuditPermission.PLAN))
    verb = verb_of(
        it,
        "Put this audit back in the plan",
        "Put it back",
        ("It stands in the plan of its year from today, with the dates that it had.", "Look at its dates next."),
        "{reference} is back in the plan",
    )
    return change(request, it, verb, form, lambda _, said: commands.reinstate(it, **said))
