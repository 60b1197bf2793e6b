"""What the pages of measures share: finding the measure, its address, tones, and pages of one change."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from candour.kernel.records import changing
from candour.kernel.records.changing import Do, Verb
from candour.kernel.records.forms import VerbForm
from candour.kernel.records.happened import events_since
from candour.kernel.records.pages import marking_of
from candour.kernel.web.page import Request
from candour.performance.models import Measure
from candour.performance.queries import measure_at
from candour.performance.views.words import Told, told

TONES: Mapping[str, str] = {
    "Explanation late": "red",
    "Explanation asked": "amber",
    "Getting worse": "red",
    "Will miss its target": "amber",
    "Figures late": "amber",
    "Changed": "blue",
    "Getting better": "green",
    "Steady": "",
    "No figures yet": "line",
    "Ended": "line",
}
VARIATION_TONES: Mapping[str, str] = {
    "improvement": "green",
    "concern": "red",
    "change": "blue",
    "common": "",
    "": "line",
}
ASSURANCE_TONES: Mapping[str, str] = {"will": "green", "will not": "red", "may": "amber", "": ""}
AGAINST_TONES: Mapping[str, str] = {"met": "green", "within": "amber", "missed": "red", "": ""}
AGAINST_SIGNS: Mapping[str, str] = {"met": "✓", "within": "≈", "missed": "✗", "": ""}
# A sign beside each word, so that nothing is told by its colour alone.
SIGNS: Mapping[str, str] = {"improvement": "▲", "concern": "▼", "change": "◆", "common": "▬", "": ""}
SEEN_BY: Mapping[str, str] = {
    "public": "Everybody: open data",
    "office": "Office and panel",
    "restricted": "Its owner, and those who may see restricted records",
}


def found(request: Request, organisation: str, reference: str) -> Measure:
    """The measure at the address. Raises Http404 alike for one that is hidden and one that never was."""
    try:
        return measure_at(organisation, reference, actor=request.actor)
    except Measure.DoesNotExist:
        raise Http404 from None


def address(it: Measure, name: str = "measure") -> str:
    """The address of a page of a measure: address(it, "measure-ask")."""
    return reverse(name, args=[it.record.organisation.code, it.record.reference])


def verb_of(it: Measure, title: str, submit: str, saving: tuple[str, ...], done: str) -> Verb:
    """A page of one change to a measure."""
    return Verb(
        title,
        submit,
        saving,
        done.format(reference=it.record.reference),
        address(it),
        called="this measure",
        marking=marking_of([it.record.sensitivity]),
        template="performance/change.html",
        more={"measure": it},
    )


def change(request: Request, it: Measure, verb: Verb, form: VerbForm, do: Do) -> HttpResponse:
    """The page of one change, which says what somebody else entered meanwhile, newest first."""

    def news(seen: int) -> list[Told]:
        return [told(event) for event in events_since(it.record, request.actor, seen)]

    return changing.change(request, it.record, verb, form, do, news=news)


def opened(request: Request, it: Measure, permission: str) -> dict[str, Any]:
    """The beginning of every form here. Raises Forbidden for who may see the measure but not do this."""
    return changing.opened(request, it.record, permission)
