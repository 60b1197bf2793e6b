"""From where a request comes, and whose count it is."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str | None:
    """The address on the network; None where it cannot be told.

    Behind a proxy (over HTTPS) it is the proxy that says it, last in its list: what stands before it, anybody can have sent.
    """
    said = request.META.get("REMOTE_ADDR") or ""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.HTTPS and forwarded:
        said = forwarded.rsplit(",", 1)[-1].strip()
    try:
        return str(ip_address(said))
    except ValueError:
        return None


def who_asks(request: HttpRequest) -> str:
    """The person who is signed in, wherever they are; else the address. Nobody can use up the count of a person."""
    person = getattr(request, "user", None)
    if person is not None and person.is_authenticated:
        return f"person {person.pk}"
    return f"address {address_of(request)}"
