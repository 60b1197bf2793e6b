"""What was typed into a form outlives a sign-in that ended, or began anew, while the form was open."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from candour.kernel.actions.models import Action
from tests.factories import House, a_risk

pytestmark = pytest.mark.django_db
PLACE = "/records/risk/office/A1/actions/new"
OURS = {"Origin": "http://testserver"}


@pytest.fixture
def client(house: House) -> Client:
    a_risk(house, reference="A1")
    client = Client(enforce_csrf_checks=True)
    client.force_login(house.people["policy"])
    return client


def held(response: Any) -> dict[str, str]:
    """What the hidden fields of the middle of a page hold, the token too."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', main)}


def opened(client: Client, house: House) -> dict[str, str]:
    """The form as it was opened, filled in."""
    typed = {"text": "See to <it>\r\nbefore spring", "owner": str(house.posts["chief"].pk), "due": "1 December 2099"}
    return held(client.get(PLACE)) | typed


def test_a_form_sent_after_its_sign_in_ended_is_sent_again_after_another(house: House, client: Client) -> None:
    form = opened(client, house)
    del client.cookies["sessionid"]
    refused = client.post(PLACE, form, headers=OURS)
    assert (refused.status_code, Action.objects.count()) == (403, 0)
    assert f'href="/sign-in?next={PLACE.replace("/", "%2F")}"' in refused.content.decode()
    assert "no-store" in refused.headers["Cache-Control"]
    kept = held(refused)
    assert {name: kept[name] for name in ("text", "owner", "due")} == {
        name: form[name] for name in ("text", "owner", "due")
    }
    client.force_login(house.people["policy"])
    client.cookies["csrftoken"] = "n" * 32  # as signing in makes it anew
    anew = client.post(PLACE, kept, headers=OURS)
    assert (anew.status_code, "You signed in anew" in anew.content.decode()) == (403, True)
    assert client.post(PLACE, held(anew), headers=OURS).status_code == 302
    assert Action.objects.get().text == "See to <it>\r\nbefore spring"


@pytest.mark.parametrize("origin", [{}, {"Origin": "https://evil.example"}, {"Origin": "null"}])
def test_what_another_site_sends_is_refused_and_shown_to_nobody(
    house: House, client: Client, origin: dict[str, str]
) -> None:
    forged = opened(client, house) | {"csrfmiddlewaretoken": "x" * 64}
    response = client.post(PLACE, forged, headers=origin)
    assert (response.status_code, Action.objects.count()) == (403, 0)
    assert "See to" not in response.content.decode()
    assert "See to" in client.post(PLACE, forged, headers=OURS).content.decode()


def test_a_form_with_a_password_and_a_part_of_a_page_do_not_come_back(house: House, client: Client) -> None:
    form = opened(client, house)
    del client.cookies["sessionid"]
    secret = client.post(PLACE, form | {"new_password": "correct horse"}, headers=OURS)
    assert (secret.status_code, b"correct horse" in secret.content) == (302, False)
    assert client.post(PLACE, form, headers=OURS | {"HX-Request": "true"}).status_code == 302
