"""Joiners, movers and leavers by SCIM: as Entra ID asks, no further than the post of the token, and all of it recorded."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from candour.kernel.access import CANDOUR, Forbidden
from candour.kernel.establishment.commands import appoint
from candour.kernel.history.models import Entry
from candour.kernel.history.verify import verify
from candour.kernel.people.models import Appointment, Person, Post
from candour.kernel.rules import Refused
from candour.kernel.signin import commands
from candour.kernel.signin.commands import provision_group
from candour.kernel.signin.models import Group, Message, Provisioned
from candour.kernel.signin.rules import Claims
from tests.api.factories import a_token
from tests.establishment.test_pages import client_of, seen
from tests.factories import NOW, START, House
from tests.signin.people import SAID, a_person, signed_in
from tests.signin.scim import Entra, a_group, a_user, body, entra, joined, mapped

VALUE = "8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159"


def held(person: Person) -> list[tuple[str, bool]]:
    """The posts that somebody holds or held: the title, and whether it goes on."""
    rows = Appointment.objects.filter(person=person).order_by("pk").values_list("post__title", "ends")
    return [(title, ends is None) for title, ends in rows]


def events(person: Person) -> list[tuple[str, str, str]]:
    rows = Entry.objects.filter(record_kind="people.person", record_id=person.pk).order_by("sequence")
    return list(rows.values_list("event", "actor_kind", "actor_label"))


def messages() -> list[tuple[str, int, str]]:
    return list(Message.objects.order_by("pk").values_list("method", "status", "words"))


# Who may ask


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer nothing", "Bearer candour_nothing", "Basic YTpi"])
def test_without_a_service_token_nothing_is_answered(house: House, header: str) -> None:
    for path in ("Users", "ServiceProviderConfig", "Schemas", "nothing"):
        answer = Client().get(f"/scim/v2/{path}", headers={"authorization": header} if header else {})
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="SCIM"')
    assert messages() == []


def test_a_persons_sign_in_opens_nothing_here(house: House) -> None:
    for method in ("get", "post", "put", "patch", "delete"):
        assert getattr(client_of(house), method)("/scim/v2/Users").status_code == 401


def test_a_token_needs_the_scope_of_the_directory_and_one_to_write(house: House) -> None:
    other, reads = entra(house, "admin", "actions:read"), entra(house, "admin", "directory:read")
    assert other.ask("GET", "Users").status_code == 403
    assert [reads.ask(method, "Users", a_user()).status_code for method in ("GET", "POST")] == [200, 403]
    assert Person.objects.filter(username__startswith="ada").count() == 0


def test_a_token_of_a_post_that_may_not_manage_people_lets_nothing_in(house: House) -> None:
    reader = entra(house, "reader")
    assert [reader.ask(method, "Users", a_user()).status_code for method in ("GET", "POST")] == [403, 403]
    manages = entra(house, "policy")  # manages people, and gives no roles
    assert manages.ask("POST", "Users", a_user()).status_code == 201
    assert manages.ask("POST", "Groups", a_group()).status_code == 403


def test_an_expired_and_a_revoked_token_open_nothing(house: House) -> None:
    token, shown = a_token(Post.objects.get(pk=house.posts["admin"].pk), ["directory:write"])
    from candour.kernel.service.commands import revoke_token

    revoke_token(token, actor=CANDOUR, at=timezone.now(), reason="Lost")
    answer = Entra(shown).ask("GET", "Users")
    assert (answer.status_code, body(answer)["detail"]) == (401, "This token is revoked")


def test_a_token_that_asks_too_often_is_told_to_wait(house: House, settings) -> None:  # type: ignore[no-untyped-def]
    settings.LIMITS = settings.LIMITS | {"api": 2}
    directory = entra(house)
    answers = [directory.ask("GET", "Users") for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert body(answers[2])["status"] == "429"
    assert 0 < int(answers[2]["Retry-After"]) <= 60


def test_two_groups_of_one_number_are_refused_and_a_group_without_members_gives_nothing(house: House) -> None:
    told = {"external": "g-1", "members": (), "actor": house.actors["admin"], "at": timezone.now()}
    group, done = provision_group("Readers", **told)
    assert (group.name, group.external, done) == ("Readers", "g-1", ["Group added"])
    with pytest.raises(Refused) as refused:
        provision_group("Others", **told)
    assert (refused.value.field, Group.objects.count()) == ("externalId", 1)


# What may not be seen


def test_people_of_another_body_do_not_exist_for_the_token(house: House) -> None:
    directory, theirs = entra(house), house.people["force_policy"].pk
    assert directory.found("Users", filter='userName eq "force_policy"') == []
    never = directory.ask("GET", "Users/999999")
    for method, said in (("GET", None), ("DELETE", None), ("PUT", a_user()), ("PATCH", {"Operations": []})):
        answer = directory.ask(method, f"Users/{theirs}", said)
        assert answer.status_code in {404, 400 if method == "PATCH" else 404}
    assert directory.ask("GET", f"Users/{theirs}").content == never.content
    group = directory.ask("POST", "Groups", a_group("G", theirs))
    assert (group.status_code, body(group)["detail"]) == (400, f"There is no user {theirs}")


def test_who_holds_a_post_of_another_body_too_is_not_stopped_by_a_token_of_one(house: House) -> None:
    directory = entra(house)
    person = joined(directory)
    appoint(person, house.posts["reader"], starts=START, **SAID)
    appoint(person, house.posts["force_reader"], starts=START, **SAID)
    answer = directory.patch(f"Users/{person.pk}", {"op": "replace", "path": "active", "value": False})
    assert (answer.status_code, Person.objects.get(pk=person.pk).is_active) == (403, True)
    assert held(person) == [("Assistant", True), ("Force Analyst", True)]


def test_a_break_glass_sign_in_is_never_touched(house: House) -> None:
    commands.break_glass(house.office, at=NOW, reason="The directory is away")
    glass = Person.objects.get(username="break-glass.office")
    directory = entra(house)
    assert directory.found("Users", filter='userName sw "break-glass"') == []
    for method in ("GET", "DELETE", "PUT"):
        assert directory.ask(method, f"Users/{glass.pk}", a_user("break-glass.office")).status_code == 404
    assert directory.ask("POST", "Groups", a_group("G", glass.pk)).status_code == 400
    person = joined(directory)
    taken = directory.patch(f"Users/{person.pk}", {"op": "replace", "path": "userName", "value": "Break-Glass.office"})
    assert taken.status_code == 400
    assert Person.objects.get(pk=glass.pk).is_active is True


# Joiners


def test_a_joiner_is_added_and_does_nothing_before_a_group_gives_a_post(house: House) -> None:
    person = joined(entra(house))
    assert (person.username, person.name, person.email, person.is_active) == (
        "ada.lovelace@mereford.example", "Ada Lovelace", "ada@mereford.example", True,
    )  # fmt: skip
    assert person.has_usable_password() is False
    assert events(person) == [("person.added", "token", "Monthly script")]
    row = Provisioned.objects.get()
    assert (row.external, row.given, row.family) == ("ada.lovelace", "Ada", "Lovelace")
    assert (held(person), messages()) == ([], [("POST", 201, "Added")])
    assert verify().holds is True


def test_adding_somebody_twice_is_a_conflict_and_changes_nothing(house: House) -> None:
    directory = entra(house)
    joined(directory)
    answer = directory.ask("POST", "Users", a_user())
    assert (answer.status_code, body(answer)["scimType"]) == (409, "uniqueness")
    assert Person.objects.filter(username__startswith="ada").count() == 1


def test_who_is_here_already_is_found_by_user_name_and_known_to_the_directory_from_then_on(house: House) -> None:
    person = a_person(house)
    directory = entra(house)
    found = directory.get("Users", filter='userName eq "clerk"')["Resources"][0]
    assert (found["id"], found.get("externalId")) == (str(person.pk), None)
    answer = directory.patch(f"Users/{person.pk}", {"op": "Add", "path": "externalId", "value": "clerk-7"})
    assert answer.status_code == 204
    assert directory.found("Users", filter='externalId eq "clerk-7"') == ["clerk"]
    assert held(person) == [("Assistant", True)]


# As Entra ID says it


@pytest.mark.parametrize("value", ["False", "false", False])
@pytest.mark.parametrize("op", ["Replace", "replace", "Add"])
def test_active_comes_as_a_word_and_operations_with_capitals(house: House, op: str, value: object) -> None:
    directory = entra(house)
    person = joined(directory)
    assert directory.patch(f"Users/{person.pk}", {"op": op, "path": "active", "value": value}).status_code == 204
    assert Person.objects.get(pk=person.pk).is_active is False


def test_a_patch_without_a_path_holds_attributes_and_paths(house: House) -> None:
    directory = entra(house)
    person = joined(directory)
    said = {"op": "Replace", "value": {"displayName": "Ada King", "name.familyName": "King", "active": "True"}}
    assert directory.patch(f"Users/{person.pk}", said).status_code == 204
    answer = directory.get(f"Users/{person.pk}")
    assert (answer["displayName"], answer["name"]) == ("Ada King", {"givenName": "Ada", "familyName": "King"})


@pytest.mark.parametrize("op", ["Add", "Replace"])
def test_a_filter_in_a_path_sets_the_address(house: House, op: str) -> None:
    directory = entra(house)
    person, without = joined(directory), joined(directory, "bob@mereford.example", emails=None)
    said = {"op": op, "path": 'emails[type eq "work"].value', "value": "ada.king@mereford.example"}
    for each in (person, without):
        assert directory.patch(f"Users/{each.pk}", said).status_code == 204
        assert Person.objects.get(pk=each.pk).email == "ada.king@mereford.example"


def test_attributes_that_candour_does_not_keep_are_taken_and_change_nothing(house: House) -> None:
    directory = entra(house)
    person = joined(directory)
    enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
    said = [
        {"op": "Add", "path": f"{enterprise}:department", "value": "Policy"},
        {"op": "Replace", "path": "title", "value": "Head"},
        {"op": "Replace", "path": 'phoneNumbers[type eq "work"].value', "value": "1"},
        {"op": "Add", "path": "roles", "value": [{"value": "x"}]},
    ]
    assert directory.patch(f"Users/{person.pk}", *said).status_code == 204
    assert events(person) == [("person.added", "token", "Monthly script")]
    assert messages()[-1] == ("PATCH", 204, "Nothing was different")


def test_the_same_message_again_changes_nothing(house: House) -> None:
    directory = entra(house)
    person = joined(directory)
    mapped(house, VALUE, "reader")
    directory.ask("POST", "Groups", a_group("Readers", person.pk))
    before = (Entry.objects.count(), held(person))
    assert directory.ask("PUT", f"Users/{person.pk}", a_user()).status_code == 200
    group = directory.get("Groups")["Resources"][0]["id"]
    again = {"op": "Add", "path": "members", "value": [{"value": str(person.pk)}]}
    assert directory.patch(f"Groups/{group}", again).status_code == 204
    assert directory.ask("PUT", f"Groups/{group}", a_group("Readers", person.pk)).status_code == 200
    assert (Entry.objects.count(), held(person)) == before


def test_a_display_name_counts_and_its_parts_where_they_moved_alone(house: House) -> None:
    directory = entra(house)
    person = joined(directory, displayName="Dr Ada Lovelace")
    path = f"Users/{person.pk}"
    directory.patch(path, {"op": "replace", "path": "active", "value": True})
    assert Person.objects.get(pk=person.pk).name == "Dr Ada Lovelace"
    directory.patch(path, {"op": "replace", "path": "name.familyName", "value": "King"})
    assert Person.objects.get(pk=person.pk).name == "Ada King"
    named = joined(directory, "b@mereford.example", displayName=None, name={"formatted": "Bob Noyce"})
    parts = joined(directory, "c@mereford.example", displayName=None, name={"givenName": "Cy", "familyName": "Ho"})
    nobody = joined(directory, "d@mereford.example", displayName=None, name=None)
    assert [each.name for each in (named, parts, nobody)] == ["Bob Noyce", "Cy Ho", "d@mereford.example"]


def test_a_user_name_changes_with_the_directory_and_never_to_one_that_is_taken(house: House) -> None:
    directory = entra(house)
    person = joined(directory)
    said = {"op": "Replace", "path": "userName", "value": "ada.king@mereford.example"}
    assert directory.patch(f"Users/{person.pk}", said).status_code == 204
    assert Person.objects.get(pk=person.pk).username == "ada.king@mereford.example"
    answer = directory.patch(f"Users/{person.pk}", said | {"value": "POLICY"})
    assert (answer.status_code, body(answer)["scimType"]) == (409, "uniqueness")
    assert [event for event, _, _ in events(person)] == ["person.added", "person.changed"]


# Movers: groups give posts by the table


@pytest.mark.parametrize("value", ["Policy officers", VALUE])
def test_a_group_gives_a_post_by_its_name_or_by_what_the_directory_calls_it(house: House, value: str) -> None:
    mapped(house, value, "policy")
    directory = entra(house)
    person = joined(directory)
    group = body(directory.ask("POST", "Groups", a_group("Policy officers")))["id"]
    assert held(person) == []
    said = {"op": "Add", "path": "members", "value": [{"value": str(person.pk)}]}
    assert directory.patch(f"Groups/{group}", said).status_code == 204
    assert held(person) == [("Policy and Compliance Officer", True)]
    entry = Entry.objects.filter(event="post.appointed").latest("pk")
    assert (entry.actor_kind, entry.actor_label, "The account carries" in str(entry.words)) == (
        "token", "Monthly script", True,
    )  # fmt: skip
    assert messages()[-1] == (
        "PATCH", 204, "Ada Lovelace: holds Policy and Compliance Officer",
    )  # fmt: skip


@pytest.mark.parametrize("how", ["value", "filter", "all", "put", "delete"])
def test_who_leaves_a_group_leaves_its_post(house: House, how: str) -> None:
    mapped(house, VALUE, "reader")
    directory, reader = entra(house), Post.objects.get(pk=house.posts["reader"].pk)
    person = joined(directory)
    appoint(person, reader, starts=START, **SAID)
    path = f"Groups/{body(directory.ask('POST', 'Groups', a_group('Readers', person.pk)))['id']}"
    assert held(person) == [("Assistant", True)]
    remove = {
        "value": {"op": "Remove", "path": "members", "value": [{"value": str(person.pk)}]},
        "filter": {"op": "Remove", "path": f'members[value eq "{person.pk}"]'},
        "all": {"op": "remove", "path": "members"},
    }
    if how in remove:
        answer = directory.patch(path, remove[how])
    else:
        answer = directory.ask("PUT", path, a_group("Readers")) if how == "put" else directory.ask("DELETE", path)
    assert answer.status_code in {200, 204}
    assert held(person) == [("Assistant", False)]
    row = Appointment.objects.get(person=person)
    assert row.ends == timezone.localdate() - timedelta(days=1)
    assert Person.objects.get(pk=person.pk).is_active is True


def test_a_group_gives_no_post_that_may_do_more_than_the_post_of_the_token(house: House) -> None:
    mapped(house, VALUE, "panel")  # which holds a role in the force, too
    directory = entra(house)
    person = joined(directory)
    answer = directory.ask("POST", "Groups", a_group("Panel", person.pk))
    assert (answer.status_code, "You cannot appoint to this post" in body(answer)["detail"]) == (400, True)
    assert (held(person), directory.get("Groups")["totalResults"]) == ([], 0)


def test_rows_of_the_table_of_another_body_are_out_of_the_reach_of_the_token(house: House) -> None:
    mapped(house, VALUE, "force_reader")
    directory = entra(house)
    person = joined(directory)
    assert directory.ask("POST", "Groups", a_group("G", person.pk)).status_code == 201
    assert held(person) == []


def test_mapping_a_group_gives_its_members_the_post_at_once(house: House) -> None:
    directory = entra(house)
    person = joined(directory)
    directory.ask("POST", "Groups", a_group("Readers", person.pk))
    mapped(house, "Readers", "reader")
    assert held(person) == [("Assistant", True)]


def test_a_group_that_is_renamed_gives_what_its_new_name_gives(house: House) -> None:
    mapped(house, "Readers", "reader")
    mapped(house, "Owners", "owner")
    directory = entra(house)
    person = joined(directory)
    path = f"Groups/{body(directory.ask('POST', 'Groups', a_group('Readers', person.pk)))['id']}"
    assert directory.patch(path, {"op": "Replace", "path": "displayName", "value": "Owners"}).status_code == 204
    assert held(person) == [("Assistant", False), ("Head of Communications", True)]


def test_signing_in_says_nothing_of_the_groups_that_are_provisioned(house: House) -> None:
    """What SCIM says of a group counts; the claims of a sign-in count for all other values of the table."""
    mapped(house, "Readers", "reader")
    mapped(house, "candour.owner", "owner")
    directory = entra(house)
    person = joined(directory)
    directory.ask("POST", "Groups", a_group("Readers", person.pk))
    claims = {"issuer": "https://login.example", "subject": "s1", "username": person.username, "name": "", "email": ""}
    arrived = commands.arrive(Claims(**claims, values=frozenset({"candour.owner"})), at=timezone.now())  # type: ignore[arg-type]
    assert (arrived.person, held(person)) == (person, [("Assistant", True), ("Head of Communications", True)])
    other = joined(directory, "other@mereford.example")
    told = claims | {"subject": "s2", "username": other.username}
    commands.arrive(Claims(**told, values=frozenset({"Readers"})), at=timezone.now())  # type: ignore[arg-type]
    assert held(other) == []


def test_a_post_that_may_not_manage_people_does_none_of_it_by_the_commands_either(house: House) -> None:
    person = joined(entra(house))
    group = Group.objects.create(name="Readers", made_at=NOW, changed_at=NOW)
    by: dict[str, Any] = {"actor": house.actors["reader"], "at": NOW}
    told = commands.Told("ada.lovelace@mereford.example", "Ada")
    for act in (
        lambda: commands.change_provisioned(person, told, **by),
        lambda: commands.remove_provisioned(person, **by),
        lambda: commands.change_group(group, "Others", external="", members=None, **by),
        lambda: commands.remove_group(group, **by),
    ):
        with pytest.raises(Forbidden):
            act()
    assert commands.change_group(group, "Others", external="g", members=None, **by | {"actor": CANDOUR}) == [
        "Group renamed"
    ]
    assert Group.objects.get().name == "Others"


# Leavers


@pytest.mark.parametrize("how", ["active", "delete"])
def test_a_leaver_is_out_everywhere_at_once_out_of_every_post_and_all_records_stay(house: House, how: str) -> None:
    person = a_person(house)
    here = signed_in(person)
    directory = entra(house)
    if how == "active":
        said = {"op": "Replace", "path": "active", "value": "False"}
        assert directory.patch(f"Users/{person.pk}", said).status_code == 204
    else:
        assert directory.ask("DELETE", f"Users/{person.pk}").status_code == 204
    assert here.get("/risks/").status_code == 302
    assert Client().post("/sign-in", {"username": "clerk", "password": "kingfisher by a river"}).status_code == 422
    row = Person.objects.get(pk=person.pk)
    assert (row.is_active, row.name, held(row)) == (False, "Clerk", [("Assistant", False)])
    done = ["post.left", "person.stopped"]
    rows = Entry.objects.filter(event__in=done).order_by("pk").values_list("event", "actor_kind")
    assert list(rows) == [("post.left", "token"), ("person.stopped", "token")]
    assert verify().holds is True


def test_a_leaver_twice_is_one_leaver(house: House) -> None:
    directory = entra(house)
    person = joined(directory)
    said = {"op": "Replace", "path": "active", "value": "False"}
    directory.patch(f"Users/{person.pk}", said)
    before = Entry.objects.count()
    assert directory.patch(f"Users/{person.pk}", said).status_code == 204
    assert (Entry.objects.count(), messages()[-1]) == (before, ("PATCH", 204, "Nothing was different"))
    assert directory.ask("DELETE", f"Users/{person.pk}").status_code == 204
    assert directory.ask("DELETE", f"Users/{person.pk}").status_code == 404
    assert Entry.objects.count() == before


def test_who_comes_again_gets_the_posts_of_their_groups_again(house: House) -> None:
    mapped(house, VALUE, "reader")
    directory = entra(house)
    person = joined(directory)
    directory.ask("POST", "Groups", a_group("Readers", person.pk))
    directory.patch(f"Users/{person.pk}", {"op": "Replace", "path": "active", "value": "False"})
    directory.patch(f"Users/{person.pk}", {"op": "Replace", "path": "active", "value": "True"})
    row = Person.objects.get(pk=person.pk)
    assert (row.is_active, held(row)[0][0]) == (True, "Assistant")


def test_who_was_taken_back_and_is_added_anew_is_the_same_person(house: House) -> None:
    directory = entra(house)
    person = joined(directory)
    directory.ask("DELETE", f"Users/{person.pk}")
    assert directory.found("Users", filter='userName sw "ada"') == []
    again = joined(directory)
    assert (again.pk, again.is_active) == (person.pk, True)
    assert [event for event, _, _ in events(person)] == ["person.added", "person.stopped", "person.restored"]


def test_the_last_who_gives_roles_is_not_stopped_and_nothing_of_it_stays(house: House) -> None:
    directory, boss = entra(house), house.people["admin"]
    answer = directory.patch(f"Users/{boss.pk}", {"op": "Replace", "path": "active", "value": "False"})
    assert (answer.status_code, "Nobody else can give roles" in body(answer)["detail"]) == (400, True)
    assert (Person.objects.get(pk=boss.pk).is_active, held(boss)) == (True, [("Business Manager", True)])
    assert Message.objects.get().status == 400


def test_a_token_does_not_change_the_address_of_who_may_do_more_than_its_post(house: House) -> None:
    """By the address one gets a letter with a new password: else a token could become anybody."""
    directory, boss = entra(house, "policy"), house.people["admin"]
    said = {"op": "Add", "path": 'emails[type eq "work"].value', "value": "mine@evil.example"}
    answer = directory.patch(f"Users/{boss.pk}", said)
    assert (answer.status_code, Person.objects.get(pk=boss.pk).email) == (400, "")
    renamed = directory.patch(f"Users/{boss.pk}", {"op": "replace", "path": "userName", "value": "mine"})
    assert (renamed.status_code, Person.objects.get(pk=boss.pk).username) == (400, "admin")


# The page


def test_an_administrator_reads_what_the_directory_asked_and_what_was_refused(house: House) -> None:
    client = client_of(house)
    assert "Your directory has not asked anything yet" in seen(client, "/posts/directory/messages/")
    directory = entra(house)
    joined(directory)
    directory.ask("POST", "Users", a_user("has spaces"))
    shown = seen(client, "/posts/directory/messages/")
    assert ("2 messages" in shown, "Ada Lovelace Added Done POST Users Monthly script" in shown) == (True, True)
    refused = seen(client, "/posts/directory/messages/?show=refused")
    assert ("1 message" in refused, "Refused, 400" in refused, "Ada Lovelace" in refused) == (True, True, False)
    assert "What the directory provisioned" in seen(client, "/posts/directory/")


def test_messages_of_a_token_of_another_body_are_not_there(house: House) -> None:
    row = Message.objects.create(
        at=NOW,
        token=a_token(Post.objects.get(pk=house.posts["force_policy"].pk), ["directory:read"])[0],
        method="POST",
        place="Users",
        person=house.people["force_reader"],
        status=201,
        words="Added",
    )
    assert "Your directory has not asked anything yet" in seen(client_of(house), "/posts/directory/messages/")
    Message.objects.filter(pk=row.pk).update(token=a_token(house.posts["reader"], ["directory:read"])[0])
    shown = seen(client_of(house), "/posts/directory/messages/")
    assert ("1 message" in shown, "Force_Reader" in shown) == (True, False)


def test_the_page_asks_the_same_number_of_queries_at_one_and_many(house: House, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    directory, client = entra(house), client_of(house)
    joined(directory)
    with django_assert_num_queries(4):
        client.get("/posts/directory/messages/")
    for number in range(12):
        joined(directory, f"p{number}@mereford.example")
    with django_assert_num_queries(4):
        client.get("/posts/directory/messages/")


@pytest.mark.parametrize(("name", "status"), [("admin", 200), ("policy", 404), ("auditor", 404), ("reader", 404)])
def test_the_page_is_for_who_gives_roles(house: House, name: str, status: int) -> None:
    assert client_of(house, name).get("/posts/directory/messages/").status_code == status
