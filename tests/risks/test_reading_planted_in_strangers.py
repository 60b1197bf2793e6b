"""Every kind of contradiction, one at a time, in a paper of a layout of its own: found in its place, and nothing beside it."""

import json
from pathlib import Path
from typing import Any

import pytest

from candour.kernel.intake.sniff import read_here
from candour.risks.intake import propose
from tests.intake_quality import strangers
from tests.intake_quality.strangers.pack import CARDS, FORMS, SUFFIX, Change, change_of, pieces

PLANTED: dict[str, dict[str, Any]] = json.loads((Path(strangers.__file__).parent / "planted.json").read_text("utf-8"))
SLOW = {"pdf"}  # setting a page takes long: of the plants every fourth


def cases() -> list[tuple[str, str]]:
    return [(name, form) for n, name in enumerate(PLANTED) for form in FORMS if form not in SLOW or n % 4 == 0]


@pytest.mark.parametrize(("name", "form"), cases())
def test_what_is_planted_is_found_in_its_place_and_nothing_beside_it(name: str, form: str) -> None:
    planted = PLANTED[name]
    reading = propose(read_here(FORMS[form](pieces(change_of(planted["change"]))), f"paper.{SUFFIX[form]}"))
    found = [
        {
            "code": one.code, "severity": one.severity, "reference": one.reference, "says": one.says, "should": one.should,
            "why": one.message, "place": str(one.place),
        }
        for one in reading.findings
    ]  # fmt: skip
    expected = [{**one, "place": one["places"][form]} for one in planted["found"]]
    for one in expected:
        del one["places"]
    assert sorted(found, key=_ordered) == sorted(expected, key=_ordered)


def _ordered(one: dict[str, str]) -> tuple[str, str]:
    return one["code"], one["place"]


@pytest.mark.parametrize("form", FORMS)
def test_the_paper_without_a_change_reads_whole(form: str) -> None:
    reading = propose(read_here(FORMS[form](pieces(Change())), f"paper.{SUFFIX[form]}"))
    assert reading.findings == []
    assert [
        {
            "title": one["title"], "owner": one["owner"], "impact": one["impact"], "likelihood": one["likelihood"],
            "score": str(one["score"]), "rag": one["band"], "before": str(one["previous_score"]),
            "arrow": one["direction_text"],
            "status": one["status"], "raised": one["first_recorded_text"], "review": one["last_review_text"],
            "key": one["next_key_date_text"], "next": one["next_review_text"],
            "controls": "\n".join(control["text"] for control in one["controls"] if not control.get("pending")),
            "actions": "\n".join(control["text"] for control in one["controls"] if control.get("pending")),
            "updates": "\n".join(f"{update['date_text']} - {update['text']}" for update in one["updates"]),
        }
        for one in reading.records
    ] == list(CARDS.values())  # fmt: skip
