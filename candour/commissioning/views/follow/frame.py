"""What the pages of following an agreement share: their tabs, their frame, pages of one change, and what can be chosen."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from candour.commissioning.access import CommissioningPermission
from candour.commissioning.models import Agreement
from candour.commissioning.views.changing import verb_of
from candour.commissioning.views.frame import address
from candour.kernel.access import allowed
from candour.kernel.people.queries import posts_of
from candour.kernel.records.changing import Verb
from candour.kernel.records.forms import as_choices
from candour.kernel.records.pages import marking_of
from candour.kernel.web.page import Request

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


def framed(request: Request, it: Agreement, page: str) -> dict[str, Any]:
    """What every one of these pages shows."""
    return {
        "agreement": it,
        "home": address(it),
        "tabs": [Tab(label, address(it, name), name == page) for name, label in TABS],
        "may": allowed(request.actor, MANAGE, it.record),
        "open": it.record.closed_on is None,
        "marking": marking_of([it.record.sensitivity]),
    }


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
