from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.audits import rules
from candour.audits.rules import (
    Facts,
    Stage,
    Tally,
    ahead,
    line,
    measured,
    misplaced,
    reached,
    satisfied,
    state,
    within,
)
from candour.kernel.calendar import add_working_days, is_working_day, working_days_between

TODAY = date(2026, 6, 15)
FACTS = Facts(organisation=1, sensitivity="office", provider=2, year="2026/27")
days = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def with_stages(**dates: tuple[date | None, date | None]) -> rules.Line:
    """A line whose stages have (planned, actual)."""
    return line(FACTS, [Stage(which, planned, planned, actual) for which, (planned, actual) in dates.items()])


def test_an_audit_without_any_date_is_planned() -> None:
    assert state(with_stages(), TODAY) == "Planned"
    assert (with_stages().next_stage, with_stages().next_due) == ("", None)


@pytest.mark.parametrize(
    ("reached", "said"),
    [
        ("brief", "Under way"),
        ("fieldwork", "Under way"),
        ("exit", "Under way"),
        ("draft", "Draft"),
        ("responses", "Draft"),
        ("final", "Final"),
    ],
)
def test_the_last_stage_reached_gives_the_state(reached: str, said: str) -> None:
    assert state(with_stages(**{reached: (None, TODAY)}), TODAY) == said


def test_a_stage_is_late_on_the_day_after_it_was_planned() -> None:
    waiting = with_stages(brief=(date(2026, 6, 12), None), fieldwork=(date(2026, 7, 1), None))
    assert [state(waiting, date(2026, 6, day)) for day in (12, 13)] == ["Planned", "Late"]
    assert (waiting.next_stage, waiting.next_due) == ("brief", date(2026, 6, 12))


def test_a_stage_that_was_passed_over_is_not_waited_for() -> None:
    found = with_stages(brief=(date(2026, 4, 1), None), fieldwork=(date(2026, 4, 20), date(2026, 4, 21)))
    assert (found.next_stage, state(found, TODAY)) == ("", "Under way")


def test_the_panel_makes_no_audit_late() -> None:
    waiting = with_stages(responses=(None, date(2026, 5, 1)), panel=(date(2026, 5, 2), None))
    assert state(waiting, TODAY) == "Draft"


def test_what_left_the_plan_says_so_whatever_was_reached() -> None:
    final = with_stages(final=(None, TODAY))
    assert state(replace(final, left="cancelled"), TODAY) == "Cancelled"
    assert state(replace(final, left="deferred"), TODAY) == "Deferred"


def test_the_last_stage_in_their_order_is_the_one_reached() -> None:
    assert reached(with_stages(exit=(None, date(2026, 5, 1)), brief=(None, date(2026, 6, 1)))) == "exit"
    assert reached(with_stages()) == ""


def test_dates_that_run_backwards_are_named() -> None:
    assert misplaced({"brief": date(2026, 5, 2), "exit": date(2026, 5, 1)}) == ("brief", "exit")
    assert misplaced({"brief": date(2026, 5, 1), "fieldwork": None, "exit": date(2026, 5, 1)}) is None


def test_ten_working_days_over_christmas_pass_the_bank_holidays_and_their_substitute() -> None:
    exit_meeting = date(2026, 12, 17)  # a Thursday; Friday 25, Monday 28 December and Friday 1 January are holidays
    on_time = within(exit_meeting, date(2027, 1, 5), 10, date(2027, 1, 5))
    assert (on_time.due, on_time.outcome, on_time.days) == (date(2027, 1, 5), "met", 10)
    late = within(exit_meeting, date(2027, 1, 6), 10, date(2027, 1, 6))
    assert (late.outcome, late.days) == ("missed", 11)


def test_not_yet_due_is_told_from_missed_on_the_day_after_it_is_due() -> None:
    due = date(2026, 6, 29)
    assert within(TODAY, None, 10, due) == rules.Measured("not yet due", TODAY, due)
    assert within(TODAY, None, 10, due + timedelta(days=1)) == rules.Measured("missed", TODAY, due)


def test_nothing_is_due_before_the_stage_that_it_is_counted_from() -> None:
    assert within(None, None, 10, TODAY).outcome == "not yet due"


def test_a_missing_date_cannot_be_told() -> None:
    assert within(None, TODAY, 10, TODAY).outcome == "cannot be told"
    assert within(date(2026, 1, 1), None, 10, TODAY, passed=True).outcome == "cannot be told"
    assert ahead(date(2026, 1, 1), None, 10, TODAY, passed=True).outcome == "cannot be told"
    assert ahead(None, date(2026, 1, 1), 10, TODAY, passed=True).outcome == "cannot be told"


def test_a_brief_ten_working_days_before_fieldwork_passes_easter() -> None:
    fieldwork = date(2026, 4, 13)  # the Monday after Easter week
    assert ahead(fieldwork, date(2026, 3, 26), 10, TODAY) == rules.Measured(
        "met", fieldwork, date(2026, 3, 26), date(2026, 3, 26), 10
    )
    assert ahead(fieldwork, date(2026, 3, 27), 10, TODAY).outcome == "missed"


