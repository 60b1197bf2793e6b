"""What the pages of rounds share: finding a round or an application, their addresses, and pages of one change."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from candour.commissioning.forms import VerbForm
from candour.commissioning.models import Application, Round
from candour.commissioning.queries.rounds import application_at, round_at
from candour.commissioning.rules import rounds as rules
from candour.commissioning.views.rounds.words import told
from candour.kernel.records import changing
from candour.kernel.records.changing import Do, Verb
from candour.kernel.records.happened import events_since
from candour.kernel.records.models import Record
from candour.kernel.records.pages import marking_of
from candour.kernel.records.telling import Told
from candour.kernel.web.context import Marking, sensitive
from candour.kernel.web.page import Request

STATE_TONES: Mapping[str, str] = {
    "Draft": "line",
    "To open": "blue",
    "Open": "green",
    "Closed to applications": "amber",
    "Scoring": "blue",
    "To decide": "amber",
    "Decided": "amber",
    "Announced": "line",
}
OUTCOME_TONES: Mapping[str, str] = {"awarded": "green", "part": "green", "refused": "line"}
COMMERCIAL = "Commercial. Scorers, and those who run and decide the round, only."


def found_round(request: Request, organisation: str, reference: str) -> Round:
    """The round at the address. Raises Http404 alike for one that is hidden and one that never was."""
    try:
        return round_at(organisation, reference, actor=request.actor)
    except Round.DoesNotExist:
        raise Http404 from None


def found_application(request: Request, organisation: str, reference: str) -> Application:
    """The application at the address. Raises Http404 alike for one that is hidden and one that never was."""
    try:
        return application_at(organisation, reference, actor=request.actor)
    except Application.DoesNotExist:
        raise Http404 from None


def address(it: Round | Application, name: str = "") -> str:
    """The address of a page of a round or an application."""
    usual = "round" if isinstance(it, Round) else "application"
    return reverse(name or usual, args=[it.record.organisation.code, it.record.reference])


def marking(it: Round | Application) -> Marking:
    """A page that shows an application is sensitive until its round is announced."""
    if isinstance(it, Application) and it.round.announced_on is None:
        return sensitive(COMMERCIAL)
    return marking_of([it.record.sensitivity]) if isinstance(it, Round) else sensitive(COMMERCIAL)


def trail(it: Round | Application) -> tuple[tuple[str, str], ...]:
    """(words, address) of the pages above the page of one change."""
    above = (("Agreements", reverse("agreements")), ("Grant rounds", reverse("rounds")))
    if isinstance(it, Round):
        return (*above, (it.record.reference, address(it)))
    return (*above, (it.round.record.reference, address(it.round)), (it.record.reference, address(it)))


def verb(
    it: Round | Application,
    title: str,
    submit: str,
    saving: tuple[str, ...],
    done: str,
    *,
    home: str = "",
    template: str = "commissioning/rounds/change.html",
    more: Mapping[str, Any] | None = None,
) -> Verb:
    """A page of one change to a round or an application."""
    return Verb(
        title,
        submit,
        saving,
        done,
        home or address(it),
        kicker=f"{it.record.reference} {it.record.title}",
        trail=trail(it),
        marking=marking(it),
        called="this round" if isinstance(it, Round) else "this application",
        template=template,
        more=dict(more or {}),
    )


def change(request: Request, it: Round | Application, page: Verb, form: VerbForm, do: Do) -> HttpResponse:
    """The page of one change, which says what somebody else entered meanwhile, newest first."""

    def news(seen: int) -> list[Told]:
        return [told(event) for event in events_since(it.record, request.actor, seen)]

    return changing.change(request, it.record, page, form, do, news=news)


def opened(
    request: Request, it: Round | Application, permission: str, *, record: Record | None = None
) -> dict[str, Any]:
    """The beginning of every form here. Raises Forbidden for who may see it but not do this."""
    files = request.FILES if request.method == "POST" else None
    return changing.opened(request, record or it.record, permission) | {"files": files}


def steps(it: Round, today: Any) -> list[dict[str, Any]]:
    """The steps of a round with the day of each, and which it is at."""
    now = rules.state(it, today)
    at = {
        "Draft": 0,
        "To open": 1,
        "Open": 1,
        "Closed to applications": 2,
        "Scoring": 3,
        "To decide": 4,
        "Decided": 5,
        "Announced": 6,
    }[now]
    names = (
        ("Criteria and form", it.opened_on),
        ("Applications", it.closes if at > 1 else None),
        ("Eligibility", it.scoring_on),
        ("Scoring and moderation", it.ranked_on),
        ("Decision", it.decided_on),
        ("Letters and announcement", it.announced_on),
    )
    return [
        {"label": label, "href": "", "note": day, "current": number == at} for number, (label, day) in enumerate(names)
    ]
