"""Pages kept as they were made until anything more is recorded.

A page made from recorded facts alone depends on four things: its address, who asks, the day, and how far the history has
gone. While all four are the same the page is the same, so it is given again without being made again: two queries, who
asks and how far the history has gone. Nothing has to be told that it is out of date, and no page is ever older than the
last entry. See docs/adr/0013.
"""

import hashlib
from collections.abc import Callable

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from candour.kernel.history.queries import how_far

PERSONAL = b"csrfmiddlewaretoken"  # a page with a form to send holds a secret of one session


def kept(request: HttpRequest, make: Callable[[], HttpResponse]) -> HttpResponse:
    """The page kept for this request, or the one that make gives, kept for the next."""
    if not may_keep(request):
        return make()
    key = key_of(request, how_far())
    held = cache.get(key)
    if held is not None:
        content, headers = held
        return HttpResponse(content, headers=headers)
    response = make()
    if response.status_code == 200 and not response.streaming and PERSONAL not in response.content:
        cache.set(key, (response.content, dict(response.items())))
    return response


def may_keep(request: HttpRequest) -> bool:
    """Whether a page may be kept at all: one that was only asked for, with no message waiting to be shown once."""
    return request.method in {"GET", "HEAD"} and "_messages" not in request.session


def key_of(request: HttpRequest, far: str) -> str:
    """What the page depends on, as one fingerprint."""
    actor = request.actor  # type: ignore[attr-defined]
    told = (far, actor.kind, actor.id, request.today, request.method, request.get_full_path())  # type: ignore[attr-defined]
    told += (request.headers.get("HX-Request"), request.headers.get("HX-Target"))  # type: ignore[assignment]
    return "page-" + hashlib.sha256(repr(told).encode()).hexdigest()
