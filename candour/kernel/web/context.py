"""What the shell of every page needs, without asking the database."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from candour.kernel.access import restricted
from candour.kernel.web import navigation
from candour.kernel.web.page import signed_in


@dataclass(frozen=True)
class Marking:
    """The protective marking at the top and foot of a page: its words, why, and how it is coloured."""

    text: str
    note: str = ""
    sensitive: bool = False
    public: bool = False


OFFICIAL = Marking("OFFICIAL")
PUBLIC = Marking("PUBLIC", public=True)


# What may stand beside the marking of a page, as floors above say it: words and an address, or None.
beside_marking: list[Callable[[HttpRequest], tuple[str, str] | None]] = []


def sensitive(note: str) -> Marking:
    """OFFICIAL-SENSITIVE, with the reason: "Contains 1 restricted risk. Office and panel only."."""
    restricted.mark()
    return Marking("OFFICIAL-SENSITIVE", note, sensitive=True)


def shell(request: HttpRequest) -> dict[str, Any]:
    """The body, the actor's post, the navigation, the marking (a view may give its own), the day, whether a demo."""
    actor = getattr(request, "actor", None)
    known = signed_in(actor)
    places = navigation.items(request)
    return {
        "body_name": actor.organisation_name if actor and known else "",
        "post_label": actor.label if actor and known else "",
        "is_signed_in": known,
        "navigation": places,
        "navigation_row": navigation.row(places),
        "marking": OFFICIAL,
        "beside_marking": [found for say in beside_marking if (found := say(request))] if known else [],
        "demo": getattr(settings, "DEMO", False),
        "today": getattr(request, "today", None) or timezone.localdate(),
    }
