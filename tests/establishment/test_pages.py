"""The pages of posts, people, organisations and roles, as those who may read and change them find them."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from candour.config.permissions import AREAS
from candour.config.roles import ROLES
from candour.kernel.access import CANDOUR
from candour.kernel.access.models import Grant
from candour.kernel.actions.commands import add_action
from candour.kernel.establishment import commands
from candour.kernel.establishment.commands.taking_over import write_letters
from candour.kernel.establishment.queries.taken_over import taken_over
from candour.kernel.history.verify import verify
from candour.kernel.notices.commands import send
from candour.kernel.notices.models import Notice
from candour.kernel.people.models import Appointment, Cover, Organisation, Person, Post
from tests.factories import NOW, TODAY, House, a_risk

DAY = timedelta(days=1)
BY: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}


def client_of(house: House, name: str = "admin") -> Client:
    client = Client()
    client.force_login(house.people[name])
    return client


def words(content: bytes) -> str:
    """The words of a page, without its marks."""
    main = content.decode().partition('id="main"')[2].partition(">")[2].partition("</main>")[0]
    text = re.sub(r'<[^>]+hidden">(was|now) </span>|<[^>]+>', " ", main)
    return " ".join(unescape(text).split())


def seen(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return words(response.content)


def sent(client: Client, address: str, **given: Any) -> str:
    """What a form answers: the address it leads to, or the words of the page that is shown again."""
    opened = client.get(address).context["form"]
    start = {field.html_name: field.answer for field in opened if not isinstance(field.answer, bool)}
    response = client.post(address, start | {"reason": "As the chart has it"} | given)
    return response["Location"] if response.status_code == 302 else words(response.content)


# Posts


def test_the_list_groups_posts_by_directorate_with_holder_cover_and_what_each_owns(house: House) -> None:
    post = commands.set_up_post(title="Head of Estates", organisation=house.office, directorate="Finance", **BY)
    commands.cover_post(post, by=house.posts["reader"], starts=TODAY, ends=None, away=True, **BY)
    risk = a_risk(house, owner=post, responsible_officer=post)
    for number in range(2):
        add_action(risk.record, text=f"Do {number}", owner=post, due=TODAY, actor=CANDOUR, at=NOW)
    shown = seen(client_of(house), "/posts/")
    assert "Finance Head of Estates Vacant Assistant 1 risk and 2 actions" in shown
    assert "Chief Executive Chief the post alone nothing open" in shown
    assert "Force Risk Manager" not in shown


def test_the_list_is_narrowed_to_vacant_posts_words_and_posts_that_ended(house: House) -> None:
    client = client_of(house)
    post = commands.set_up_post(title="Head of Estates", organisation=house.office, **BY)
    assert "1 post" in seen(client, "/posts/?shown=vacant")
    assert "Board Secretary" in seen(client, "/posts/?q=secretary")
    assert "Chief Finance Officer Finance" in seen(client, "/posts/?q=finance")
    assert "No post is like that" in seen(client, "/posts/?shown=ended")
    commands.end_post(Post.objects.get(pk=post.pk), **BY)
    assert "Head of Estates Ended 15 June 2026" in seen(client, "/posts/?shown=ended")


def test_counts_of_what_a_post_owns_are_of_what_the_reader_may_see(house: House) -> None:
    """The role of a board secretary without sight of restricted records: a hidden risk is in no count and no list."""
    post = house.posts["finance"]
    a_risk(house, owner=post, responsible_officer=post)
    a_risk(house, owner=post, responsible_officer=post, sensitivity="restricted", title="A claim")
    assert "Chief Finance Officer Finance the post alone 2 risks" in seen(client_of(house), "/posts/")
    reader = house.posts["reader"]
    a_risk(house, owner=post, responsible_officer=reader, sensitivity="restricted", title="Another claim")
    a_risk(house, owner=post, responsible_officer=reader, title="The fleet ages")
    shown = seen(client_of(house, "reader"), "/posts/mine/")
    assert "1 risk to see to for another post" in shown
    assert ("The fleet ages" in shown, "Another claim" in shown) == (True, False)


def test_a_post_shows_its_holders_line_cover_roles_open_work_and_history(house: House) -> None:
    post = house.posts["owner"]
    before = Appointment.objects.select_related("post").get(post=post)
    commands.end_appointment(before, ends=date(2026, 5, 31), **BY)
    commands.appoint(house.people["reader"], Post.objects.get(pk=post.pk), starts=date(2026, 6, 1), **BY)
    chief = house.posts["chief"]
    commands.place_post(Post.objects.get(pk=post.pk), directorate="Voice", answers_to=chief, **BY)
    a_risk(house, owner=post, reference="R7", title="The fleet ages")
    shown = seen(client_of(house), f"/posts/{post.pk}/")
    assert "Held by Reader" in shown
    assert "Owner 1 April 2018 31 May 2026" in shown
    assert "Directorate Voice Answers to Chief Executive" in shown
    assert "Business owner In Office of Mereford, from 1 April 2018" in shown
    assert "Risks Read the risk register Review a risk: score it, answer its controls, record an update" in shown
    assert "Risk R7 The fleet ages" in shown
    assert "Moved in the structure Directorate Voice Answers to Chief Executive For a test Candour" in shown
    assert "Appointed Person Reader For a test Candour. In effect from 1 June 2026" in shown
    assert "Head of Communications" in seen(client_of(house), f"/posts/{chief.pk}/")


def test_a_post_is_set_up_renamed_moved_and_ended_on_its_pages(house: House) -> None:
    client = client_of(house, "policy")
    place = sent(client, "/posts/new/", title="Head of Estates", directorate="Finance")
    post = Post.objects.get(title="Head of Estates")
    assert place == f"/posts/{post.pk}/"
    assert sent(client, f"{place}rename/", title="Director of Estates") == place
    assert sent(client, f"{place}move/", directorate="People", answers_to=str(house.posts["chief"].pk)) == place
    post.refresh_from_db()
    assert (post.title, post.directorate, post.answers_to) == ("Director of Estates", "People", house.posts["chief"])
    a_risk(house, owner=post, responsible_officer=post)
    assert "It still owns 1 risk: hand each of them to another post first" in sent(client, f"{place}end/")
    assert "There is 1 problem" in sent(client, f"{place}rename/", title="Chief Executive")


def test_a_form_opened_before_somebody_elses_change_saves_nothing_over_it(house: House) -> None:
    client, post = client_of(house), house.posts["owner"]
    address = f"/posts/{post.pk}/rename/"
    seen_then = client.get(address).context["form"]["seen"].answer
    commands.rename_post(Post.objects.get(pk=post.pk), title="Head of Voice", **BY)
    given = {"title": "Head of Words", "reason": "Asked", "seen": seen_then}
    response = client.post(address, given)
    assert response.status_code == 422
    assert "Somebody changed this since you opened the page" in words(response.content)
    assert response.context["form"]["title"].answer == "Head of Words"
    again = {field.html_name: field.answer for field in response.context["form"]}
    assert client.post(address, again).status_code == 302
    assert Post.objects.get(pk=post.pk).title == "Head of Words"


def test_an_appointment_is_made_and_ended_on_the_pages(house: House) -> None:
    client, post = client_of(house, "policy"), house.posts["owner"]
    person = commands.add_person(username="new", name="New Person", password=None, **BY)
    place = f"/posts/{post.pk}/"
    assert sent(client, f"{place}appoint/", person=str(person.pk), starts="1/7/2026") == place
    row = Appointment.objects.get(person=person)
    assert (row.starts, row.ends) == (date(2026, 7, 1), None)
    assert "New Person To come 1 July 2026 no last day" in seen(client, place)
    assert sent(client, f"/posts/appointments/{row.pk}/end/", ends="31 December 2026") == place
    assert Appointment.objects.get(person=person).ends == date(2026, 12, 31)
    assert "Choose the person" in sent(client, f"{place}appoint/")


def test_whoever_holds_a_post_says_who_answers_for_it(house: House) -> None:
    client, post = client_of(house, "owner"), house.posts["owner"]
    given = {"by": str(house.posts["reader"].pk), "starts": "16 June 2026", "ends": "30 June 2026", "away": "yes"}
    assert sent(client, f"/posts/{post.pk}/cover/", **given).startswith("/posts/")
    cover = Cover.objects.get()
    assert (cover.post, cover.by, cover.away) == (post, house.posts["reader"], True)
    sent(client, f"/posts/covers/{cover.pk}/end/", ends="20 June 2026")
    assert Cover.objects.get().ends == date(2026, 6, 20)


def test_a_holder_who_may_not_read_of_posts_comes_back_to_their_own(house: House) -> None:
    """Whoever may arrange cover without sight of the list must not be led to a page that is not there."""
    client, post = client_of(house, "owner"), house.posts["owner"]
    given = {"by": str(house.posts["reader"].pk), "starts": "16 June 2026", "away": "no"}
    place = sent(client, f"/posts/{post.pk}/cover/", **given)
    assert (place, client.get(place).status_code) == ("/posts/mine/", 200)


# Handing over


def handed_over(house: House) -> Post:
    """Head of Communications passes from its holder to the assistant on 10 June, with two risks open."""
    post = house.posts["owner"]
    before = Appointment.objects.select_related("post").get(post=post)
    commands.end_appointment(before, ends=date(2026, 6, 9), **BY)
    commands.appoint(house.people["reader"], Post.objects.get(pk=post.pk), starts=date(2026, 6, 10), **BY)
    for title in ("The fleet ages", "The tower leans"):
        a_risk(house, owner=post, responsible_officer=post, title=title)
    return Post.objects.get(pk=post.pk)


TOLD = "You took over the post Head of Communications on 10 June 2026: 2 things are open."


def test_open_work_follows_the_post_and_its_new_holder_is_told(house: House) -> None:
    handed_over(house)
    client = client_of(house, "reader")
    shown = seen(client, "/posts/mine/")
    assert f"{TOLD} 2 risks" in shown
    assert ("The fleet ages" in shown, "The tower leans" in shown) == (True, True)
    assert TOLD not in seen(client_of(house, "owner"), "/posts/mine/")
    response = Client().post("/sign-in", {"role": "reader"}, follow=True)
    assert TOLD in words(response.content)


def test_four_weeks_on_it_is_no_longer_said(house: House) -> None:
    handed_over(house)
    actor = house.refreshed("reader")
    days = [date(2026, 6, 10), date(2026, 7, 7), date(2026, 7, 8)]
    assert [len(taken_over(actor, today=day)) for day in days] == [1, 1, 0]


def test_who_is_first_in_a_post_took_nothing_over(house: House) -> None:
    post = commands.set_up_post(title="Head of Estates", organisation=house.office, **BY)
    commands.appoint(house.people["reader"], Post.objects.get(pk=post.pk), starts=TODAY, **BY)
    assert taken_over(house.refreshed("reader"), today=TODAY) == []
    assert write_letters(NOW) == 0


def test_the_new_holder_gets_one_letter_that_counts_and_names_nothing(house: House) -> None:
    post = handed_over(house)
    commands.change_person(Person.objects.get(username="reader"), name="Reader", email="r@mereford.example", **BY)
    assert (write_letters(NOW), write_letters(NOW)) == (1, 0)
    assert Notice.objects.get().to == post
    assert send(at=NOW).sent == 1
    letter = mail.outbox[0]
    assert (letter.to, letter.subject) == (["r@mereford.example"], "You took over the post Head of Communications")
    assert letter.body.startswith(f"{TOLD} 2 risks.")
    assert "/posts/mine/" in letter.body
    assert ("fleet" in letter.body, "tower" in letter.body) == (False, False)


def test_who_took_over_long_ago_gets_no_letter(house: House) -> None:
    handed_over(house)
    assert write_letters(NOW + 2 * DAY) == 0  # 17 June
    assert write_letters(NOW) == 1


# People


def test_people_are_listed_with_their_posts_and_their_addresses_to_administrators_alone(house: House) -> None:
    commands.change_person(Person.objects.get(username="reader"), name="Reader", email="r@mereford.example", **BY)
    assert "Reader Assistant reader r@mereford.example Yes" in seen(client_of(house), "/posts/people/")
    for name in ("secretary", "auditor"):
        for address in ("/posts/people/", f"/posts/people/{house.people['reader'].pk}/"):
            shown = client_of(house, name).get(address).content.decode()
            assert ("Assistant" in shown, "mereford.example" in shown) == (True, False)
    assert "Force Analyst" not in seen(client_of(house), "/posts/people/")


def test_a_person_is_added_changed_stopped_and_restored_on_the_pages(house: House) -> None:
    client = client_of(house, "policy")
    given = {
        "name": "New Person",
        "username": "new",
        "email": "new@mereford.example",
        "password": "kingfisher by a river",
    }
    place = sent(client, "/posts/people/new/", **given)
    person = Person.objects.get(username="new")
    assert (place, person.check_password("kingfisher by a river")) == (f"/posts/people/{person.pk}/", True)
    assert sent(client, f"{place}change/", name="Newer Person") == place
    assert sent(client, f"{place}password/", password="heron beside the weir") == place
    assert sent(client, f"{place}stop/") == place
    assert "Sign-in stopped" in seen(client, place)
    assert sent(client, f"{place}restore/") == place
    shown = seen(client, f"{place}history/")
    for title in ("Person added", "Name changed", "New password given", "Sign-in stopped", "Sign-in restored"):
        assert title in shown
    assert "new@mereford.example" not in shown
    assert verify().failure == ""


def test_a_refused_password_is_not_sent_back(house: House) -> None:
    given = {"name": "New Person", "username": "new", "password": "short"}
    address = "/posts/people/new/"
    response = client_of(house).post(address, given | {"reason": "New"})
    shown = response.content.decode()
    assert (response.status_code, 'value="short"' in shown) == (422, False)
    assert "This password is too short. It must contain at least 12 characters." in words(response.content)
    assert 'value="New Person"' in shown


def test_somebody_stopped_is_out_at_their_next_step(house: House) -> None:
    theirs = client_of(house, "reader")
    assert theirs.get("/risks/").status_code == 200
    sent(client_of(house), f"/posts/people/{house.people['reader'].pk}/stop/")
    assert theirs.get("/risks/").status_code == 302


def test_a_person_of_the_other_body_shows_no_post_of_it(house: House) -> None:
    commands.appoint(house.people["reader"], Post.objects.get(pk=house.posts["force_reader"].pk), starts=TODAY, **BY)
    shown = seen(client_of(house), f"/posts/people/{house.people['reader'].pk}/")
    assert ("Assistant" in shown, "Force Analyst" in shown) == (True, False)
    shown = seen(client_of(house), f"/posts/people/{house.people['reader'].pk}/history/")
    assert ("Role given: Assistant" in shown, "Force Analyst" in shown) == (True, False)


# Organisations


def test_an_organisation_is_added_and_renamed_on_the_pages(house: House) -> None:
    client = client_of(house, "policy")
    given = {"kind": "provider", "name": "Safer Homes", "short_name": "Safer", "code": "safer"}
    place = sent(client, "/posts/organisations/new/", **given)
    assert place == "/posts/organisations/safer/"
    assert sent(client, f"{place}rename/", name="Safer Homes Limited", short_name="Safer") == place
    assert "Organisation renamed Name Safer Homes Safer Homes Limited" in seen(client, place)
    kinds = client.get("/posts/organisations/new/").context["form"].fields["kind"].choices
    assert [value for value, _ in kinds] == ["partner", "provider", "auditor", "inspectorate"]
    shown = seen(client, "/posts/organisations/")
    assert "Safer Homes Limited Safer Provider safer none kept none kept" in shown
    assert "Mereford Police The force Force force none kept" in shown


# Roles


def test_a_role_is_given_and_taken_back_on_the_pages(house: House) -> None:
    client, post = client_of(house), house.posts["owner"]
    place = f"/posts/{post.pk}/"
    shown = seen(client, f"{place}role/")
    assert "Reads what the organisation holds, and changes nothing." in shown
    assert "History Read who changed what in the records that they may see" in shown
    assert sent(client, f"{place}role/", role="auditor", organisation=str(house.office.pk)) == place
    granted = Grant.objects.get(post=post, role="auditor")
    assert sent(client, f"/posts/roles/{granted.pk}/end/", ends="15 June 2026") == place
    assert Grant.objects.get(pk=granted.pk).ends == TODAY


def test_a_role_that_a_post_of_another_body_has_here_is_taken_back_from_the_page_of_roles(house: House) -> None:
    post = Post.objects.get(pk=house.posts["force_policy"].pk)
    given = commands.grant("reader", post=post, organisation=house.office, starts=TODAY, **BY)
    client, address = client_of(house), f"/posts/roles/{given.pk}/end/"
    assert address in client.get("/roles").content.decode()
    assert address not in client_of(house, "auditor").get("/roles").content.decode()
    assert sent(client, address, ends="15 June 2026") == "/roles"
    assert Grant.objects.get(pk=given.pk).ends == TODAY
    assert client.get(f"/posts/{post.pk}/").status_code == 404


def test_the_page_of_roles_says_what_each_permits_and_who_holds_it(house: House) -> None:
    shown = seen(client_of(house, "auditor"), "/roles")
    assert "Reads everything as it was on the day, verifies it, and says what became of what was closed." in shown
    assert "Check the whole history, and take its seals away" in shown
    assert "Business Manager , in Office of Mereford since 1 April 2018. Held by Admin" in shown
    shown = seen(client_of(house, "reader"), "/roles")
    assert ("Business Manager, in Office of Mereford" in shown, "Held by" in shown) == (True, False)


def test_every_permission_has_words() -> None:
    said = {str(permission) for words in AREAS.values() for permission in words}
    assert {str(permission) for role in ROLES.values() for permission in role.permissions} == said


def test_an_administrator_may_give_every_role() -> None:
    held = ROLES["administrator"].permissions
    assert [key for key, role in ROLES.items() if role.permissions - held] == []
    assert [key for key, role in ROLES.items() if "people.grant" in role.permissions] == ["administrator"]


@pytest.mark.parametrize("name", ["policy", "secretary", "chief", "auditor", "admin"])
def test_posts_stand_in_the_navigation_of_who_may_see_them(house: House, name: str) -> None:
    assert 'href="/posts/"' in client_of(house, name).get("/roles").content.decode()
    assert 'href="/posts/"' not in client_of(house, "reader").get("/roles").content.decode()


def test_the_first_body_of_a_new_installation_is_set_up_on_the_pages(db: None) -> None:
    person = commands.set_up_first(
        body="Office", short_name="Office", code="office", kind="office", post="Business Manager",
        username="first", name="First", email="", password="kingfisher by a river", at=NOW,
    )  # fmt: skip
    client = Client()
    client.force_login(person)
    assert "Business Manager First the post alone nothing open" in seen(client, "/posts/")
    given = {"kind": "force", "name": "Mereford Police", "short_name": "Force", "code": "force"}
    assert sent(client, "/posts/organisations/new/", **given) == "/posts/organisations/force/"
    force = Organisation.objects.get(code="force")
    sent(client, "/posts/new/?body=force", title="Chief Constable")
    assert Post.objects.get(title="Chief Constable").organisation == force
