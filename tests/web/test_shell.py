import json
import re

import pytest
from django.template.loader import render_to_string

from candour.kernel.web import navigation, views
from candour.kernel.web.context import PUBLIC, sensitive
from tests.web.actors import NOBODY, READER, SEER, request_as

pytestmark = pytest.mark.urls("tests.web.urls")


@pytest.fixture
def places(monkeypatch):
    monkeypatch.setattr(navigation, "_places", {})
    navigation.register("Seen", "seen", "tests.see", 20)
    navigation.register("Known", "known", "signed in", 10)
    navigation.register("Not built yet", "nowhere", "anyone", 5)


def test_what_serves_all_registers_stands_under_more_which_says_where_one_is(places) -> None:
    navigation.register("Posts", "components", "signed in", 82)
    alone = navigation.row(navigation.items(request_as(SEER)))
    assert ([item.label for item in alone.items], alone.more, alone.here) == (["Known", "Seen", "Posts"], [], "")
    navigation.register("Help", "help", "anyone", 90)
    row = navigation.row(navigation.items(request_as(SEER, "/help")))
    assert [item.label for item in row.items] == ["Known", "Seen"]
    assert [item.label for item in row.more] == ["Posts", "Help"]
    assert row.here == "Help"


def test_navigation_lists_in_order_what_the_actor_may_open(places) -> None:
    assert [(item.label, item.href) for item in navigation.items(request_as(SEER))] == [
        ("Known", "/known"),
        ("Seen", "/seen"),
    ]
    assert [item.label for item in navigation.items(request_as(READER))] == ["Known"]
    assert navigation.items(request_as(NOBODY)) == []


def test_the_place_that_a_page_lies_within_is_current(places) -> None:
    assert [item.current for item in navigation.items(request_as(SEER, "/seen/deeper"))] == [False, True]
    assert [item.current for item in navigation.items(request_as(SEER, "/seenest"))] == [False, False]


def test_registering_a_place_twice_keeps_one(places) -> None:
    navigation.register("Seen again", "seen", "tests.see", 1)
    assert [place.label for place in navigation.places()] == ["Seen again", "Not built yet", "Known"]


def test_home_leads_to_the_first_place_that_the_actor_may_open(places) -> None:
    assert views.home(request_as(SEER, "/"))["Location"] == "/known"
    assert views.home(request_as(NOBODY, "/"))["Location"] == "/sign-in?next=%2F"


def test_somebody_who_may_open_no_place_lands_on_the_help(monkeypatch) -> None:
    monkeypatch.setattr(navigation, "_places", {})
    assert views.home(request_as(READER, "/"))["Location"] == "/help"


def shell(actor, **context) -> str:
    return render_to_string("web/page.html", context, request_as(actor, "/help"))


def test_the_shell_names_the_body_the_post_and_the_day_without_a_script_or_style_of_its_own() -> None:
    html = shell(READER)
    assert "Office of the Commissioner for Mereford" in html
    assert "Head of Estates" in html
    assert re.findall(r"<script(?![^>]* src=)|<style| style=| on[a-z]+=", html) == []


def test_the_shell_of_somebody_unknown_offers_to_sign_in() -> None:
    html = shell(NOBODY)
    assert '<a href="/sign-in">Sign in</a>' in html
    assert "Change role" not in html


def test_every_page_is_marked_at_its_top_and_foot() -> None:
    assert shell(READER).count("<b>OFFICIAL</b>") == 2
    html = shell(READER, marking=sensitive("Contains 1 restricted risk."))
    assert html.count("<b>OFFICIAL-SENSITIVE</b>") == 2
    assert html.count("<span>Contains 1 restricted risk.</span>") == 2
    assert shell(NOBODY, marking=PUBLIC).count("c-marking--public") == 2


def test_htmx_may_not_evaluate_store_or_leave_this_server() -> None:
    settings = json.loads(re.search(r"name=\"htmx-config\" content='([^']+)'", shell(READER))[1])
    assert settings == {
        "allowEval": False,
        "allowScriptTags": False,
        "historyCacheSize": 0,
        "includeIndicatorStyles": False,
        "selfRequestsOnly": True,
    }


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "405", "500"])
def test_every_refusal_has_a_page_even_without_a_request(name) -> None:
    html = render_to_string(f"{name}.html")
    assert html.count("<h1>") == 1
    assert "</html>" in html


@pytest.mark.parametrize("view", [views.help_page, views.privacy, views.accessibility, views.components])
def test_the_pages_of_the_shell_open_to_anyone(view) -> None:
    html = view(request_as(NOBODY, "/help")).content.decode()
    assert html.count("<h1>") == 1


def test_a_page_with_errors_says_so_in_its_title() -> None:
    assert "<title>Error: Candour" in shell(READER, has_errors=True)
    assert "<title>Candour" in shell(READER)
