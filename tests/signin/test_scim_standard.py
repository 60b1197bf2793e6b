"""SCIM held to the standard (RFC 7643, RFC 7644): by its reviewer, which asks all that it asks, and in what it leaves to us."""

import json

import pytest
from scim2_client.engines.wsgi import WSGISCIMClient
from scim2_tester import Status, check_server

from candour.kernel.history.verify import verify
from candour.kernel.signin.models import Message
from tests.factories import House
from tests.signin.scim import ERROR, a_group, a_user, application, body, entra, joined

# Nobody is without a name, nor neither active nor not: what is taken away comes back as what it is without it.
ALWAYS_THERE = {"Attribute 'displayName' was not removed", "Attribute 'active' was not removed"}

# Whatever an address was called, it is answered as the chief one, for work: the reviewer tries others by chance.
ONE_ADDRESS = ("Attribute 'emails' was not added or has", "Attribute 'emails' was not replaced or has")


def test_the_reviewer_of_the_standard_finds_nothing_but_what_is_always_there(house: House, settings) -> None:  # type: ignore[no-untyped-def]
    headers = {"Authorization": entra(house).headers["authorization"]}
    found = check_server(WSGISCIMClient(application, base_url=f"{settings.SITE}/scim/v2", headers=headers))
    wrong = {str(each.reason) for each in found if each.status in {Status.ERROR, Status.CRITICAL}}
    assert {each for each in wrong if not each.startswith(ONE_ADDRESS)} == ALWAYS_THERE
    assert len([each for each in found if each.status == Status.SUCCESS]) >= 55
    assert verify().holds is True


