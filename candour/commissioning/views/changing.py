"""Pages of one change to an agreement."""

from typing import Any

from django.http import HttpResponse

from candour.commissioning.forms import VerbForm
from candour.commissioning.models import Agreement
from candour.commissioning.views.frame import address
from candour.commissioning.views.words import Told, told
from candour.kernel.records import changing
from candour.kernel.records.changing import Do, Verb, by
from candour.kernel.records.happened import events_since
from candour.kernel.records.pages import marking_of
from candour.kernel.web.page import Request

__all__ = ["by", "change", "opened", "verb_of"]


def verb_of(it: Agreement, title: str, submit: str, saving: tuple[str, ...], done: str) -> Verb:
    """A page of one change to an agreement."""
    return Verb(
        title,
        submit,
        saving,
        done.format(reference=it.record.reference),
        address(it),
        called="this agreement",
        marking=marking_of([it.record.sensitivity]),
        template="commissioning/change.html",
        more={"agreement": it},
    )


def change(request: Request, it: Agreement, verb: Verb, form: VerbForm, do: Do) -> HttpResponse:
    """The page of one change, which says what somebody else entered meanwhile, newest first."""

    def news(seen: int) -> list[Told]:
        return [told(event) for event in events_since(it.record, request.actor, seen)]

    return changing.change(request, it.record, verb, form, do, news=news)


def opened(request: Request, it: Agreement, permission: str) -> dict[str, Any]:
    """The beginning of every form here. Raises Forbidden for who may see the agreement but not do this."""
    files = request.FILES if request.method == "POST" else None
    return changing.opened(request, it.record, permission) | {"files": files}
