"""Signing in with the organisation's account: against a real provider over HTTP, from the button to the page wanted."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from django.utils import timezone
from jwt.algorithms import RSAAlgorithm
from oidc_provider_mock import run_server_in_thread

from candour.kernel.establishment.commands import appoint, stop_sign_in
from candour.kernel.history.verify import verify
from candour.kernel.people.models import Appointment, Person, Post, holding
from candour.kernel.rules import Refused
from candour.kernel.signin import commands
from candour.kernel.signin.models import Mapped, SignIn
from candour.kernel.signin.rules import Claims, Unreadable, read_claims
from candour.kernel.signin.views.directory import issuer_of, verified
from tests.establishment.test_pages import words
from tests.factories import NOW, START, TODAY, House
from tests.signin.people import SAID, a_person

DAY = timedelta(days=1)
CLERK = {"preferred_username": "clerk@mereford.example", "name": "A Clerk", "email": "clerk@mereford.example"}


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def directory(provider: str, settings) -> None:  # type: ignore[no-untyped-def]
    told = {
        "issuer": provider,
        "client": "candour",
        "secret": "a secret of the client",
        "name": "your Mereford account",
    }
    settings.DIRECTORY = told | {"claim": "roles"}


def known(provider: str, sub: str, **claims: Any) -> None:
    assert requests.put(f"{provider}/users/{sub}", json=claims, timeout=5).status_code == 204


def goes(client: Client, sub: str, *, address: str = "/sign-in/directory", action: str = "") -> str:
    """From the button to the provider, where somebody says who they are, to the address that it leads back to."""
    away = client.get(address)["Location"]
    given = {"sub": sub} | ({"action": action} if action else {})
    return requests.post(away, data=given, allow_redirects=False, timeout=5).headers["Location"]


def arrives(client: Client, sub: str, **more: Any) -> Any:
    back = urlsplit(goes(client, sub, **more))
    return client.get(f"{back.path}?{back.query}")


def mapped(house: House, value: str, post: str) -> Mapped:
    return commands.map_value(value, post=Post.objects.get(pk=house.posts[post].pk), **SAID)


def posts_of(username: str, day: date | None = None) -> list[str]:
    rows = Appointment.objects.filter(holding(day or timezone.localdate()), person__username=username)
    return sorted(rows.values_list("post__title", flat=True))


def notes() -> list[tuple[str, str, str]]:
    return list(SignIn.objects.order_by("pk").values_list("way", "came", "words"))


def test_the_button_is_there_and_leads_to_the_provider_with_a_state_and_a_challenge(
    house: House, provider: str
) -> None:
    client = Client()
    page = client.get("/sign-in?next=/risks/").content.decode()
    assert "Sign in with your Mereford account" in page
    assert 'href="/sign-in/directory?next=%2Frisks%2F"' in page
    away = urlsplit(client.get("/sign-in/directory")["Location"])
    asked = {name: value[0] for name, value in parse_qs(away.query).items()}
    assert f"{away.scheme}://{away.netloc}" == provider
    assert (asked["response_type"], asked["client_id"], asked["code_challenge_method"]) == ("code", "candour", "S256")
    assert asked["redirect_uri"] == "http://testserver/sign-in/directory/back"
    assert (set(asked["scope"].split()), len(asked["state"]) >= 16) == ({"openid", "profile", "email"}, True)


def test_who_is_known_here_by_user_name_comes_in_and_keeps_their_posts(house: House, provider: str) -> None:
    person = a_person(house, "clerk@mereford.example", name="Clerk", email="")
    known(provider, "s1", **CLERK)
    client = Client()
    response = arrives(client, "s1", address="/sign-in/directory?next=/risks/")
    assert (response["Location"], client.get("/risks/").status_code) == ("/risks/", 200)
    now = Person.objects.get(pk=person.pk)
    assert (now.name, now.email, posts_of(now.username)) == ("A Clerk", "clerk@mereford.example", ["Assistant"])
    account = SocialAccount.objects.get()
    assert (account.provider, account.uid, account.user, account.extra_data) == (provider, "s1", person, {})
    assert notes() == [("directory", "in", "First time with this account")]
    assert verify().failure == ""


def test_from_then_on_the_number_counts_and_no_name(house: House, provider: str) -> None:
    """A user name may be given to somebody else in the directory; its number of a person is never given again."""
    person = a_person(house, "clerk@mereford.example")
    known(provider, "s2", **CLERK)
    arrives(Client(), "s2")
    known(provider, "s2", **(CLERK | {"preferred_username": "married@mereford.example", "name": "A Married"}))
    again = Client()
    arrives(again, "s2")
    assert again.get("/risks/").status_code == 200
    assert Person.objects.get(pk=person.pk).name == "A Married"
    known(provider, "s3", **CLERK)
    other = Client()
    told = words(other.get(arrives(other, "s3")["Location"]).content)
    assert "The user name of your account belongs to somebody else in Candour: ask an administrator" in told
    assert other.get("/risks/").status_code == 302


def test_who_is_not_known_comes_in_by_a_value_that_gives_a_post(house: House, provider: str) -> None:
    mapped(house, "candour.policy", "policy")
    known(provider, "s4", roles=["candour.policy", "something.else"], **CLERK)
    client = Client()
    arrives(client, "s4")
    person = Person.objects.get(username="clerk@mereford.example")
    assert (person.name, person.has_usable_password()) == ("A Clerk", False)
    assert posts_of(person.username) == ["Policy and Compliance Officer"]
    assert client.get("/risks/new/").status_code == 200
    assert notes() == [("directory", "in", "Added by the directory")]


def test_who_is_not_known_and_has_no_value_stays_outside(house: House, provider: str) -> None:
    mapped(house, "candour.policy", "policy")
    known(provider, "s5", roles=["something.else"], **CLERK)
    client = Client()
    told = words(client.get(arrives(client, "s5")["Location"]).content)
    assert "Your organisation knows your account, but Candour does not: ask an administrator to add you" in told
    assert Person.objects.filter(username="clerk@mereford.example").exists() is False
    assert [(way, came) for way, came, _ in notes()] == [("directory", "stopped")]


def test_whose_sign_in_is_stopped_here_stays_outside_whatever_the_directory_says(house: House, provider: str) -> None:
    stop_sign_in(a_person(house, "clerk@mereford.example"), **SAID)
    known(provider, "s6", **CLERK)
    client = Client()
    told = words(client.get(arrives(client, "s6")["Location"]).content)
    assert "Your sign-in to Candour is stopped: ask an administrator" in told


def test_who_breaks_off_at_the_provider_is_told_and_nobody_is_let_in(house: House) -> None:
    client = Client()
    told = words(client.get(arrives(client, "s7", action="deny")["Location"]).content)
    assert "Your organisation’s sign-in did not finish: try again" in told


def test_an_answer_that_this_browser_did_not_ask_for_is_refused(house: House, provider: str) -> None:
    a_person(house, "clerk@mereford.example")
    known(provider, "s8", **CLERK)
    asked, other = Client(), Client()
    back = urlsplit(goes(asked, "s8"))
    assert other.get(f"{back.path}?{back.query}")["Location"] == "/sign-in"
    assert other.get("/risks/").status_code == 302
    twice = [asked.get(f"{back.path}?{back.query}")["Location"] for _ in range(2)]
    assert twice[1] == "/sign-in"


def test_a_token_of_another_client_or_issuer_is_refused(house: House, provider: str, settings) -> None:  # type: ignore[no-untyped-def]
    a_person(house, "clerk@mereford.example")
    known(provider, "s9", **CLERK)
    client = Client()
    back = urlsplit(goes(client, "s9"))
    settings.DIRECTORY = settings.DIRECTORY | {"client": "another"}
    assert client.get(f"{back.path}?{back.query}")["Location"] == "/sign-in"
    assert client.get("/risks/").status_code == 302


def test_a_provider_that_does_not_answer_is_said_in_words(house: House, settings) -> None:  # type: ignore[no-untyped-def]
    settings.DIRECTORY = settings.DIRECTORY | {"issuer": "http://127.0.0.1:9"}
    client = Client()
    assert client.get("/sign-in/directory")["Location"] == "/sign-in"
    assert "Your organisation’s sign-in does not answer" in words(client.get("/sign-in").content)


def test_without_a_provider_there_is_no_button_and_no_way(house: House, settings) -> None:  # type: ignore[no-untyped-def]
    settings.DIRECTORY = settings.DIRECTORY | {"issuer": ""}
    client = Client()
    assert "your Mereford account" not in client.get("/sign-in").content.decode()
    assert client.get("/sign-in/directory")["Location"] == "/sign-in"
    assert client.get("/sign-in/directory/back?code=x&state=y")["Location"] == "/sign-in"


def test_where_nobody_has_a_password_the_form_is_gone_and_a_password_opens_nothing(house: House, settings) -> None:  # type: ignore[no-untyped-def]
    person = a_person(house)
    settings.LOCAL_ACCOUNTS = False
    client = Client()
    assert "Password" not in words(client.get("/sign-in").content)
    client.post("/sign-in", {"username": person.username, "password": "kingfisher by a river"})
    assert client.get("/sign-in/second")["Location"] == "/sign-in"
    assert SignIn.objects.count() == 0


# Values and posts, without the network


def claims(*values: str, subject: str = "s") -> Claims:
    return Claims("https://id.example", subject, "mover", "A Mover", "mover@mereford.example", frozenset(values))


def test_posts_follow_the_values_from_one_sign_in_to_the_next(house: House) -> None:
    mapped(house, "candour.policy", "policy")
    mapped(house, "candour.owner", "owner")
    person = commands.arrive(claims("candour.policy", "candour.owner"), at=NOW).person
    assert person is not None
    appoint(person, Post.objects.get(pk=house.posts["reader"].pk), starts=START, **SAID)
    later = NOW + 5 * DAY
    commands.arrive(claims("candour.owner"), at=later)
    assert posts_of("mover", TODAY + 4 * DAY) == [
        "Assistant",
        "Head of Communications",
        "Policy and Compliance Officer",
    ]
    assert posts_of("mover", TODAY + 5 * DAY) == ["Assistant", "Head of Communications"]
    commands.arrive(claims("candour.owner", "candour.policy"), at=later + DAY)
    assert posts_of("mover", TODAY + 6 * DAY) == [
        "Assistant",
        "Head of Communications",
        "Policy and Compliance Officer",
    ]
    assert verify().failure == ""


def test_the_last_who_gives_roles_keeps_the_post_and_it_is_noted(house: House) -> None:
    mapped(house, "candour.admin", "admin")
    admin = Person.objects.get(username="admin")
    SocialAccount.objects.create(provider="https://id.example", uid="s", user=admin)
    arrived = commands.arrive(claims(), at=NOW)
    assert posts_of("admin", TODAY + DAY) == ["Business Manager"]
    assert arrived.words.startswith("Kept as Business Manager: Nobody else can give roles in Office of Mereford")


def test_a_value_taken_from_the_table_gives_nothing_more(house: House) -> None:
    row = mapped(house, "candour.policy", "policy")
    commands.unmap(row, actor=house.actors["admin"], at=NOW, reason="Not that one")
    assert commands.arrive(claims("candour.policy"), at=NOW).person is None
    with pytest.raises(Refused, match="taken away already"):
        commands.unmap(Mapped.objects.get(), actor=house.actors["admin"], at=NOW, reason="Again")


def test_nobody_maps_a_value_to_a_post_that_may_do_more_than_they_may(house: House) -> None:
    force = Post.objects.get(pk=house.posts["force_policy"].pk)
    with pytest.raises(Exception, match=r"it needs people\.grant"):
        commands.map_value("candour.force", post=force, actor=house.actors["admin"], at=NOW, reason="Why")
    both = Post.objects.get(pk=house.posts["panel"].pk)
    with pytest.raises(Refused, match="You cannot map a value to this post"):
        commands.map_value("candour.panel", post=both, actor=house.actors["admin"], at=NOW, reason="Why")


def test_a_value_gives_one_post_once(house: House) -> None:
    mapped(house, "candour.policy", "policy")
    with pytest.raises(Refused, match="gives this post already"):
        mapped(house, " candour.policy ", "policy")
    with pytest.raises(Refused, match="Enter the value"):
        mapped(house, " ", "policy")


def test_claims_are_read_as_entra_id_sends_them() -> None:
    said = {"iss": "https://login.example/t/v2.0", "sub": "x1", "preferred_username": "a@b.example", "name": "A B"}
    read = read_claims(said | {"roles": ["one", "two"]}, claim="roles")
    assert (read.subject, read.username, read.name, read.email) == ("x1", "a@b.example", "A B", "")
    assert read.values == {"one", "two"}
    assert read_claims(said | {"roles": "one"}, claim="roles").values == {"one"}
    assert read_claims(said, claim="roles").values == frozenset()


def test_a_list_that_the_directory_left_out_is_not_read_as_empty() -> None:
    said = {"iss": "i", "sub": "s", "_claim_names": {"groups": "src1"}}
    with pytest.raises(Unreadable, match="too many groups"):
        read_claims(said, claim="groups")
    with pytest.raises(Unreadable, match="did not say who"):
        read_claims({"iss": "i"}, claim="roles")


def test_a_token_holds_only_with_the_providers_key_and_for_this_client_now() -> None:
    mine, other = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
    keys = {"keys": [json.loads(RSAAlgorithm.to_jwk(mine.public_key())) | {"kid": "k1", "alg": "RS256"}]}
    said = {"iss": "https://id.example", "aud": "candour", "sub": "s", "iat": 1_700_000_000, "exp": 4_000_000_000}

    def holds(key: Any = mine, algorithm: str = "RS256", kid: str = "k1", **changed: Any) -> bool:
        token = jwt.encode(said | changed, key, algorithm=algorithm, headers={"kid": kid})
        try:
            return verified(token, keys, issuer="https://id.example", client="candour")["sub"] == "s"
        except OAuth2Error:
            return False

    assert holds() is True
    assert [holds(other), holds(kid="k2"), holds("a" * 32, "HS256"), holds(None, "none")] == [False] * 4
    assert [holds(iss="https://evil.example"), holds(aud="another"), holds(exp=1_700_000_001)] == [False] * 3


def test_a_token_made_for_another_sign_in_is_refused(house: House, provider: str) -> None:
    known(provider, "41", **CLERK)
    client = Client()
    back = urlsplit(goes(client, "41"))
    session = client.session
    session["nonce"] = "of another sign-in"
    client.cookies["sessionid"] = save(session)
    assert client.get(f"{back.path}?{back.query}")["Location"] == "/sign-in"
    assert notes() == []


def save(session: Any) -> str:
    session.save()
    return str(session.session_key)


def test_a_provider_that_says_it_is_another_is_refused(provider: str) -> None:
    assert issuer_of({"issuer": provider}) == provider
    assert issuer_of({"issuer": f"{provider}/"}) == f"{provider}/"
    for other in (f"{provider}/other", provider.replace("localhost", "evil.example"), ""):
        with pytest.raises(OAuth2Error):
            issuer_of({"issuer": other})


def test_a_provider_that_leads_elsewhere_is_not_followed(rf: Any) -> None:
    from allauth.socialaccount.adapter import get_adapter

    with get_adapter().get_requests_session() as session:
        assert session.max_redirects == 0
