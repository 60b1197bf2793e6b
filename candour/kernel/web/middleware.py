"""What is settled before any page: an address that can name nothing."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

NOUGHT = "\x00"


def readable(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answers 400 to an address with a nought byte: no record's name holds one, and PostgreSQL refuses the question."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if NOUGHT in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("The address holds a nought byte")
        return get_response(request)

    return middleware
