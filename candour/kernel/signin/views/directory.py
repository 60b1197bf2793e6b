"""Away to the organisation's sign-in (OpenID Connect: authorization code, PKCE, state, nonce), and back."""

from secrets import compare_digest, token_urlsafe
from typing import Any

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from requests import RequestException

from candour.kernel.access.queries import actor_for
from candour.kernel.people.models import Person
from candour.kernel.records.access import RecordPermission
from candour.kernel.signin import commands
from candour.kernel.signin.adapters import FAILED, PROVIDER
from candour.kernel.signin.models import SignIn
from candour.kernel.signin.queries import has_second
from candour.kernel.signin.rules import Unreadable, read_claims
from candour.kernel.signin.views.frame import let_in, pend, place_of, safe
from candour.kernel.web.page import ANYONE, UNCOUNTED, Request, page

AWAY = "Your organisation’s sign-in does not answer: try again in a minute. If it goes on, tell an administrator"
NOT_AGAIN = "Your organisation’s sign-in did not ask who you are again: try once more, or tell an administrator"
WANTED, NONCE, AGAIN = "wanted", "nonce", "again"
LEEWAY = 60  # seconds that the clocks may differ
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256"]  # signed with a key of the provider's; never a shared secret


class Directory(OpenIDConnectOAuth2Adapter):
    """The provider. Its ID token is verified against the provider's keys; what it says is all that is asked of it."""

    def complete_login(self, request: Any, app: Any, token: Any, **kwargs: Any) -> Any:
        said = kwargs["response"].get("id_token") or ""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        issuer = issuer_of(self.openid_config)
        claims = verified(said, answer.json(), issuer=issuer, client=app.client_id)
        if not compare_digest(str(claims.get("nonce", "")), request.session.pop(NONCE, None) or token_urlsafe()):
            raise OAuth2Error("The token was made for another sign-in")
        raise ImmediateHttpResponse(vouched(request, claims))


def issuer_of(said: dict[str, Any]) -> str:
    """The issuer as the provider's own page has it, which must be the one that was told (OpenID Connect Discovery 1.0, 4.3).

    Raises OAuth2Error for another.
    """
    issuer = str(said["issuer"])
    if issuer.rstrip("/") != settings.DIRECTORY["issuer"]:
        raise OAuth2Error("The provider says that it is another")
    return issuer


def verified(token: str, keys: dict[str, Any], *, issuer: str, client: str) -> dict[str, Any]:
    """What an ID token says, once its signature, issuer, audience and time hold (OpenID Connect Core 1.0, 3.1.3.7).

    A token that names no key is one of a provider with a single key. Raises OAuth2Error.
    """
    try:
        named = jwt.get_unverified_header(token).get("kid")
        found = jwt.PyJWKSet.from_dict(keys).keys
        right = [key for key in found if key.key_id == named] if named else found
        if len(right) != 1:
            raise OAuth2Error("The token names no key of the provider")
        need: Any = {"require": ["iss", "sub", "aud", "exp", "iat"]}
        return jwt.decode(
            token, right[0].key, algorithms=ALGORITHMS, issuer=issuer, audience=client, leeway=LEEWAY, options=need
        )
    except jwt.PyJWTError as error:
        raise OAuth2Error("The token does not hold") from error


@page(ANYONE, limit=UNCOUNTED)
@never_cache
def directory(request: Request, provider_id: str) -> HttpResponse:
    """Away to the organisation's sign-in; back to sign-in where there is none."""
    if not settings.DIRECTORY["issuer"]:
        return redirect("sign-in")
    request.session[WANTED] = safe(request, request.GET.get("next", ""))
    # Somebody who shows again who they are is asked there too, although they are signed in there still.
    request.session[AGAIN] = int(request.now.timestamp()) if "again" in request.GET else 0
    more = {"prompt": "login", "max_age": "0"} if request.session[AGAIN] else {}
    try:
        provider: Any = get_adapter().get_provider(request, provider=provider_id)
        request.session[NONCE] = token_urlsafe(32)
        return provider.redirect(request, process="login", auth_params={"nonce": request.session[NONCE], **more})
    except (RequestException, KeyError, ValueError):
        messages.error(request, AWAY)
        return redirect("sign-in")


@page(ANYONE, limit=UNCOUNTED)
@never_cache
def directory_back(request: Request, provider_id: str) -> HttpResponse:
    """Back from it, with a code that is changed for an ID token."""
    if not settings.DIRECTORY["issuer"]:
        return redirect("sign-in")
    try:
        view: Any = OAuth2CallbackView.adapter_view(Directory(request, PROVIDER))
        return view(request)
    except (RequestException, KeyError, ValueError):
        messages.error(request, FAILED)
        return redirect("sign-in")


def vouched(request: Request, said: dict[str, Any]) -> HttpResponse:
    """Let in whom the provider vouches for, or say why not; either is noted."""
    way, at, place = SignIn.Way.DIRECTORY, request.now, place_of(request)
    wanted = request.session.get(WANTED, "")
    try:
        claims = read_claims(said, claim=settings.DIRECTORY["claim"])
    except Unreadable as unreadable:
        commands.note(way, SignIn.Came.STOPPED, person=None, place=place, at=at, words=str(unreadable))
        messages.error(request, str(unreadable))
        return redirect("sign-in")
    if claims.shown and claims.shown < request.session.get(AGAIN, 0) - LEEWAY:
        messages.error(request, NOT_AGAIN)
        return redirect("sign-in")
    arrived = commands.arrive(claims, at=at)
    if arrived.person is None:
        commands.note(way, SignIn.Came.STOPPED, person=None, place=place, at=at, words=arrived.words)
        messages.error(request, arrived.refused)
        return redirect("sign-in")
    if not claims.several and step_needed(request, arrived.person):
        commands.note(way, SignIn.Came.ON, person=arrived.person, place=place, at=at, words=arrived.words)
        pend(request, arrived.person, wanted)
        return redirect("sign-in-second" if has_second(arrived.person) else "sign-in-set-up")
    return let_in(request, arrived.person, way=way, words=arrived.words, wanted=wanted)


def step_needed(request: Request, person: Person) -> bool:
    """Whether somebody whom the directory vouches for gives a second step of Candour's own, too."""
    if not settings.SECOND_FOR_RESTRICTED:
        return False
    return actor_for(person, request.today).holds(RecordPermission.SEE_RESTRICTED)
