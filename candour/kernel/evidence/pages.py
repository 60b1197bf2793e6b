"""Pages that stand in the place of bytes which cannot be given out now: they say why, and what to do."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

AGAIN = 120  # seconds after which to ask again


def store_away(request: HttpRequest) -> HttpResponse:
    """The store of files does not answer."""
    response = render(request, "evidence/store_away.html", status=503)
    response.headers["Retry-After"] = str(AGAIN)
    return response


def not_given(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """A file that waits for the virus scanner, or in which it found something: "why" says which."""
    response = render(request, "evidence/not_given.html", context, status=503)
    response.headers["Retry-After"] = str(AGAIN)
    return response
