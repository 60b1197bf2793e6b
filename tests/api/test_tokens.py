"""Service tokens: made, listed and revoked by an administrator; shown once; refused when they may not be used."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from candour.kernel.access import CANDOUR, Forbidden
from candour.kernel.access.models import Grant
from candour.kernel.establishment.commands import end_grant, end_post, set_up_post
from candour.kernel.history.models import Entry
from candour.kernel.rules import Refused
from candour.kernel.service.commands import make_token, note_use, revoke_token
from candour.kernel.service.models import ServiceToken, TokenUse
from candour.kernel.service.queries import digest_of, token_shown
from candour.kernel.service.rules import EXPIRED, IN_USE, REVOKED, state
from tests.api.factories import Script, a_token, said, script
from tests.factories import House, a_risk

pytestmark = pytest.mark.django_db


def admin(house: House) -> Client:
    client = Client()
    client.force_login(house.people["admin"])
    return client


def filled(house: House, **over: object) -> dict[str, object]:
    last = timezone.localdate() + timedelta(days=90)
    given = {"name": "Monthly figures", "post": house.posts["policy"].pk, "scopes": ["risks:read", "measures:write"]}
    return given | {"expires_on": last.isoformat(), "reason": "Asked for by the performance team"} | over


def test_a_token_is_shown_once_and_only_its_hash_is_kept(house: House) -> None:
    answer = admin(house).post("/service-tokens/new/", filled(house))
    token = ServiceToken.objects.get()
    shown = answer.content.decode().partition('<code class="c-wrap">')[2].partition("<")[0]
    assert (answer.status_code, answer.headers["Cache-Control"], shown[:8]) == (200, "no-store", "candour_")
    assert (token.digest, token.ending, token.scopes) == (digest_of(shown), shown[-4:], "risks:read measures:write")
    assert token_shown(shown) == token
    again = admin(house).get("/service-tokens/").content.decode()
    assert (shown in again, "Monthly figures" in again, f"ends in {shown[-4:]}" in again) == (False, True, True)
    held = [*Entry.objects.values_list("canonical", flat=True), *Entry.objects.values_list("words", flat=True)]
    assert not any(shown in str(each) for each in held)


def test_making_and_revoking_are_recorded(house: House) -> None:
    admin(house).post("/service-tokens/new/", filled(house))
    token = ServiceToken.objects.get()
    answer = admin(house).post(f"/service-tokens/{token.pk}/revoke/", {"reason": "The script was retired"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/service-tokens/")
    told = list(Entry.objects.filter(event__startswith="service.").order_by("pk").values_list("event", "actor_label"))
    assert told == [("service.token_made", "Business Manager"), ("service.token_revoked", "Business Manager")]
    page = admin(house).get(f"/posts/{house.posts['policy'].pk}/history/").content.decode()
    assert ("Service token made" in page, "Service token revoked" in page, token.digest in page) == (True, True, False)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "", "Enter a name"),
        ("scopes", [], "Choose what it may read or write"),
        ("reason", "", "Say what the token is for"),
        ("expires_on", "2001-01-01", "Enter a last day from"),
        ("expires_on", "2190-01-01", "Enter a last day from"),
        ("post", "", "Choose the post"),
    ],
)
def test_an_answer_that_is_missing_says_how_to_mend_it(house: House, field: str, value: object, message: str) -> None:
    answer = admin(house).post("/service-tokens/new/", filled(house, **{field: value}))
    assert (answer.status_code, message in answer.content.decode()) == (422, True)
    assert ServiceToken.objects.count() == 0


def test_only_who_manages_tokens_makes_and_revokes_them(house: House) -> None:
    token, _ = a_token(house.posts["policy"])
    by = {"actor": house.actors["policy"], "at": timezone.now(), "reason": "Why not"}
    with pytest.raises(Forbidden):
        a_token(house.posts["policy"], actor=house.actors["policy"])
    with pytest.raises(Forbidden):
        revoke_token(token, **by)
    client = Client()
    client.force_login(house.people["policy"])
    for address in ("/service-tokens/", "/service-tokens/new/", f"/service-tokens/{token.pk}/revoke/"):
        assert client.get(address).status_code == 404


def test_a_token_gives_no_more_than_its_maker_holds(house: House) -> None:
    with pytest.raises(Refused, match="You cannot make a token for this post"):
        a_token(house.posts["panel"], actor=house.refreshed("admin"))  # who reads both bodies


def test_a_token_of_another_body_is_not_there(house: House) -> None:
    token, _ = a_token(house.posts["force_reader"])
    assert admin(house).get(f"/service-tokens/{token.pk}/revoke/").status_code == 404
    assert "Force Analyst" not in admin(house).get("/service-tokens/").content.decode()


def test_a_token_is_made_of_no_post_that_has_ended(house: House) -> None:
    by = {"actor": CANDOUR, "at": timezone.now(), "reason": "For a test"}
    post = set_up_post(title="Head of Nothing", organisation=house.office, **by)
    _, shown = a_token(post)
    end_post(post, **by)
    with pytest.raises(Refused, match="choose the post that took over"):
        a_token(post)
    answer = Script(shown).get("risks")
    assert (answer.status_code, said(answer)["detail"]) == (401, "The post that this token stands for has ended")


def test_a_token_is_refused_when_it_is_revoked_or_expired(house: House) -> None:
    at = timezone.now()
    token, shown = a_token(house.posts["policy"])
    assert Script(shown).get("risks").status_code == 200
    revoke_token(token, actor=CANDOUR, at=at, reason="For a test")
    answer = Script(shown).get("risks")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert (answer.headers["Content-Type"], said(answer)["detail"]) == (
        "application/problem+json",
        "This token is revoked",
    )
    before = at - timedelta(days=40)
    _, old = a_token(house.posts["policy"], at=before, expires_on=before.date() + timedelta(days=30))
    answer = Script(old).get("risks")
    assert (answer.status_code, said(answer)["detail"]) == (401, "This token is expired")
    with pytest.raises(Refused, match="It was revoked"):
        revoke_token(token, actor=CANDOUR, at=at, reason="Again")


def test_a_token_may_be_used_to_the_end_of_its_last_day() -> None:
    last = timezone.localdate()
    assert state(last, None, last) == IN_USE
    assert state(last, None, last + timedelta(days=1)) == EXPIRED
    assert state(last, last, last) == REVOKED


def test_a_token_loses_what_its_post_loses(house: House) -> None:
    asking = script(house.posts["policy"])
    assert asking.get("risks").status_code == 200
    yesterday = timezone.localdate() - timedelta(days=1)
    granted = Grant.objects.get(post=house.posts["policy"])
    end_grant(granted, ends=yesterday, actor=CANDOUR, at=timezone.now(), reason="For a test")
    assert asking.get("risks").status_code == 403


def test_the_last_use_is_noted_once_a_minute(house: House) -> None:
    token, shown = a_token(house.posts["policy"])
    at = timezone.now()
    note_use(token_shown(shown) or token, at=at)
    note_use(token_shown(shown) or token, at=at + timedelta(seconds=30))
    assert TokenUse.objects.get().last_used == at
    note_use(token_shown(shown) or token, at=at + timedelta(seconds=60))
    assert TokenUse.objects.get().last_used == at + timedelta(seconds=60)


def test_revoked_tokens_stand_last(house: House) -> None:
    first, _ = a_token(house.posts["policy"], name="A script")
    a_token(house.posts["policy"], name="B script")
    revoke_token(first, actor=CANDOUR, at=timezone.now(), reason="For a test")
    page = admin(house).get("/service-tokens/").content.decode()
    assert page.index("B script") < page.index("A script")


def test_the_list_asks_as_often_at_one_token_as_at_many(house: House) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/service-tokens/").status_code == 200
        return len(captured)

    client = admin(house)
    a_token(house.posts["policy"])
    first = asked()
    for number in range(5):
        a_token(house.posts["chief"], name=f"Script {number}")
    assert (asked(), first <= 12) == (first, True)


def test_a_form_of_the_pages_takes_no_token_and_the_api_no_session(house: House) -> None:
    _, shown = a_token(house.posts["policy"])
    assert Client().get("/risks/", headers={"authorization": f"Bearer {shown}"}).status_code == 302
    assert admin(house).get("/api/v1/risks").status_code == 401


def test_what_a_token_may_not_do_is_forbidden_as_to_its_post(house: House) -> None:
    risk = a_risk(house)
    answer = script(house.posts["reader"]).post(
        f"risks/office/{risk.record.reference}/updates", {"text": "Said by a reader"}
    )
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/problem+json")


def test_make_token_is_the_one_way_to_a_token(house: House) -> None:
    last = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Refused, match="Choose what the token may read or write"):
        make_token(
            house.posts["policy"], name="A", scopes=["everything"], expires_on=last, actor=CANDOUR, at=timezone.now(),
            reason="For a test",
        )  # fmt: skip
