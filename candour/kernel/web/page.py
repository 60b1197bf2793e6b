"""Every page says who may open it. A view without @page is refused by the tests."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial, wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.cache import patch_cache_control

from candour.kernel.access import Actor, Forbidden, allowed
from candour.kernel.history import replica
from candour.kernel.limits.counting import TooOften, need
from candour.kernel.limits.place import who_asks
from candour.kernel.rules import Overtaken
from candour.kernel.web.kept import kept as kept_or_made
from candour.kernel.web.once import taken_once
from candour.kernel.web.unsent import is_of_a_form, unsent

ANYONE = "anyone"
SIGNED_IN = "signed in"
SERVICE = "a service token"  # an address of the API, which asks for one and for a scope of its own
UNCOUNTED = "-"  # open to anybody and never held up by others: the door, and what a token opens
MULTIPART = "multipart/form-data"  # how a browser sends a form with a file
TRIES = 3  # of one request, each of which somebody else overtook
# How long after somebody showed who they are a page that asks for it opens, and what was opened may be sent (seconds).
OPENS_FOR, SENT_FOR = 10 * 60, 60 * 60
PROVED = "proved"  # when that was, in the session

View = Callable[..., HttpResponse]


class Request(HttpRequest):
    """A request as views get it: who acts and at what moment, set by access.middleware."""

    actor: Actor
    today: date
    now: datetime


@dataclass(frozen=True)
class Page:
    """What a view declares: its name, who may open it (ANYONE, SIGNED_IN or a permission), the methods it answers.

    kept: it is made from recorded facts alone, and so is kept until anything more is recorded. limit: which count of a
    minute it is part of (kernel/limits/rules.py), "" for none. proved: it asks whoever opens it to show again who they are.
    """

    view: str
    who: str
    methods: tuple[str, ...]
    kept: bool = False
    limit: str = ""
    proved: bool = False


security = logging.getLogger("candour.security")
_pages: dict[str, Page] = {}


def pages() -> list[Page]:
    """Every declared page, by the dotted name of its view."""
    return [_pages[name] for name in sorted(_pages)]


def page(
    who: str,
    *,
    methods: Sequence[str] = ("GET",),
    kept: bool = False,
    report: bool = False,
    limit: str = "",
    proved: bool = False,
) -> Callable[[View], View]:
    """Declare who may open a view, and whether its page may be kept (see kept.py).

    report: it only reads, and may read a copy of the database (see history/replica.py). limit: which count of a minute it is
    part of, where that is not told by who may open it (ANYONE: public) or by its being a report (papers). proved: whoever did
    not show who they are within ten minutes does so first, and may send what they then opened within the hour (ASVS 5, 7.5).

    Somebody not signed in is sent to sign in and comes back to the same address; a form of theirs comes back to them with
    what it held (unsent.py). Somebody signed in without the permission gets the answer of a page that does not exist,
    whatever the method. GET includes HEAD; any other method
    gives 405. An act that access refuses inside the view gives 403, which says what it needs.
    """
    answered = tuple(methods) + (("HEAD",) if "GET" in methods else ())
    limit = limit or ("papers" if report else "public" if who == ANYONE else "")
    limit = "" if limit == UNCOUNTED else limit

    def declare(view: View) -> View:
        declared = Page(f"{view.__module__}.{view.__qualname__}", who, answered, kept, limit, proved)
        _pages[declared.view] = declared

        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            _tell_the_time(request)
            actor = getattr(request, "actor", None)
            if not may_open(actor, who):
                if not signed_in(actor):
                    return to_sign_in(request)
                security.info("Not for this post: %s, which needs %s", declared.view, who)
                raise Http404
            if who != ANYONE:  # looked up by now: what stood for them costs a detour each time that it is asked
                request.actor = getattr(actor, "itself", actor)  # type: ignore[attr-defined]
            if request.method not in answered:
                response = render(request, "405.html", {"allowed": answered}, status=405)
                response.headers["Allow"] = ", ".join(answered)
                return response
            if proved and not proved_lately(request):
                return _away(request, settings.PROVE_URL)
            try:
                _count(request, limit)
                made = partial(reported(view) if report else view, request, *args, **kwargs)
                response = kept_or_made(request, made) if kept else taken_once(request, lambda: _decided(request, made))
            except Forbidden as refused:
                # The record itself was fetched through visible(); what is refused here is an act, and that may be said.
                security.info("Refused: %s, which needs %s", declared.view, refused.permission)
                response = render(request, "403.html", {"permission": refused.permission}, status=403)
            except TooOften as often:
                response = too_often(request, often)
            if signed_in(actor) and not response.has_header("Cache-Control"):
                patch_cache_control(response, private=True, no_cache=True)
            return response

        opened.page = declared  # type: ignore[attr-defined]
        return opened

    return declare


def reported(view: View) -> View:
    """The view, reading from the copy for reports where there is one that has everything."""

    def read(*args: Any, **kwargs: Any) -> HttpResponse:
        with replica.report():
            return view(*args, **kwargs)

    return read


def _count(request: HttpRequest, limit: str) -> None:
    """Count a request where it is one that is counted; one with a file is, whatever page takes it. Raises TooOften."""
    if limit:
        need(limit, who_asks(request), at=request.now)  # type: ignore[attr-defined]
    if request.method == "POST" and request.content_type == MULTIPART:
        need("uploads", who_asks(request), at=request.now)  # type: ignore[attr-defined]


def too_often(request: HttpRequest, often: TooOften) -> HttpResponse:
    """The answer to whoever asks more often than may be: how long to wait, for people and (RFC 9110, 10.2.3) for programs."""
    response = render(request, "429.html", {"seconds": often.seconds, "words": often.words}, status=429)
    response.headers["Retry-After"] = str(often.seconds)
    return response


def _decided(request: HttpRequest, made: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer of a view. One that somebody overtook has written nothing, and decides anew on what stands now."""
    for _ in range(TRIES - 1):
        try:
            return made()
        except Overtaken:
            for _, files in request.FILES.lists():
                for file in files:
                    file.seek(0)
    return made()


def signed_in(actor: Any) -> bool:
    """Whether the actor is somebody in particular."""
    return actor is not None and actor.kind != "public"


def may_open(actor: Any, who: str) -> bool:
    """Whether the actor (None: nobody is known) may open what is open to `who`."""
    if who == ANYONE:
        return True
    if who == SIGNED_IN:
        return signed_in(actor)
    if actor is None:
        return False
    return allowed(actor, who)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Away to the sign-in page, which leads back here: the address kept is our own path, never another site's."""
    return _away(request, settings.LOGIN_URL)


def proved_lately(request: HttpRequest) -> bool:
    """Whether somebody showed lately who they are. In the demonstration anybody chooses a role, so nobody is asked."""
    if settings.DEMO:
        return True
    long = OPENS_FOR if request.method in {"GET", "HEAD"} else SENT_FOR
    try:
        return request.now.timestamp() - float(request.session[PROVED]) <= long  # type: ignore[attr-defined]
    except (KeyError, TypeError, ValueError):
        return False


def _away(request: HttpRequest, to: str) -> HttpResponse:
    if is_of_a_form(request):
        return unsent(request, first=resolve_url(to))
    return redirect(f"{resolve_url(to)}?{urlencode({'next': request.get_full_path()})}")


def _tell_the_time(request: HttpRequest) -> None:
    # Nothing below a view asks the clock; middleware may already have set another day.
    if not hasattr(request, "now"):
        request.now = timezone.now()  # type: ignore[attr-defined]
    if not hasattr(request, "today"):
        request.today = timezone.localdate(request.now)  # type: ignore[attr-defined]
