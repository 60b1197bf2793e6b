"""The one row of navigation. Each app registers its own place in apps.py; what a person may not open is not listed."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from candour.kernel.web.page import may_open


@dataclass(frozen=True)
class Place:
    """A registered place: where it stands (order), its word, the url name, and the permission to open it."""

    order: int
    label: str
    url_name: str
    permission: str


@dataclass(frozen=True)
class Item:
    """A place as one person sees it on one page."""

    label: str
    href: str
    current: bool


_places: dict[str, Place] = {}


def register(label: str, url_name: str, permission: str, order: int) -> None:
    """Give an app its place in the navigation. Registering the same url name again replaces it."""
    _places[url_name] = Place(order, label, url_name, permission)


def places() -> list[Place]:
    """Every registered place, in order."""
    return sorted(_places.values(), key=lambda place: (place.order, place.label))


def items(request: HttpRequest) -> list[Item]:
    """The places that this request's actor may open. The one whose address begins the page's own address is current."""
    actor = getattr(request, "actor", None)
    found = []
    for place in places():
        try:
            href = reverse(place.url_name)
        except NoReverseMatch:
            continue
        if may_open(actor, place.permission):
            found.append((place.label, href))
    here = max((href for _, href in found if _within(request.path, href)), key=len, default=None)
    return [Item(label, href, href == here) for label, href in found]


def _within(path: str, href: str) -> bool:
    return path == href or (href != "/" and path.startswith(href.rstrip("/") + "/"))
