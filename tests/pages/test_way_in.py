"""Signing in and out, roles, search, the history pages."""

import pytest
from django.test import Client

from candour.kernel.history.models import Seal
from candour.kernel.records.commands import link, share
from candour.risks import commands
from tests.factories import NOW, House, a_risk


def signed_in(house: House, name: str) -> Client:
    client = Client()
    client.force_login(house.people[name])
    return client


def test_a_page_leads_to_sign_in_and_back(house: House) -> None:
    client = Client()
    response = client.get("/search?q=fleet")
    assert (response.status_code, response["Location"]) == (302, "/sign-in?next=%2Fsearch%3Fq%3Dfleet")
    response = client.post("/sign-in", {"role": "policy", "next": "/search?q=fleet"})
    assert response["Location"] == "/search?q=fleet"


def test_signing_in_leads_nowhere_else(house: House) -> None:
    response = Client().post("/sign-in", {"role": "policy", "next": "https://elsewhere.example/"})
    assert response["Location"] == "/"


def test_the_demo_shows_every_post_with_a_role(house: House) -> None:
    shown = Client().get("/sign-in").content.decode()
    assert [name for name in house.posts if house.posts[name].title not in shown] == []


def test_without_the_demo_a_role_cannot_be_chosen(house: House, settings) -> None:  # type: ignore[no-untyped-def]
    settings.DEMO = False
    client = Client()
    response = client.post("/sign-in", {"role": "policy"})
    assert "Enter your user name" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_password_opens_the_door_and_a_wrong_one_does_not(house: House, settings) -> None:  # type: ignore[no-untyped-def]
    settings.DEMO = False
    person = house.people["policy"]
    person.set_password("correct horse")
    person.save(update_fields=["password"])
    client = Client()
    response = client.post("/sign-in", {"username": "policy", "password": "wrong"})
    assert "The user name or the password is not right" in response.content.decode()
    assert client.post("/sign-in", {"username": "policy", "password": "correct horse"}).status_code == 302


def test_a_password_is_never_shown_nor_sent_back(house: House, settings) -> None:  # type: ignore[no-untyped-def]
    settings.DEMO = False
    response = Client().post("/sign-in", {"username": "policy", "password": "almost right"})
    shown = response.content.decode()
    assert 'name="password" type="password" value=""' in shown
    assert "almost right" not in shown


def test_signing_out_asks_first(house: House) -> None:
    client = signed_in(house, "policy")
    assert "Do you want to sign out?" in client.get("/sign-out").content.decode()
    assert client.post("/sign-out")["Location"] == "/sign-in"
    assert "_auth_user_id" not in client.session


def test_the_roles_page_names_posts_of_bodies_that_one_may_read(house: House) -> None:
    shown = signed_in(house, "reader").get("/roles").content.decode()
    assert "Policy and Compliance Officer, in Office of Mereford" in shown
    assert "Force Risk Manager" not in shown


def test_search_finds_by_any_word_and_hides_what_is_hidden(house: House) -> None:
    a_risk(house, reference="R1", title="The fleet ages faster than it is replaced")
    a_risk(house, reference="R2", title="A fleet claim nobody may hear of", sensitivity="restricted")
    a_risk(house, reference="F1", title="Fleet of the force", organisation=house.force)
    seen = signed_in(house, "reader").get("/search?q=fle").content.decode()
    assert ("R1" in seen, "R2" in seen, "F1" in seen) == (True, False, False)
    seen = signed_in(house, "policy").get("/search?q=fleet+claim").content.decode()
    assert ("R1</a>" in seen, "R2</a>" in seen) == (False, True)


def test_search_for_nothing_teaches(house: House) -> None:
    assert "Enter a reference or a few words" in signed_in(house, "reader").get("/search").content.decode()
    shown = signed_in(house, "reader").get("/search?q=zebra").content.decode()
    assert "Nothing that you may see holds all these words" in shown


def test_history_shows_reasons_of_what_one_may_see_only(house: House) -> None:
    a_risk(house, reference="R1", reason="Seen at the senior team")
    a_risk(house, reference="R2", sensitivity="restricted", reason="Told in confidence")
    seen = signed_in(house, "reader").get("/history/").content.decode()
    assert ("Seen at the senior team" in seen, "Told in confidence" in seen, "R2" in seen) == (True, False, False)


def test_a_shared_risk_is_found_by_the_other_body(house: House) -> None:
    risk = a_risk(house, reference="R1", title="Joint estate")
    other = a_risk(house, reference="R2", title="Estate survey")
    policy = house.actors["policy"]
    assert "R1" not in signed_in(house, "force_reader").get("/search?q=estate").content.decode()
    share(risk.record, organisation=house.force, actor=policy, at=NOW, reason="The force holds half of it")
    link(risk.record, to=other.record, how="bears on", actor=policy, at=NOW, reason="The survey feeds it")
    seen = signed_in(house, "force_reader").get("/search?q=estate").content.decode()
    assert ("R1</a>" in seen, "R2</a>" in seen) == (True, False)


def test_verifying_is_for_those_who_may_and_tells_the_count(house: House) -> None:
    commands.rescore(a_risk(house), impact=4, likelihood=4, actor=house.actors["chief"], at=NOW, reason="Worse")
    assert signed_in(house, "reader").get("/history/verify").status_code == 404
    client = signed_in(house, "auditor")
    assert "Every entry holds" not in client.get("/history/verify").content.decode()
    assert "Every entry holds." in client.post("/history/verify").content.decode()


def test_the_seals_can_be_taken_away(house: House) -> None:
    from candour.kernel.history.commands import seal

    made = seal(at=NOW)
    assert made is not None
    response = signed_in(house, "panel").get("/history/seals.json")
    assert [row["root"] for row in response.json()["seals"]] == [made.root]
    assert Seal.objects.count() == 1


@pytest.mark.parametrize("address", ["/help", "/accessibility", "/privacy", "/components", "/sign-in"])
def test_pages_for_anybody_open_for_anybody(address: str, house: House) -> None:
    assert Client().get(address).status_code == 200
