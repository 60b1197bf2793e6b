from dataclasses import replace
from datetime import date, timedelta

import pytest

from candour.kernel.access import CANDOUR
from candour.kernel.establishment.commands import set_up_organisation
from candour.kernel.history.models import Entry
from candour.kernel.history.queries import as_at
from candour.kernel.history.verify import verify
from candour.kernel.rules import Refused
from candour.kernel.scales.commands import (
    begin_draft,
    bring_in_matrix,
    bring_in_words,
    call_off,
    change_draft,
    drop_draft,
    end_appetite,
    put_in_force,
    set_appetite,
    set_appetite_words,
)
from candour.kernel.scales.models import Appetite, Draft, Scale
from candour.kernel.scales.queries import appetite_words, appetites_on, scale_book, scale_on, word_scales, words_on
from candour.kernel.scales.rules import ORANGE_BOOK, Matrix, Step, Words, with_bands
from tests.factories import MATRIX, NOW, START, TODAY, House

BY = {"actor": CANDOUR, "at": NOW}
WHY = {"reason": "Agreed by the board"} | BY
TWO_BANDS = with_bands(replace(MATRIX, name="Scale of 2026"), [("Low", 1, 8, ""), ("High", 9, 16, "")])
NEXT = date(2026, 10, 1)


def drafted(house: House, matrix: Matrix = TWO_BANDS) -> Draft:
    draft = begin_draft(organisation=house.office, name=matrix.name, copied_from=house.scale, **BY)
    return change_draft(draft, matrix=matrix, **BY)


def refused(field: str, act, **given) -> str:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as error:
        act(**given)
    assert error.value.field == field
    return error.value.message


def test_a_draft_begins_as_a_copy_and_changes_nothing_until_it_is_put_in_force(house: House):
    before = Scale.objects.get(pk=house.scale.pk).definition
    draft = drafted(house)
    assert (draft.name, draft.copied_from, draft.became) == ("Scale of 2026", house.scale, None)
    assert Scale.objects.get(pk=house.scale.pk).definition == before
    assert scale_on(house.office.pk, TODAY) == house.scale


def test_a_blank_draft_has_its_size_and_no_words(house: House):
    draft = begin_draft(organisation=house.office, name="New", size=(3, 5), **BY)
    assert draft.matrix().size == (3, 5)
    assert refused("definition", put_in_force, draft=draft, starts=TODAY, **WHY) == "A level of impact has no word."


@pytest.mark.parametrize("size", [(1, 4), (4, 11)])
def test_a_draft_smaller_than_two_levels_or_larger_than_ten_is_refused(house: House, size: tuple[int, int]):
    said = refused("impact", begin_draft, organisation=house.office, name="New", size=size, **BY)
    assert said == "Choose 2 to 10 levels"


def test_one_draft_a_body_at_a_time(house: House):
    draft = drafted(house)
    assert refused("copied_from", begin_draft, organisation=house.office, name="Other", **BY) == (
        "There is a draft already: finish it or drop it first"
    )
    drop_draft(draft, **WHY)
    assert begin_draft(organisation=house.office, name="Other", **BY).name == "Other"


def test_a_draft_changed_by_somebody_else_meanwhile_is_not_overwritten(house: House):
    draft = drafted(house)
    seen = Draft.objects.get(pk=draft.pk).head_sequence
    change_draft(draft, matrix=replace(TWO_BANDS, name="Theirs"), seen=seen, **BY)
    said = refused("seen", change_draft, draft=draft, matrix=replace(TWO_BANDS, name="Mine"), seen=seen, **BY)
    assert said.startswith("Someone has changed this draft")
    assert Draft.objects.get(pk=draft.pk).name == "Theirs"


def test_a_draft_put_in_force_ends_the_scale_before_it_and_both_are_read_for_ever(house: House):
    draft = drafted(house)
    new = put_in_force(draft, starts=NEXT, **WHY)
    old = Scale.objects.get(pk=house.scale.pk)
    assert (old.starts, old.ends, new.starts, new.ends) == (START, NEXT - timedelta(days=1), NEXT, None)
    assert scale_on(house.office.pk, NEXT - timedelta(days=1)) == old
    assert scale_on(house.office.pk, NEXT) == new
    assert old.matrix().band(8).name == "High"
    assert new.matrix().band(8).name == "Low"
    assert scale_book().on(house.office.pk, TODAY) == old.matrix()
    assert Draft.objects.get(pk=draft.pk).became == new
    assert [entry.event for entry in Entry.objects.order_by("-pk")[:3]] == [
        "scale.draft_put_in_force",
        "scale.brought_in",
        "scale.ended",
    ]
    assert verify().failure == ""


