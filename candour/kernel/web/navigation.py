"""The one row of navigation. Each app registers its own place in apps.py; what a person may not open is not listed.

The row holds the desk, the registers and the papers that come of them; what serves all of them stands under More.
"""

from dataclasses import dataclass, field
from functools import cache

from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse

from candour.kernel.web.page import may_open

MORE_FROM = 61  # the order from which a place stands under More


@dataclass(frozen=True)
class Place:
    """A registered place: where it stands (order), its word, the url name, and the permission to open it."""

    order: int
    label: str
    url_name: str
    permission: str


@dataclass(frozen=True)
class Item:
    """A place as one person sees it on one page. more: it stands under More."""

    label: str
    href: str
    current: bool
    more: bool = False


@dataclass(frozen=True)
class Row:
    """Places in the row, those under More, and which of the latter the page is ("" for none)."""

    items: list[Item]
    more: list[Item] = field(default_factory=list)
    here: str = ""


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
    prefix = get_script_prefix()
    opened = (place for place in places() if may_open(actor, place.permission))
    found = [(place, href) for place in opened if (href := _address(place.url_name, prefix)) is not None]
    here = max((href for _, href in found if _within(request.path, href)), key=len, default=None)
    return [Item(place.label, href, href == here, place.order >= MORE_FROM) for place, href in found]


@cache
def _address(url_name: str, prefix: str) -> str | None:
    """The address of a place under the prefix of the installation, the same on every page; None for one not built."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None


def row(found: list[Item]) -> Row:
    """How the places of a person stand on a wide page: a single one under More is no reason for a menu."""
    more = [item for item in found if item.more]
    if len(more) < 2:
        return Row(found)
    here = next((item.label for item in more if item.current), "")
    return Row([item for item in found if not item.more], more, here)


def _within(path: str, href: str) -> bool:
    return path == href or (href != "/" and path.startswith(href.rstrip("/") + "/"))
