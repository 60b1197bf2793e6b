"""A sign-in ends by itself: after so many hours, after so many minutes without a page, or when its last hour is over."""

from collections.abc import Callable
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from candour.kernel.access.middleware import NUMBER
from candour.kernel.signin.rules import over
from candour.kernel.web.page import PROVED

RENEW = 300  # seconds: a cookie is written anew no oftener


def lifetime(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Forgets a sign-in that is over before anybody asks who it is. Asks no database."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            now = timezone.now()
            session: Any = request.session
            if over(session, now=now, hours=settings.SESSION_HOURS, idle=settings.IDLE_MINUTES):
                session.flush()
            elif now.timestamp() - float(session["seen"]) > RENEW:
                session["seen"] = int(now.timestamp())
        return get_response(request)

    return middleware


def begun(sender: object, request: HttpRequest, **_: object) -> None:
    """Marks when a sign-in began, by which number it is ended, and that somebody just showed who they are."""
    now = int(timezone.now().timestamp())
    request.session["since"] = request.session["seen"] = request.session[PROVED] = now
    request.session[NUMBER] = token_hex(8)
