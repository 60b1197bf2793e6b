"""Each request knows its moment and who is acting."""

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.functional import SimpleLazyObject

from candour.kernel.access.actor import PUBLIC, Actor
from candour.kernel.access.queries import actor_at, actor_for
from candour.kernel.people.models import Person

NUMBER = "number"  # of this sign-in among those of a person, in the session


def actor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Sets request.now (aware), request.today (local day) and request.actor (looked up on first use)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        request.now = now  # type: ignore[attr-defined]
        request.today = timezone.localdate(now)  # type: ignore[attr-defined]
        request.actor = SimpleLazyObject(partial(who, request))  # type: ignore[attr-defined]
        response = get_response(request)
        if response.status_code >= 400 and not response.has_header("Cache-Control"):
            # An error says who is signed in, and what is not there today may be there tomorrow.
            patch_cache_control(response, private=True, no_cache=True)
        return response

    return middleware


def who(request: HttpRequest) -> Actor:
    """Who acts: the person of the session at their posts, else the public."""
    person = request.user
    if not isinstance(person, Person) or not person.is_active or _ended(person, request):
        return PUBLIC
    held = getattr(person, "held", None)
    return actor_for(person, request.today) if held is None else actor_at(person, held)  # type: ignore[attr-defined]


def _ended(person: Person, request: HttpRequest) -> bool:
    """Whether this sign-in was ended by itself: a copy of its cookie is worth nothing any more."""
    return person.has_ended(str(request.session.get(NUMBER, "")))
