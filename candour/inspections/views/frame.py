"""What the pages of inspections share: finding one, addresses, tones, and pages of one change."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from candour.inspections.models import Inspection, StatementItem
from candour.inspections.queries import inspection_at
from candour.inspections.queries.statement import statement_item_at
from candour.inspections.views.words import Told, told
from candour.kernel.records import changing
from candour.kernel.records.changing import Do, Verb
from candour.kernel.records.forms import VerbForm
from candour.kernel.records.happened import events_since
from candour.kernel.records.pages import marking_of
from candour.kernel.web.page import Request

TONES: Mapping[str, str] = {
    "Response overdue": "red",
    "Step overdue": "red",
    "Clock running": "amber",
    "Copies to send": "amber",
    "Report awaited": "blue",
    "Fieldwork": "blue",
    "Notified": "blue",
    "Answered": "green",
    "No response of its own": "line",
    "Closed": "line",
}
STATED_TONES: Mapping[str, str] = {
    "Overdue": "red",
    "At risk": "amber",
    "Not started": "line",
    "On track": "green",
    "Done": "green",
    "Dropped": "line",
}
GRADE_TONES: Mapping[str, str] = {"high": "red", "medium": "amber", "low": "green"}
SORT_TONES: Mapping[str, str] = {"cause of concern": "red", "inspection": "amber", "afi": "blue"}
SEEN_BY: Mapping[str, str] = {
    "public": "Everybody: it may be published",
    "office": "Office and panel",
    "restricted": "Its owner, and those who may see restricted records",
}


def found(request: Request, organisation: str, reference: str) -> Inspection:
    """The inspection at the address. Raises Http404 alike for one that is hidden and one that never was."""
    try:
        return inspection_at(organisation, reference, actor=request.actor)
    except Inspection.DoesNotExist:
        raise Http404 from None


def found_item(request: Request, organisation: str, reference: str) -> StatementItem:
    """The item of the statement at the address. Raises Http404 alike for one that is hidden and one that never was."""
    try:
        return statement_item_at(organisation, reference, actor=request.actor)
    except StatementItem.DoesNotExist:
        raise Http404 from None


def address(it: Inspection | StatementItem, name: str = "") -> str:
    """The address of a page of an inspection or item: address(it, "inspection-grades"); its own without a name."""
    own = "inspection" if isinstance(it, Inspection) else "statement-item"
    return reverse(name or own, args=[it.record.organisation.code, it.record.reference])


def verb_of(
    it: Inspection | StatementItem,
    title: str,
    submit: str,
    saving: tuple[str, ...],
    done: str,
    *,
    template: str = "",
    home: str = "",
    **more: Any,
) -> Verb:
    """A page of one change."""
    of_inspection = isinstance(it, Inspection)
    above = ("Inspections", reverse("inspections")) if of_inspection else ("The statement", reverse("statement"))
    return Verb(
        title,
        submit,
        saving,
        done.format(reference=it.record.reference),
        home or address(it),
        called="this inspection" if of_inspection else "this item",
        trail=(above, (it.record.reference, address(it))),
        marking=marking_of([it.record.sensitivity]),
        template=template or "inspections/change.html",
        more={"it": it} | more,
    )


def change(request: Request, it: Inspection | StatementItem, verb: Verb, form: VerbForm, do: Do) -> HttpResponse:
    """The page of one change, which says what somebody else entered meanwhile, newest first."""

    def news(seen: int) -> list[Told]:
        return [told(event) for event in events_since(it.record, request.actor, seen)]

    return changing.change(request, it.record, verb, form, do, news=news)


def opened(
    request: Request, it: Inspection | StatementItem, permission: str, *, anywhere: bool = False
) -> dict[str, Any]:
    """The beginning of every form here. Raises Forbidden for who may see it but not do this."""
    return changing.opened(request, it.record, permission, anywhere=anywhere)
