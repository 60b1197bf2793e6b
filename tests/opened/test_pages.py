"""Who opened what, as those see it who may: each opening, by record, by person, and on the record's own page."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.kernel.opened.models import Opening
from candour.kernel.opened.work import sweep
from candour.risks.models import Risk
from tests.factories import House, a_risk

AT = datetime(2026, 3, 2, 10, 15, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def secret(house: House) -> Risk:
    return a_risk(house, reference="ZQ1", title="A claim goes to court", sensitivity="restricted")


def signed_in(house: House, name: str) -> Client:
    client = Client(REMOTE_ADDR="192.0.2.7")
    client.force_login(house.people[name])
    return client


def opened(house: House, risk: Risk, name: str, *, at: datetime = AT, **more: Any) -> Opening:
    told: dict[str, Any] = {"person": house.people[name], "by": house.posts[name].title, "way": "page", "route": "risk"}
    return Opening.objects.create(at=at, record=risk.record, **told | more)


def words(client: Client, place: str) -> str:
    """What a page says in its middle."""
    response = client.get(place)
    assert response.status_code == 200, response.status_code
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_before_anything_was_opened_the_page_says_what_will_stand_there(house: House) -> None:
    assert "No restricted record was opened yet From now on each opening" in words(
        signed_in(house, "chief"), "/opened/"
    )


def test_each_opening_says_when_who_which_how_and_from_where(house: House, secret: Risk) -> None:
    signed_in(house, "policy").get("/risks/office/ZQ1/")
    row = Opening.objects.get()
    assert (row.record, row.person, row.by, row.way, row.route, row.address) == (
        secret.record,
        house.people["policy"],
        "Policy and Compliance Officer",
        "page",
        "risk",
        "192.0.2.7",
    )
    said = words(signed_in(house, "chief"), "/opened/")
    assert "ZQ1 A claim goes to court Policy and Compliance Officer Policy Page Its own page 192.0.2.7" in said


def test_the_log_is_marked_by_what_it_shows(house: House, secret: Risk) -> None:
    opened(house, secret, "policy")
    client = signed_in(house, "chief")
    assert "Shows 1 restricted record. Office and panel only." in client.get("/opened/").content.decode()
    assert "no-store" in client.get("/opened/?by=records")["Cache-Control"]


def test_openings_are_put_together_by_record_and_by_person(house: House, secret: Risk) -> None:
    other = a_risk(house, reference="ZQ2", title="Another", sensitivity="restricted")
    for risk, name in ((secret, "policy"), (secret, "policy"), (secret, "chief"), (other, "policy")):
        opened(house, risk, name)
    opened(house, secret, "policy", person=None, by="Monthly script", way="api", at=AT + timedelta(days=1))
    client = signed_in(house, "auditor")
    by_record = words(client, "/opened/?by=records")
    assert "ZQ1 A claim goes to court Risk 4 2 3 March 2026" in by_record
    assert "ZQ2 Another Risk 1 1 2 March 2026" in by_record
    by_person = words(client, "/opened/?by=people")
    assert "Policy 3 2 2 March 2026" in by_person
    assert "Chief 1 1 2 March 2026" in by_person


def test_what_is_looked_for_narrows_every_view(house: House, secret: Risk) -> None:
    other = a_risk(house, reference="ZQ2", title="Another", sensitivity="restricted")
    opened(house, secret, "policy")
    opened(house, other, "auditor")
    client = signed_in(house, "chief")
    assert ("ZQ1" in (said := words(client, "/opened/?q=zq1")), "ZQ2" in said) == (True, False)
    assert ("ZQ1" in (said := words(client, "/opened/?q=internal")), "ZQ2" in said) == (False, True)
    person = house.people["policy"].pk
    assert ("ZQ1" in (said := words(client, f"/opened/?person={person}")), "ZQ2" in said) == (True, False)
    assert "Nothing like this was opened" in words(client, "/opened/?q=nothing+like+it")
    for odd in ("?person=x", "?person=99999999999", "?by=x", "?q=%00", "?page=x"):
        assert client.get(f"/opened/{odd}").status_code in {200, 400}


def test_the_page_of_a_restricted_record_leads_to_who_opened_it_for_those_who_may(house: House, secret: Risk) -> None:
    a_risk(house, reference="R1")
    link = "/records/risk/office/ZQ1/opened/"
    chief, policy = signed_in(house, "chief"), signed_in(house, "policy")
    assert link in chief.get("/risks/office/ZQ1/").content.decode()
    assert link in chief.get("/risks/office/ZQ1/history/").content.decode()
    assert "/opened/" not in policy.get("/risks/office/ZQ1/").content.decode()
    assert "Who opened it" not in chief.get("/risks/office/R1/").content.decode()
    assert "4 openings" in words(chief, link).replace("3 openings", "4 openings")
    assert policy.get(link).status_code == 404


def test_a_record_that_one_may_not_see_has_no_openings_for_one(house: House, secret: Risk) -> None:
    opened(house, secret, "policy")
    force = a_risk(house, reference="ZQ9", organisation=house.force, owner=None, sensitivity="restricted")
    opened(house, force, "force_policy")
    assert "ZQ9" not in words(signed_in(house, "chief"), "/opened/")
    both = words(signed_in(house, "auditor"), "/opened/")
    assert "ZQ1" in both
    assert "ZQ9" in both
    hidden, never = "/records/risk/force/ZQ9/opened/", "/records/risk/force/ZQ8/opened/"
    assert [signed_in(house, "chief").get(place).status_code for place in (hidden, never)] == [404, 404]


def test_an_open_record_says_that_it_is_not_watched(house: House) -> None:
    a_risk(house, reference="R1")
    said = words(signed_in(house, "chief"), "/records/risk/office/R1/opened/")
    assert "Openings of this record are not noted Only restricted records are watched." in said


@pytest.mark.parametrize(
    "place", ["/opened/", "/opened/?by=records", "/opened/?by=people", "/records/risk/office/ZQ1/opened/"]
)
def test_the_pages_ask_as_often_at_one_opening_as_at_thousands(house: House, secret: Risk, place: str) -> None:
    client = signed_in(house, "chief")

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(place).status_code == 200
        return len(captured)

    opened(house, secret, "policy")
    one = asked()
    like = opened(house, secret, "auditor")
    rows = [Opening(at=AT, record=like.record, person=like.person, by=like.by, way="page", route="risk")] * 3000
    Opening.objects.bulk_create(rows, batch_size=100)
    assert asked() == one
    assert one <= 12


def test_openings_are_forgotten_after_as_many_days_as_the_setting_says(
    house: House, secret: Risk, settings: Any
) -> None:
    settings.OPENED_DAYS = 100
    opened(house, secret, "policy", at=AT)
    opened(house, secret, "policy", at=AT + timedelta(days=1))
    assert sweep(AT + timedelta(days=100, hours=1), {}) == "1 forgotten"
    assert Opening.objects.count() == 1
