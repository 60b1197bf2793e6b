"""Movement where the scale may have changed in between: the rule in Python and in SQL say the same, and so does a paper."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candour.kernel.access import CANDOUR
from candour.kernel.intake.commands import read
from candour.kernel.intake.readers import read_document
from candour.kernel.papers.kinds import paper
from candour.kernel.papers.render import render
from candour.kernel.scales.commands import bring_in_matrix
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import scale_book
from candour.kernel.scales.rules import Band, Level, Matrix
from candour.risks import commands
from candour.risks.models import Risk
from candour.risks.queries import RiskFilter, open_register, page_of, register
from candour.risks.queries.moves import moves_of
from candour.risks.rules import MOVEMENT_WORDS
from tests.factories import NOW, TODAY, House, a_risk

pytestmark = pytest.mark.django_db
SAID: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
RAISED, SINCE = date(2026, 1, 10), date(2026, 3, 1)
FIVE = Matrix(
    id=0,
    name="Scale of 2026",
    impact=tuple(Level(value, f"Impact {value}") for value in range(1, 6)),
    likelihood=tuple(Level(value, f"Chance {value}") for value in range(1, 6)),
    bands=(Band("High", 10, 25, 3, "high"), Band("Low", 1, 9, 6, "low")),
)


@pytest.fixture
def five(house: House) -> Scale:
    return bring_in_matrix(FIVE, organisation=house.office, starts=date(2026, 2, 1), **SAID)


scores = st.lists(
    st.tuples(st.integers(0, 3), st.integers(1, 4), st.integers(1, 4), st.booleans(), st.integers(0, 150)), max_size=10
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=scores)
def test_the_database_and_the_rule_say_the_same_of_every_risk(house: House, five: Scale, told: list) -> None:
    with transaction.atomic():
        risks = [a_risk(house, reference=f"P{n}", effective=RAISED + timedelta(days=30 * n)) for n in range(4)]
        for which, impact, likelihood, newer, on in sorted(told, key=lambda act: act[4]):
            day = min(RAISED + timedelta(days=30 * which + on), TODAY)
            scale = five if newer else house.scale
            commands.rescore(risks[which], impact=impact, likelihood=likelihood, scale=scale, effective=day, **SAID)
        by_rule = defaultdict(list)
        for row in register(CANDOUR, today=TODAY, since=SINCE):
            by_rule[row.direction].append(row.reference)
        for movement in MOVEMENT_WORDS:
            found = page_of(CANDOUR, RiskFilter(movement=movement), today=TODAY, since=SINCE, sort="reference").rows
            assert [row.reference for row in found] == sorted(by_rule[movement])
        told_of = [
            moves_of(
                open_register(CANDOUR, RiskFilter(), today=TODAY, as_at=day, since=SINCE, book=scale_book()),
                RiskFilter(),
            )
            for day in (None, TODAY)
        ]
        assert told_of[0] == told_of[1]
        assert {each.reference for each in told_of[0] if each.direction == "rescaled"} == set(by_rule["rescaled"])
        transaction.set_rollback(True)


@pytest.fixture
def rescaled(house: House, five: Scale) -> Risk:
    risk = a_risk(house, reference="R1", impact=4, likelihood=4, effective=RAISED)
    commands.review(
        risk,
        impact=2,
        likelihood=2,
        narrative="On the new scale it stands lower",
        answers={},
        actor=CANDOUR,
        at=NOW,
        effective=date(2026, 5, 1),
    )
    return risk


def test_a_row_across_scales_has_no_previous_score_and_says_what_stood_then(rescaled: Risk) -> None:
    [row] = register(CANDOUR, today=TODAY, since=SINCE)
    assert (row.direction, row.previous_score, row.line.score) == ("rescaled", None, 4)
    assert row.was is not None
    assert (row.was.score, row.was.matrix.name) == (16, "Scale of 2018")


@pytest.mark.parametrize("suffix", [".txt", ".json"])
def test_a_paper_says_not_comparable_and_counts_no_change_of_score(house: House, rescaled: Risk, suffix: str) -> None:
    drawn = paper("risk-register", actor=CANDOUR, organisation=house.office, since=SINCE, at=NOW)
    text = render(drawn, suffix).decode()
    assert "Not comparable" in text
    assert "Not comparable: on 1 March 2026 the risk was scored on another scale." in text
    assert "No score changed since 1 March 2026" in text


def test_a_paper_that_says_so_reads_back_without_a_finding(house: House, rescaled: Risk) -> None:
    drawn = paper("risk-register", actor=CANDOUR, organisation=house.office, since=SINCE, at=NOW)
    reading = read(read_document(render(drawn, ".txt"), "paper.txt"))
    assert [(each.code, each.message) for each in reading.findings if "direction" in each.code] == []
    assert [record["score"] for record in reading.records] == [4]
