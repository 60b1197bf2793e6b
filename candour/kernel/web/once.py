"""Forms are taken once by pages: a second press of the button leads where the first one led."""

import time
from collections.abc import Callable
from hashlib import sha256

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from candour.kernel.history.once import Sending, SentAlready, leads_to, led_to, sending

TOKEN = "csrfmiddlewaretoken"  # noqa: S105  made anew for each page that shows a form
FEWEST = 64  # letters of a token that is of one page alone
TRIES, PAUSE = 20, 0.1  # the first press, which is recorded already, is about to say where it leads


def taken_once(request: HttpRequest, make: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer to a form, or where the same form led when it was sent before. A form changed by hand is another one."""
    key = key_of(request)
    if key is None:
        return make()
    if (before := led_to(key)) is not None:
        return _already(request, key, before)
    form = Sending(key)
    try:
        with sending(form):
            response = make()
    except SentAlready:
        return _already(request, key, "")
    if isinstance(response, HttpResponseRedirect):
        leads_to(form, response.url)
        return response
    if (
        response.status_code == 422 and (before := led_to(key)) is not None
    ):  # refused because of what the first press did
        return _already(request, key, before)
    return response


def key_of(request: HttpRequest) -> str | None:
    """What was sent, by whom and to where; None for a question, and for what did not come from the form of a page."""
    if request.method != "POST" or len(request.POST.get(TOKEN, "")) < FEWEST:
        return None
    answers = sorted((name, request.POST.getlist(name)) for name in request.POST)
    files = sorted((name, file.name, file.size) for name, given in request.FILES.lists() for file in given)
    told = (request.user.pk, request.get_full_path(), answers, files)  # type: ignore[union-attr]
    return sha256(repr(told).encode()).hexdigest()


def _already(request: HttpRequest, key: str, to: str) -> HttpResponse:
    for _ in range(TRIES):
        if to:
            break
        time.sleep(PAUSE)
        to = led_to(key) or ""
    messages.info(request, "This was saved already. It is entered once.")
    return redirect(to or request.path)
