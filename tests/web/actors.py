"""Requests as somebody, without a database."""

from django.http import HttpRequest
from django.test import RequestFactory

from candour.kernel.access import PUBLIC, Actor

NOBODY = PUBLIC
READER = Actor("person", 1, "Head of Estates", organisation_name="Office of the Commissioner for Mereford")
SEER = Actor("person", 2, "Chief Executive", scopes={"tests.see": frozenset({7})})


def request_as(actor: Actor | None, path: str = "/seen", method: str = "GET") -> HttpRequest:
    request = RequestFactory().generic(method, path)
    if actor is not None:
        request.actor = actor
    return request
