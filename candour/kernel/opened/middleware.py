"""Each answer that shows or gives a restricted record is noted before it leaves, and kept by no browser."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from candour.kernel.access import restricted
from candour.kernel.access.restricted import Met
from candour.kernel.opened.noting import note
from candour.kernel.opened.queries import at_the_address

SHOWN = {200, 206, 422}  # an answer that holds the record; 422 is a form that comes back


def noted(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Notes who was given which restricted records. An answer that holds none passes as it is, without a query.

    What cannot be noted is not given: a database that cannot write answers 500.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        with restricted.gathering() as met:
            response = get_response(request)
        if not met or response.status_code not in SHOWN:
            return response
        if met.flows:
            # Whatever has passed when the answer ends, or breaks off, is noted.
            response.streaming_content = _to_its_end(response.streaming_content, request, response, met)  # type: ignore[attr-defined]
        elif numbers := met.given | at_the_address(request, met):
            note(numbers, request=request, response=response, by=met.by)
        elif not met.marked:
            return response
        response.headers.pop("Cache-Control", None)
        patch_cache_control(response, private=True, no_cache=True, no_store=True)
        return response

    return middleware


def _to_its_end(content: Any, request: HttpRequest, response: HttpResponse, met: Met) -> Iterator[bytes]:
    try:
        yield from content
    finally:
        if met.given:
            note(met.given, request=request, response=response, by=met.by)
