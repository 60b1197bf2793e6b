"""Nothing that opens anything stands in the log, at any level, while people sign in, links open and tokens are used."""

import logging
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.utils import timezone

from candour.kernel.notices.commands import send
from candour.kernel.signin import commands
from tests.api.factories import Script, a_token
from tests.factories import House
from tests.logs.lined import lined
from tests.recommendations.cycling import april, token
from tests.signin.people import PASSWORD, SECRET, a_person, code_at, recovery_codes, secret_of, signed_in
from tests.signin.test_links import NEW, address_in, stranger


@pytest.fixture(autouse=True)
def live(settings) -> None:  # type: ignore[no-untyped-def]
    settings.DEMO = False


def of_browser(client: Client) -> set[str]:
    """The cookies that a browser holds, whole."""
    return {cookie.value for cookie in client.cookies.values() if len(cookie.value) > 20}


def test_no_password_code_cookie_token_or_link_is_ever_written(house: House) -> None:
    at, secrets = timezone.now(), {PASSWORD, NEW, SECRET, "a wrong password of mine"}
    with lined(logging.DEBUG) as log:
        person = a_person(house)
        secrets |= {*recovery_codes(person), secret_of(person)}
        client = signed_in(person)
        secrets |= of_browser(client)
        client.get("/sign-in/mine/")
        wrong = Client()
        wrong.post("/sign-in", {"username": "clerk", "password": "a wrong password of mine"})
        wrong.post("/sign-in", {"username": PASSWORD, "password": PASSWORD})  # typed into the wrong box
        secrets |= of_browser(wrong)

        joiner = stranger(house)
        commands.invite(joiner, actor=house.actors["admin"], at=at, reason="Joins us")
        send(at=at)
        link = address_in(mail.outbox[0])
        secrets.add(link.rsplit("/", 2)[-1] or link.rsplit("/", 2)[-2])
        browser = Client()
        browser.get(link)
        browser.post(link, {"password": "short"})
        browser.post(link, {"password": NEW})
        browser.get("/sign-in/set-up")
        secrets |= {browser.session["second"]}
        browser.post("/sign-in/set-up", {"code": code_at(timezone.now(), browser.session["second"])})
        browser.get("/sign-in/codes")
        secrets |= {*of_browser(browser), *recovery_codes(joiner)}
        Client().get(link)  # it opens no more
        Client().get(link[:-3] + "xyz")

        cycle = april(house)
        answer = token(cycle, house, "owner")
        secrets.add(answer)
        for path in (
            f"/recommendations/answer/{answer}/",
            f"/recommendations/answer/{answer}x/",
            f"/boards/calendar/{answer}",
        ):
            Client().get(path)
            Client().post(path, {"password": PASSWORD, "csrfmiddlewaretoken": "x" * 64})

        _, shown = a_token(house.posts["policy"], ["risks:read"])
        _, other = a_token(house.posts["policy"], ["risks:read"], expires_on=at.date())
        secrets |= {shown, other, shown[8:], other[8:]}
        for each in (shown, other, shown[:-1]):
            Script(each).get("risks")
            Script(each).get("nothing-here")
            Client().get("/metrics", headers={"authorization": f"Bearer {each}"})
            Client().get(f"/api/v1/risks?token={each}")
        raised = Client(raise_request_exception=False)
        raised.get(f"/risks/office/{answer}/?token={shown}&password={PASSWORD}")
    assert len(log.lines) >= 30
    found = {secret for secret in secrets if secret and secret in log.text}
    assert found == set()
    assert Authenticator.objects.count() >= 2


def test_what_somebody_looks_for_and_who_they_are_is_not_written_either(house: House) -> None:
    person = a_person(house, name="Olive Branchford", email="olive@mereford.example")
    with lined(logging.DEBUG) as log:
        client = signed_in(person)
        client.get("/risks/?q=Olive+Branchford")
        client.get("/search?q=olive%40mereford.example")
    assert "branchford" not in log.text.lower()
    assert "olive" not in log.text.lower()


def test_the_day_of_a_test_is_no_secret() -> None:
    """So that the test above is known to look for what can be found."""
    with lined(logging.DEBUG) as log:
        logging.getLogger("anything").debug("on %s", date(2026, 6, 15))
    assert "2026-06-15" in log.text
