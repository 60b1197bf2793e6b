"""The organisations that Candour knows: bodies, partners, providers, auditors."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.kernel.access import allowed, require
from candour.kernel.establishment import commands
from candour.kernel.establishment.forms.posts import OrganisationForm
from candour.kernel.establishment.guard import of_body
from candour.kernel.establishment.queries.happened import latest_about
from candour.kernel.establishment.queries.organisations import OrganisationRow, organisations
from candour.kernel.establishment.rules import BODIES
from candour.kernel.establishment.views.frame import BOTH, Verb, ask, by
from candour.kernel.establishment.views.words import told
from candour.kernel.people.access import PeoplePermission
from candour.kernel.people.models import Organisation
from candour.kernel.web.page import Request, page

LATELY = 10


@page(PeoplePermission.SEE)
def organisations_page(request: Request) -> HttpResponse:
    """All of them, one's own first."""
    rows = organisations(request.actor, request.today)
    context = {"rows": rows, "may_manage": allowed(request.actor, PeoplePermission.MANAGE)}
    return render(request, "establishment/organisations.html", context)


@page(PeoplePermission.SEE)
def organisation(request: Request, named: str) -> HttpResponse:
    """One of them: its names, its posts where one reads of them, and what happened to it."""
    row = _found(request, named)
    entries = told(latest_about(row.organisation, request.actor, size=LATELY))
    return render(request, "establishment/organisation.html", {"row": row, "it": row.organisation, "entries": entries})


@page(PeoplePermission.MANAGE, methods=BOTH)
def add_organisation(request: Request) -> HttpResponse:
    """A partner, a provider or an auditor; and, for who may give roles, a body that keeps registers of its own."""
    gives = allowed(request.actor, PeoplePermission.GRANT)
    kinds = [(value, label) for value, label in Organisation.Kind.choices if gives or value not in BODIES]
    form = OrganisationForm(request.POST if request.method == "POST" else None, kinds=kinds, today=request.today)
    saving = ["It can be chosen as partner, provider or auditor at once."]
    if gives:
        saving.append(
            "An office or a force keeps registers of its own. Your post administers it until you give that to another."
        )
    listed = reverse("organisations")
    trail = [(listed, "Organisations")]
    verb = Verb(
        "Add an organisation", "", "Add the organisation", tuple(saving), "The organisation is added", trail, listed
    )

    def act(given: dict[str, Any]) -> str:
        made = commands.set_up_organisation(**given, **by(request))
        return reverse("organisation", args=[made.code])

    return ask(request, verb, form, act)


@page(PeoplePermission.MANAGE, methods=BOTH)
def rename_organisation(request: Request, named: str) -> HttpResponse:
    it = _found(request, named).organisation
    require(request.actor, PeoplePermission.MANAGE, of_body(it))
    start = {"name": it.name, "short_name": it.short_name}
    form = OrganisationForm(
        request.POST if request.method == "POST" else None, kinds=[], initial=start, today=request.today
    )
    saving = ("Pages and papers say the new name from now on.", "Its code, and so every address, stays.")
    back = reverse("organisation", args=[it.code])
    trail = [(reverse("organisations"), "Organisations"), (back, it.short_name)]
    verb = Verb(
        "Rename the organisation", it.name, "Save the names", saving, "The organisation is renamed", trail, back
    )
    return ask(request, verb, form, lambda given: commands.rename_organisation(it, **given, **by(request)) and None)


def _found(request: Request, code: str) -> OrganisationRow:
    found = organisations(request.actor, request.today, code=code)
    if not found:
        raise Http404
    return found[0]
