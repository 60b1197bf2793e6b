"""Which scale a score is read on, before and after the scale changes, and where risks stand against appetite."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from candour.kernel.access import CANDOUR
from candour.kernel.scales.commands import bring_in_matrix, set_appetite
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import appetites_on, scale_book
from candour.kernel.scales.rules import Level, blank, with_bands
from candour.risks import commands
from candour.risks.models import Assessment, RiskLine
from candour.risks.queries import RiskFilter, open_register
from candour.risks.queries.appetite import stand_of
from candour.risks.queries.register import register
from tests.factories import MATRIX, NOW, TODAY, House, a_risk, build_house
from tests.risks.pages import questions, said, signed_in

BY = {"actor": CANDOUR, "at": NOW}
WHY = {"reason": "Agreed by the board"} | BY
CHANGE = date(2026, 3, 1)
BANDS = with_bands(replace(MATRIX, name="Scale of 2026"), [("Low", 1, 8, ""), ("High", 9, 16, "")])
FIVE = replace(
    with_bands(blank("Five by five", impact=5, likelihood=5), [("Low", 1, 11, ""), ("High", 12, 25, "")]),
    impact=tuple(Level(n, f"I{n}") for n in range(1, 6)),
    likelihood=tuple(Level(n, f"L{n}") for n in range(1, 6)),
)
pytestmark = pytest.mark.usefixtures("moment")


def changed(house: House, matrix=BANDS, day: date = CHANGE) -> Scale:  # type: ignore[no-untyped-def]
    return bring_in_matrix(matrix, organisation=house.office, starts=day, **WHY)


def band_on(house: House, day: date) -> list[tuple[str, str]]:
    rows = register(CANDOUR, today=day, as_at=day, organisation=house.office.pk)
    return [(row.reference, row.line.band) for row in sorted(rows, key=lambda row: row.reference)]


def test_a_risk_stays_on_the_scale_it_was_scored_on_until_it_is_scored_anew(house: House):
    risk = a_risk(house, reference="A1", impact=4, likelihood=2)
    changed(house)
    assert RiskLine.objects.get().band == "High"
    commands.rescore(risk, impact=4, likelihood=2, reason="Scored anew", effective=date(2026, 4, 1), **BY)
    assert RiskLine.objects.get().band == "Low"
    assert [band_on(house, day) for day in (date(2026, 2, 1), date(2026, 3, 31), date(2026, 4, 1))] == [
        [("A1", "High")],
        [("A1", "High")],
        [("A1", "Low")],
    ]


def test_the_same_levels_on_the_same_scale_are_no_new_score(house: House):
    risk = a_risk(house, impact=4, likelihood=2)
    assert commands.rescore(risk, impact=4, likelihood=2, reason="Again", **BY) is None
    assert Assessment.objects.count() == 1


def test_a_review_after_the_scale_changed_scores_on_the_new_one_whatever_the_levels(house: House):
    risk = a_risk(house, impact=4, likelihood=2)
    new = changed(house)
    commands.review(risk, impact=4, likelihood=2, narrative="As before", answers={}, **BY)
    assert list(Assessment.objects.order_by("pk").values_list("scale", "scored_on")) == [
        (house.scale.pk, date(2026, 1, 10)),
        (new.pk, TODAY),
    ]


def test_a_review_that_scores_nothing_leaves_the_risk_on_its_scale(house: House):
    risk = a_risk(house, impact=4, likelihood=2)
    changed(house)
    commands.review(risk, impact=None, likelihood=None, narrative="Nothing moved", answers={}, **BY)
    assert Assessment.objects.count() == 1


def test_a_score_entered_late_is_read_on_the_scale_of_its_day(house: House):
    new = changed(house)
    risk = a_risk(house, impact=4, likelihood=2, effective=CHANGE)
    commands.rescore(risk, impact=1, likelihood=1, reason="Late", effective=CHANGE - timedelta(days=20), **BY)
    assert dict(Assessment.objects.values_list("scored_on", "scale")) == {
        CHANGE: new.pk,
        CHANGE - timedelta(days=20): house.scale.pk,
    }


def test_the_heat_map_of_a_past_day_is_drawn_on_the_scale_of_that_day(house: House):
    risk = a_risk(house, reference="A1", impact=4, likelihood=2)
    changed(house)
    commands.rescore(risk, impact=4, likelihood=2, reason="Anew", effective=date(2026, 4, 1), **BY)
    client = signed_in(house, "policy")
    maps = {
        day: client.get(f"/risks/heat-map/?as_at={day}").context["maps"]
        for day in ("2026-02-01", "2026-03-15", "2026-05-01")
    }
    assert {day: [(each.matrix.name, each.count) for each in shown] for day, shown in maps.items()} == {
        "2026-02-01": [("Scale of 2018", 1)],
        "2026-03-15": [("Scale of 2026", 0), ("Scale of 2018", 1)],
        "2026-05-01": [("Scale of 2026", 1)],
    }


def test_two_registers_on_different_scales_stand_side_by_side(house: House):
    a_risk(house, reference="A1", impact=4, likelihood=3)
    bring_in_matrix(FIVE, organisation=house.force, starts=date(2026, 1, 1), **WHY)
    a_risk(house, reference="F1", impact=5, likelihood=5, organisation=house.force)
    client = signed_in(house, "auditor")
    rows = {item.row.reference: item.row for item in client.get("/risks/?body=all").context["rows"]}
    assert {name: (row.line.score, row.band.name, row.impact_word) for name, row in rows.items()} == {
        "A1": (12, "High", "Very high"),
        "F1": (25, "High", "I5"),
    }
    shown = client.get("/risks/heat-map/?body=all").context["maps"]
    assert sorted((each.matrix.size, each.count) for each in shown) == [((4, 4), 1), ((5, 5), 1)]


def appetite(house: House, category: str, highest: int, **more) -> None:  # type: ignore[no-untyped-def]
    given = {"organisation": house.office, "effective": date(2026, 1, 2), "word": "Cautious"} | more
    set_appetite(category=category, highest=highest, **given, **WHY)


@pytest.fixture
def officer(house: House) -> Client:
    appetite(house, "Finance", 6)
    for reference, values in {
        "A1": {"impact": 3, "likelihood": 3, "category": "Finance"},
        "A2": {"impact": 3, "likelihood": 2, "category": "finance"},
        "A3": {"impact": 2, "likelihood": 2, "category": "Finance"},
        "A4": {"impact": 4, "likelihood": 4, "category": "Legal"},
        "A5": {"impact": 4, "likelihood": 4, "category": "Finance", "sensitivity": "restricted"},
        "A6": {"impact": None, "likelihood": None, "category": "Finance"},
    }.items():
        a_risk(house, reference=reference, **values)
    return signed_in(house, "policy")


def references(client: Client, query: str) -> list[str]:
    return [item.row.reference for item in client.get(f"/risks/?{query}").context["rows"]]


@pytest.mark.parametrize(("stand", "found"), [("over", ["A5", "A1"]), ("at", ["A2"]), ("within", ["A3"])])
def test_a_register_is_narrowed_to_where_risks_stand_against_appetite(officer: Client, stand: str, found: list[str]):
    assert references(officer, f"appetite={stand}") == found
    assert references(officer, f"appetite={stand}&as_at=2026-06-01") == found


def test_a_restricted_risk_over_appetite_is_absent_for_who_may_not_see_it(house: House, officer: Client):
    response = signed_in(house, "reader").get("/risks/?appetite=over")
    assert [item.row.reference for item in response.context["rows"]] == ["A1"]
    assert response.context["total"] == 1


def test_a_past_day_keeps_the_appetite_that_it_had(house: House, officer: Client):
    appetite(house, "Finance", 12, effective=TODAY, word="Open")
    assert references(officer, "appetite=over") == ["A5"]
    assert references(officer, "appetite=over&as_at=2026-06-01") == ["A5", "A1"]


def test_a_score_on_a_scale_of_another_size_stands_nowhere_against_appetite(house: House, officer: Client):
    changed(house, FIVE)
    a_risk(house, reference="A7", impact=5, likelihood=5, category="Finance", effective=CHANGE)
    assert references(officer, "appetite=over") == ["A5", "A1"]
    assert references(officer, "appetite=over&as_at=2026-06-01") == ["A5", "A1"]
    assert "Cautious, up to 6 set on a scale of another size" in said(officer.get("/risks/office/A7/"))


def test_a_risk_shows_its_appetite(officer: Client):
    assert "Appetite Cautious, up to 6 Over appetite" in said(officer.get("/risks/office/A1/"))
    assert "Appetite Cautious, up to 6 At the limit" in said(officer.get("/risks/office/A2/"))
    assert "Appetite Cautious, up to 6 Within appetite" in said(officer.get("/risks/office/A3/"))
    assert "up to 6" not in said(officer.get("/risks/office/A4/"))
    assert "up to 6" not in said(officer.get("/risks/office/A1/?as_at=2026-01-01"))


def test_the_filter_and_the_record_ask_few_queries(officer: Client):
    assert questions(officer, "/risks/?appetite=over") <= 12
    assert questions(officer, "/risks/office/A1/") <= 12


class Both(TestCase):
    """The list's SQL and the rule give one answer, live and on a past day, over any scores, categories and appetites."""

    @settings(max_examples=15)
    @given(
        st.lists(
            st.tuples(st.integers(1, 4), st.integers(1, 4), st.sampled_from(["", "Finance", "finance", "Legal"])),
            min_size=1,
            max_size=6,
        ),
        st.dictionaries(st.sampled_from(["Finance", "Legal"]), st.integers(1, 16)),
    )
    def test_sql_and_rule_agree(self, risks, appetites):
        house = build_house()
        for impact, likelihood, category in risks:
            a_risk(house, impact=impact, likelihood=likelihood, category=category)
        for category, highest in appetites.items():
            appetite(house, category, highest)
        book, rows = appetites_on(TODAY), register(CANDOUR, today=TODAY)
        for stand in ("within", "at", "over"):
            wanted = RiskFilter(appetite=stand)
            expected = sorted(row.reference for row in rows if stand_of(row, book) == stand)
            for day in (None, TODAY):
                source = open_register(
                    CANDOUR, RiskFilter(), today=TODAY, as_at=day, since=date(2026, 1, 1), book=scale_book()
                )
                found = source.page(wanted, sort="reference", offset=0, size=50)
                assert [row.reference for row in found.rows] == expected
                assert found.total == len(expected)


def test_the_longest_interval_of_a_kind_brings_the_review_forward(house: House):
    changed(house, replace(MATRIX, longest=(("project", 1),)), date(2026, 1, 1))
    for level in ("project", "strategic"):
        a_risk(house, reference=level, level=level, impact=1, likelihood=1)
    assert dict(RiskLine.objects.values_list("reference", "review_due")) == {
        "project": date(2026, 2, 10),
        "strategic": date(2026, 7, 10),
    }