def test_a_finished_draft_is_not_changed(house: House):
    draft = drafted(house)
    put_in_force(draft, starts=TODAY, **WHY)
    assert refused("definition", change_draft, draft=draft, matrix=TWO_BANDS, **BY) == (
        "This draft is finished: begin another"
    )


def test_a_draft_with_a_score_in_no_band_is_not_put_in_force(house: House):
    draft = drafted(house, with_bands(TWO_BANDS, [("Low", 1, 6, ""), ("High", 9, 16, "")]))
    assert refused("definition", put_in_force, draft=draft, starts=TODAY, **WHY) == "No band holds the score 8."


def test_a_scale_is_put_in_force_with_a_reason_and_from_today_at_the_earliest(house: House):
    draft = drafted(house)
    assert refused("reason", put_in_force, draft=draft, starts=TODAY, reason=" ", **BY) == "Say why the scale changes"
    assert refused("starts", put_in_force, draft=draft, starts=TODAY - timedelta(days=1), **WHY) == (
        "Choose today or a later day: risks are scored on the scale that is in force now"
    )


def test_the_first_scale_of_a_body_may_start_in_the_past(house: House):
    partner = set_up_organisation(name="Partner", short_name="Partner", code="partner", kind="partner", **WHY)
    draft = begin_draft(organisation=partner, name="New", **BY)
    change_draft(draft, matrix=TWO_BANDS, **BY)
    assert put_in_force(draft, starts=START, **WHY).starts == START


def test_two_scales_do_not_come_in_force_over_one_another(house: House):
    new = put_in_force(drafted(house), starts=NEXT, **WHY)
    said = refused("starts", put_in_force, draft=drafted(house), starts=TODAY, **WHY)
    assert said == "Scale of 2026 comes in force on 1 October 2026: call it off first"
    call_off(new, **WHY)
    assert put_in_force(Draft.objects.get(became=None), starts=TODAY, **WHY).starts == TODAY


def test_a_scale_called_off_never_holds_and_the_one_before_goes_on(house: House):
    new = put_in_force(drafted(house), starts=NEXT, **WHY)
    call_off(new, **WHY)
    assert scale_on(house.office.pk, NEXT + timedelta(days=30)) == house.scale
    assert Scale.objects.get(pk=house.scale.pk).ends is None
    assert Scale.objects.get(pk=new.pk).called_off
    assert refused("reason", call_off, scale=house.scale, **WHY).startswith("This scale is in force already")


def test_an_appetite_is_dated_and_the_one_before_is_kept(house: House):
    first = date(2026, 1, 5)
    given = {"organisation": house.office, "category": "Finance"}
    set_appetite(**given, word="Cautious", highest=8, effective=first, **WHY)
    set_appetite(**given, word="Minimal", highest=4, **WHY)
    held = {day: appetites_on(day).of(house.office.pk, "finance ") for day in (date(2026, 1, 4), first, TODAY)}
    assert [each and (each.word, each.highest, each.size) for each in held.values()] == [
        None,
        ("Cautious", 8, (4, 4)),
        ("Minimal", 4, (4, 4)),
    ]


def test_an_appetite_set_twice_on_one_day_is_mended_and_both_states_are_in_the_history(house: House):
    given = {"organisation": house.office, "category": "Finance"}
    row = set_appetite(**given, word="Cautious", highest=8, **WHY)
    again = set_appetite(**(given | {"category": " finance"}), word="Open", highest=9, **WHY)
    assert again.pk == row.pk
    assert [state["word"] for state in as_at(Appetite.objects.all(), TODAY)] == ["Open"]
    assert Entry.objects.filter(event="appetite.set").count() == 2
    assert verify().failure == ""


@pytest.mark.parametrize(
    ("field", "given", "said"),
    [
        ("category", {"category": "  "}, "Enter the category"),
        ("word", {"word": "Hungry"}, "Choose a word for the appetite"),
        ("highest", {"highest": 17}, "Enter a score from 1 to 16"),
        ("reason", {"reason": ""}, "Say why"),
    ],
)
def test_an_appetite_that_cannot_be_read_is_refused(house: House, field: str, given: dict, said: str):
    right = {"organisation": house.office, "category": "Finance", "word": "Open", "highest": 9} | WHY
    assert refused(field, set_appetite, **(right | given)) == said
    assert Appetite.objects.count() == 0


def test_an_appetite_that_begins_before_the_one_that_stands_is_refused(house: House):
    right = {"organisation": house.office, "category": "Finance", "word": "Open", "highest": 9} | WHY
    set_appetite(**right)
    assert refused("effective", set_appetite, **right, effective=date(2026, 1, 1)) == (
        "Enter a day on or after 15 June 2026, when it was last set"
    )


