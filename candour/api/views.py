"""The reference of the API: as a page, and as OpenAPI. And whatever is at no address of it."""

from dataclasses import replace
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.defaults import bad_request

from candour.api.reference import Operation, Section, flat, sections
from candour.api.schema import PREFIX, openapi
from candour.kernel.service.api.problems import problem
from candour.kernel.service.api.register import NOT_THERE
from candour.kernel.web.page import ANYONE, SERVICE, Page, Request, page


@page(ANYONE)
def openapi_file(request: Request) -> HttpResponse:
    """The description of the API (OpenAPI 3.1): it holds no data, and says the same to everybody."""
    return JsonResponse(openapi(), json_dumps_params={"indent": 1})


@cache
def told() -> tuple[Section, ...]:
    """The description in words, the fields of lists and objects each by their whole names."""
    return tuple(replace(one, operations=tuple(map(_flat, one.operations))) for one in sections(openapi()))


def _flat(one: Operation) -> Operation:
    return replace(one, sent=tuple(flat(one.sent)), answered=tuple(flat(one.answered)))


@page(ANYONE)
def reference(request: Request) -> HttpResponse:
    """What can be asked and what is answered, for people."""
    context = {"sections": told(), "site": settings.SITE}
    return render(request, "api/reference.html", context)


def unreadable(request: Any, exception: Exception) -> HttpResponse:
    """An address that can name nothing: to a script a problem, to everybody else the page that says so."""
    if request.path.startswith(PREFIX):
        return problem(400, "The address cannot be read")
    return bad_request(request, exception)


def nothing(request: Any, rest: str = "") -> HttpResponse:
    """An address of the API at which there is nothing."""
    return problem(404, NOT_THERE)


nothing.page = Page("candour.api.views.nothing", SERVICE, ("GET",))  # type: ignore[attr-defined]
nothing.csrf_exempt = True  # type: ignore[attr-defined]
