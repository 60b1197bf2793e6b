"""The pages of opinions and priorities: read with their definitions, brought in from a day."""

from datetime import date
from typing import Any

import pytest

from candour.kernel.access import CANDOUR, Forbidden
from candour.kernel.establishment.commands import set_up_organisation
from candour.kernel.rules import Refused
from candour.kernel.scales.commands import bring_in_words
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import words_on
from candour.kernel.scales.rules import Step, Words
from tests.factories import NOW, TODAY, House
from tests.risks.pages import said, signed_in

pytestmark = pytest.mark.django_db
BY: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
WORDS = Words(0, "First words", (Step(1, "Good", "It works."), Step(2, "Bad", "It does not.", "high")))


@pytest.fixture
def auditor(house: House) -> Any:
    return set_up_organisation(name="Assurers", short_name="Assurers", code="assurers", kind="auditor", **BY)


def answers(**over: str) -> dict[str, str]:
    rows = {"word-1": "Green", "meaning-1": "All is well.", "tone-1": "low", "word-3": "Red", "tone-3": "high"}
    first = {"owner": "assurers", "kind": "opinion", "name": "Colours", "starts": "1/5/2026", "reason": "Their letter"}
    return first | rows | over


def test_a_scale_is_brought_in_row_by_row_and_empty_rows_are_no_words(house: House, auditor: Any) -> None:
    client = signed_in(house, "policy")
    shown = client.post("/scales/words/new/", answers(), follow=True)
    assert (
        "Assurers: Colours Opinions, in force: from 1 May 2026 Green All is well. Red no definition was given"
        in said(shown)
    )
    words = words_on(auditor.pk, "opinion", TODAY)
    assert words
    assert words.steps == (Step(1, "Green", "All is well.", "low"), Step(2, "Red", "", "high"))


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"owner": ""}, "owner"),
        ({"name": ""}, "name"),
        ({"starts": "soon"}, "starts"),
        ({"reason": ""}, "reason"),
        ({"word-1": ""}, "word-1"),
    ],
)
def test_what_makes_no_scale_is_sent_back(house: House, auditor: Any, over: dict[str, str], field: str) -> None:
    answer = signed_in(house, "policy").post("/scales/words/new/", answers(**over))
    assert (answer.status_code, [problem.id for problem in answer.context["form"].problems]) == (422, [field])


def test_one_word_is_no_scale(house: House, auditor: Any) -> None:
    answer = signed_in(house, "policy").post("/scales/words/new/", answers(**{"word-3": ""}))
    assert [problem.message for problem in answer.context["form"].problems] == ["Enter two words or more"]


def test_the_scale_before_ends_and_stays_to_be_read(house: House, auditor: Any) -> None:
    bring_in_words(WORDS, kind=Scale.Kind.OPINION, organisation=auditor, starts=date(2025, 4, 1), **BY)
    client = signed_in(house, "policy")
    client.post("/scales/words/new/", answers())
    words = said(client.get("/scales/words/"))
    assert "First words Opinions, over: from 1 April 2025 to 30 April 2026 Good It works." in words
    again = client.post("/scales/words/new/", answers(starts="30/4/2026"))
    assert [problem.id for problem in again.context["form"].problems] == ["starts"]


def test_whoever_manages_scales_somewhere_writes_down_an_auditors_but_not_another_bodys(
    house: House, auditor: Any
) -> None:
    given: dict[str, Any] = {"kind": Scale.Kind.PRIORITY, "starts": TODAY, "at": NOW, "reason": "So"}
    bring_in_words(WORDS, organisation=auditor, actor=house.actors["force_policy"], **given)
    with pytest.raises(Forbidden):
        bring_in_words(WORDS, organisation=house.office, actor=house.actors["force_policy"], **given)
    with pytest.raises(Forbidden):
        bring_in_words(WORDS, organisation=auditor, actor=house.actors["reader"], **given)
    with pytest.raises(Refused):
        bring_in_words(Words(0, " ", WORDS.steps), organisation=auditor, actor=house.actors["policy"], **given)


def test_those_who_read_scales_read_the_words_and_bring_in_none(house: House, auditor: Any) -> None:
    assert "No scale of words yet" in said(signed_in(house, "reader").get("/scales/words/"))
    assert signed_in(house, "reader").get("/scales/words/new/").status_code == 404
