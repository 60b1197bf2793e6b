from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candour.kernel.access import CANDOUR
from candour.kernel.actions import rules
from candour.kernel.actions.models import Action
from candour.kernel.actions.rules import Line
from candour.kernel.history.recording import recording
from candour.kernel.records.compile import compiled
from tests.factories import NOW, TODAY, House, a_risk

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("line", "state"),
    [
        (Line(TODAY - DAY, TODAY), "late"),
        (Line(TODAY, TODAY), "due soon"),
        (Line(TODAY + 14 * DAY, TODAY), "due soon"),
        (Line(TODAY + 15 * DAY, TODAY), "open"),
        (Line(TODAY - DAY, TODAY, done_on=TODAY), "done"),
        (Line(TODAY - DAY, TODAY, removed_on=TODAY), "dropped"),
        (Line(TODAY - DAY, TODAY, done_on=TODAY, removed_on=TODAY), "dropped"),
    ],
)
def test_the_state_of_an_action_is_read_from_its_dates(line: Line, state: str) -> None:
    assert rules.state(line, TODAY) == state


def test_days_late_count_from_the_date_that_stands_until_today_or_until_it_was_done() -> None:
    due = TODAY - 13 * DAY
    assert rules.days_late(Line(due, due), TODAY) == 13
    assert rules.days_late(Line(due, due, done_on=due + 2 * DAY), TODAY) == 2
    assert rules.days_late(Line(due, due, done_on=due), TODAY) == 0
    assert rules.days_late(Line(TODAY, due), TODAY) == 0
    assert rules.days_late(Line(due, due, removed_on=TODAY), TODAY) == 0


def test_days_moved_are_those_between_the_first_date_and_the_one_that_stands() -> None:
    assert rules.days_moved(Line(date(2026, 7, 1), date(2026, 6, 1))) == 30
    assert rules.days_moved(Line(date(2026, 6, 1), date(2026, 6, 1))) == 0
    assert rules.days_moved(Line(date(2026, 5, 31), date(2026, 6, 1))) == -1


days = st.integers(-40, 40).map(lambda n: TODAY + n * DAY)
lines = st.builds(Line, due=days, original_due=days, done_on=st.none() | days, removed_on=st.none() | days)


@given(line=lines, today=days)
def test_an_action_is_late_exactly_when_days_late_are_counted_for_one_still_to_do(line: Line, today: date) -> None:
    to_do = line.done_on is None and line.removed_on is None
    assert (rules.state(line, today) in rules.TO_DO) == to_do
    assert (rules.state(line, today) == "late") == (to_do and rules.days_late(line, today) > 0)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=st.lists(lines, min_size=1, max_size=30), today=days)
def test_the_table_gives_the_same_in_python_and_in_the_database(house: House, found: list[Line], today: date) -> None:
    record = a_risk(house).record
    with recording("action.added", record, actor=CANDOUR, at=NOW):
        made = Action.objects.bulk_create(
            [
                Action(record=record, text="x", owner=house.posts["owner"], added_on=TODAY, **vars(line))
                for line in found
            ]
        )
    rows = Action.objects.filter(record=record).annotate(state=compiled(rules.STATE, today))
    by_key = dict(rows.values_list("pk", "state"))
    assert [by_key[row.pk] for row in made] == [rules.state(line, today) for line in found]
