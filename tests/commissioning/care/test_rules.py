"""The rules of care: how a provider stands, planned days, lateness, when work must begin."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.commissioning.rules import care
from candour.commissioning.rules.care import Asked, Made, Standing, Step
from candour.kernel.calendar import is_working_day
from tests.commissioning.test_rules import LINE, TODAY, failing, warning

ACCOUNTS = Asked(1, "Accounts", date(2026, 4, 1))
COVER = Asked(2, "Insurance", date(2026, 8, 1), frozenset({"contract"}))


def test_the_last_check_of_a_kind_counts_and_others_are_owed_from_their_first_day() -> None:
    made = [Made(1, 9, date(2026, 5, 1), date(2027, 5, 1)), Made(1, 8, date(2026, 5, 1), date(2026, 6, 1))]
    assert care.standings("contract", [COVER, ACCOUNTS], made) == (
        Standing("Accounts", until=date(2027, 5, 1)),
        Standing("Insurance", owed_from=date(2026, 8, 1)),
    )
    assert care.standings("grant", [COVER], []) == ()


def test_care_is_the_first_day_of_what_is_missing_and_the_first_end_of_what_holds_and_reads_back() -> None:
    found = (
        Standing("Accounts", owed_from=date(2026, 4, 1)),
        Standing("Cover", until=date(2026, 9, 1), waived=True),
        Standing("Data “protection”", until=date(2026, 7, 1)),
    )
    care_of = care.care_of(found)
    assert (care_of.owed_from, care_of.checked_until) == (date(2026, 4, 1), date(2026, 7, 1))
    assert care.read_told(care_of.diligence) == found
    assert (care.care_of(()), care.read_told("")) == (care.Care(), ())
    assert care.named(care_of.diligence, TODAY, "Missing", "Waived") == "Accounts and Cover"


@pytest.mark.parametrize(
    ("standing", "result"),
    [
        (Standing("", owed_from=TODAY), "Missing"),
        (Standing("", owed_from=TODAY + timedelta(1)), "Asked later"),
        (Standing("", until=TODAY - timedelta(1)), "Out of date"),
        (Standing("", until=TODAY - timedelta(1), waived=True), "Out of date"),
        (Standing("", until=TODAY, waived=True), "Waived"),
        (Standing("", until=TODAY + timedelta(60)), "Expires soon"),
        (Standing("", until=TODAY + timedelta(61)), "In date"),
        (Standing(""), "In date"),
    ],
)
def test_a_check_stands_as_its_days_say(standing: Standing, result: str) -> None:
    assert care.result(standing, TODAY) == result


def test_the_health_check_names_what_is_missing_what_runs_out_and_which_step_is_late() -> None:
    told = care.care_of([Standing("Accounts", owed_from=TODAY), Standing("Cover", until=TODAY - timedelta(1))])
    line = replace(LINE, **vars(told), step="Sign", step_due=TODAY - timedelta(1))
    assert failing(line) == ["owed", "lapsed", "step"]
    assert failing(replace(line, closed_on=TODAY)) == []
    soon = replace(line, owed_from=TODAY + timedelta(60), checked_until=TODAY + timedelta(60), step_due=TODAY)
    assert (failing(soon), warning(soon)) == ([], ["owed", "lapsed"])
    from candour.commissioning.rules import health

    assert [one.said for one in health(line, TODAY)][:3] == [
        "Not seen of the provider: Accounts.",
        "Out of date: Cover.",
        "‘Sign’ was planned for 14 June 2026.",
    ]


def test_steps_are_planned_in_working_days_one_after_the_other() -> None:
    # Good Friday 3 April and Easter Monday 6 April 2026 do not count.
    assert care.planned(date(2026, 4, 1), [1, 0, 2]) == [date(2026, 4, 2), date(2026, 4, 2), date(2026, 4, 8)]


def test_a_step_is_late_by_working_days_until_it_is_done_and_never_once_it_is_skipped() -> None:
    due = date(2026, 4, 2)
    assert care.late_by(Step(due), date(2026, 4, 8)) == 2
    assert care.late_by(Step(due, date(2026, 4, 7)), TODAY) == 1
    assert care.late_by(Step(due, date(2026, 3, 2)), TODAY) == 0
    assert care.late_by(Step(due, date(2026, 4, 7), skipped=True), TODAY) == 0
    states = [care.state_of(step, due) for step in (Step(due), Step(due - timedelta(1)), Step(due + timedelta(8)))]
    assert states == ["Due soon", "Late", "To come"]
    assert [care.state_of(Step(due, due, skipped), due) for skipped in (False, True)] == ["Done", "Skipped"]


@given(st.integers(0, 900), st.integers(1, 200))
def test_work_has_begun_in_time_for_exactly_those_that_end_by_the_cut(days: int, whole: int) -> None:
    today = date(2026, 1, 1) + timedelta(days)
    cut = care.begun_by(today, whole)
    assert care.begin_by(cut, whole) <= today < care.begin_by(cut + timedelta(1), whole)
    assert is_working_day(care.begin_by(cut, whole))


def test_a_step_waits_for_what_it_needs() -> None:
    bare = replace(
        LINE, specified=False, kpis=False, monitored=False, managed=False, copy=False, value=None, ends=None,
        office_signed_on=None, owed_from=TODAY,
    )  # fmt: skip
    lacks = {needs: care.lacking(needs, bare, TODAY, file=False) for needs in care.NEEDS}
    assert (lacks.pop(""), all(lacks.values())) == ("", True)
    assert lacks["signed"] == "Record the signature of the office first"
    assert {care.lacking(needs, LINE, TODAY, file=True) for needs in care.NEEDS} == {""}
