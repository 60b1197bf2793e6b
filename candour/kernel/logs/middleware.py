"""One line of the log for each request, and its number in the answer."""

import logging
from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import empty

from candour.kernel.logs import measures
from candour.kernel.logs.context import id_given, within
from candour.kernel.logs.counting import Counted

HEADER = "X-Request-ID"
NOWHERE = "nowhere"  # the name of every address that leads nowhere, so that no visitor can make up names
log = logging.getLogger("candour.request")


def told(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Numbers each request, and tells when it is answered: page, status, time, questions, who asked (a kind and a number)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        number = id_given(request.headers.get(HEADER))
        counted = Counted(lambda: route_of(request))
        begun = perf_counter()
        with within(number), counted.watching():
            response = get_response(request)
            _tell(request, response, perf_counter() - begun, counted.queries)
        response.headers[HEADER] = number
        return response

    return middleware


def route_of(request: Any) -> str:
    """The name of the page that a request is for. Never its address, which may open something or name somebody."""
    found = getattr(request, "resolver_match", None)
    return (found.view_name or NOWHERE) if found else NOWHERE


def who_asked(request: Any) -> str:
    """Who asked, as a kind and a number ("person:12"); "" where nothing that was asked depended on it. Asks no database."""
    actor = getattr(request, "actor", None)
    if getattr(actor, "_wrapped", actor) is empty or actor is None or actor.kind == "public":
        return ""
    return f"{actor.kind}:{actor.id}"


def _tell(request: HttpRequest, response: HttpResponse, took: float, queries: int) -> None:
    route, method, status = route_of(request), _method(request), response.status_code
    measures.REQUESTS.labels(route, method, str(status)).inc()
    measures.SECONDS.labels(route).observe(took)
    measures.QUERIES.labels(route).inc(queries)
    facts: dict[str, Any] = {
        "route": route,
        "method": method,
        "status": status,
        "ms": round(took * 1000, 1),
        "queries": queries,
    }
    if who := who_asked(request):
        actor: Any = request.actor  # type: ignore[attr-defined]
        facts |= {"actor": who, "posts": sorted(actor.posts)}
    log.info("request", extra=facts)


def _method(request: HttpRequest) -> str:
    """The method, or "other" for one that nobody knows: anybody may make one up."""
    known = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
    return request.method if request.method in known else "other"
