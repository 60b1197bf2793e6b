"""What the register says: live and on a past day alike, in a fixed number of queries."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candour.kernel.access import CANDOUR, Actor
from candour.kernel.establishment.commands import set_up_post
from candour.kernel.records.commands import share
from candour.kernel.records.models import Record
from candour.kernel.scales.queries import scale_book
from candour.risks import commands
from candour.risks.models import Assessment, Control, Risk
from candour.risks.queries import RiskFilter, open_register, page_of, posts_in_use, register, risk_on
from candour.risks.queries.sources import Source
from tests.factories import NOW, TODAY, House, a_risk
from tests.standing import standing

SAID: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
SINCE = date(2026, 3, 1)
RAISED = date(2026, 1, 10)


def day(number: int) -> date:
    return RAISED + timedelta(days=number)


# Live and past are one


def do(house: House, risk: Risk, verb: str, number: int, effective: date) -> None:
    """One of the verbs, whatever its number makes of it."""
    said = SAID | {"effective": effective}
    control = Control.objects.filter(risk=risk, removed_on=None).order_by("pk").first()
    level = 1 + number % 4
    if verb == "rescore":
        commands.rescore(risk, impact=level, likelihood=1 + number % 3, **said)
    elif verb == "target":
        commands.set_target(risk, impact=level, likelihood=1, **said)
    elif verb == "control":
        commands.add_control(risk, text=f"Control {number}", due=day(number * 20), owner=house.posts["owner"], **said)
    elif verb == "settle" and control:
        commands.settle_control(control, answer=("in place", "works", "in part", "removed")[number % 4], **said)
    elif verb == "update":
        commands.record_update(risk, text=f"Update {number}", **said)
    elif verb == "review":
        commands.review(
            risk,
            impact=level,
            likelihood=2,
            narrative="Said",
            answers={},
            accept=number % 2 == 0,
            **without_reason(said),
        )
    elif verb == "hand over":
        post = list(house.posts.values())[number % 9]
        commands.hand_over(risk, owner=post, responsible_officer=post, **said)
    elif verb == "reword":
        commands.change_wording(risk, title=f"Title {number}", source="S", event="", effect="E", context="", **said)
    elif verb == "restrict":
        commands.restrict(risk, sensitivity=("public", "office", "restricted")[number % 3], **said)


def without_reason(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if name != "reason"}


verbs = st.sampled_from(
    ["rescore", "target", "control", "settle", "update", "review", "hand over", "reword", "restrict"]
)
acts = st.lists(st.tuples(st.integers(0, 2), verbs, st.integers(0, 11), st.integers(0, 150)), max_size=12)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=acts)
def test_the_register_of_today_is_the_register_as_at_today(house: House, told: list[tuple[int, str, int, int]]) -> None:
    with transaction.atomic():
        risks = [a_risk(house, reference=f"P{number}", effective=RAISED) for number in range(3)]
        for which, verb, number, on in sorted(told, key=lambda act: act[3]):
            do(house, Risk.objects.get(pk=risks[which].pk), verb, number, day(on))
        commands.close(Risk.objects.get(pk=risks[2].pk), **SAID)
        for wanted in ({}, {"texts": True}, {"closed_since": date.min, "texts": True}):
            for name in ("policy", "reader", "auditor"):
                actor = house.actors[name]
                live = register(actor, today=TODAY, since=SINCE, level=None, **wanted)
                assert register(actor, today=TODAY, as_at=TODAY, since=SINCE, level=None, **wanted) == live
        transaction.set_rollback(True)


def test_a_list_row_is_the_row_of_the_register_without_its_texts(house: House) -> None:
    for number in range(3):
        a_risk(house, impact=1 + number, title=f"Title {number}")
    listed = page_of(CANDOUR, RiskFilter(), today=TODAY, since=SINCE).rows
    names = [
        "pk",
        "reference",
        "title",
        "owner",
        "owner_id",
        "line",
        "status",
        "direction",
        "previous_score",
        "matrix",
        "history",
    ]
    whole = register(CANDOUR, today=TODAY, since=SINCE)
    assert [[getattr(row, name) for name in names] for row in listed] == [
        [getattr(row, name) for name in names] for row in whole
    ]


def test_a_restricted_and_shared_risk_stands_on_a_past_day_as_it_does_today(house: House) -> None:
    risk = a_risk(house, sensitivity="restricted", effective=RAISED)
    share(Record.objects.get(pk=risk.pk), organisation=house.force, **SAID)
    for name, count in (("force_policy", 1), ("force_reader", 0), ("policy", 1), ("reader", 0)):
        actor = house.actors[name]
        assert len(register(actor, today=TODAY)) == count
        assert len(register(actor, today=TODAY, as_at=TODAY)) == count


# The past


def test_a_past_day_shows_the_words_score_and_controls_of_that_day(house: House) -> None:
    risk = a_risk(house, title="Old title", effective=RAISED)
    control = commands.add_control(risk, text="A control", due=day(40), effective=day(20), **SAID)
    commands.record_update(risk, text="Said once", effective=day(20), **SAID)
    commands.rescore(risk, impact=4, likelihood=4, effective=day(30), **SAID)
    texts = {"source": "", "event": "", "effect": "", "context": ""}
    commands.change_wording(risk, title="New title", effective=day(30), **texts, **SAID)
    commands.settle_control(control, answer="in place", effective=day(50), **SAID)
    shown = []
    for number in (-1, 0, 20, 30, 45, 50):
        row = risk_on(Record.objects.get(pk=risk.pk), actor=CANDOUR, today=TODAY, as_at=day(number))
        shown.append(
            row and (row.title, row.line.score, [one.state for one in row.controls], [one.text for one in row.updates])
        )
    assert shown == [
        None,
        ("Old title", 9, [], []),
        ("Old title", 9, ["pending"], ["Said once"]),
        ("New title", 16, ["due soon"], ["Said once"]),
        ("New title", 16, ["overdue"], ["Said once"]),
        ("New title", 16, ["in place"], ["Said once"]),
    ]


def test_a_closed_risk_is_in_the_register_of_every_day_on_which_it_was_live(house: House) -> None:
    risk = a_risk(house, effective=RAISED)
    commands.close(risk, effective=day(20), **SAID)
    counts = [len(register(CANDOUR, today=TODAY, as_at=day(number))) for number in (-1, 0, 19, 20, 21)]
    assert counts == [0, 1, 1, 0, 0]
    assert register(CANDOUR, today=TODAY) == []
    assert [len(register(CANDOUR, today=TODAY, closed_since=day(number))) for number in (19, 20)] == [1, 0]


@pytest.mark.parametrize(
    ("then", "now", "seen"),
    [
        ("public", "public", True),
        ("public", "restricted", False),
        ("restricted", "public", False),
        ("office", "public", True),
        ("restricted", "restricted", False),
    ],
)
def test_of_a_past_day_one_sees_what_both_days_allow(house: House, then: str, now: str, seen: bool) -> None:
    risk = a_risk(house, sensitivity=then, effective=RAISED)
    commands.restrict(risk, sensitivity=now, effective=day(60), **SAID)
    reader = house.actors["reader"]
    assert len(register(reader, today=TODAY, as_at=day(30))) == int(seen)
    record = Record.objects.get(pk=risk.pk)
    assert (risk_on(record, actor=reader, today=TODAY, as_at=day(30)) is not None) is seen
    assert len(register(house.actors["policy"], today=TODAY, as_at=day(30))) == 1


def test_a_past_day_carries_the_stricter_sensitivity(house: House) -> None:
    risk = a_risk(house, sensitivity="office", effective=RAISED)
    commands.restrict(risk, sensitivity="public", effective=day(60), **SAID)
    days = [register(CANDOUR, today=TODAY, as_at=day(number))[0].sensitivity for number in (30, 60)]
    assert days == ["office", "public"]


# Movement


@standing
def moving(house: House) -> House:
    """One risk for each movement since 1 March, and one without a score."""
    before, after = day(10), SINCE + timedelta(days=20)
    a_risk(house, reference="same", effective=before)
    for reference, impact in (("up", 4), ("down", 1)):
        commands.rescore(
            a_risk(house, reference=reference, effective=before), impact=impact, likelihood=3, effective=after, **SAID
        )
    there_and_back = a_risk(house, reference="back", effective=before)
    for number, impact in ((20, 4), (30, 3)):
        commands.rescore(there_and_back, impact=impact, likelihood=3, effective=SINCE + timedelta(days=number), **SAID)
    a_risk(house, reference="new", effective=after)
    a_risk(house, reference="unscored", impact=None, likelihood=None, effective=before)
    return house


def references(house: House, **wanted: Any) -> list[str]:
    page = page_of(house.actors["policy"], RiskFilter(**wanted), today=TODAY, since=SINCE, sort="reference")
    assert page.total == len(page.rows) == sum(page.bands.values())
    return [row.reference for row in page.rows]


def test_the_direction_and_the_previous_score_of_each(moving: House) -> None:
    rows = register(CANDOUR, today=TODAY, since=SINCE)
    found = {row.reference: (row.direction, row.previous_score, row.line.score) for row in rows}
    assert found == {
        "same": ("same", 9, 9),
        "up": ("up", 9, 12),
        "down": ("down", 9, 3),
        "back": ("same", 9, 9),
        "new": ("new", None, 9),
        "unscored": ("same", None, None),
    }


@pytest.mark.parametrize(
    ("movement", "expected"),
    [
        ("new", ["new"]),
        ("up", ["up"]),
        ("down", ["down"]),
        ("same", ["back", "same", "unscored"]),
        ("changed", ["down", "new", "up"]),
        ("", ["back", "down", "new", "same", "unscored", "up"]),
    ],
)
def test_the_filter_of_movement_finds_the_rows_that_moved_so(moving: House, movement: str, expected: list[str]) -> None:
    assert references(moving, movement=movement) == expected
    rows = register(CANDOUR, today=TODAY, since=SINCE)
    moved = {"changed": {"new", "up", "down"}, "": {"new", "up", "down", "same"}}.get(movement, {movement})
    assert sorted(row.reference for row in rows if row.direction in moved) == expected


# Filters and order


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"band": "High"}, ["back", "new", "same", "up"]),
        ({"band": "Low"}, ["down"]),
        ({"impact": 4, "likelihood": 3}, ["up"]),
        ({"sensitivity": "restricted"}, []),
        ({"level": "project"}, []),
        ({"closed": True}, []),
        ({"words": "could happen"}, ["back", "down", "new", "same", "unscored", "up"]),
        ({"words": "down"}, ["down"]),
        ({"status": "Awaiting Review"}, ["back", "down", "new", "same", "unscored", "up"]),
        ({"status": "Managed"}, []),
    ],
)
def test_filters_leave_what_they_say(moving: House, wanted: dict[str, Any], expected: list[str]) -> None:
    assert references(moving, **wanted) == expected


def test_filters_by_organisation_and_owner(moving: House) -> None:
    a_risk(moving, reference="owned", owner=moving.posts["owner"])
    a_risk(moving, reference="forces", organisation=moving.force, owner=moving.posts["force_policy"])
    assert references(moving, owner=moving.posts["owner"].pk) == ["owned"]
    auditor = moving.actors["auditor"]
    forces = page_of(auditor, RiskFilter(organisation=moving.force.pk), today=TODAY, since=None)
    assert [row.reference for row in forces.rows] == ["forces"]
    owners = posts_in_use(auditor, RiskFilter())
    assert [title for _, title in owners] == ["Chief Executive", "Force Risk Manager", "Head of Communications"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("-score", ["up", "back", "new", "same", "down", "unscored"]),
        ("score", ["down", "back", "new", "same", "up", "unscored"]),
        ("-reference", ["up", "unscored", "same", "new", "down", "back"]),
        ("nonsense", ["down", "back", "new", "same", "up", "unscored"]),
    ],
)
def test_rows_come_in_the_order_asked_with_ties_by_reference(moving: House, sort: str, expected: list[str]) -> None:
    page = page_of(CANDOUR, RiskFilter(), today=TODAY, since=SINCE, sort=sort)
    assert [row.reference for row in page.rows] == expected
    cut = page_of(CANDOUR, RiskFilter(), today=TODAY, since=SINCE, sort=sort, offset=2, size=3)
    assert ([row.reference for row in cut.rows], cut.total) == (expected[2:5], 6)


@given(
    owned=st.lists(st.integers(0, 3), min_size=1, max_size=12),
    sort=st.sampled_from(["owner", "-owner"]),
    offset=st.integers(0, 12),
    size=st.integers(1, 5),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_order_by_owner_is_the_same_from_the_lines_of_a_few_owners(
    house: House, owned: list[int], sort: str, offset: int, size: int
) -> None:
    posts = [house.posts[name] for name in ("chief", "owner", "policy")]
    with transaction.atomic():
        alike = set_up_post(title=posts[0].title, organisation=house.force, **SAID)  # two of one title stand together
        for number, post in enumerate(owned):
            a_risk(house, reference=f"O{number:02}", owner=[*posts, alike][post])
        asked: dict[str, Any] = {"today": TODAY, "since": None, "sort": sort, "offset": offset, "size": size}
        plain = page_of(CANDOUR, RiskFilter(), **asked)
        few = page_of(CANDOUR, RiskFilter(), **asked, owners=posts_in_use(CANDOUR, RiskFilter()))
        assert [row.reference for row in few.rows] == [row.reference for row in plain.rows]
        transaction.set_rollback(True)


def test_an_order_by_owner_shows_lines_of_posts_that_it_was_not_told_of(house: House) -> None:
    a_risk(house, reference="told", owner=house.posts["chief"])
    a_risk(house, reference="untold", owner=house.posts["owner"])
    told = [(house.posts["chief"].pk, house.posts["chief"].title)]
    page = page_of(CANDOUR, RiskFilter(), today=TODAY, since=None, sort="owner", owners=told)
    assert [row.reference for row in page.rows] == ["told", "untold"]


def test_views_are_counted_as_their_pages_are(moving: House) -> None:
    views = {
        "all": RiskFilter(),
        "up": RiskFilter(movement="up"),
        "changed": RiskFilter(movement="changed"),
        "high": RiskFilter(band="High"),
        "late": RiskFilter(status="Awaiting Review"),
        "hidden": RiskFilter(sensitivity="restricted"),
    }
    counts = live(CANDOUR).counts(views)
    assert counts == {"all": 6, "up": 1, "changed": 3, "high": 4, "late": 6, "hidden": 0}
    totals = {name: page_of(CANDOUR, wanted, today=TODAY, since=SINCE).total for name, wanted in views.items()}
    assert counts == totals


# Queries


def grow(house: House, count: int) -> None:
    """A register of so many risks, each with a second score, two controls and an update."""
    have = Record.objects.count()
    found = []
    for number in range(have, count):
        record = Record(
            kind="risk", reference=f"Q{number:03}", title="T", organisation=house.office, owner=house.posts["chief"]
        )
        risk = Risk(record=record, first_recorded=RAISED)
        scores = [
            Assessment(risk=risk, scale=house.scale, impact=impact, likelihood=3, scored_on=day(impact * 20))
            for impact in (1, 3)
        ]
        controls = [Control(risk=risk, text="C", added_on=RAISED, due=TODAY) for _ in range(2)]
        found.append(commands.NewRisk(record, risk, scores, controls))
    commands.raise_many(found, organisation=house.office, effective=RAISED, **SAID)


def live(actor: Actor) -> Source:
    """The register as it stands."""
    return open_register(actor, RiskFilter(), today=TODAY, as_at=None, since=SINCE, book=scale_book())


ASKED: dict[str, Callable[[House], object]] = {
    "a page": lambda house: page_of(house.actors["policy"], RiskFilter(), today=TODAY, since=SINCE, size=500),
    "a page by status": lambda house: page_of(
        house.actors["policy"], RiskFilter(), today=TODAY, since=SINCE, sort="status", size=500
    ),
    "the register": lambda house: register(house.actors["policy"], today=TODAY, since=SINCE, texts=True),
    "a past register": lambda house: register(
        house.actors["policy"], today=TODAY, as_at=day(70), since=SINCE, texts=True
    ),
    "counts, and the scales": lambda house: live(house.actors["policy"]).counts({"a": RiskFilter(movement="up")}),
    "one risk": lambda house: risk_on(Record.objects.get(reference="Q000"), actor=house.actors["policy"], today=TODAY),
    "one past risk": lambda house: risk_on(
        Record.objects.get(reference="Q000"), actor=house.actors["policy"], today=TODAY, as_at=day(70)
    ),
}


def test_the_number_of_queries_is_the_same_for_1_3_and_300_risks(house: House) -> None:
    counts: dict[str, set[int]] = {name: set() for name in ASKED}
    for size in (1, 3, 300):
        grow(house, size)
        for name, ask in ASKED.items():
            with CaptureQueriesContext(connection) as captured:
                ask(house)
            counts[name].add(len(captured))
    assert counts == {
        "a page": {5},
        "a page by status": {5},
        "the register": {6},
        "a past register": {7},
        "counts, and the scales": {2},
        "one risk": {7},
        "one past risk": {8},
    }
