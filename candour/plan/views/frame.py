"""What the pages of plans share: finding a record, its address, tones, and pages of one change."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from candour.kernel.records import changing
from candour.kernel.records.changing import Do, Verb
from candour.kernel.records.forms import VerbForm
from candour.kernel.records.happened import events_since
from candour.kernel.records.models import Record
from candour.kernel.records.pages import marking_of
from candour.kernel.web.page import Request
from candour.plan.models import Activity, Objective, Plan
from candour.plan.queries import activity_at, objective_at, plan_at
from candour.plan.views.words import Told, told

One = Plan | Objective | Activity
FIND: Mapping[str, Callable[..., One]] = {"plan": plan_at, "objective": objective_at, "activity": activity_at}
# What a state looks like on a card of the plan.
CARDS: Mapping[str, str] = {
    "Off course": "red",
    "Past its date": "red",
    "At risk": "amber",
    "On course": "green",
    "Done": "blue",
    "Done, to be agreed": "blue",
    "Closed": "blue",
}
SEEN_BY: Mapping[str, str] = {
    "public": "Office, panel and public",
    "office": "Office and panel",
    "restricted": "Its owner, and those who may see restricted records",
}


def found(request: Request, kind: str, organisation: str, reference: str) -> Any:
    """The plan, objective or activity at the address. Raises Http404 alike for one that is hidden and one that never was."""
    try:
        return FIND[kind](organisation, reference, actor=request.actor)
    except (Plan.DoesNotExist, Objective.DoesNotExist, Activity.DoesNotExist):
        raise Http404 from None


def address(record: Record, page: str = "") -> str:
    """The address of a record's page, or of one of its other pages: address(record, "update")."""
    name = f"{record.kind}-{page}" if page else record.kind
    return reverse(name, args=[record.organisation.code, record.reference])


def verb_of(record: Record, title: str, submit: str, saving: tuple[str, ...], done: str, **more: Any) -> Verb:
    """A page of one change to a plan, an objective or an activity."""
    home = address(record)
    return Verb(
        title,
        submit,
        saving,
        done.format(reference=record.reference),
        home,
        kicker=f"{record.reference} {record.title}",
        called=f"this {record.kind}",
        marking=marking_of([record.sensitivity]),
        template="plan/change.html",
        more={"record": record},
        **more,
    )


def change(request: Request, record: Record, verb: Verb, form: VerbForm, do: Do) -> HttpResponse:
    """The page of one change, which says what somebody else entered meanwhile, newest first."""

    def news(seen: int) -> list[Told]:
        return [told(event) for event in events_since(record, request.actor, seen)]

    return changing.change(request, record, verb, form, do, news=news)


def opened(request: Request, record: Record, permission: str, **more: Any) -> dict[str, Any]:
    """The beginning of every form here. Raises Forbidden for who may see the record but not do this."""
    return changing.opened(request, record, permission, **more)
