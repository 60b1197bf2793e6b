"""Each request knows its moment and who is acting."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.functional import SimpleLazyObject

from candour.kernel.access.queries import actor_for


def actor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Sets request.now (aware), request.today (local day) and request.actor (looked up on first use)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        request.now = now  # type: ignore[attr-defined]
        request.today = timezone.localdate(now)  # type: ignore[attr-defined]
        request.actor = SimpleLazyObject(lambda: who(request))  # type: ignore[attr-defined]
        response = get_response(request)
        if response.status_code >= 400 and not response.has_header("Cache-Control"):
            # An error says who is signed in, and what is not there today may be there tomorrow.
            patch_cache_control(response, private=True, no_cache=True)
        return response

    return middleware


def who(request: HttpRequest):  # type: ignore[no-untyped-def]
    person = request.user if request.user.is_authenticated else None
    return actor_for(person, request.today)  # type: ignore[attr-defined]
