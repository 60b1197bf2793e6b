"""What is settled before any page: an address that can name nothing, and what a browser may do with any answer."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

NOUGHT = "\x00"
# What Candour never asks of a browser, so that nothing put into a page can either (W3C Permissions Policy).
UNUSED = (
    "camera", "microphone", "geolocation", "payment", "usb", "serial", "midi", "display-capture",
    "accelerometer", "gyroscope", "magnetometer", "screen-wake-lock", "xr-spatial-tracking", "browsing-topics",
)  # fmt: skip
PERMISSIONS = ", ".join(f"{name}=()" for name in UNUSED)


def readable(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answers 400 to an address with a nought byte: no record's name holds one, and PostgreSQL refuses the question."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if NOUGHT in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("The address holds a nought byte")
        return get_response(request)

    return middleware


def shut(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """No answer, static files included, is loaded into another site's page, and none may use what a machine has."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return middleware
