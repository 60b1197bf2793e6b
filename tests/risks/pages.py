"""What tests of pages share: a clock that stands at the factories' moment, somebody signed in, and words without markup."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.everywhere.asking import questions as questions_of
from tests.factories import NOW, TODAY, House

MOMENT = "tests.risks.pages.moment"


def moment(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: every request comes at the factories' moment."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.now, request.today = NOW, TODAY  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def signed_in(house: House, name: str) -> Client:
    client = Client()
    client.force_login(house.people[name])
    return client


def said(response: Any) -> str:
    """The words of a page's main part, as one line."""
    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")] if "<main" in page else page
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def title(response: Any) -> str:
    return unescape(re.search(r"<title>(.*?)</title>", response.content.decode(), re.S)[1])  # type: ignore[index]


def questions(client: Client, address: str) -> int:
    """How many queries a page asks, as tests/everywhere counts them."""
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return questions_of(asked)
