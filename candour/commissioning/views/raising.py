"""Pages by which an agreement joins the register and its facts change; providers, streams and templates."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.commissioning import commands, rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.commands.raising import FACTS, TEXTS
from candour.commissioning.forms import ChangeForm, ProviderForm, RaiseForm, StreamForm, TemplateForm
from candour.commissioning.models import Agreement, Provider
from candour.commissioning.queries import AgreementFilter, page_of, providers, streams_in
from candour.commissioning.queries.care.diligence import checks_of
from candour.commissioning.views.changing import by, change, opened, verb_of
from candour.commissioning.views.frame import CARE_TONES, address, found
from candour.kernel.access import allowed, require
from candour.kernel.calendar import financial_year
from candour.kernel.people.models import Organisation
from candour.kernel.people.queries import posts_of
from candour.kernel.records.forms import as_choices, post_named
from candour.kernel.records.models import Record
from candour.kernel.records.pages import carried_out, marking_of
from candour.kernel.records.queries import bodies
from candour.kernel.web.asat import Choice
from candour.kernel.web.forms import Form
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page, query_string

BOTH = ("GET", "POST")
SIZE = 50


@page(CommissioningPermission.MANAGE, methods=BOTH)
def raise_agreement(request: Request) -> HttpResponse:
    """A new agreement of the body of ?body=, the actor's own unless it says otherwise."""
    may, body = body_of(request)
    streams, posts = streams_in(body.pk), posts_of(body.pk)
    known = list(providers(request.actor).filter(organisation=body))
    switch = [Choice(each.short_name, query_string(request.GET, body=each.code), each == body) for each in may]
    context: dict[str, Any] = {"body": body, "switch": switch if len(may) > 1 else []}
    if not streams or not known:
        return render(request, "commissioning/raise_first.html", context | {"streams": streams, "providers": known})
    form = RaiseForm(
        request.POST if request.method == "POST" else None,
        initial={"sensitivity": "office", "provider": request.GET.get("provider", "")},
        streams=[(each.pk, str(each)) for each in streams],
        providers=[(each.pk, each.name) for each in known],
        posts=as_choices(posts),
        today=request.today,
    )
    made: list[Agreement] = []

    def act() -> None:
        given = form.cleaned_data
        made.append(
            commands.raise_agreement(
                stream=next(each for each in streams if str(each.pk) == given["stream"]),
                provider=next(each for each in known if str(each.pk) == given["provider"]),
                owner=post_named(posts, given["owner"]),
                value=rules.pence(given["value"]),
                **{
                    name: given[name]
                    for name in ("kind", "service", "area", "starts", "ends", "sensitivity", "reference")
                },
                **by(request, form),
            )
        )

    if request.method == "POST" and form.is_valid() and carried_out(form, act):
        messages.success(
            request, f"{made[0].record.reference} is in the register. Mend what its health check names next"
        )
        return redirect(address(made[0]))
    return render(request, "commissioning/raise.html", context | {"form": form}, status=422 if form.errors else 200)


