"""Who sees what: an actor, a sensitivity, an organisation, a share, an owner."""

from datetime import timedelta
from typing import Any

import pytest

from candour.kernel.access import CANDOUR, PUBLIC, Actor
from candour.kernel.records.commands import link, share, stop_sharing, unlink
from candour.kernel.records.models import Record, stricter, visible
from candour.kernel.records.queries import links_of, record_at, visible_records
from candour.risks.models import RiskLine
from tests.factories import NOW, House, a_risk
from tests.standing import standing

SAID: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
EVERY = ["force-office", "force-public", "force-restricted", "office-office", "office-public", "office-restricted"]
OPEN = ["force-office", "force-public", "office-office", "office-public"]


@standing
def six(house: House) -> House:
    """A record of each sensitivity in each body; nobody under test owns one."""
    for body in ("office", "force"):
        for sensitivity in ("public", "office", "restricted"):
            organisation = getattr(house, body)
            a_risk(house, reference=f"{body}-{sensitivity}", organisation=organisation, sensitivity=sensitivity)
    return house


def record(reference: str) -> Record:
    return Record.objects.get(reference=reference)


def seen(actor: Actor) -> list[str]:
    """References that an actor sees; records and read lines must agree."""
    rows = Record.objects.filter(visible(actor, "risks.see")).order_by("reference")
    lines = RiskLine.objects.filter(visible(actor, "risks.see")).order_by("reference")
    found = list(rows.values_list("reference", flat=True))
    assert list(lines.values_list("reference", flat=True)) == found
    assert (
        list(
            RiskLine.objects.filter(visible(actor, "risks.see", "record__"))
            .order_by("reference")
            .values_list("reference", flat=True)
        )
        == found
    )
    assert (
        list(Record.objects.filter(visible_records(actor)).order_by("reference").values_list("reference", flat=True))
        == found
    )
    return found


OF_OFFICE = ["office-office", "office-public"]
OF_FORCE = ["force-office", "force-public"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("policy", [*OF_OFFICE, "office-restricted"]),
        ("chief", [*OF_OFFICE, "office-restricted"]),
        ("owner", OF_OFFICE),
        ("reader", OF_OFFICE),
        ("force_policy", [*OF_FORCE, "force-restricted"]),
        ("force_reader", OF_FORCE),
        ("panel", EVERY),
        ("auditor", EVERY),
    ],
)
def test_each_role_sees_its_own_organisation_and_restricted_where_it_may(
    six: House, name: str, expected: list[str]
) -> None:
    assert seen(six.actors[name]) == sorted(expected)


def test_candour_sees_everything_and_the_public_nothing(six: House) -> None:
    assert seen(CANDOUR) == EVERY
    assert seen(PUBLIC) == []


@pytest.mark.parametrize(
    ("sensitivity", "seeing"),
    [
        ("public", ["force_policy", "force_reader"]),
        ("office", ["force_policy", "force_reader"]),
        ("restricted", ["force_policy"]),
    ],
)
def test_a_shared_record_is_seen_by_the_other_organisation(six: House, sensitivity: str, seeing: list[str]) -> None:
    one = f"office-{sensitivity}"
    share(record(one), organisation=six.force, **SAID)
    assert [name for name in ("force_policy", "force_reader") if one in seen(six.actors[name])] == seeing


def test_a_share_that_ended_shows_nothing(six: House) -> None:
    made = share(record("office-public"), organisation=six.force, **SAID)
    stop_sharing(made, actor=CANDOUR, at=NOW + timedelta(days=1), reason="No longer joint")
    assert seen(six.actors["force_reader"]) == OF_FORCE


def test_sharing_twice_changes_nothing(six: House) -> None:
    one = record("office-public")
    assert share(one, organisation=six.force, **SAID) == share(one, organisation=six.force, **SAID)
    assert Record.objects.get(pk=one.pk).head_sequence == 2


def test_an_owner_sees_their_restricted_record_and_no_other(six: House) -> None:
    a_risk(six, reference="mine", sensitivity="restricted", owner=six.posts["owner"])
    assert seen(six.actors["owner"]) == ["mine", *OF_OFFICE]
    assert seen(six.actors["reader"]) == OF_OFFICE


def test_an_owner_in_another_organisation_sees_it_only_once_it_is_shared(six: House) -> None:
    made = a_risk(six, reference="theirs", sensitivity="restricted", owner=six.posts["force_reader"])
    assert seen(six.actors["force_reader"]) == OF_FORCE
    share(Record.objects.get(pk=made.pk), organisation=six.force, **SAID)
    assert seen(six.actors["force_reader"]) == [*OF_FORCE, "theirs"]


def test_a_hidden_record_answers_at_its_address_like_one_that_never_was(six: House) -> None:
    for reference in ("office-restricted", "never-was"):
        with pytest.raises(Record.DoesNotExist, match="Record matching query does not exist"):
            record_at("risk", "office", reference, actor=six.actors["reader"])
    assert record_at("risk", "office", "office-restricted", actor=six.actors["policy"]) == record("office-restricted")


def test_a_link_is_seen_from_both_ends(six: House) -> None:
    made = link(record("office-public"), to=record("office-office"), how="causes", **SAID)
    for one, other in (("office-public", "office-office"), ("office-office", "office-public")):
        found = [
            (linked.how, linked.reference, linked.address)
            for linked in links_of(record(one), actor=six.actors["reader"])
        ]
        assert found == [("causes", other, f"/risks/office/{other}/")]
    unlink(made, **SAID)
    assert links_of(record("office-public"), actor=six.actors["reader"]) == []


@pytest.mark.parametrize("end", ["office-restricted", "force-public"])
def test_a_link_hides_an_end_that_may_not_be_seen(six: House, end: str) -> None:
    link(record("office-public"), to=record(end), how="causes", **SAID)
    assert links_of(record("office-public"), actor=six.actors["reader"]) == []
    assert [linked.reference for linked in links_of(record("office-public"), actor=six.actors["auditor"])] == [end]


def test_linking_twice_changes_nothing(six: House) -> None:
    one, two = record("office-public"), record("office-office")
    assert link(one, to=two, how="causes", **SAID) == link(one, to=two, how="causes", **SAID)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("public", "office", "office"),
        ("office", "restricted", "restricted"),
        ("restricted", "public", "restricted"),
        ("public", "public", "public"),
    ],
)
def test_the_stricter_sensitivity_counts(one: str, other: str, expected: str) -> None:
    assert (stricter(one, other), stricter(other, one)) == (expected, expected)
