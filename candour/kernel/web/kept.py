"""Pages kept as they were made until anything more is recorded.

A page made from recorded facts alone depends on four things: its address, who asks, the day, and how far the history has
gone. While all four are the same the page is the same, and is given again without being made again. The one query that
finds who asks tells the last of them too. Nothing has to be told that it is out of date, and no page is ever older than
the last entry. See docs/adr/0013.
"""

import hashlib
from collections.abc import Callable, Hashable
from typing import TypeVar

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from candour.kernel.access import restricted

Answer = TypeVar("Answer")
PERSONAL = b"csrfmiddlewaretoken"  # a page with a form to send holds a secret of one session


def kept(request: HttpRequest, make: Callable[[], HttpResponse]) -> HttpResponse:
    """The page kept for this request, or the one that make gives, kept for the next.

    What restricted records it was made from is kept with it: who is given a kept page has opened them no less.
    """
    key = key_of(request)
    if key is None:
        return make()
    held = cache.get(key)
    if held is not None:
        content, headers, met = held
        if met and (gathered := restricted.current()) is not None:
            gathered.add(met)
        return HttpResponse(content, headers=headers)
    with restricted.gathering() as found:
        response = make()
    if response.status_code == 200 and not response.streaming and PERSONAL not in response.content:
        cache.set(key, (response.content, dict(response.items()), found))
    return response


def answered(request: HttpRequest, question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """What was answered to the same person on the same day since anything was last recorded, or else what ask gives.

    For what many pages show alike, such as how many each view of a list holds. question: its name and all that it depends on
    beside the person, the day and the history.
    """
    how_far = how_far_of(request)
    if how_far is None:
        return ask()
    key = "answer-" + hashlib.sha256(repr((how_far, request.user.pk, request.today, question)).encode()).hexdigest()  # type: ignore[attr-defined]
    held = cache.get(key)
    if held is None:
        held = ask()
        cache.set(key, held)
    return held


def how_far_of(request: HttpRequest) -> str | None:
    """How far the history had gone when the one who asks was found; None for one who holds no post."""
    held = getattr(request.user, "held", None)
    return held[0].how_far if held else None


def key_of(request: HttpRequest) -> str | None:
    """What the page depends on, as one fingerprint; None for one not to be kept.

    That is an answer to a form, a page with a message to show once, and any page of one who holds no post.
    """
    how_far = how_far_of(request)
    if request.method not in {"GET", "HEAD"} or "_messages" in request.session or how_far is None:
        return None
    told = (how_far, request.user.pk, request.today, request.method, request.get_full_path())  # type: ignore[attr-defined]
    partly = (request.headers.get("HX-Request"), request.headers.get("HX-Target"))
    return "page-" + hashlib.sha256(repr((told, partly)).encode()).hexdigest()
