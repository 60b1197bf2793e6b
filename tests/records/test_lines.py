"""Read lines and search texts: written with each recording, and checked by verify."""

from datetime import date
from typing import Any

import pytest
from django.db import models

from candour.kernel.access import CANDOUR
from candour.kernel.history.verify import verify
from candour.kernel.records.lines import rebuild
from candour.kernel.records.models import Record, SearchText
from candour.risks import commands
from candour.risks.models import Control, ControlLine, Risk, RiskLine
from tests.factories import NOW, House, a_risk

SAID: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}


def plain(model: type[models.Model]) -> models.QuerySet:
    return models.QuerySet(model)


def test_a_line_says_what_a_list_needs(house: House) -> None:
    risk = a_risk(house, effective=date(2026, 1, 10))
    commands.add_control(risk, text="Later", due=date(2026, 9, 1), **SAID)
    commands.add_control(risk, text="Sooner", due=date(2026, 8, 1), **SAID)
    commands.add_control(risk, text="There already", in_place_since=date(2026, 1, 1), **SAID)
    commands.set_target(risk, impact=2, likelihood=2, **SAID)
    assert RiskLine.objects.filter(pk=risk.pk).values().get() == {
        "record_id": risk.pk,
        "reference": risk.record.reference,
        "organisation_id": house.office.pk,
        "owner_id": house.posts["chief"].pk,
        "sensitivity": "public",
        "kind": "strategic",
        "score": 9,
        "band": "High",
        "rank": 9,
        "impact": 3,
        "likelihood": 3,
        "target": 4,
        "first_recorded": date(2026, 1, 10),
        "scored_on": date(2026, 1, 10),
        "last_review": None,
        "review_due": date(2026, 4, 10),
        "open_controls": 2,
        "next_control_due": date(2026, 8, 1),
        "transferred_on": None,
        "accepted_on": None,
        "closed_on": None,
        "awaits_from": date(2026, 1, 10),
        "moved_on": date(2026, 1, 10),
        "scale": house.scale.pk,
        "category_key": "",
        "reviewer_id": house.posts["finance"].pk,
    }


def test_a_line_follows_every_command(house: House) -> None:
    risk = a_risk(house)
    commands.rescore(risk, impact=1, likelihood=2, **SAID)
    assert RiskLine.objects.values_list("score", "band").get() == (2, "Low")
    commands.close(risk, **SAID)
    assert RiskLine.objects.values_list("closed_on", flat=True).get() == date(2026, 6, 15)


def test_search_texts_hold_the_words_each_once_in_small_letters_without_accents(house: House) -> None:
    risk = a_risk(house, reference="MPC-001", title="Café “closes” the café", source="Straße")
    assert SearchText.objects.get(pk=risk.pk).text == "001 cafe closes mpc strasse the"


@pytest.mark.parametrize(
    ("column", "value"), [("score", 1), ("sensitivity", "office"), ("closed_on", date(2026, 1, 1)), ("owner", None)]
)
def test_an_altered_line_is_found(house: House, column: str, value: Any) -> None:
    risk = a_risk(house)
    plain(RiskLine).filter(pk=risk.pk).update(**{column: value})
    assert verify().failure == f"Risk {risk.pk}: its line in the register is not what its record gives"


def test_a_removed_line_is_found(house: House) -> None:
    risk = a_risk(house)
    plain(RiskLine).filter(pk=risk.pk).delete()
    assert verify().failure == f"Risk {risk.pk}: its line in the register is not what its record gives"


def a_moved_control(house: House) -> Control:
    """Pending, first due on 1 May 2026 and now on 1 September."""
    control = commands.add_control(
        a_risk(house), text="Sign the lease", due=date(2026, 5, 1), effective=date(2026, 1, 12), **SAID
    )
    commands.settle_control(control, answer="still to do", new_due=date(2026, 9, 1), **SAID)
    return control


def test_a_pending_control_has_a_line_with_the_first_date_it_was_given(house: House) -> None:
    control = a_moved_control(house)
    line = ControlLine.objects.get(pk=control.pk)
    assert (line.record_id, line.first_due, line.kind, line.closed_on) == (
        control.risk_id,
        date(2026, 5, 1),
        "strategic",
        None,
    )
    assert verify().failure == ""


def test_the_line_of_a_control_goes_when_it_is_in_place(house: House) -> None:
    control = a_moved_control(house)
    commands.settle_control(control, answer="in place", **SAID)
    assert (ControlLine.objects.count(), verify().failure) == (0, "")


@pytest.mark.parametrize("column", ["first_due", "sensitivity", "post"])
def test_an_altered_line_of_a_control_is_found(house: House, column: str) -> None:
    control = a_moved_control(house)
    other = {"first_due": None, "sensitivity": "restricted", "post": house.posts["chief"]}
    plain(ControlLine).filter(pk=control.pk).update(**{column: other[column]})
    said = f"Risk {control.risk_id}: the line of control {control.pk} is not what its record gives"
    assert verify().failure == said
    plain(ControlLine).filter(pk=control.pk).delete()
    assert verify().failure == said
    rebuild()
    assert verify().failure == ""


def test_the_lines_of_controls_follow_their_risk(house: House) -> None:
    control = a_moved_control(house)
    commands.close(control.risk, **SAID)
    assert ControlLine.objects.get(pk=control.pk).closed_on is not None
    assert verify().failure == ""


def test_an_altered_or_removed_search_text_is_found(house: House) -> None:
    risk = a_risk(house)
    plain(SearchText).filter(pk=risk.pk).update(text="nothing to find")
    said = f"Risk {risk.pk}: its search text is not what its record gives"
    assert verify().failure == said
    plain(SearchText).filter(pk=risk.pk).delete()
    assert verify().failure == said


def test_lines_can_be_written_anew(house: House) -> None:
    risk = a_risk(house)
    a_risk(house)
    plain(RiskLine).filter(pk=risk.pk).update(score=1)
    plain(SearchText).filter(pk=risk.pk).delete()
    assert rebuild() == 2
    assert verify().failure == ""


def test_a_record_whose_risk_is_gone_is_found(house: House) -> None:
    risk = a_risk(house)
    assert Record.objects.filter(pk=risk.pk).exists()
    plain(RiskLine).filter(pk=risk.pk).update(kind="operational")
    assert Risk.objects.get(pk=risk.pk).level == "strategic"
    assert verify().failure == f"Risk {risk.pk}: its line in the register is not what its record gives"
