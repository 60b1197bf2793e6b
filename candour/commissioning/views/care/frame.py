"""What the pages of care share: tones of results, numbers of pages, pages of one change to a provider."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from candour.commissioning.forms.base import VerbForm
from candour.commissioning.models import Provider
from candour.kernel.records import changing
from candour.kernel.records.changing import Do, Verb
from candour.kernel.records.models import Record
from candour.kernel.web.page import Request

SIZE = 50
BOTH = ("GET", "POST")
STEP_TONES: Mapping[str, str] = {
    "Skipped": "plum",
    "Done": "green",
    "Late": "red",
    "Due soon": "amber",
    "To come": "",
}


def first_of(request: Request) -> int:
    """Where the page of the address begins among all rows."""
    asked = request.GET.get("page", "1")
    first = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return (max(first, 1) - 1) * SIZE


def opened(request: Request, provider: Provider, permission: str) -> dict[str, Any]:
    """The beginning of a form about a provider. Raises Forbidden for who may see it but not do this."""
    files = request.FILES if request.method == "POST" else None
    about = Record(organisation=provider.organisation)
    return changing.opened(request, provider, permission, about) | {"files": files}


def verb(provider: Provider, title: str, submit: str, saving: tuple[str, ...], done: str) -> Verb:
    """A page of one change to a provider."""
    home = reverse("provider", args=[provider.pk])
    trail = (("Agreements", reverse("agreements")), (provider.name, home))
    template = "commissioning/rounds/change.html"
    return Verb(
        title, submit, saving, done, home, kicker=provider.name, trail=trail, called="this provider", template=template
    )


def change(request: Request, provider: Provider, page: Verb, form: VerbForm, do: Do) -> HttpResponse:
    return changing.change(request, provider, page, form, do, news=lambda seen: [])
