"""Who asks: the token of the request, and the actor that it stands for."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja.security import HttpBearer

from candour.kernel.access import Actor
from candour.kernel.limits.counting import wait_for
from candour.kernel.limits.place import address_of
from candour.kernel.service.api.problems import Stopped
from candour.kernel.service.commands import note_use
from candour.kernel.service.queries import actor_of, token_shown, why_shut
from candour.kernel.service.scopes import scopes

PLAIN = (
    "Send a service token over HTTPS alone. This one went over the network in the clear: revoke it, and make another"
)
UNKNOWN = "Send a service token as “Authorization: Bearer” and the token"


class Bearer(HttpBearer):
    """Sets request.actor and request.token. Refuses with 401 a token that is unknown, expired or revoked, and with 429
    one that asks too often. What an unknown one is counted by is the address, so that trying tokens holds up nobody's."""

    openapi_description = "A service token, made by an administrator on the page of service tokens"

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        asked: Any = request
        if settings.HTTPS and not request.is_secure():
            raise Stopped(403, PLAIN)
        found = token_shown(token)
        if found is None:
            if wait := wait_for("guesses", f"address {address_of(request)}", at=asked.now):
                raise Stopped(429, "Too many unknown tokens were tried from here", wait=wait)
            raise Stopped(401, UNKNOWN)
        if why := why_shut(found, asked.today):
            raise Stopped(401, why)
        if wait := wait_for("api", f"token {found.pk}", at=asked.now):
            raise Stopped(429, f"This token may ask {settings.LIMITS['api']} times a minute", wait=wait)
        note_use(found, at=asked.now)
        asked.token, asked.actor = found, actor_of(found, asked.today)
        return found


def entered(request: Any, name: str) -> Actor:
    """The actor of a request that has a scope. 403 where the token has not, or its post may not do what it is for."""
    actor: Actor = request.actor
    scope = scopes()[name]
    enough = {name, name.replace(":read", ":write")}  # what writes reads too
    if enough.isdisjoint(request.token.scope_names) or not any(
        actor.holds(permission) for permission in scope.permissions
    ):
        raise Stopped(403, f"This needs a token with the scope {name}, of a post that may do it")
    return actor
