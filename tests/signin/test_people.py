"""What an administrator sees and does of sign-ins, on the pages."""

import pytest
from django.test import Client

from candour.kernel.history.models import Entry
from candour.kernel.people.models import Person, Post
from candour.kernel.signin import commands
from candour.kernel.signin.models import Link, Mapped, SignIn
from tests.establishment.test_pages import client_of, seen, sent
from tests.factories import House
from tests.signin.people import SAID, a_person, signed_in


def test_an_administrator_invites_unlocks_resets_and_signs_out_on_the_pages(house: House) -> None:
    person, client = a_person(house), client_of(house)
    theirs, place = signed_in(person), f"/posts/people/{person.pk}/"
    for _ in range(6):
        Client().post("/sign-in", {"username": "clerk", "password": "wrong"})
    shown = seen(client, f"{place}sign-in/")
    assert "Strangers wait until" in shown
    assert "Second step authenticator app, 10 recovery codes left" in shown
    assert sent(client, f"{place}unlock/") == f"{place}sign-in/"
    assert "Wrong answers on end 0" in seen(client, f"{place}sign-in/")
    assert sent(client, f"{place}out/") == f"{place}sign-in/"
    assert theirs.get("/risks/").status_code == 302
    assert sent(client, f"{place}second/") == f"{place}sign-in/"
    assert "set up at the next sign-in with a password" in seen(client, f"{place}sign-in/")
    assert sent(client, f"{place}invite/") == f"{place}sign-in/"
    assert "Invited the link opens until" in seen(client, f"{place}sign-in/")
    assert Link.objects.get().person == person
    told = seen(client, f"{place}history/")
    for title in ("Wrong answers forgotten", "Signed out everywhere", "Second step reset", "Invited"):
        assert title in told


def test_a_reset_without_one_is_refused_in_words(house: House) -> None:
    client, place = client_of(house), f"/posts/people/{house.people['reader'].pk}/"
    assert "No second step is set up: there is nothing to reset" in sent(client, f"{place}second/")
    assert "Nothing is counted against this sign-in" in sent(client, f"{place}unlock/")
    assert "There is no e-mail address to write to" in sent(client, f"{place}invite/")


@pytest.mark.parametrize(("name", "status"), [("admin", 200), ("policy", 404), ("auditor", 404), ("reader", 404)])
def test_the_log_and_the_table_are_for_who_gives_roles(house: House, name: str, status: int) -> None:
    client = client_of(house, name)
    assert [client.get(f"/posts/{place}/").status_code for place in ("sign-ins", "directory")] == [status, status]


def test_the_log_shows_people_of_ones_bodies_and_names_that_nobody_has(house: House) -> None:
    a_person(house)
    for username in ("clerk", "nobody", "force_reader"):
        Client().post("/sign-in", {"username": username, "password": "wrong"})
    shown = seen(client_of(house), "/posts/sign-ins/")
    assert ("2 times" in shown, "Clerk Password Wrong" in shown) == (True, True)
    assert "a user name that nobody has Password Wrong" in shown
    assert "Force_Reader" not in shown
    SignIn.objects.create(at="2026-06-15T10:00Z", person=house.people["policy"], way="second", came="in")
    assert "3 times" in seen(client_of(house), "/posts/sign-ins/")
    assert "2 times" in seen(client_of(house), "/posts/sign-ins/?show=wrong")


def test_the_log_asks_the_same_number_of_queries_at_one_and_many(house: House, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    client = client_of(house)
    people = list(Person.objects.order_by("pk"))[:6]
    SignIn.objects.create(at="2026-06-15T10:00Z", person=people[0], way="second", came="in")
    with django_assert_num_queries(3):
        client.get("/posts/sign-ins/")
    rows = [SignIn(at="2026-06-15T10:00Z", person=people[number % 6], way="second", came="in") for number in range(60)]
    SignIn.objects.bulk_create(rows)
    with django_assert_num_queries(3):
        client.get("/posts/sign-ins/")


def test_a_value_is_mapped_and_taken_away_on_the_pages(house: House) -> None:
    client, post = client_of(house), house.posts["policy"]
    assert "No value gives a post yet" in seen(client, "/posts/directory/")
    given = {"value": "candour.policy", "post": str(post.pk)}
    assert sent(client, "/posts/directory/new/", **given) == "/posts/directory/"
    shown = seen(client, "/posts/directory/")
    assert (
        "candour.policy Policy and Compliance Officer Office of Mereford Policy and compliance officer in The office"
        in shown
    )
    row = Mapped.objects.get()
    assert "This value gives this post already" in sent(client, "/posts/directory/new/", **given)
    assert "A value of the directory gives it" in seen(client, f"/posts/{post.pk}/history/")
    assert sent(client, f"/posts/directory/{row.pk}/remove/") == "/posts/directory/"
    assert client.get(f"/posts/directory/{row.pk}/remove/").status_code == 404
    assert list(Entry.objects.filter(event__contains="mapped").order_by("pk").values_list("event", flat=True)) == [
        "post.mapped", "post.unmapped",
    ]  # fmt: skip


def test_a_post_of_the_other_body_is_not_there_to_map(house: House) -> None:
    client = client_of(house)
    assert "Force Risk Manager" not in client.get("/posts/directory/new/").content.decode()
    assert "Choose" in sent(client, "/posts/directory/new/", value="x", post=str(house.posts["force_policy"].pk))
    assert Mapped.objects.count() == 0


@pytest.mark.parametrize(("name", "status"), [("admin", 200), ("policy", 404), ("force_policy", 404), ("reader", 404)])
def test_a_value_is_taken_away_by_who_gives_roles_alone(house: House, name: str, status: int) -> None:
    post = Post.objects.get(pk=house.posts["policy"].pk)
    row = commands.map_value("candour.policy", post=post, **SAID)
    client, never = client_of(house, name), "/posts/directory/999999/remove/"
    assert client.get(f"/posts/directory/{row.pk}/remove/").status_code == status
    assert (client.get(never).status_code, client.post(never).status_code) == (404, 404)
    assert Client().get(f"/posts/directory/{row.pk}/remove/").status_code == 302
