"""Who someone is on a day: the posts they hold, the roles of those posts, what they may do."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from candour.kernel.access import CANDOUR, PUBLIC, Forbidden, allowed, require
from candour.kernel.access.models import Grant
from candour.kernel.access.queries import actor_for, actor_named
from candour.kernel.access.rules import Role, audience_of, permissions_of
from candour.kernel.establishment.commands import appoint, end_appointment, end_grant, grant
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Appointment, Person, Post
from candour.kernel.records.models import Record
from candour.risks.access import RiskPermission
from candour.risks.queries import RiskFilter, page_of, register, risk_on
from tests.factories import NOW, START, TODAY, House, a_risk

SAID: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
DAY = timedelta(days=1)


def test_a_person_acts_at_their_post_with_its_roles(house: House) -> None:
    actor = actor_for(house.people["policy"], TODAY)
    assert (actor.kind, actor.id, actor.username) == ("person", house.people["policy"].pk, "policy")
    assert actor.label == "Policy and Compliance Officer"
    assert actor.posts == {house.posts["policy"].pk}
    assert (actor.organisation, actor.organisation_name) == (house.office.pk, "Office of Mereford")
    assert (actor.roles, actor.audience) == (("policy_officer",), "office")
    assert actor.scope(RiskPermission.RAISE) == {house.office.pk}


def test_who_someone_is_takes_one_query(house: House) -> None:
    with CaptureQueriesContext(connection) as captured:
        actor_for(house.people["panel"], TODAY)
    assert len(captured) == 1


def test_a_role_in_two_organisations_is_held_for_both(house: House) -> None:
    actor = house.actors["auditor"]
    assert actor.scope(RiskPermission.SEE) == {house.office.pk, house.force.pk}
    assert actor.holds(RiskPermission.SEE, house.force.pk) is True
    assert actor.holds(RiskPermission.RAISE) is False


def test_a_permission_held_for_one_organisation_is_not_held_for_another(house: House) -> None:
    risk, other = a_risk(house), a_risk(house, organisation=house.force)
    policy = house.actors["policy"]
    assert allowed(policy, RiskPermission.CHANGE, risk.record) is True
    assert allowed(policy, RiskPermission.CHANGE, other.record) is False
    with pytest.raises(Forbidden, match=r"Policy and Compliance Officer may not do this: it needs risks\.change"):
        require(policy, RiskPermission.CHANGE, other.record)


def test_candour_may_do_everything_and_the_public_nothing(house: House) -> None:
    risk = a_risk(house)
    assert [allowed(CANDOUR, permission, risk.record) for permission in RiskPermission] == [True] * len(RiskPermission)
    assert [allowed(PUBLIC, permission, risk.record) for permission in RiskPermission] == [False] * len(RiskPermission)


def test_an_appointment_counts_from_its_first_day_to_its_last(house: House) -> None:
    person, post = house.people["reader"], house.posts["finance"]
    appoint(person, post, starts=TODAY, ends=TODAY + DAY, **SAID)
    held = [post.pk in actor_for(person, TODAY + DAY * days).posts for days in (-1, 0, 1, 2)]
    assert held == [False, True, True, False]


def test_whose_appointment_ended_has_lost_access(house: House) -> None:
    person = house.people["policy"]
    a_risk(house)
    assert len(register(actor_for(person, TODAY), today=TODAY)) == 1
    end_appointment(Appointment.objects.get(person=person), ends=TODAY, **SAID)
    assert len(register(actor_for(person, TODAY), today=TODAY)) == 1
    after = actor_for(person, TODAY + DAY)
    assert (after.label, after.posts, after.roles, dict(after.scopes)) == ("No post", frozenset(), (), {})
    assert register(after, today=TODAY + DAY) == []


def test_a_role_counts_from_its_first_day_to_its_last(house: House) -> None:
    post, person = house.posts["reader"], house.people["reader"]
    made = grant("chief_officer", post=post, organisation=house.office, starts=TODAY, ends=TODAY + DAY, **SAID)
    roles = [actor_for(person, TODAY + DAY * days).roles for days in (-1, 0, 1, 2)]
    assert roles == [("reader",), ("reader", "chief_officer"), ("reader", "chief_officer"), ("reader",)]
    end_grant(made, ends=TODAY, **SAID)
    assert actor_for(person, TODAY + DAY).roles == ("reader",)


def test_a_role_follows_the_post_and_not_the_person(house: House) -> None:
    newcomer = house.people["force_reader"]
    appoint(newcomer, house.posts["policy"], starts=TODAY, **SAID)
    actor = actor_for(newcomer, TODAY)
    assert actor.holds(RiskPermission.RAISE, house.office.pk) is True
    assert actor.posts == {house.posts["policy"].pk, house.posts["force_reader"].pk}


def test_a_post_that_ended_gives_nothing(house: House) -> None:
    with recording("post.ended", Post.objects.get(pk=house.posts["policy"].pk), **SAID):
        Post.objects.filter(pk=house.posts["policy"].pk).update(ended=date(2026, 6, 1))
    assert actor_for(house.people["policy"], TODAY).posts == frozenset()


def test_one_whose_sign_in_was_stopped_is_the_public(house: House) -> None:
    person = Person.objects.get(username="policy")
    with recording("person.stopped", person, **SAID):
        person.is_active = False
        person.save()
    assert actor_for(person, TODAY) == PUBLIC
    assert actor_for(None, TODAY) == PUBLIC
    with pytest.raises(LookupError, match="there is no user 'policy'"):
        actor_named("policy", TODAY)


def test_an_actor_can_be_named_on_the_command_line(house: House) -> None:
    assert actor_named("chief", TODAY) == actor_for(house.people["chief"], TODAY)
    with pytest.raises(LookupError, match="there is no user 'nobody'; there are: admin, auditor, chief"):
        actor_named("nobody", TODAY)


def test_a_role_that_no_longer_exists_gives_nothing(house: House) -> None:
    reader = house.posts["reader"]
    with recording("role.granted", reader, **SAID):
        Grant.objects.create(role="wizard", post=reader, organisation=house.office, starts=START)
    assert house.refreshed("reader").scopes == house.actors["reader"].scopes


def test_permissions_and_audience_come_from_the_roles_held() -> None:
    page = {
        "one": Role("One", "", frozenset({"a", "b"}), audience="panel"),
        "two": Role("Two", "", frozenset({"b"}), audience="office"),
    }
    assert permissions_of(page, [("one", 1), ("two", 2), ("none", 3)]) == {"a": frozenset({1}), "b": frozenset({1, 2})}
    assert audience_of(page, ["one"]) == "panel"
    assert audience_of(page, ["one", "two"]) == "office"
    assert audience_of(page, ["none"]) == "public"


# A restricted risk does not exist for one who may not see it


def queries_of(house: House, name: str) -> tuple[object, ...]:
    actor = house.actors[name]
    page = page_of(actor, RiskFilter(), today=TODAY, since=date(2026, 1, 1))
    searched = page_of(actor, RiskFilter(words="secret"), today=TODAY, since=None)
    whole = register(actor, today=TODAY, texts=True)
    past = register(actor, today=TODAY, as_at=TODAY, texts=True)
    return page.rows, page.total, page.bands, searched.total, whole, past


def test_every_answer_is_the_same_with_a_hidden_risk_as_without(house: House) -> None:
    a_risk(house, title="An open risk")
    before = queries_of(house, "reader")
    hidden = a_risk(house, title="A secret risk", sensitivity="restricted", impact=4, likelihood=4)
    assert queries_of(house, "reader") == before
    record = Record.objects.get(pk=hidden.pk)
    assert risk_on(record, actor=house.actors["reader"], today=TODAY) is None
    assert risk_on(record, actor=house.actors["reader"], today=TODAY, as_at=TODAY) is None
    assert page_of(house.actors["policy"], RiskFilter(), today=TODAY, since=None).total == 2


def test_a_hidden_risk_costs_as_many_queries_as_one_that_never_was(house: House) -> None:
    hidden = a_risk(house, sensitivity="restricted")
    counts = []
    for number in (hidden.pk, hidden.pk + 1000):
        with CaptureQueriesContext(connection) as captured:
            risk_on(Record(pk=number), actor=house.actors["reader"], today=TODAY)
        counts.append(len(captured))
    assert counts[0] == counts[1]
