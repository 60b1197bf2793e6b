"""What every answer does for safety beside its headers: what it says it is, what it forgets, what it writes down."""

import json
import logging
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from whitenoise.middleware import WhiteNoiseMiddleware

from candour.kernel.web.middleware import shut
from tests.api.factories import a_token
from tests.factories import House, a_risk

pytestmark = pytest.mark.django_db
SAID = {
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
}


def signed_in(house: House, name: str) -> Client:
    client = Client()
    client.force_login(house.people[name])
    return client


@pytest.fixture
def told() -> Any:
    """Lines of the security log."""
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]
    log = logging.getLogger("candour.security")
    log.addHandler(handler)
    before = logging.root.manager.disable
    logging.disable(logging.NOTSET)
    yield lines
    logging.disable(before)
    log.removeHandler(handler)


def test_static_files_carry_them_too(rf: Any, settings: Any) -> None:
    """Static files are answered before any page: in the order of the settings everything that shuts is outside of them."""
    order = list(settings.MIDDLEWARE)
    static = order.index("whitenoise.middleware.WhiteNoiseMiddleware")
    outside = {"django.middleware.security.SecurityMiddleware", "csp.middleware.CSPMiddleware"}
    outside |= {"candour.kernel.web.middleware.shut"}
    assert outside <= set(order[:static])
    settings.WHITENOISE_USE_FINDERS, settings.WHITENOISE_AUTOREFRESH = True, True
    assert finders.find("candour/icon.svg")
    inner = WhiteNoiseMiddleware(lambda request: None)  # type: ignore[arg-type, return-value]
    answer = shut(inner)(rf.get("/static/candour/icon.svg"))
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


def test_every_answer_says_what_it_is(house: House) -> None:
    a_risk(house)
    client = signed_in(house, "policy")
    draft = "/papers/risk-register/draft"
    for ending in (".txt", ".html", ".json"):
        assert client.get(f"{draft}{ending}")["Content-Type"] == SAID[ending]
    assert client.get("/risks/download.csv")["Content-Type"] == SAID[".csv"]
    assert client.get("/risks/")["Content-Type"] == SAID[".html"]
    assert client.get("/nowhere")["Content-Type"] == SAID[".html"]
    assert Client().get("/api/v1/risks")["Content-Type"] == "application/problem+json"


def test_a_script_in_the_clear_is_stopped_and_not_led_on(house: House, settings: Any) -> None:
    _, token = a_token(house.posts["policy"])
    settings.HTTPS = settings.SECURE_SSL_REDIRECT = True
    asked = {"headers": {"Authorization": f"Bearer {token}"}}
    refused = Client().get("/api/v1/risks", **asked)
    assert (refused.status_code, refused.headers.get("Location")) == (403, None)
    assert "revoke it" in json.loads(refused.content)["detail"]
    assert Client().get("/api/v1/risks", secure=True, **asked).status_code == 200
    assert Client().get("/risks/").status_code == 301


@pytest.mark.parametrize("place", ["/", "/risks/", "/sign-in", "/help", "/api/v1/risks", "/static/x"])
def test_trace_is_answered_by_no_page(house: House, place: str) -> None:
    answer = signed_in(house, "policy").generic("TRACE", place, headers={"X-Secret": "told"})
    assert answer.status_code in {404, 405}
    assert b"told" not in answer.content


def test_signing_out_clears_what_the_browser_kept(house: House) -> None:
    for place in ("/sign-out", "/sign-in/mine/out"):
        assert signed_in(house, "policy").post(place)["Clear-Site-Data"] == '"cache", "storage"'


def test_what_is_refused_is_logged(house: House, told: list[str]) -> None:
    signed_in(house, "reader").get("/service-tokens/")
    assert told == ["Not for this post: candour.kernel.service.views.tokens, which needs service.manage"]
    assert all("\n" not in line for line in told)
