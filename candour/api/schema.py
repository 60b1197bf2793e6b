"""The API put together from the api.py of every app, how it refuses, and its OpenAPI."""

import json
from functools import cache, wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

import candour
from candour.api.registers import ROUTERS
from candour.kernel.access import Forbidden
from candour.kernel.access.queries import permission_words
from candour.kernel.rules import Refused
from candour.kernel.service.api.auth import UNKNOWN, Bearer
from candour.kernel.service.api.problems import CONTENT_TYPE, Stopped, problem
from candour.kernel.service.api.register import NOT_THERE
from candour.kernel.web.page import SERVICE, Page

PREFIX = "/api/v1/"
ABOUT = (
    "What Candour holds, for scripts: the same rows as the pages and papers, today or as at any past day. A token acts for"
    " a post: what the post may not see does not exist here either."
)


@cache
def made() -> NinjaAPI:
    """The API with the routers of every app."""
    api = NinjaAPI(
        title="Candour", version=candour.__version__, description=ABOUT, docs_url=None, openapi_url=None, auth=Bearer(),
        urls_namespace="candour-api",
    )  # fmt: skip
    for prefix, router in ROUTERS:
        api.add_router(prefix, router)
    _refusing(api)
    return api


def _refusing(api: NinjaAPI) -> None:
    """How the API answers what it refuses."""
    handlers: dict[type[Exception], Any] = {
        Stopped: lambda _, why: problem(why.status, why.detail, errors=why.errors, wait=why.wait),
        Refused: lambda _, why: problem(422, "Candour refuses this", errors=[(why.field, why.message)]),
        Forbidden: lambda _, why: problem(
            403, f"This needs a post that may do it: {permission_words().get(why.permission, why.permission)}"
        ),
        AuthenticationError: lambda *_: problem(401, UNKNOWN),
        Http404: lambda *_: problem(404, NOT_THERE),
        HttpError: lambda _, why: problem(why.status_code, str(why)),
        ValidationError: lambda _, why: problem(422, "Something was asked that cannot be read", errors=_faults(why)),
    }
    for error, handler in handlers.items():
        api.add_exception_handler(error, handler)


def _faults(why: ValidationError) -> list[tuple[str, str]]:
    found = []
    for error in why.errors:
        place = [str(part) for part in error["loc"] if part not in {"query", "path", "body"}]
        found.append((".".join(place[1:] if len(place) > 1 and error["loc"][0] == "body" else place), error["msg"]))
    return found


def patterns() -> list[URLPattern]:
    """The addresses of the API, each declared as every page is: it asks for a service token."""
    rows: list[Any] = [each for each in made().urls[0] if isinstance(each, URLPattern) and each.name != "api-root"]
    methods = _methods()
    return [
        path(str(each.pattern), _declared(each.callback, each.name, methods[each.name]), name=each.name)
        for each in rows
    ]


def _methods() -> dict[str, tuple[str, ...]]:
    """By the name of an address the methods that it answers."""
    views = (view for _, router in ROUTERS for view in router.path_operations.values())
    return {
        str(view.operations[0].url_name): tuple(m for one in view.operations for m in one.methods) for view in views
    }


def _declared(view: Any, name: str, methods: tuple[str, ...]) -> Any:
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 405:
            allowed = response.headers.get("Allow", "")
            response = problem(405, f"This address answers {allowed}")
            response.headers["Allow"] = allowed
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    opened.csrf_exempt = True  # type: ignore[attr-defined]  # a token is never sent by itself, as a cookie is
    opened.page = Page(f"api.{name}", SERVICE, methods)  # type: ignore[attr-defined]
    return opened


@cache
def openapi() -> dict[str, Any]:
    """The description of the API (OpenAPI 3.1). What refuses is a problem, and says so."""
    schema: dict[str, Any] = made().get_openapi_schema(path_prefix=PREFIX)
    for methods in schema["paths"].values():
        for operation in methods.values():
            for status, response in operation["responses"].items():
                content = response.get("content", {})
                if int(status) >= 400 and "application/json" in content:
                    content[CONTENT_TYPE] = content.pop("application/json")
    said: dict[str, Any] = json.loads(json.dumps(schema))  # statuses as the text that they are in a file
    return said
