"""A directory as Entra ID is one: it asks by SCIM with a service token."""

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler

from candour.kernel.people.models import Person, Post
from candour.kernel.signin import commands
from candour.kernel.signin.models import Mapped
from tests.api.factories import a_token
from tests.factories import House
from tests.signin.people import SAID

USER, GROUP = "urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:core:2.0:Group"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"


def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """The site as a WSGI application within the transaction of a test."""
    response = ClientHandler()(environ)
    start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
    return [response.content]


class Entra:
    """What asks; every answer is said to be of the standard's media type."""

    def __init__(self, token: str) -> None:
        self.client, self.headers = Client(), {"authorization": f"Bearer {token}"}

    def ask(self, method: str, path: str, said: Any = None, **headers: str) -> HttpResponse:
        body = said if isinstance(said, str | bytes) else json.dumps(said) if said is not None else ""
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        kind = "application/scim+json; charset=utf-8"
        return self.client.generic(  # type: ignore[return-value]
            method, f"/scim/v2/{path}", body, content_type=kind, headers=self.headers | more
        )

    def get(self, path: str, **params: Any) -> Any:
        response = self.client.get(f"/scim/v2/{path}", params, headers=self.headers)
        return json.loads(response.content)

    def found(self, path: str, **params: Any) -> list[str]:
        """What the userName or displayName of what is found is."""
        said = self.get(path, **params)
        return [each.get("userName") or each["displayName"] for each in said.get("Resources", [])]

    def patch(self, path: str, *operations: dict[str, Any]) -> HttpResponse:
        return self.ask("PATCH", path, {"schemas": [PATCH], "Operations": list(operations)})


def entra(house: House, post: str = "admin", *scopes: str, **more: Any) -> Entra:
    return Entra(a_token(Post.objects.get(pk=house.posts[post].pk), scopes or ["directory:write"], **more)[1])


def a_user(username: str = "ada.lovelace@mereford.example", **more: Any) -> dict[str, Any]:
    """A new user as Entra ID sends one."""
    return {
        "schemas": [USER, ENTERPRISE],
        "externalId": username.partition("@")[0],
        "userName": username,
        "active": True,
        "displayName": "Ada Lovelace",
        "emails": [{"primary": True, "type": "work", "value": "ada@mereford.example"}],
        "meta": {"resourceType": "User"},
        "name": {"formatted": "Ada Lovelace", "familyName": "Lovelace", "givenName": "Ada"},
        "title": "Analyst",
    } | more


def a_group(name: str = "Policy officers", *members: int, **more: Any) -> dict[str, Any]:
    said = {"schemas": [GROUP], "externalId": "8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159", "displayName": name}
    return said | {"members": [{"value": str(each)} for each in members]} | more


def mapped(house: House, value: str, post: str) -> Mapped:
    return commands.map_value(value, post=Post.objects.get(pk=house.posts[post].pk), **SAID)


def joined(directory: Entra, username: str = "ada.lovelace@mereford.example", **more: Any) -> Person:
    """Somebody whom the directory added."""
    response = directory.ask("POST", "Users", a_user(username, **more))
    assert response.status_code == 201, response.content
    return Person.objects.get(pk=int(json.loads(response.content)["id"]))


def body(response: HttpResponse) -> Any:
    return json.loads(response.content)
