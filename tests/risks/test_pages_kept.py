"""Pages kept until anything more is recorded: quick the second time, never older than the history, never another's."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from candour.risks import commands
from tests.factories import NOW, TODAY, House, a_risk
from tests.risks.pages import said, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment", "keeping")]


@pytest.fixture
def keeping(settings: Any) -> Iterator[None]:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "TIMEOUT": None}}
    yield
    cache.clear()


def asked(client: Any, address: str) -> tuple[str, int]:
    """What a page says, and how many questions it asked."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    return response.content.decode(), len(captured)


KEPT = [
    "/risks/",
    "/risks/heat-map/",
    "/risks/office/A1/",
    "/risks/?as_at=2026-06-14",
    "/risks/ageing/",
    "/risks/due/?post=all",
]


@pytest.mark.parametrize("address", KEPT)
def test_a_page_asked_again_asks_one_question_and_says_the_same(house: House, address: str) -> None:
    a_risk(house, reference="A1")
    client = signed_in(house, "policy")
    first, many = asked(client, address)
    assert asked(client, address) == (first, 1)
    assert many > 1


def test_what_is_recorded_shows_on_the_next_page(house: House) -> None:
    risk = a_risk(house, reference="A1", impact=2, likelihood=2)
    client = signed_in(house, "policy")
    asked(client, "/risks/")
    by = {"actor": house.actors["policy"], "at": NOW + timedelta(minutes=1)}
    commands.rescore(risk, impact=4, likelihood=4, reason="Two cars lost", effective=NOW.date(), **by)
    assert "1 strategic risk live. 1 high." in said(client.get("/risks/"))


def test_one_who_may_not_see_a_risk_is_not_given_the_page_of_one_who_may(house: House) -> None:
    a_risk(house, reference="A1", sensitivity="restricted", title="A claim against the office")
    assert "A claim against the office" in asked(signed_in(house, "policy"), "/risks/")[0]
    assert "A claim against the office" not in asked(signed_in(house, "reader"), "/risks/")[0]


def test_a_role_taken_away_takes_its_pages_away(house: House) -> None:
    from candour.kernel.access import CANDOUR
    from candour.kernel.access.models import Grant
    from candour.kernel.establishment.commands import end_grant

    a_risk(house, reference="A1")
    client = signed_in(house, "policy")
    asked(client, "/risks/office/A1/")
    for held in Grant.objects.filter(post=house.posts["policy"]):
        end_grant(held, ends=NOW.date() - timedelta(days=1), actor=CANDOUR, at=NOW, reason="Left")
    assert client.get("/risks/office/A1/").status_code == 404


def test_another_day_is_another_page(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    risk = a_risk(house, reference="A1")
    by = {"actor": house.actors["policy"], "at": NOW}
    commands.add_control(risk, text="Sign the lease", due=NOW.date(), reason="Agreed", **by)
    client = signed_in(house, "policy")
    before = asked(client, "/risks/?status=Overdue+Control")[0]
    monkeypatch.setattr("tests.risks.pages.TODAY", TODAY + timedelta(days=1))
    after = asked(client, "/risks/?status=Overdue+Control")[0]
    assert ("A1</a>" in before, "A1</a>" in after) == (False, True)


def test_a_message_is_shown_once(house: House) -> None:
    a_risk(house, reference="A1")
    client = signed_in(house, "policy")
    asked(client, "/risks/office/A1/")
    seen = client.get("/risks/office/A1/update/").context["form"]["seen"].value()
    client.post("/risks/office/A1/update/", {"text": "Two quotes", "dated": "15/06/2026", "seen": seen})
    first, second = (asked(client, "/risks/office/A1/")[0] for _ in range(2))
    told = "The update is recorded on A1"
    assert (told in first, told in second) == (True, False)
    assert "Two quotes" in second


def test_an_error_is_not_kept(house: House) -> None:
    client = signed_in(house, "policy")
    assert client.get("/risks/office/A1/").status_code == 404
    a_risk(house, reference="A1")
    assert client.get("/risks/office/A1/").status_code == 200


def test_owners_and_views_are_asked_for_once_between_two_recordings(house: House) -> None:
    a_risk(house, reference="A1")
    client = signed_in(house, "policy")
    _, whole = asked(client, "/risks/")
    orders = (f"/risks/?sort={sign}{key}" for key in ("title", "reference") for sign in ("", "-"))
    assert {asked(client, order)[1] for order in orders} == {whole - 2}
    a_risk(house, reference="A2")
    anew = asked(client, "/risks/?sort=-title")[1]
    assert (anew, "2 strategic risks live. 2 high." in said(client.get("/risks/?sort=-title"))) == (whole, True)
