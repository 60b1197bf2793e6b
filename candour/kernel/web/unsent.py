"""What was typed into a form that could not be taken: a sign-in ended, or began anew, while it was open. See docs/adr/0056.

It is sent back to who sent it, in a form that asks for the same again. Nothing of it is kept here. Only what came from a page
of our own comes back so: another site can have nobody meet a form that it filled in.
"""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.views.decorators.cache import never_cache

from candour.kernel.web.once import FEWEST, TOKEN

SECRET = "password"  # noqa: S105  what a field's name has in it whose answer is sent back to nobody


def is_of_a_form(request: HttpRequest) -> bool:
    """Whether a page of ours sent it whole, as one answer to a form, with nothing in it that must not come back."""
    names = list(request.POST)
    whole = request.method == "POST" and len(request.POST.get(TOKEN, "")) >= FEWEST and len(names) > 1
    return whole and not any(SECRET in name for name in names) and "HX-Request" not in request.headers


@never_cache
def unsent(request: HttpRequest, *, first: str) -> HttpResponse:
    """The page that holds what was typed: 403, with the answers as they came. first: where to show who one is, "" for done."""
    answers = [(name, value) for name in request.POST if name != TOKEN for value in request.POST.getlist(name)]
    typed = [value for _, value in answers if len(value.split()) > 1]
    context: dict[str, Any] = {
        "answers": answers,
        "typed": typed,
        "files": bool(request.FILES),
        "here": request.get_full_path(),
    }
    context["first"] = f"{first}?{urlencode({'next': context['here']})}" if first else ""
    return render(request, "unsent.html", context, status=403)


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What Django calls for a form whose token is not of this sign-in: what a page of ours sent can be sent again."""
    own = f"{request.scheme}://{request.get_host()}"
    if request.headers.get("Origin") == own and is_of_a_form(request):
        actor = getattr(request, "actor", None)
        out = actor is None or actor.kind == "public"
        return unsent(request, first=resolve_url(settings.LOGIN_URL) if out else "")
    return render(request, "403_csrf.html", status=403)
