"""What the pages of following an agreement share: their tabs, their frame, pages of one change, and what can be chosen."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from candour.commissioning.access import CommissioningPermission
from candour.commissioning.models import Agreement
from candour.commissioning.queries.follow import Then
from candour.commissioning.views.changing import verb_of
from candour.commissioning.views.frame import address
from candour.kernel.access import allowed
from candour.kernel.people.queries import posts_of
from candour.kernel.records.changing import Verb
from candour.kernel.records.forms import as_choices
from candour.kernel.records.pages import marking_of
from candour.kernel.web.asat import AsAt, kept_with_day
from candour.kernel.web.page import Request
from candour.kernel.web.tables import query_string

SEE, MANAGE = CommissioningPermission.SEE, CommissioningPermission.MANAGE
BOTH = ("GET", "POST")
TABS = (
    ("agreement-returns", "Returns"),
    ("agreement-money", "Money"),
    ("agreement-meetings", "Meetings and issues"),
    ("agreement-outcomes", "Outcomes and what comes next"),
)


@dataclass(frozen=True)
class Tab:
    label: str
    href: str
    current: bool
    count: None = None


def framed(request: Request, it: Agreement, page: str, as_at: AsAt, then: Then | None = None) -> dict[str, Any]:
    """What every one of these pages shows. then: the agreement as it stood, on a page of a past day."""
    row = then.row if then else None
    return {
        "agreement": it,
        "title": row.title if row else it.record.title,
        "home": address(it) + as_at.query,
        "tabs": [Tab(label, address(it, name) + as_at.query, name == page) for name, label in TABS],
        "may": row is None and allowed(request.actor, MANAGE, it.record),
        "open": (row.line.closed_on if row else it.record.closed_on) is None,
        "as_at": as_at,
        "day": as_at.day or request.today,
        "past": as_at.query,
        "keep": kept_with_day(request),
        "back": query_string(request.GET, as_at=None),
        "problems": as_at.problems,
        "has_errors": bool(as_at.problem),
        "marking": marking_of([row.sensitivity if row else it.record.sensitivity]),
    }


def not_then(request: Request, it: Agreement, as_at: AsAt) -> HttpResponse:
    """The page of an agreement that did not stand yet on a past day, or may not be seen as it stood."""
    return render(request, "commissioning/record_not_then.html", framed(request, it, "", as_at))


def verb_on(page: str) -> Callable[[Agreement, str, str, tuple[str, ...], str], Verb]:
    """Pages of one change that lead back to the page they began on."""

    def verb(it: Agreement, title: str, submit: str, saving: tuple[str, ...], done: str) -> Verb:
        return replace(verb_of(it, title, submit, saving, done), home=address(it, page))

    return verb


def posts_for(it: Agreement) -> list[tuple[int, str]]:
    """The posts of the agreement's body, to choose from. One query."""
    return as_choices(posts_of(it.record.organisation_id))


def chosen(rows: Iterable[Any], number: str) -> Any:
    """The row of an answer, by its number; None for none."""
    return next((row for row in rows if str(row.pk) == number), None)
