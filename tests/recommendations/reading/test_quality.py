"""Clean trackers raise nothing, planted contradictions are found: in each form of file."""

import pytest

from candour.recommendations.intake import propose, recognises

from .forms import PAPERS, SHEETS
from .plants import NEEDS_PAPER, PLANTS
from .trackers import clean

FORMS = PAPERS | SHEETS
SEEDS = range(3)
PLANTED = [(form, plant) for form in FORMS for plant in PLANTS if form in PAPERS or plant not in NEEDS_PAPER]


@pytest.mark.parametrize("form", FORMS)
def test_a_clean_tracker_is_read_whole_and_raises_nothing(form: str) -> None:
    for seed in SEEDS:
        tracker = clean(seed)
        reading = propose(FORMS[form](tracker))
        assert reading.findings == []
        assert [(record["key"], record["heading"]) for record in reading.records] == [
            (rec.key, rec.heading) for rec in tracker.recs
        ]
        assert [record["proposed_closed"] for record in reading.records] == [rec.closed for rec in tracker.recs]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_records(form: str) -> None:
    tracker = clean(1)
    assert [told(record) for record in propose(FORMS[form](tracker)).records] == [expected(rec) for rec in tracker.recs]


def told(record) -> dict:  # type: ignore[no-untyped-def]
    names = ("opinion_text", "reference", "priority", "text", "response_text")
    dates = ("original_target", "current_target")
    updates = [(one["period"], one["achieved"], one["left"], one["barriers"]) for one in record["updates"]]
    owners = [(one["role"], one["name"]) for one in record["owners"]]
    return {name: record[name] for name in (*names, *dates)} | {"updates": updates, "owners": owners}


def expected(rec) -> dict:  # type: ignore[no-untyped-def]
    names = {
        "opinion_text": rec.opinion,
        "reference": rec.reference,
        "priority": rec.priority,
        "text": rec.text,
        "response_text": rec.response,
    }
    months = ("2024-10", "2025-04")
    updates = [
        (month, answers["achieved"], answers["left"], answers["barriers"])
        for month, answers in zip(months, rec.updates.values(), strict=True)
    ]
    current = "2025-12-31" if rec.revised else "2025-09-30"
    dates = {"original_target": "2025-09-30", "current_target": current}
    return names | dates | {"updates": updates, "owners": [(rec.owner, "")]}


@pytest.mark.parametrize(("form", "plant"), PLANTED, ids=[f"{form}: {plant}" for form, plant in PLANTED])
def test_a_planted_contradiction_is_found(form: str, plant: str) -> None:
    tracker = clean(2)
    expected = PLANTS[plant](tracker)
    reading = propose(FORMS[form](tracker))
    assert expected in [(one.code, one.reference) for one in reading.findings]
    assert {one.reference for one in reading.findings if one.severity == "error"} <= {"", expected[1]}


@pytest.mark.parametrize("form", FORMS)
def test_a_tracker_is_known_for_one(form: str) -> None:
    assert recognises(FORMS[form](clean(0))) > 0.7


@pytest.mark.parametrize("form", PAPERS)
def test_what_stands_behind_the_tracker_is_set_aside_whole_and_named(form: str) -> None:
    tracker = clean(0)
    aside = propose(PAPERS[form](tracker)).set_aside
    behind = [one for one in aside if "Procedure for the keeping of stores" in one.text]
    assert len(behind) == 1
    assert "High Street stores are counted" in behind[0].text
    assert "part of another document" in behind[0].why