def test_a_brief_is_measured_against_planned_fieldwork_until_it_begins() -> None:
    planned = with_stages(brief=(None, date(2026, 6, 1)), fieldwork=(date(2026, 6, 22), None))
    assert measured("brief", planned, 10, TODAY) == rules.Measured(
        "met", date(2026, 6, 22), date(2026, 6, 8), date(2026, 6, 1), 15
    )
    begun = with_stages(brief=(None, date(2026, 6, 1)), fieldwork=(date(2026, 6, 22), date(2026, 6, 10)))
    assert measured("brief", begun, 10, TODAY).outcome == "missed"  # type: ignore[union-attr]


def test_fieldwork_without_a_recorded_brief_cannot_be_told() -> None:
    begun = with_stages(fieldwork=(None, date(2026, 6, 10)))
    assert measured("brief", begun, 10, TODAY).outcome == "cannot be told"  # type: ignore[union-attr]


def test_a_draft_that_was_passed_over_cannot_be_told_and_one_to_come_is_missed() -> None:
    over = with_stages(exit=(None, date(2026, 5, 1)), final=(None, date(2026, 6, 1)))
    assert measured("draft", over, 10, TODAY).outcome == "cannot be told"  # type: ignore[union-attr]
    waiting = with_stages(exit=(None, date(2026, 5, 1)))
    assert measured("draft", waiting, 10, TODAY).outcome == "missed"  # type: ignore[union-attr]


def test_an_audit_that_left_the_plan_counts_only_where_both_dates_are_known() -> None:
    gone = replace(with_stages(exit=(None, date(2026, 5, 1))), left="cancelled")
    assert measured("draft", gone, 10, TODAY) is None
    done = replace(with_stages(exit=(None, date(2026, 5, 1)), draft=(None, date(2026, 6, 1))), left="deferred")
    assert measured("draft", done, 10, TODAY).outcome == "missed"  # type: ignore[union-attr]


def test_satisfactory_and_better_is_satisfied() -> None:
    final = with_stages(final=(None, date(2026, 6, 1)))
    told = [satisfied(replace(final, satisfaction=answer)).outcome for answer in (1, 2, 3, 4, 5)]  # type: ignore[union-attr]
    assert told == ["met", "met", "met", "missed", "missed"]
    assert satisfied(final).outcome == "cannot be told"  # type: ignore[union-attr]
    assert satisfied(with_stages()).outcome == "not yet due"  # type: ignore[union-attr]
    assert satisfied(replace(with_stages(), left="cancelled")) is None


def test_the_result_is_of_what_can_be_told() -> None:
    assert Tally(met=3, missed=1).result() == "Not met"
    assert Tally(met=3, not_yet=5, unknown=2).result() == "Met"
    assert Tally(met=17, missed=3).result(85) == "Met"
    assert Tally(met=16, missed=3).result(85) == "Not met"
    assert (Tally(unknown=1, not_yet=1).result(), Tally(not_yet=1).result()) == ("Cannot be told", "Not yet due")


@given(since=days, done=st.none() | days, allowed=st.integers(1, 40), today=days)
def test_within_agrees_with_counting_the_days(since: date, done: date | None, allowed: int, today: date) -> None:
    found = within(since, done, allowed, today)
    assert found.due == add_working_days(since, allowed)
    assert working_days_between(since, found.due) == allowed
    last = done or today
    late = last > found.due
    assert found.outcome == ("missed" if late else "met" if done else "not yet due")
    if done and is_working_day(done):
        assert (found.outcome == "met") == (found.days <= allowed)  # type: ignore[operator]


@given(event=days, done=st.none() | days, allowed=st.integers(1, 40), today=days)
def test_ahead_agrees_with_counting_the_days(event: date, done: date | None, allowed: int, today: date) -> None:
    found = ahead(event, done, allowed, today)
    assert found.due == add_working_days(event, -allowed)
    assert found.outcome == ("missed" if (done or today) > found.due else "met" if done else "not yet due")
    if done and is_working_day(done) and is_working_day(event):
        assert (found.outcome == "met") == (found.days >= allowed)  # type: ignore[operator]


@given(st.lists(st.sampled_from(list(rules.OUTCOMES)), max_size=30))
def test_a_tally_counts_each_outcome_once(outcomes: list[rules.measures.Outcome]) -> None:
    found = rules.tally([rules.Measured(outcome) for outcome in outcomes])
    assert found.met + found.missed + found.not_yet + found.unknown == len(outcomes)
    assert found.told == outcomes.count("met") + outcomes.count("missed")


@given(st.dictionaries(st.sampled_from(list(rules.STAGES)), st.tuples(st.none() | days, st.none() | days)), days)
def test_a_line_waits_only_for_what_was_not_reached(dates: dict, today: date) -> None:
    found = with_stages(**dates)
    if found.next_stage:
        planned, actual = dates[found.next_stage]
        assert (found.next_due, actual) == (planned, None)
        later = list(rules.STAGES)[list(rules.STAGES).index(found.next_stage) :]
        assert [which for which in later if getattr(found, f"{which}_on") and which != "panel"] == []
    assert (state(found, today) == "Late") == (
        found.final_on is None and found.next_due is not None and found.next_due < today
    )
