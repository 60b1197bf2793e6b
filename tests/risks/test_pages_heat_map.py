"""The heat map: every risk in its cell, on its own scale."""

from datetime import date

import pytest

from candour.kernel.access import CANDOUR
from candour.kernel.scales.commands import bring_in_matrix
from candour.kernel.scales.rules import Band, Level, Matrix
from candour.risks import commands
from candour.risks.models import Risk
from candour.risks.views.heat import Mark
from tests.factories import NOW, House, a_risk
from tests.risks.pages import questions, said, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]

FIVE = Matrix(
    id=0,
    name="Scale of 2026",
    impact=tuple(Level(value, f"Impact {value}") for value in range(1, 6)),
    likelihood=tuple(Level(value, f"Likelihood {value}") for value in range(1, 6)),
    bands=(Band("Critical", 20, 25, 1, "high"), Band("High", 10, 19, 3, "high"), Band("Low", 1, 9, 6, "low")),
)


def rescored(house: House, risk: Risk, impact: int, likelihood: int, *, day: date = date(2026, 5, 1)) -> None:
    said = {"reason": "Looked at anew", "actor": house.actors["policy"], "at": NOW}
    commands.rescore(risk, impact=impact, likelihood=likelihood, effective=day, **said)


def test_each_risk_is_a_link_in_its_cell(house: House) -> None:
    a_risk(house, reference="A1", impact=4, likelihood=2)
    response = signed_in(house, "policy").get("/risks/heat-map/")
    [shown] = response.context["maps"]
    cells = {(line.level.value, place + 1): cell for line in shown.rows for place, cell in enumerate(line.cells)}
    assert cells[2, 4].shown == (Mark("A1", "/risks/office/A1/"),)
    assert (cells[2, 4].score, cells[2, 4].band.name) == (8, "High")
    assert [key for key, cell in cells.items() if cell.shown] == [(2, 4)]


def test_a_full_cell_links_to_the_rest(house: House) -> None:
    for number in range(14):
        a_risk(house, reference=f"A{number:02}", impact=4, likelihood=2)
    client = signed_in(house, "policy")
    response = client.get("/risks/heat-map/")
    cell = response.context["maps"][0].rows[2].cells[3]
    assert (len(cell.shown), cell.more, cell.href) == (12, 2, "/risks/?impact=4&likelihood=2")
    assert client.get(cell.href).context["total"] == 14


def test_what_was_scored_on_an_older_scale_stays_on_it(house: House) -> None:
    a_risk(house, reference="A1", impact=4, likelihood=4)
    bring_in_matrix(FIVE, organisation=house.office, starts=date(2026, 5, 1), actor=CANDOUR, at=NOW, reason="New guide")
    a_risk(house, reference="A2", impact=5, likelihood=5, effective=date(2026, 5, 2))
    response = signed_in(house, "policy").get("/risks/heat-map/")
    assert [(each.matrix.name, each.count) for each in response.context["maps"]] == [
        ("Scale of 2026", 1),
        ("Scale of 2018", 1),
    ]
    assert "2 strategic risks live. 1 critical, 1 high." in said(response)


def test_a_risk_without_a_score_is_named_beneath(house: House) -> None:
    a_risk(house, reference="A1", impact=None, likelihood=None)
    assert "Not scored yet: A1" in said(signed_in(house, "policy").get("/risks/heat-map/"))


def test_what_moved_says_from_where(house: House) -> None:
    risk = a_risk(house, reference="A1", impact=4, likelihood=2)
    commands.rescore(
        risk, impact=4, likelihood=3, reason="Worse", effective=date(2026, 5, 1), actor=house.actors["policy"], at=NOW
    )
    response = signed_in(house, "policy").get("/risks/heat-map/")
    assert "A1 Up from 8 from 4 × 2 to 4 × 3 High 12" in said(
        response
    ) or "A1 Up from 8 from 4 × 2 to 4 × 3 12" in said(response)
    page = response.content.decode()
    assert 'aria-label="A1, score 12, from 4 × 2 to 4 × 3"' in page
    assert page.count('class="mv mv-up"') == page.count('class="ghost"') == 1
    assert response.context["maps"][0].rows[1].cells[3].shown == (Mark("A1", "/risks/office/A1/", "from 4 × 2"),)


def test_a_risk_that_moved_to_a_cell_of_the_same_score_is_shown_too(house: House) -> None:
    rescored(house, a_risk(house, reference="A1", impact=4, likelihood=2), 2, 4)
    response = signed_in(house, "policy").get("/risks/heat-map/")
    assert [(each.words, each.direction) for each, _ in response.context["moved"]] == [("from 4 × 2 to 2 × 4", "same")]
    assert 'class="mv mv-side"' in response.content.decode()


def test_movement_can_be_measured_from_any_earlier_day(house: House) -> None:
    rescored(house, a_risk(house, reference="A1", impact=4, likelihood=2), 4, 3)
    client = signed_in(house, "policy")
    assert client.get("/risks/heat-map/?since=2+May+2026").context["moved"] == []
    assert len(client.get("/risks/heat-map/?since=30+April+2026").context["moved"]) == 1