@page(CommissioningPermission.MANAGE, methods=BOTH)
def change_agreement(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    posts = posts_of(it.record.organisation_id, it.record.owner)
    start = {name: getattr(it, name) for name in (*FACTS, *TEXTS, "service", "area")}
    start |= {"owner": it.record.owner_id, "value": rules.plain(it.value)}
    form = ChangeForm(**opened(request, it, CommissioningPermission.MANAGE), initial=start, posts=as_choices(posts))
    verb = verb_of(
        it,
        "Change its facts",
        "Save the facts",
        (
            "The register and the health check read so from today.",
            "The title follows what is provided, where, by whom and in which year.",
            "Once both have signed, dates and value move by a variation alone.",
        ),
        "{reference} is changed",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        words = {name: given[name] for name in (*FACTS, *TEXTS, "service", "area")} | {
            "value": rules.pence(given["value"])
        }
        commands.change_agreement(it, owner=post_named(posts, given["owner"]), **words, **said)

    return change(request, it, verb, form, do)


@page(CommissioningPermission.SEE)
def provider(request: Request, number: int) -> HttpResponse:
    """A provider: its numbers, and every agreement with it that the reader may see."""
    it = found_provider(request, number)
    asked = request.GET.get("page", "1")
    first = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    shown = page_of(
        request.actor,
        AgreementFilter(view="all", provider=it.pk),
        today=request.today,
        sort="-ends",
        offset=(max(first, 1) - 1) * SIZE,
        size=SIZE,
    )
    checks = checks_of(it, actor=request.actor, today=request.today)
    context = {
        "provider": it,
        "checks": [(one, CARE_TONES.get(one.result, "")) for one in checks],
        "may_waive": allowed(request.actor, CommissioningPermission.OVERRIDE, Record(organisation=it.organisation)),
        "rows": [
            (row, reverse("agreement", args=[row.organisation_code, row.reference]), rules.STATE_TONES[row.state])
            for row in shown.rows
        ],
        "page": Page.read(request.GET, count=shown.total, size=SIZE),
        "value": rules.pounds(shown.value),
        "may_manage": allowed(request.actor, CommissioningPermission.MANAGE, Record(organisation=it.organisation)),
        "marking": marking_of(row.sensitivity for row in shown.rows),
    }
    return render(request, "commissioning/provider.html", context)


@page(CommissioningPermission.MANAGE, methods=BOTH)
def change_provider(request: Request, number: int) -> HttpResponse:
    it = found_provider(request, number)
    require(request.actor, CommissioningPermission.MANAGE, Record(organisation=it.organisation))
    start = {name: getattr(it, name) for name in ("name", "charity_number", "company_number")}
    form = ProviderForm(posted(request), initial=start, today=request.today)

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.change_provider(it, **{name: given[name] for name in start}, **said)

    saving = ("Titles of agreements that are there stay as they are signed.", "What stood before stays in the history.")
    home = reverse("provider", args=[it.pk])
    return asked(request, form, do, title="Change this provider", submit="Save the provider", saving=saving, home=home)


@page(CommissioningPermission.MANAGE, methods=BOTH)
def add_provider(request: Request) -> HttpResponse:
    _, body = body_of(request)
    form = ProviderForm(posted(request), today=request.today)

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        names = ("name", "charity_number", "company_number")
        commands.add_provider(organisation=body, **{name: given[name] for name in names}, **said)

    saving = ("It can be chosen when an agreement is raised.", "Its name stands in the titles of its agreements.")
    return asked(request, form, do, title="Add a provider", submit="Add the provider", saving=saving)


@page(CommissioningPermission.MANAGE, methods=BOTH)
def add_stream(request: Request) -> HttpResponse:
    _, body = body_of(request)
    form = StreamForm(posted(request), initial={"year": financial_year(request.today)}, today=request.today)

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        names = ("code", "name", "year", "funder", "ring_fence", "conditions")
        budget = rules.pence(given["budget"]) or 0
        commands.add_stream(organisation=body, budget=budget, **{name: given[name] for name in names}, **said)

    saving = (
        "Agreements can be raised from it, numbered from 1 in its year.",
        "The register shows what its agreements cost against its budget.",
    )
    return asked(request, form, do, title="Add a funding stream", submit="Add the stream", saving=saving)


@page(CommissioningPermission.MANAGE, methods=BOTH)
def set_template(request: Request) -> HttpResponse:
    _, body = body_of(request)
    form = TemplateForm(posted(request), initial={"starts": request.today}, today=request.today)

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        names = ("kind", "version", "starts")
        commands.set_template(organisation=body, **{name: given[name] for name in names}, **said)

    saving = (
        "From that day, a copy that is attached on another version fails the check of templates.",
        "Copies that were attached before stay as they are.",
    )
    return asked(request, form, do, title="Set the template in use", submit="Save the template", saving=saving)


def asked(
    request: Request,
    form: Form,
    do: Callable[[dict[str, Any], dict[str, Any]], None],
    *,
    title: str,
    submit: str,
    saving: tuple[str, ...],
    home: str = "",
    template: str = "commissioning/ask.html",
) -> HttpResponse:
    """A page that asks for one thing that is no change of a record, and leads home when it is saved."""
    home = home or reverse("agreements")
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(form, lambda: do(form.cleaned_data, by(request, form)))
    ):
        messages.success(request, "It is saved")
        return redirect(home)
    context = {"form": form, "home": home, "title": title, "submit": submit, "saving": saving}
    return render(request, template, context, status=422 if form.errors else 200)


def found_provider(request: Request, number: int) -> Provider:
    """A provider that the actor may know of; Http404 alike for one that is hidden and one that never was."""
    it = providers(request.actor).select_related("organisation").filter(pk=number).first()
    if it is None:
        raise Http404
    return it


def body_of(request: Request) -> tuple[list[Organisation], Organisation]:
    """The bodies in which the actor manages agreements, and the one of ?body=, the first unless it says otherwise."""
    may = bodies(request.actor, CommissioningPermission.MANAGE)
    return may, next((each for each in may if each.code == request.GET.get("body")), may[0])


def posted(request: Request) -> Any:
    return request.POST if request.method == "POST" else None
