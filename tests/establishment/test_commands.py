"""Setting up organisations, posts and people; appointing, covering, giving roles; and what nobody may do."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from candour.kernel.access import CANDOUR, Forbidden
from candour.kernel.access.models import Grant
from candour.kernel.access.queries import actor_for
from candour.kernel.establishment import commands
from candour.kernel.establishment.guard import administered
from candour.kernel.history.models import Entry, Snapshot
from candour.kernel.history.verify import verify
from candour.kernel.people.models import Appointment, Cover, Organisation, Person, Post
from candour.kernel.rules import Refused
from tests.factories import NOW, START, TODAY, House, a_risk

DAY = timedelta(days=1)
BY: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
ADMIN = "administrator"


def said(house: House, actor: str = "admin") -> dict[str, Any]:
    return {"actor": house.actors[actor], "at": NOW, "reason": "For a test"}


def refused(field: str, act: Callable[..., Any], *args: Any, **given: Any) -> str:
    with pytest.raises(Refused) as caught:
        act(*args, **given)
    assert caught.value.field == field
    return caught.value.message


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


def a_post(house: House, title: str = "Head of Estates") -> Post:
    return commands.set_up_post(title=title, organisation=house.office, directorate="Finance", **said(house))


def a_person(house: House, username: str = "new.person", **more: Any) -> Person:
    return commands.add_person(username=username, name="New Person", password=None, **more, **said(house))


# Organisations

TAKEN = "There is an organisation called ‘{}’ already: enter another name"


def test_a_partner_is_set_up_and_named_anew(house: House) -> None:
    made = commands.set_up_organisation(
        name=" Mereford  Council ", short_name="Council", code="council", kind="partner", **said(house, "policy")
    )
    assert (made.name, made.code) == ("Mereford Council", "council")
    commands.rename_organisation(fresh(made), name="Mereford City Council", short_name="City", **said(house, "policy"))
    assert fresh(made).name == "Mereford City Council"
    assert [entry.event for entry in Entry.objects.filter(record_id=made.pk, record_kind="people.organisation")] == [
        "organisation.set_up",
        "organisation.renamed",
    ]


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"name": " "}, "name", "Enter the name"),
        ({"name": "office of mereford"}, "name", TAKEN.format("office of mereford")),
        ({"short_name": "The Force"}, "short_name", TAKEN.format("The Force")),
        ({"code": "office"}, "code", "The code ‘office’ is taken: enter another"),
        ({"code": "Not a code"}, "code", "Enter the code in lower-case letters, digits and hyphens, for example force"),
        ({"kind": "club"}, "kind", "Choose what kind of organisation it is"),
        ({"reason": " "}, "reason", "Say why"),
    ],
)  # fmt: skip
def test_an_organisation_that_cannot_be_is_refused(
    house: House, changes: dict[str, str], field: str, message: str
) -> None:
    given = {"name": "Council", "short_name": "Council", "code": "council", "kind": "partner"} | said(house) | changes
    assert refused(field, commands.set_up_organisation, **given) == message


def test_who_sets_up_a_body_administers_it_and_a_policy_officer_sets_up_none(house: House) -> None:
    new = {"name": "Fire Authority", "short_name": "Fire", "code": "fire", "kind": "office"}
    with pytest.raises(Forbidden, match=r"people\.grant"):
        commands.set_up_organisation(**new, **said(house, "policy"))
    made = commands.set_up_organisation(**new, **said(house))
    granted = Grant.objects.get(organisation=made)
    assert (granted.role, granted.post, granted.starts) == (ADMIN, house.posts["admin"], TODAY)
    assert house.refreshed("admin").holds("people.grant", made.pk) is True


def test_a_body_is_named_anew_by_its_own_administrators_alone(house: House) -> None:
    names = {"name": "Another", "short_name": "Another"}
    with pytest.raises(Forbidden):
        commands.rename_organisation(fresh(house.force), **names, **said(house))
    commands.rename_organisation(fresh(house.office), **names, **said(house))
    assert fresh(house.office).name == "Another"


# Posts


def test_a_post_is_set_up_renamed_and_moved_with_what_it_owns(house: House) -> None:
    post = a_post(house)
    a_risk(house, owner=post)
    commands.rename_post(fresh(post), title="Director of Estates", **said(house))
    commands.place_post(fresh(post), directorate=" People  and places ", answers_to=house.posts["chief"], **said(house))
    now = fresh(post)
    assert (now.title, now.directorate, now.answers_to) == (
        "Director of Estates",
        "People and places",
        house.posts["chief"],
    )
    assert now.owned_records.count() == 1
    events = Entry.objects.filter(record_kind="people.post", record_id=post.pk).order_by("sequence")
    assert [entry.event for entry in events] == ["post.set_up", "post.renamed", "post.placed"]


def test_a_title_is_one_posts_alone_in_a_body(house: House) -> None:
    message = refused("title", a_post, house, " chief  executive ")
    assert message == "The office has a post ‘Chief Executive’: enter another title"
    post = a_post(house)
    assert refused("title", commands.rename_post, post, title=" ", **said(house)) == "Enter the title of the post"
    assert commands.rename_post(fresh(post), title="Head of estates", **said(house)).title == "Head of estates"


def test_a_line_that_leads_back_to_the_post_is_refused(house: House) -> None:
    chief, policy, reader = (fresh(house.posts[name]) for name in ("chief", "policy", "reader"))
    commands.place_post(policy, directorate="", answers_to=chief, **said(house))
    commands.place_post(reader, directorate="", answers_to=policy, **said(house))
    for below in (reader, policy):
        message = refused(
            "answers_to", commands.place_post, fresh(chief), directorate="", answers_to=below, **said(house)
        )
        assert message == f"The {below} answers to the Chief Executive: choose another post"
    other = house.posts["force_policy"]
    message = refused("answers_to", commands.place_post, fresh(chief), directorate="", answers_to=other, **said(house))
    assert message == "Choose a post of the same body that has not ended"


def test_a_post_is_not_ended_while_anything_hangs_on_it(house: House) -> None:
    post, below, person = a_post(house), a_post(house, "Estates Officer"), a_person(house)
    held = commands.appoint(person, fresh(post), starts=TODAY, **said(house))
    assert refused("reason", commands.end_post, fresh(post), **said(house)) == (
        "New Person holds it: end the appointment first, today or earlier"
    )
    held.refresh_from_db()
    held.post = fresh(post)
    commands.end_appointment(held, ends=TODAY, **said(house))
    commands.place_post(fresh(below), directorate="", answers_to=fresh(post), **said(house))
    assert refused("reason", commands.end_post, fresh(post), **said(house)) == (
        "The Estates Officer answers to this post: say to which other post it answers first"
    )
    commands.place_post(fresh(below), directorate="", answers_to=None, **said(house))
    a_risk(house, owner=post, responsible_officer=post, sensitivity="restricted")
    assert refused("reason", commands.end_post, fresh(post), **said(house)) == (
        "It still owns 1 risk: hand each of them to another post first"
    )


def test_a_post_that_ends_takes_its_roles_and_cover_with_it(house: House) -> None:
    post = a_post(house)
    commands.grant("reader", post=fresh(post), organisation=house.office, starts=TODAY, **said(house))
    cover = {"by": house.posts["chief"], "starts": TODAY, "ends": None, "away": True}
    commands.cover_post(fresh(post), **cover, **said(house))
    ended = commands.end_post(fresh(post), **said(house))
    assert (ended.ended, Grant.objects.get(post=post).ends, Cover.objects.get(post=post).ends) == (TODAY, TODAY, TODAY)
    assert refused("reason", commands.rename_post, fresh(post), title="Other", **said(house)) == (
        "The post ended on 15 June 2026: set up a new one"
    )


def test_ending_a_post_asks_to_see_restricted_records_whatever_it_owns(house: House) -> None:
    post = a_post(house)
    page = {"people.see", "people.manage"}
    blind = actor_for(house.people["reader"], TODAY)
    blind.scopes.update({each: frozenset({house.office.pk}) for each in page})  # type: ignore[attr-defined]
    with pytest.raises(Forbidden, match=r"records\.see_restricted"):
        commands.end_post(fresh(post), actor=blind, at=NOW, reason="For a test")


# Appointments


def test_an_appointment_begins_and_ends_and_the_work_stays(house: House) -> None:
    post, person = a_post(house), a_person(house)
    a_risk(house, owner=post)
    row = commands.appoint(person, fresh(post), starts=TODAY, ends=TODAY + 30 * DAY, **said(house, "policy"))
    assert actor_for(person, TODAY).posts == {post.pk}
    row.post = fresh(post)
    commands.end_appointment(row, ends=TODAY + DAY, **said(house, "policy"))
    assert [actor_for(person, TODAY + DAY * days).posts for days in (1, 2)] == [{post.pk}, frozenset()]
    assert fresh(post).owned_records.count() == 1


def test_nobody_holds_a_post_twice_on_one_day(house: House) -> None:
    person, post = house.people["chief"], house.posts["chief"]
    message = refused("person", commands.appoint, person, fresh(post), starts=TODAY, **said(house))
    assert message == "Chief holds the post from 1 April 2018 already"
    message = refused(
        "ends", commands.appoint, a_person(house), fresh(post), starts=TODAY, ends=TODAY - DAY, **said(house)
    )
    assert message == "Enter a last day on or after 15 June 2026, the first"


def test_nobody_appoints_to_a_post_that_may_do_more_than_they_may(house: House) -> None:
    person = a_person(house)
    message = refused(
        "person", commands.appoint, person, fresh(house.posts["admin"]), starts=TODAY, **said(house, "policy")
    )
    assert message.startswith("You cannot appoint to this post: it gives what you do not hold in Office of Mereford")
    assert Appointment.objects.filter(person=person).count() == 0
    later = TODAY + 400 * DAY
    post = a_post(house)
    commands.grant(ADMIN, post=fresh(post), organisation=house.office, starts=later, **said(house))
    refused("person", commands.appoint, person, fresh(post), starts=TODAY, **said(house, "policy"))
    commands.appoint(person, fresh(house.posts["owner"]), starts=TODAY, **said(house, "policy"))
    assert house.posts["owner"].pk in actor_for(person, TODAY).posts


def test_an_appointment_that_ended_is_not_ended_again(house: House) -> None:
    post, person = a_post(house), a_person(house)
    row = commands.appoint(person, fresh(post), starts=date(2026, 1, 1), ends=date(2026, 2, 1), **said(house))
    row.post = fresh(post)
    assert refused("ends", commands.end_appointment, row, ends=TODAY, **said(house)) == (
        "This appointment ended on 1 February 2026 already"
    )


# Roles


def test_a_role_is_given_and_taken_back(house: House) -> None:
    post, person = a_post(house), a_person(house)
    commands.appoint(person, fresh(post), starts=TODAY, **said(house))
    given = commands.grant("reader", post=fresh(post), organisation=house.office, starts=TODAY, **said(house))
    assert actor_for(person, TODAY).holds("risks.see", house.office.pk) is True
    given.post = fresh(post)
    commands.end_grant(given, ends=TODAY, **said(house))
    assert actor_for(person, TODAY + DAY).holds("risks.see", house.office.pk) is False


def test_nobody_gives_a_role_that_permits_more_than_they_hold_there(house: House) -> None:
    """A post that may give roles and no more: it gives what it holds, and only there."""
    giver = actor_for(house.people["reader"], TODAY)
    giver.scopes.update({"people.grant": frozenset({house.office.pk, house.force.pk})})  # type: ignore[attr-defined]
    by = {"actor": giver, "at": NOW, "reason": "For a test"}
    post = a_post(house)
    commands.grant("reader", post=fresh(post), organisation=house.office, starts=TODAY, **by)
    message = refused(
        "role", commands.grant, "business_owner", post=fresh(post), organisation=house.office, starts=TODAY, **by
    )
    assert message.startswith("You cannot give this role: it gives what you do not hold in Office of Mereford")
    message = refused("role", commands.grant, "reader", post=fresh(post), organisation=house.force, starts=TODAY, **by)
    assert message.startswith("You cannot give this role: it gives what you do not hold in Mereford Police")


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"role": "wizard"}, "role", "Choose a role"),
        ({"role": "chief_officer"}, "role", "The post has the role ‘Chief officer’ from 1 April 2018 already"),
        ({"ends": TODAY - DAY}, "ends", "Enter a last day on or after 15 June 2026, the first"),
        ({"reason": ""}, "reason", "Say why"),
    ],
)
def test_a_grant_that_cannot_be_is_refused(house: House, changes: dict[str, Any], field: str, message: str) -> None:
    given = {"role": "reader", "post": fresh(house.posts["chief"]), "organisation": house.office, "starts": TODAY}
    assert refused(field, commands.grant, **(given | said(house) | changes)) == message


# The last administrator


def test_the_last_administrator_is_taken_away_by_nothing(house: House) -> None:
    person, post = fresh(house.people["admin"]), fresh(house.posts["admin"])
    granted = Grant.objects.select_related("post").get(role=ADMIN)
    held = Appointment.objects.select_related("post").get(post=post)
    words = "Nobody else can give roles in Office of Mereford. First give another post a role that may"
    for field, act in (
        ("ends", lambda: commands.end_grant(granted, ends=TODAY, **BY)),
        ("ends", lambda: commands.end_appointment(held, ends=TODAY + 30 * DAY, **BY)),
        ("reason", lambda: commands.stop_sign_in(person, **BY)),
    ):
        assert refused(field, act).startswith(words)
        assert administered(TODAY) == {house.office.pk}
    assert (fresh(person).is_active, fresh(granted).ends, fresh(held).ends) == (True, None, None)


def test_one_of_two_administrators_may_go_but_not_both_nor_one_whose_days_are_numbered(house: House) -> None:
    post, person = a_post(house, "Office Manager"), a_person(house)
    commands.grant(ADMIN, post=fresh(post), organisation=house.office, starts=TODAY, **said(house))
    commands.appoint(person, fresh(post), starts=TODAY, ends=TODAY + 90 * DAY, **said(house))
    first = Appointment.objects.select_related("post").get(post=house.posts["admin"])
    assert refused("ends", commands.end_appointment, first, ends=TODAY + 30 * DAY, **BY).startswith("Nobody else")
    commands.appoint(a_person(house, "third"), fresh(post), starts=TODAY, **said(house))
    first.post.refresh_from_db()
    commands.end_appointment(first, ends=TODAY, **BY)
    assert administered(TODAY + DAY) == {house.office.pk}


# People


def test_a_person_is_added_and_changed_and_neither_password_nor_address_is_kept(house: House) -> None:
    given = {"username": "a.person", "name": " A  Person ", "email": "a.person@mereford.example"}
    person = commands.add_person(password="kingfisher by the river", **given, **said(house))
    assert (person.name, person.check_password("kingfisher by the river")) == ("A Person", True)
    commands.change_person(fresh(person), name="A Person", email="other@mereford.example", **said(house))
    commands.change_person(fresh(person), name="An Other", email="third@mereford.example", **said(house))
    commands.set_password(fresh(person), password="heron beside the weir", **said(house))
    now = fresh(person)
    assert (now.name, now.email, now.check_password("heron beside the weir")) == (
        "An Other",
        "third@mereford.example",
        True,
    )
    entries = Entry.objects.filter(record_kind="people.person", record_id=person.pk).order_by("sequence")
    assert [entry.event for entry in entries] == [
        "person.added", "person.address_changed", "person.changed", "person.password_set",
    ]  # fmt: skip
    shots = Snapshot.objects.filter(model="people.person", key=person.pk)
    kept = " ".join(f"{row.canonical} {row.words}" for row in entries) + " ".join(
        f"{row.facts} {row.words}" for row in shots
    )
    assert [word for word in ("mereford.example", "pbkdf2", "kingfisher", "heron") if word in kept] == []
    assert verify().failure == ""


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"username": "two words"}, "username"),
        ({"username": "CHIEF"}, "username"),
        ({"name": " "}, "name"),
        ({"email": "nobody"}, "email"),
        ({"password": "short"}, "password"),
        ({"password": "123456789012345"}, "password"),
        ({"password": "a.person12345"}, "password"),
        ({"reason": ""}, "reason"),
    ],
)
def test_a_person_that_cannot_be_is_refused(house: House, changes: dict[str, str], field: str) -> None:
    given = {"username": "a.person", "name": "A Person", "email": "", "password": "kingfisher by the river"}
    refused(field, commands.add_person, **(given | said(house) | changes))
    assert Person.objects.filter(username="a.person").exists() is False


def test_a_sign_in_is_stopped_and_restored(house: House) -> None:
    person = house.people["reader"]
    commands.stop_sign_in(fresh(person), **said(house, "policy"))
    assert actor_for(fresh(person), TODAY).posts == frozenset()
    assert refused("reason", commands.stop_sign_in, fresh(person), **said(house)) == "This sign-in is stopped already"
    commands.restore_sign_in(fresh(person), **said(house, "policy"))
    assert actor_for(fresh(person), TODAY).posts == {house.posts["reader"].pk}
    assert (
        refused("reason", commands.restore_sign_in, fresh(person), **said(house)) == "This person may sign in already"
    )


def test_nobody_changes_the_sign_in_of_one_who_may_do_more(house: House) -> None:
    """Else a new password, or an address to which letters go, would give all that they hold."""
    admin = fresh(house.people["admin"])
    given = {"name": "Admin", "email": "mine@mereford.example"}
    for field, act in (
        ("email", lambda: commands.change_person(admin, **given, **said(house, "policy"))),
        ("password", lambda: commands.set_password(admin, password="kingfisher by the river", **said(house, "policy"))),
        ("reason", lambda: commands.stop_sign_in(admin, **said(house, "policy"))),
    ):
        assert refused(field, act).startswith("You cannot change this sign-in: it gives what you do not hold")


def test_nobody_changes_somebody_who_holds_a_post_of_another_body_too(house: House) -> None:
    commands.appoint(house.people["reader"], fresh(house.posts["force_reader"]), starts=TODAY, **BY)
    with pytest.raises(Forbidden):
        commands.stop_sign_in(fresh(house.people["reader"]), **said(house))


# Cover


def test_cover_is_arranged_by_the_holder_or_who_manages_and_ended(house: House) -> None:
    post, by = fresh(house.posts["owner"]), house.posts["reader"]
    days = {"starts": TODAY, "ends": None, "away": True}
    with pytest.raises(Forbidden):
        commands.cover_post(post, by=by, **days, **said(house, "reader"))
    cover = commands.cover_post(post, by=by, **days, **said(house, "owner"))
    assert (
        refused("by", commands.cover_post, fresh(post), by=post, **days, **said(house))
        == "Choose another post of the same body"
    )
    cover.post = fresh(post)
    with pytest.raises(Forbidden):
        commands.end_cover(cover, ends=TODAY, **said(house, "reader"))
    commands.end_cover(cover, ends=TODAY, **said(house))
    assert Cover.objects.get().ends == TODAY


# The first administrator


FIRST: dict[str, Any] = {
    "body": "Office of Mereford", "short_name": "The office", "code": "office", "kind": "office",
    "post": "Business Manager", "username": "first", "name": "First Person", "email": "", "at": NOW,
}  # fmt: skip


def test_the_first_administrator_can_set_up_everything_else(db: None) -> None:
    person = commands.set_up_first(password="kingfisher by the river", **FIRST)
    office = Organisation.objects.get()
    actor = actor_for(person, TODAY)
    assert (actor.label, administered(TODAY)) == ("Business Manager", {office.pk})
    by = {"actor": actor, "at": NOW, "reason": "For a test"}
    force = commands.set_up_organisation(name="Mereford Police", short_name="Force", code="force", kind="force", **by)
    actor = actor_for(person, TODAY)
    chief = commands.set_up_post(title="Chief Constable", organisation=force, **(by | {"actor": actor}))
    commands.grant("chief_officer", post=chief, organisation=force, starts=TODAY, **(by | {"actor": actor}))
    assert verify().failure == ""


def test_there_is_no_second_first_administrator(house: House) -> None:
    with pytest.raises(commands.AlreadySetUp, match="Office of Mereford"):
        commands.set_up_first(password=None, **FIRST)
    assert Person.objects.filter(username="first").exists() is False


def test_a_body_that_lost_its_administrator_gets_one_from_the_command_line(house: House) -> None:
    with pytest.raises(Refused):
        commands.set_up_first(password=None, **(FIRST | {"code": "force", "username": "admin"}))
    person = commands.set_up_first(password=None, **(FIRST | {"code": "force", "body": "", "short_name": ""}))
    assert actor_for(person, TODAY).holds("people.grant", house.force.pk) is True


def test_posts_named_in_a_paper_are_set_up_by_who_may(house: House) -> None:
    given: dict[str, Any] = {"organisation": house.office, "effective": START}
    made = commands.set_up_posts(["Head of Fleet", "Head of Data"], **given, **said(house, "policy"))
    assert [post.title for post in made] == ["Head of Fleet", "Head of Data"]
    with pytest.raises(Forbidden):
        commands.set_up_posts(["Head of Law"], **given, **said(house, "secretary"))
