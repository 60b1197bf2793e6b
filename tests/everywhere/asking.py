"""Every address that there is, and one request with all that came back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from candour.kernel.web.page import SERVICE
from tests.everywhere.world import Target


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """(route, pattern) of every address."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        else:
            yield route, pattern


EVERY = {str(pattern.name): pattern for _, pattern in routes()}
# What answers a session; what answers a service token is walked by tests/api, the metrics by tests/system, and what the
# directory asks by tests/signin/test_scim.py.
PATTERNS = {name: pattern for name, pattern in EVERY.items() if pattern.callback.page.who != SERVICE}
API = {name: pattern for name, pattern in EVERY.items() if name not in {*PATTERNS, "metrics", "scim"}}


def parameters(name: str) -> set[str]:
    """The parameters that the address of a name takes."""
    return set(PATTERNS[name].pattern.converters)


def names_a_record(name: str) -> bool:
    return {"organisation", "reference"} <= parameters(name)


def address_of(name: str, target: Target, **over: Any) -> str:
    """The address of a name for a record; over: parameters that lead astray."""
    part = {"action": "action", "item": "interest"}.get(name.partition("-")[0], "file")
    part = "paper" if name.startswith("item-paper") else part
    which = {"meeting": target.meeting, "item": target.item}
    known = {
        "organisation": target.organisation,
        "reference": which.get(name.partition("-")[0], target.reference),
        "control": target.control,
        "assignment": target.assignment,
        "number": getattr(target, part),
        "kind": target.kind,
        "part": "open",
        "priority": target.priority,
    } | over
    return reverse(name, kwargs={each: known[each] for each in parameters(name)})


TOKEN = re.compile(rb"""(name="csrfmiddlewaretoken" value=")[^"]*""")


@dataclass(frozen=True)
class Answer:
    """What came back: enough to tell two answers apart."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    queries: int


def ask(client: Client, method: str, address: str, data: dict[str, Any] | None = None) -> Answer:
    """One request, with how many queries it took. The token against forged forms differs each time, so it is cut.

    The statement that notes who was given restricted records is no question of the page: tests/opened counts it.
    """
    connection.queries_log.clear()  # it holds 9,000 at most, and counts no further
    with CaptureQueriesContext(connection) as captured:
        response = client.post(address, data or {}) if method == "POST" else client.generic(method, address)
        body = content_of(response)
    new_each_time = {"Expires", "X-Request-ID"}
    headers = tuple(sorted((key, value) for key, value in response.headers.items() if key not in new_each_time))
    return Answer(response.status_code, headers, TOKEN.sub(rb"\1", body), questions(captured))


def questions(captured: CaptureQueriesContext) -> int:
    return sum('INSERT INTO "opened_opening"' not in each["sql"] for each in captured.captured_queries)


def content_of(response: HttpResponse) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]


def without(answer: Answer, *words: str) -> Answer:
    """An answer without the words of its own address."""
    body, headers = answer.body, answer.headers
    for word in words:
        body = body.replace(word.encode(), b"*")
        headers = tuple((key, value.replace(quote(word, safe=""), "*")) for key, value in headers)
    return Answer(answer.status, headers, body, answer.queries)


def everything() -> dict[str, int]:
    """How many rows there are of everything that can be written, and of what they say."""
    from django.apps import apps

    found = {}
    for model in apps.get_models():
        if model.__module__.startswith("candour."):
            rows = model._base_manager.order_by("pk").values_list()
            found[model._meta.label] = hash(tuple(map(repr, rows)))
    return found
