from datetime import date
from typing import Any

import pytest

from candour.kernel.access import CANDOUR
from candour.kernel.history.models import Entry
from candour.kernel.history.verify import verify
from candour.kernel.rules import Refused
from candour.kernel.scales.commands import bring_in_words
from candour.kernel.scales.models import Scale
from candour.kernel.scales.rules import Step, Words
from candour.recommendations.commands import Due, NewRecommendation, Owner, Said, raise_many
from candour.recommendations.models import RecommendationLine
from candour.recommendations.queries import by_reference, register
from tests.factories import NOW, TODAY, House
from tests.recommendations.factories import a_recommendation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("priorities")]
SAID: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "Loaded for a test"}


def test_a_recommendation_is_raised_with_its_owners_and_their_dates(house: House) -> None:
    owners = [
        Owner(house.posts["chief"], [Due("31 March 2026", date(2026, 3, 31)), Due("Q3 2026", None, "Late", "Panel")]),
        Owner(house.posts["owner"], [Due("30 June 2026", date(2026, 6, 30))]),
    ]
    made = a_recommendation(house, reference="IA-1/4.2", priority="medium", owners=owners, response="accepted")
    (row,) = register(house.actors["policy"], today=TODAY, texts=True)
    assert (row.reference, row.owner, row.status, row.line.priority, row.line.rank) == (
        *("IA-1/4.2", "Chief Executive", "Due Soon", "Medium", 2),
    )
    assert [(owner.owner, owner.slips, [target.text for target in owner.targets]) for owner in row.owners] == [
        ("Chief Executive", 1, ["31 March 2026", "Q3 2026"]),
        ("Head of Communications", 0, ["30 June 2026"]),
    ]
    assert (row.line.original_due, row.line.due, row.line.slips, row.line.in_words) == (
        *(date(2026, 3, 31), date(2026, 6, 30), 1, True),
    )
    assert (row.late.original, row.late.current, row.printed_target) == (76, 0, "Q3 2026")
    assert made.record.owner == house.posts["chief"]


def test_a_priority_that_no_scale_has_is_kept_as_printed(house: House) -> None:
    a_recommendation(house, priority="Merits attention")
    (row,) = register(house.actors["policy"], today=TODAY)
    assert (row.line.priority, row.line.rank, row.line.tone) == ("Merits attention", 99, "")


def test_a_priority_is_read_on_the_scale_of_its_auditor_where_that_is_given(house: House) -> None:
    words = Words(0, "An auditor's own", (Step(1, "Urgent", tone="high"), Step(2, "Routine")))
    kind = Scale.Kind.PRIORITY
    scale = bring_in_words(words, kind=kind, organisation=house.force, starts=TODAY, **SAID)
    a_recommendation(house, priority="routine", priority_scale=scale)
    (row,) = register(house.actors["policy"], today=TODAY)
    assert (row.line.priority, row.line.rank) == ("Routine", 2)


def test_many_are_raised_in_one_recording_with_an_entry_each_and_the_history_holds(house: House) -> None:
    said = [Said(date(2026, 1, 20), period="January 2026", achieved="Half", left="Half", barriers="None")]
    found = [
        NewRecommendation(f"T{number}", f"Heading {number}", owners=[Owner(None, [Due("TBC")])], updates=said)
        for number in range(3)
    ]
    before = Entry.objects.count()
    raise_many(found, organisation=house.office, **SAID)
    assert Entry.objects.count() == before + 3
    held = by_reference(house.actors["policy"], organisation=house.office.pk, today=TODAY)
    assert sorted(held) == ["T0", "T1", "T2"]
    assert (held["T1"].updates[0].achieved, held["T1"].owners[0].owner, held["T1"].status) == (
        *("Half", "", "Awaiting Response"),
    )
    assert verify().failure == ""


@pytest.mark.parametrize(
    ("more", "field", "message"),
    [
        ({"reference": " "}, "reference", "Enter a reference"),
        ({"title": " "}, "title", "T1: enter a heading"),
        ({"source": "rumour"}, "source", "T1: ‘rumour’ is no source that Candour knows"),
        ({"response": "perhaps"}, "response", "T1: ‘perhaps’ is no response that Candour knows"),
    ],
)
def test_what_cannot_be_raised_is_refused_with_how_to_mend_it(
    house: House, more: dict[str, Any], field: str, message: str
) -> None:
    with pytest.raises(Refused) as refused:
        a_recommendation(house, **({"reference": "T1"} | more))
    assert (refused.value.field, refused.value.message) == (field, message)
    assert RecommendationLine.objects.count() == 0


def test_a_reference_is_given_once_in_a_body_and_may_be_given_in_the_other(house: House) -> None:
    a_recommendation(house, reference="T1")
    with pytest.raises(Refused, match="T1 is taken"):
        a_recommendation(house, reference="T1")
    with pytest.raises(Refused, match="T2 is taken"):
        raise_many([NewRecommendation("T2", "One"), NewRecommendation("T2", "Two")], organisation=house.office, **SAID)
    a_recommendation(house, reference="T1", organisation=house.force)
    assert RecommendationLine.objects.filter(reference="T1").count() == 2


def test_one_that_is_not_accepted_has_ended(house: House) -> None:
    a_recommendation(house, response="not accepted", response_text="It would cost more than it saves.")
    assert register(house.actors["policy"], today=TODAY) == []
    (row,) = register(house.actors["policy"], today=TODAY, closed_since=date.min)
    assert (row.status, row.line.closed_on, row.line.outcome) == ("Not Accepted", date(2026, 1, 10), "not accepted")


def test_one_that_comes_in_proposed_closed_waits_for_the_panel(house: House) -> None:
    a_recommendation(house, response="accepted", proposed_on=date(2026, 1, 9))
    (row,) = register(house.actors["policy"], today=TODAY)
    assert (row.status, row.line.proposed_on) == ("Proposed Closed", date(2026, 1, 9))


def test_the_age_of_a_repeat_runs_from_the_first(house: House) -> None:
    first = a_recommendation(house, reference="T1", reported_on=date(2018, 5, 1))
    second = a_recommendation(house, reference="T2", reported_on=date(2021, 5, 1), repeat_of=first.record)
    a_recommendation(house, reference="T3", reported_on=date(2025, 5, 1), repeat_of=second.record)
    rows = by_reference(house.actors["policy"], organisation=house.office.pk, today=TODAY)
    assert [rows[name].line.first_reported for name in ("T1", "T2", "T3")] == [date(2018, 5, 1)] * 3


def test_a_repeat_of_what_the_body_does_not_have_is_refused(house: House) -> None:
    other = a_recommendation(house, organisation=house.force)
    with pytest.raises(Refused, match="Name a recommendation of the same body"):
        a_recommendation(house, repeat_of=other.record)


def test_the_register_of_a_past_day_is_as_it_stood(house: House) -> None:
    a_recommendation(house, reference="T1", effective=date(2026, 1, 10))
    a_recommendation(house, reference="T2", effective=date(2026, 3, 10))
    actor = house.actors["policy"]
    assert [row.reference for row in register(actor, today=TODAY, as_at=date(2026, 2, 1))] == ["T1"]
    assert register(actor, today=TODAY, as_at=date(2026, 1, 9)) == []
    live, then = (register(actor, today=TODAY, as_at=day, texts=True) for day in (None, TODAY))
    assert live == then