@pytest.mark.parametrize("typed", ["soon", "2026-06-15", "2027-01-01"])
def test_a_day_to_compare_with_that_cannot_be_is_said_and_nothing_is_shown(house: House, typed: str) -> None:
    a_risk(house, reference="A1")
    for place in ("/risks/heat-map/", "/risks/"):
        response = signed_in(house, "policy").get(f"{place}?since={typed}")
        assert (response.context["total"], len(response.context["problems"])) == (0, 1)
        assert 'href="#since"' in response.content.decode()
        assert 'id="since"' in response.content.decode()


def test_across_a_change_of_scale_nothing_is_compared_and_no_arrow_is_drawn(house: House) -> None:
    risk = a_risk(house, reference="A1", impact=4, likelihood=4)
    bring_in_matrix(FIVE, organisation=house.office, starts=date(2026, 5, 1), actor=CANDOUR, at=NOW, reason="New guide")
    rescored(house, risk, 5, 5, day=date(2026, 5, 2))
    response = signed_in(house, "policy").get("/risks/heat-map/")
    assert "A1 Not comparable from 4 × 4 on Scale of 2018 to 5 × 5 on Scale of 2026" in said(response)
    assert 'class="mv' not in response.content.decode()
    assert "Not comparable" in said(signed_in(house, "policy").get("/risks/"))
    assert signed_in(house, "policy").get("/risks/?movement=rescaled").context["total"] == 1


@pytest.mark.parametrize("size", [1, 2, 3, 10])
def test_a_matrix_of_any_size_shows_movement(house: House, size: int) -> None:
    levels = tuple(Level(value, f"Level {value}") for value in range(1, size + 1))
    matrix = Matrix(0, f"Of {size}", levels, levels, (Band("All", 1, size * size, 3, "low"),))
    bring_in_matrix(matrix, organisation=house.office, starts=date(2026, 1, 1), actor=CANDOUR, at=NOW, reason="Tried")
    risk = a_risk(house, reference="A1", impact=1, likelihood=1)
    rescored(house, risk, size, size)
    response = signed_in(house, "policy").get("/risks/heat-map/")
    assert len(response.context["maps"][0].rows) == size
    assert response.content.decode().count('class="mv') == (1 if size > 1 else 0)


def test_two_scales_stand_beside_each_other(house: House) -> None:
    a_risk(house, reference="A1")
    a_risk(house, reference="B1", organisation=house.force, owner=house.posts["force_policy"])
    response = signed_in(house, "panel").get("/risks/heat-map/?body=all")
    assert [each.name for each in response.context["maps"]] == [
        "Office of Mereford, Scale of 2018",
        "Mereford Police, Scale of 2018",
    ]
    assert response.content.decode().count('viewBox="0 0 590 ') == 2
    assert 'class="c-maps"' in response.content.decode()


def test_what_moved_is_absent_for_one_who_may_not_see_it(house: House) -> None:
    rescored(house, a_risk(house, reference="A1", impact=4, likelihood=2, sensitivity="restricted"), 4, 3)
    a_risk(house, reference="A2")
    for address in ("/risks/heat-map/", "/risks/heat-map/?as_at=2026-06-01"):
        response = signed_in(house, "reader").get(address)
        assert response.context["moved"] == []
        assert "A1" not in response.content.decode()
        assert len(signed_in(house, "policy").get(address).context["moved"]) == 1


def test_the_map_asks_no_more_of_many_risks_than_of_one(house: House) -> None:
    client = signed_in(house, "policy")
    asked = []
    for number in range(3):
        rescored(house, a_risk(house, reference=f"A{number}", impact=4, likelihood=2), 4, 3)
        asked.append((questions(client, "/risks/heat-map/"), questions(client, "/risks/heat-map/?as_at=2026-06-01")))
    assert len(set(asked)) == 1
    assert max(asked[0]) <= 12


def test_a_past_day_has_its_own_map(house: House) -> None:
    risk = a_risk(house, reference="A1", impact=4, likelihood=2)
    commands.rescore(
        risk, impact=4, likelihood=3, reason="Worse", effective=date(2026, 5, 1), actor=house.actors["policy"], at=NOW
    )
    response = signed_in(house, "policy").get("/risks/heat-map/?as_at=2026-03-31")
    assert response.context["maps"][0].rows[2].cells[3].shown == (Mark("A1", "/risks/office/A1/?as_at=2026-03-31"),)
    assert "Read only" in said(response)


def test_a_restricted_risk_is_in_no_cell_for_a_reader(house: House) -> None:
    a_risk(house, reference="A1", sensitivity="restricted")
    assert signed_in(house, "reader").get("/risks/heat-map/").context["total"] == 0
    assert signed_in(house, "policy").get("/risks/heat-map/").context["total"] == 1
