"""What the pages of finance share: finding a record, its address, tones, and pages of one change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.urls import reverse

from candour.finance.access import FinancePermission
from candour.finance.commands.base import Kept
from candour.finance.queries.budgets import budget_at
from candour.finance.queries.collaborations import collaboration_at
from candour.finance.queries.projects import project_at
from candour.finance.queries.schemes import scheme_at
from candour.finance.views.words import Told, told
from candour.kernel.access import Actor, allowed
from candour.kernel.actions.access import ActionPermission
from candour.kernel.actions.queries import actions_of
from candour.kernel.evidence.access import EvidencePermission
from candour.kernel.evidence.queries import files_of
from candour.kernel.history.access import HistoryPermission
from candour.kernel.records import changing
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.changing import Do, Verb
from candour.kernel.records.forms import VerbForm
from candour.kernel.records.happened import events_since, latest_events
from candour.kernel.records.pages import marking_of
from candour.kernel.records.queries import links_of, shares_of
from candour.kernel.web.asat import AsAt, Choice, as_at_of, kept_with_day
from candour.kernel.web.page import Request
from candour.kernel.web.tables import query_string

TONES: Mapping[str, str] = {
    "Off track": "red",
    "Funding does not add up": "red",
    "Over its budget": "red",
    "Short of its plan": "amber",
    "Slipping": "amber",
    "Figures late": "amber",
    "At risk": "amber",
    "On track": "green",
    "No figures yet": "line",
    "Complete": "line",
    "Report late": "red",
    "Past its end": "red",
    "Change asked for": "blue",
    "Awaits approval": "blue",
    "Being prepared": "",
    "Not approved": "line",
    "Closed": "line",
    "Agreement expired": "red",
    "Review late": "red",
    "No shares agreed": "amber",
    "Agreement ends soon": "amber",
    "Review due": "amber",
    "Running": "green",
    "Ended": "line",
}
WORD_TONES: Mapping[str, str] = {"high": "red", "medium": "amber", "low": "green", "": "line"}
SEEN_BY: Mapping[str, str] = {
    "public": "Everybody",
    "office": "Office and panel",
    "restricted": "Its owner, and those who may see restricted records",
}
LATEST = 8


@dataclass(frozen=True)
class Place:
    """Where records of a kind are: how one is found, and its list. called: as a page says that somebody changed it."""

    find: Callable[..., Any]
    list: str
    words: str
    called: str


PLACES: Mapping[str, Place] = {
    "budget": Place(budget_at, "finance", "Finance", "this budget"),
    "finance-scheme": Place(scheme_at, "savings", "Savings plan", "this scheme"),
    "project": Place(project_at, "projects", "Projects", "this project"),
    "collaboration": Place(collaboration_at, "collaborations", "Collaborations", "this collaboration"),
}
TABS = (
    ("finance", "Finance"),
    ("savings", "Savings plan"),
    ("capital", "Capital programme"),
    ("projects", "Projects"),
    ("collaborations", "Collaborations"),
)


def tabs(current: str, past: str = "") -> list[Choice]:
    """The pages of finance and change, as a switch."""
    return [Choice(words, reverse(name) + past, name == current) for name, words in TABS]


def found(request: Request, kind: str, organisation: str, reference: str) -> Any:
    """The record of a kind at the address. Raises Http404 alike for one that is hidden and one that never was."""
    try:
        return PLACES[kind].find(organisation, reference, actor=request.actor)
    except ObjectDoesNotExist:
        raise Http404 from None


def address(it: Kept, page: str = "") -> str:
    """The address of a page of a record: address(it, "report")."""
    name = f"{it.record.kind}-{page}" if page else it.record.kind
    return reverse(name, args=[it.record.organisation.code, it.record.reference])


def trail(it: Kept) -> list[tuple[str, str]]:
    """The crumbs above a record, as (address, words)."""
    place = PLACES[it.record.kind]
    name, words = (place.list, place.words)
    if getattr(it, "sort", "") == "capital":
        name, words = "capital", "Capital programme"
    above = [] if name == "finance" else [(reverse("finance"), "Finance")]
    return [*above, (reverse(name), words)]


def verb_of(it: Kept, title: str, submit: str, saving: tuple[str, ...], done: str) -> Verb:
    """A page of one change to a record."""
    return Verb(
        title,
        submit,
        saving,
        done.format(reference=it.record.reference),
        address(it),
        called=PLACES[it.record.kind].called,
        marking=marking_of([it.record.sensitivity]),
        template="finance/change.html",
        more={"it": it, "trail": trail(it)},
    )


def change(request: Request, it: Kept, verb: Verb, form: VerbForm, do: Do) -> HttpResponse:
    """The page of one change, which says what somebody else entered meanwhile, newest first."""

    def news(seen: int) -> list[Told]:
        return [told(event) for event in events_since(it.record, request.actor, seen)]

    return changing.change(request, it.record, verb, form, do, news=news)


def opened(request: Request, it: Kept, permission: str = FinancePermission.MANAGE) -> dict[str, Any]:
    """The beginning of every form here. Raises Forbidden for who may see the record but not do this."""
    return changing.opened(request, it.record, permission)


def page_frame(request: Request, it: Kept, as_at: AsAt) -> dict[str, Any]:
    """What the page of every record is given, whether it stood on the day or not."""
    return {
        "it": it,
        "trail": trail(it),
        "as_at": as_at,
        "day": as_at.day or request.today,
        "past": as_at.query,
        "keep": kept_with_day(request),
        "back": query_string(request.GET, as_at=None),
        "problems": as_at.problems,
        "has_errors": bool(as_at.problem),
        "called": PLACES[it.record.kind].called,
        "marking": marking_of([it.record.sensitivity]),
    }


def page_tail(request: Request, it: Kept, as_at: AsAt, *, hung: bool = True) -> dict[str, Any]:
    """Its history, and what other records say of it today; hung: its actions and files too."""
    actor, record = request.actor, it.record
    history = address(it, "history") if allowed(actor, HistoryPermission.SEE) else ""
    found_here = {
        "timeline": [told(event) for event in latest_events(record, actor, day=as_at.day, size=LATEST)],
        "entries": record.head_sequence,
        "history": history,
        "seen_by": SEEN_BY[record.sensitivity],
    }
    if as_at.day is not None:
        return found_here | {"links": [], "shares": [], "actions": None, "files": None}
    return found_here | {
        "links": links_of(record, actor=actor),
        "shares": shares_of(record),
        "actions": actions_of(record, actor=actor, today=request.today)
        if hung and allowed(actor, ActionPermission.SEE)
        else None,
        "files": files_of(record, actor=actor) if hung and allowed(actor, EvidencePermission.SEE) else None,
    }


def usual_verbs(actor: Actor, it: Kept) -> list[tuple[str, str]]:
    """The changes that every record of finance has, as (address, words)."""
    offered = (
        (allowed(actor, FinancePermission.RESTRICT, it.record), "restrict", "Change who may see it"),
        (allowed(actor, RecordPermission.SHARE, it.record), "share", "Share it with another body"),
    )
    return [(address(it, name), words) for may, name, words in offered if may]


def day_of(request: Request) -> AsAt:
    return as_at_of(request)