def test_an_appetite_ends_with_its_last_day(house: House):
    row = set_appetite(organisation=house.office, category="Finance", word="Open", highest=9, **WHY)
    assert refused("ends", end_appetite, appetite=row, ends=date(2026, 1, 1), **WHY).startswith(
        "Enter a day on or after"
    )
    end_appetite(row, ends=TODAY, **WHY)
    held = [appetites_on(day).of(house.office.pk, "Finance") for day in (TODAY, TODAY + timedelta(days=1))]
    assert [each is not None for each in held] == [True, False]
    assert refused("ends", end_appetite, appetite=row, ends=TODAY, **WHY) == "It ended on 15 June 2026 already"


def test_an_appetite_does_not_end_without_a_reason(house: House):
    row = set_appetite(organisation=house.office, category="Finance", word="Open", highest=9, **WHY)
    assert refused("reason", end_appetite, appetite=row, ends=TODAY, reason=" ", **BY) == "Say why"


def test_the_words_may_be_set_again_on_the_same_day(house: House):
    for words in ([("Low", ""), ("High", "")], [("Little", ""), ("Much", "")]):
        set_appetite_words(words, organisation=house.office, **WHY)
    assert appetite_words(house.office.pk, TODAY) == [("Little", ""), ("Much", "")]
    assert appetite_words(house.office.pk, TODAY - timedelta(days=1)) == list(ORANGE_BOOK)


def test_a_body_has_the_words_of_the_orange_book_until_it_sets_its_own(house: House):
    own = [("Low", "Little"), ("Moderate", ""), ("High", "Much")]
    assert appetite_words(house.office.pk, TODAY) == list(ORANGE_BOOK)
    set_appetite_words(own, organisation=house.office, **WHY)
    assert appetite_words(house.office.pk, TODAY) == own
    assert appetite_words(house.office.pk, TODAY - timedelta(days=1)) == list(ORANGE_BOOK)
    assert appetite_words(house.force.pk, TODAY) == list(ORANGE_BOOK)
    assert scale_on(house.office.pk, TODAY) == house.scale


@pytest.mark.parametrize("words", [[("Low", "")], [("Low", ""), ("low ", "")]])
def test_one_word_alone_or_one_word_twice_is_refused(house: House, words: list[tuple[str, str]]):
    refused("words", set_appetite_words, words=words, organisation=house.office, **WHY)
    assert Scale.objects.filter(kind=Scale.Kind.APPETITE).count() == 0


def test_scales_of_two_bodies_are_told_apart(house: House):
    five = replace(TWO_BANDS, name="Force scale")
    bring_in_matrix(five, organisation=house.force, starts=NEXT, **WHY)
    book = scale_book()
    assert (book.on(house.office.pk, NEXT).name, book.on(house.force.pk, NEXT).name) == ("Scale of 2018", "Force scale")


OPINIONS = Words(
    0,
    "Opinions of 2018",
    (Step(1, "Substantial", "Works", "low"), Step(2, "Moderate", "Works in part"), Step(3, "Limited", "Fails", "high")),
)


def test_an_opinion_is_read_on_the_scale_of_its_day(house: House):
    given = {"kind": Scale.Kind.OPINION, "organisation": house.force} | WHY
    first = bring_in_words(OPINIONS, starts=START, **given)
    second = bring_in_words(replace(OPINIONS, name="Opinions of 2026", steps=OPINIONS.steps[:2]), starts=NEXT, **given)
    assert words_on(house.force.pk, Scale.Kind.OPINION, NEXT - timedelta(days=1)).steps == OPINIONS.steps
    assert words_on(house.force.pk, Scale.Kind.OPINION, NEXT).name == "Opinions of 2026"
    assert words_on(house.force.pk, Scale.Kind.PRIORITY, NEXT) is None
    assert words_on(house.office.pk, Scale.Kind.OPINION, NEXT) is None
    assert set(word_scales(Scale.Kind.OPINION)) == {first.pk, second.pk}
    assert OPINIONS.named(" substantial ") == OPINIONS.step(1) == OPINIONS.steps[0]
    assert (OPINIONS.named("Good"), OPINIONS.step(9)) == (None, None)
    assert verify().failure == ""


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ((Step(1, "Good"),), "Enter two words or more"),
        ((Step(1, "Good"), Step(2, " ")), "Enter two words or more"),
        ((Step(1, "Good"), Step(2, "GOOD")), "Enter each word once"),
        ((Step(1, "Good"), Step(3, "Poor")), "Number the words 1, 2, 3 in their order"),
    ],
)
def test_a_scale_of_words_that_nobody_could_grade_on_is_refused(house: House, steps: tuple[Step, ...], said: str):
    words = Words(0, "Opinions", steps)
    given = {"kind": Scale.Kind.OPINION, "organisation": house.office, "starts": START} | WHY
    assert refused("definition", bring_in_words, words=words, **given) == said
    assert Scale.objects.filter(kind=Scale.Kind.OPINION).count() == 0
