"""Scripts with tokens, as tests need them."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from candour.kernel.access import CANDOUR
from candour.kernel.people.models import Post
from candour.kernel.service.commands import make_token
from candour.kernel.service.models import ServiceToken
from candour.kernel.service.scopes import scopes as known


def a_token(post: Post, scopes: Sequence[str] = (), **values: Any) -> tuple[ServiceToken, str]:
    """A token of a post with all that tokens may be let into, unless said otherwise."""
    at = timezone.now()  # a request is answered today, whatever day the world of a test has
    given: dict[str, Any] = {"name": "Monthly script", "expires_on": at.date() + timedelta(days=30)}
    given |= {"actor": CANDOUR, "at": at, "reason": "For a test"}
    return make_token(post, scopes=scopes or list(known()), **(given | values))


class Script:
    """Somebody who asks the API with a token."""

    def __init__(self, token: str) -> None:
        self.client, self.headers = Client(), {"authorization": f"Bearer {token}"}

    def get(self, path: str, **params: Any) -> HttpResponse:
        return self.client.get(f"/api/v1/{path}", params, headers=self.headers)  # type: ignore[return-value]

    def post(self, path: str, said: Any = None, **headers: str) -> HttpResponse:
        body = said if isinstance(said, str) else json.dumps(said or {})
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(  # type: ignore[return-value]
            f"/api/v1/{path}", body, content_type="application/json", headers=self.headers | more
        )


def script(post: Post, *scopes: str) -> Script:
    """A script with a new token of a post."""
    return Script(a_token(post, scopes)[1])


def said(response: HttpResponse) -> Any:
    """What a response says."""
    return json.loads(response.content)