@pytest.mark.parametrize(
    ("asked", "status", "kind"),
    [
        (("GET", "Users/999999", None), 404, None),
        (("GET", "Users/x", None), 404, None),
        (("GET", "Nothing", None), 404, None),
        (("POST", "Users", "{"), 400, "invalidSyntax"),
        (("POST", "Users", {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"]}), 400, "invalidValue"),
        (("POST", "Users", a_user("has spaces in it")), 400, "invalidValue"),
        (("POST", "Users", a_user("break-glass.office")), 400, "invalidValue"),
        (("POST", "Users", a_user(emails=[{"value": "no address"}])), 400, "invalidValue"),
        (("POST", "Users", a_user("policy")), 409, "uniqueness"),
        (("POST", "Users", a_user("x" * 151)), 400, "invalidValue"),
        (("POST", "Users", a_user(displayName="x" * 201)), 400, "invalidValue"),
        (("POST", "Groups", a_group("G", 999999)), 400, "invalidValue"),
        (("POST", "Bulk", {}), 501, None),
        (("GET", "Me", None), 501, None),
        (("DELETE", "Users", None), 405, None),
        (("PUT", "ServiceProviderConfig", {}), 405, None),
    ],
)
def test_what_is_refused_is_refused_in_the_shape_of_the_standard(  # type: ignore[no-untyped-def]
    house: House, asked, status: int, kind: str | None
) -> None:
    response = entra(house).ask(*asked)
    answer = body(response)
    assert (response.status_code, answer["status"], answer.get("scimType")) == (status, str(status), kind)
    assert (answer["schemas"], response["Content-Type"]) == ([ERROR], "application/scim+json")
    assert answer["detail"] or status in {405, 501}


def test_a_body_that_is_no_json_and_one_that_is_too_large_are_refused(house: House, settings) -> None:  # type: ignore[no-untyped-def]
    directory = entra(house)
    answer = directory.client.post("/scim/v2/Users", "<x/>", content_type="text/xml", headers=directory.headers)
    assert (answer.status_code, body(answer)["status"]) == (415, "415")  # type: ignore[arg-type]
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    assert directory.ask("POST", "Users", a_user()).status_code == 413


def test_filters_are_asked_of_the_database(house: House) -> None:
    directory = entra(house)
    person = joined(directory)
    joined(directory, "bob@mereford.example", displayName="Bob Noyce", active=False)
    group = body(directory.ask("POST", "Groups", a_group("Policy officers", person.pk)))
    mine, bob = ["ada.lovelace@mereford.example"], ["bob@mereford.example"]
    asked = {
        'userName eq "ADA.LOVELACE@mereford.example"': mine,
        'externalId eq "ada.lovelace"': mine,
        'externalId eq "ADA.LOVELACE"': [],
        f'id eq "{person.pk}"': mine,
        'id eq "nothing"': [],
        'displayName eq "ada lovelace"': mine,
        'name.familyName sw "love" and active eq true': mine,
        'emails[type eq "work" and value eq "ada@mereford.example"]': mine + bob,
        'emails.value ew "@mereford.example" and not (userName co "bob")': mine,
        'emails[type eq "home"]': [],
        "active eq false": bob,
        f'groups.value eq "{group["id"]}"': mine,
        'externalId pr and (userName eq "bob@mereford.example" or displayName sw "Ada")': mine + bob,
        'userName ne "bob@mereford.example" and externalId pr': mine,
        'meta.created gt "2020-01-01T00:00:00Z" and externalId pr': mine + bob,
        'meta.lastModified lt "2020-01-01T00:00:00Z"': [],
    }
    assert {each: directory.found("Users", filter=each) for each in asked} == asked
    groups = {
        'displayName eq "policy officers"': ["Policy officers"],
        'externalId eq "8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159"': ["Policy officers"],
        f'members.value eq "{person.pk}"': ["Policy officers"],
        f'members[value eq "{person.pk + 1}"]': [],
    }
    assert {each: directory.found("Groups", filter=each) for each in groups} == groups


@pytest.mark.parametrize("asked", ["nonsense", 'password eq "x"', "userName gt 5", 'id co "1"', "userName eq"])
def test_a_filter_that_cannot_be_asked_is_refused(house: House, asked: str) -> None:
    answer = entra(house).get("Users", filter=asked)
    assert (answer["status"], answer["scimType"]) == ("400", "invalidFilter")


def test_lists_are_cut_from_a_start_to_a_count(house: House) -> None:
    directory = entra(house)
    names = [f"p{number}@mereford.example" for number in range(5)]
    for name in names:
        joined(directory, name)
    asked = {"filter": 'userName ew "@mereford.example"'}
    first = directory.get("Users", startIndex=1, count=2, **asked)
    assert (first["totalResults"], first["startIndex"], first["itemsPerPage"]) == (5, 1, 2)
    assert directory.found("Users", startIndex=3, count=2, **asked) == names[2:4]
    assert directory.found("Users", startIndex=5, count=100, **asked) == names[4:]
    assert directory.get("Users", startIndex=9, **asked).get("Resources", []) == []
    nothing = directory.get("Users", count=0, **asked)
    assert (nothing["totalResults"], nothing["itemsPerPage"]) == (5, 0)
    assert directory.found("Users", startIndex=-5, count=1, **asked) == names[:1]


def test_what_changed_since_it_was_read_is_not_overwritten(house: House) -> None:
    directory = entra(house)
    person = joined(directory)
    read = directory.ask("GET", f"Users/{person.pk}")
    tag = read["ETag"]
    assert directory.ask("GET", f"Users/{person.pk}", if_none_match=tag).status_code == 304
    named = {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"]}
    operation = {"op": "replace", "path": "displayName", "value": "Ada King"}
    said = named | {"Operations": [operation]}
    assert directory.ask("PATCH", f"Users/{person.pk}", said, if_match=tag).status_code == 204
    answer = directory.ask("PATCH", f"Users/{person.pk}", said, if_match=tag)
    assert (answer.status_code, body(answer)["status"]) == (412, "412")
    assert directory.ask("GET", f"Users/{person.pk}", if_none_match=tag).status_code == 200


def test_a_group_is_answered_without_its_members_where_they_are_left_out(house: House) -> None:
    directory = entra(house)
    group = body(directory.ask("POST", "Groups", a_group("G", joined(directory).pk)))
    path = f"Groups/{group['id']}"
    assert len(directory.get(path)["members"]) == 1
    without = directory.ask("GET", f"{path}?excludedAttributes=members")
    assert ("members" in body(without), without["ETag"]) == (False, directory.ask("GET", path)["ETag"])
    assert "members" not in directory.get("Groups", excludedAttributes="members")["Resources"][0]
    assert set(directory.get(path, attributes="displayName")) == {"schemas", "id", "displayName"}


def test_a_list_asks_the_same_number_of_queries_at_one_and_many(house: House, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    directory = entra(house)
    joined(directory)
    directory.get("Users")
    with django_assert_num_queries(6):
        directory.get("Users", filter="externalId pr", count=100)
    for number in range(30):
        person = joined(directory, f"p{number}@mereford.example")
    with django_assert_num_queries(6):
        assert len(directory.found("Users", filter="externalId pr", count=100)) == 31
    directory.ask("POST", "Groups", a_group("G", person.pk))
    with django_assert_num_queries(6):
        directory.get("Groups")
    Message.objects.all().delete()
    said = json.loads(directory.ask("GET", "Groups").content)
    assert (said["totalResults"], Message.objects.count()) == (1, 0)
