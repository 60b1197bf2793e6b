"""Registers of risks drawn by chance are read as they were drawn, and alike in every form that they are written in."""

from typing import Any

import pytest

from candour.kernel.intake.commands import read
from candour.kernel.intake.sniff import read_here
from tests.fixtures.drawn_risk_forms import FORMS, written
from tests.fixtures.drawn_risks import Drawn, draw
from tests.fixtures.unseen.common import fields_of

SEEDS = range(30)


def told(one: Drawn, form: str) -> list[dict[str, Any]]:
    """What a form prints of the drawn records: a CSV has no table of what its words are worth."""
    lost = ("levels", "inherent", "target") if form == "csv" and one.legend else ()
    return [{name: value for name, value in record.items() if name not in lost} for record in one.records]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_drawn_register_is_read_as_it_was_drawn_in_every_form(seed: int) -> None:
    one = draw(seed)
    for form in FORMS:
        found = read(read_here(written(one, form), f"register.{form}"))
        stated = told(one, form)
        assert found.kind == "risk-register", form
        assert len(found.records) == len(stated), form
        assert [
            fields_of(found.kind, record, list(said)) for record, said in zip(found.records, stated, strict=True)
        ] == stated
        assert [one.code for one in found.findings if one.severity != "note"] == [], form


def test_the_draws_hold_every_form_of_score_and_every_kind_of_layout() -> None:
    drawn = [draw(seed) for seed in SEEDS]
    assert {len(one.heads) for one in drawn} == {1, 2}
    assert all(any(getattr(one, name) for one in drawn) for name in ("titles", "legend", "notes", "spans"))
    assert any(" x " in cell for one in drawn for row in one.rows for cell in row)
