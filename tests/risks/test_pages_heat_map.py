"""The heat map: every risk in its cell, on its own scale."""

from datetime import date

import pytest

from candour.kernel.access import CANDOUR
from candour.kernel.scales.commands import bring_in_matrix
from candour.kernel.scales.rules import Band, Level, Matrix
from candour.risks import commands
from tests.factories import NOW, House, a_risk
from tests.risks.pages import said, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]

FIVE = Matrix(
    id=0,
    name="Scale of 2026",
    impact=tuple(Level(value, f"Impact {value}") for value in range(1, 6)),
    likelihood=tuple(Level(value, f"Likelihood {value}") for value in range(1, 6)),
    bands=(Band("Critical", 20, 25, 1, "high"), Band("High", 10, 19, 3, "high"), Band("Low", 1, 9, 6, "low")),
)


def test_each_risk_is_a_link_in_its_cell(house: House) -> None:
    a_risk(house, reference="A1", impact=4, likelihood=2)
    response = signed_in(house, "policy").get("/risks/heat-map/")
    [shown] = response.context["maps"]
    cells = {(line.level.value, place + 1): cell for line in shown.rows for place, cell in enumerate(line.cells)}
    assert cells[2, 4].shown == (("A1", "/risks/office/A1/"),)
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
    assert "A1 Up from 8 4 × 2, then 4 × 3 12" in said(signed_in(house, "policy").get("/risks/heat-map/"))


def test_a_past_day_has_its_own_map(house: House) -> None:
    risk = a_risk(house, reference="A1", impact=4, likelihood=2)
    commands.rescore(
        risk, impact=4, likelihood=3, reason="Worse", effective=date(2026, 5, 1), actor=house.actors["policy"], at=NOW
    )
    response = signed_in(house, "policy").get("/risks/heat-map/?as_at=2026-03-31")
    assert response.context["maps"][0].rows[2].cells[3].shown == (("A1", "/risks/office/A1/?as_at=2026-03-31"),)
    assert "Read only" in said(response)


def test_a_restricted_risk_is_in_no_cell_for_a_reader(house: House) -> None:
    a_risk(house, reference="A1", sensitivity="restricted")
    assert signed_in(house, "reader").get("/risks/heat-map/").context["total"] == 0
    assert signed_in(house, "policy").get("/risks/heat-map/").context["total"] == 1
