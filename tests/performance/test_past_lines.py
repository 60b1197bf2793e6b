"""The lines that lists of past days are read from say what the history and the figures give when they are read afresh."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candour.kernel.calendar import add_months
from candour.kernel.history.verify import verify
from candour.kernel.records.lines import check, rebuild
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused
from candour.performance import commands
from candour.performance.commands import NewFigure
from candour.performance.models import Break, Measure, PastLine
from candour.performance.queries import MeasureFilter, in_full_on, rows_on, shown_on
from candour.performance.queries.past import then_on_days
from tests.factories import NOW, TODAY, House
from tests.performance.factories import BY, STEADY, WORSE, a_measure, load, loaded
from tests.risks.pages import questions, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
FIRST = date(2026, 1, 5)
Act = Callable[[House, Measure], object]


def plain(model: type[models.Model]) -> models.QuerySet:
    return models.QuerySet(model)


def afresh(house: House, day: date, name: str = "policy") -> list[Any]:
    (found,) = then_on_days(house.actors[name], Record.objects.filter(kind="measure"), days=(day,))
    return [one.row for one in found]


def kept(house: House, day: date, name: str = "policy") -> list[Any]:
    return in_full_on(rows_on(house.actors[name], MeasureFilter(), as_at=day), as_at=day)


# What can happen to a measure, in any order and dated to any day.

past = st.integers(0, (TODAY - FIRST).days).map(lambda number: FIRST + timedelta(number))
months = st.integers(0, 13).map(lambda number: add_months(date(2025, 4, 1), number))


def a_load(figures: list[tuple[date, str, int, bool, bool]], day: date) -> Act:
    every = {(period, area): (value, tentative, secret) for period, area, value, tentative, secret in figures}
    return lambda _, it: load(
        it,
        [
            NewFigure(it, period, area, value=Decimal(value), provisional=tentative, suppressed=secret)
            for (period, area), (value, tentative, secret) in every.items()
        ],
        effective=day,
    )


def a_run(first: int, many: int, day: date) -> Act:
    values = [80 + (first + number * 7) % 9 for number in range(many)]
    return lambda _, it: loaded(it, values, effective=day)


def a_target(value: int, better: str, day: date) -> Act:
    aimed = {"target": str(value), "target_by": date(2027, 3, 31), "better": better}
    return lambda _, it: commands.change_measure(
        it, title=it.record.title, owner=it.record.owner, effective=day, **aimed, **BY
    )


def a_title(number: int, day: date) -> Act:
    return lambda house, it: commands.change_measure(
        it, title=f"Counted {number}", owner=house.posts["owner"], effective=day, topic=f"Priority {number}", **BY
    )


def a_break(month: date) -> Act:
    return lambda _, it: commands.break_limits(it, period=month, why="Changed", actor=BY["actor"], at=NOW)


def joined() -> Act:
    def do(_: House, it: Measure) -> None:
        for one in Break.objects.filter(measure=it, removed_on=None):
            commands.join_limits(one, **BY)

    return do


def asked(month: date, day: date) -> Act:
    said = {"period": month, "signal": "x", "asked": "Why?", "due": TODAY, "actor": BY["actor"], "at": NOW}
    return lambda house, it: commands.ask_explanation(it, post=house.posts["owner"], effective=day, **said)


def answered(day: date) -> Act:
    def do(_: House, it: Measure) -> None:
        for one in it.explanations.filter(answered_on=None):
            commands.answer_explanation(one, answer="So", actor=BY["actor"], at=NOW, effective=day)

    return do


def seen_by(sensitivity: str, day: date) -> Act:
    return lambda _, it: commands.restrict_measure(it, sensitivity=sensitivity, effective=day, **BY)


figures = st.lists(
    st.tuples(months, st.sampled_from(["", "", "North", "South"]), st.integers(0, 120), st.booleans(), st.booleans()),
    min_size=1,
    max_size=6,
)
acts = st.one_of(
    st.builds(a_load, figures, past),
    st.builds(a_run, st.integers(0, 9), st.integers(5, 16), past),
    st.builds(a_target, st.integers(60, 100), st.sampled_from(["higher", "lower", "neither"]), past),
    st.builds(a_title, st.integers(0, 3), past),
    st.builds(a_break, months),
    st.builds(joined),
    st.builds(asked, months, past),
    st.builds(answered, past),
    st.builds(seen_by, st.sampled_from(["public", "office", "restricted"]), past),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(done=st.lists(acts, min_size=1, max_size=8), smallest=st.sampled_from([0, 5]), days=st.lists(past, max_size=4))
def test_lines_of_past_days_say_what_is_worked_out_afresh(
    house: House, done: list[Act], smallest: int, days: list[date]
) -> None:
    number = Measure.objects.count()
    it = a_measure(house, title=f"Measure {number}", effective=FIRST + timedelta(number % 3), smallest=smallest)
    for act in done:
        it = Measure.objects.select_related("record").get(pk=it.pk)
        try:
            act(house, it)
        except Refused:
            continue
    for day in {FIRST, TODAY, TODAY + timedelta(60), *days}:
        for name in ("policy", "reader"):
            assert kept(house, day, name) == afresh(house, day, name)
    assert check() == ""


# What is kept, and when


def test_a_line_is_kept_for_each_day_from_which_a_measure_stood_otherwise(house: House) -> None:
    it = a_measure(house)
    loaded(it, STEADY, last=date(2026, 4, 1), effective=date(2026, 5, 15))
    loaded(it, WORSE)
    lines = PastLine.objects.order_by("since").values_list("since", "last_period", "value", "variation")
    assert list(lines) == [
        (date(2026, 1, 5), None, None, ""),
        (date(2026, 5, 15), date(2026, 4, 1), Decimal("82"), "common"),
        (date(2026, 6, 15), date(2026, 5, 1), Decimal("70"), "concern"),
    ]


def test_what_is_backdated_changes_the_lines_of_later_days_and_none_before(house: House) -> None:
    it = a_measure(house)
    loaded(it, STEADY, last=date(2026, 4, 1), effective=date(2026, 5, 15))
    before = set(PastLine.objects.values_list("pk", flat=True))
    commands.change_measure(
        it, title="Calls", owner=house.posts["chief"], topic="Priority 2", effective=date(2026, 3, 2), **BY
    )
    lines = PastLine.objects.order_by("since")
    assert list(lines.values_list("since", "topic")) == [
        (date(2026, 1, 5), ""), (date(2026, 3, 2), "Priority 2"), (date(2026, 5, 15), "Priority 2"),
    ]  # fmt: skip
    assert before & set(lines.values_list("pk", flat=True)) == {lines[0].pk}


def test_a_figure_that_is_hidden_today_is_hidden_on_every_line(house: House) -> None:
    it = a_measure(house)
    loaded(it, STEADY, last=date(2026, 4, 1), effective=date(2026, 5, 15))
    load(it, [NewFigure(it, date(2026, 4, 1), suppressed=True)])
    values = PastLine.objects.order_by("since").values_list("last_period", "value")
    assert list(values) == [(None, None), (date(2026, 3, 1), Decimal("80")), (date(2026, 3, 1), Decimal("80"))]


@pytest.mark.parametrize("column", ["value", "since", "sensitivity"])
def test_an_altered_line_of_a_past_day_is_found(house: House, column: str) -> None:
    it = a_measure(house)
    loaded(it, STEADY)
    first = PastLine.objects.order_by("since")[0]
    other = {"value": Decimal("1"), "since": date(2025, 1, 1), "sensitivity": "public"}
    plain(PastLine).filter(pk=first.pk).update(**{column: other[column]})
    assert verify().failure == f"Measure {it.pk}: its lines of past days are not what its history gives"
    rebuild()
    assert verify().failure == ""


def test_a_measure_of_which_no_line_is_kept_is_worked_out_and_is_no_fault(house: House) -> None:
    it = a_measure(house)
    loaded(a_measure(house, title="Another"), STEADY)
    plain(PastLine).filter(record=it.pk).delete()
    assert kept(house, TODAY) == afresh(house, TODAY)
    assert len(kept(house, TODAY)) == 2
    assert verify().failure == ""


def test_words_are_looked_for_as_they_were_on_the_day(house: House) -> None:
    it = a_measure(house, title="Calls answered")
    commands.change_measure(it, title="Waiting", owner=house.posts["chief"], effective=date(2026, 5, 1), **BY)
    found = []
    for day in (date(2026, 4, 30), date(2026, 5, 1)):
        rows = rows_on(house.actors["policy"], MeasureFilter(), as_at=day)
        found.append([len(shown_on(rows, MeasureFilter(words=words), as_at=day)) for words in ("calls", "waiting")])
    assert found == [[1, 0], [0, 1]]


def test_a_restricted_line_is_absent_for_who_may_not_see_it(house: House) -> None:
    it = a_measure(house, sensitivity="restricted")
    commands.restrict_measure(it, sensitivity="office", effective=date(2026, 5, 1), **BY)
    seen = [[len(kept(house, day, name)) for day in (date(2026, 4, 30), TODAY)] for name in ("policy", "reader")]
    assert seen == [[1, 1], [0, 1]]


def test_the_list_of_a_past_day_asks_as_often_for_many_as_for_one(house: House) -> None:
    loaded(a_measure(house), STEADY)
    client, address = signed_in(house, "policy"), "/performance/?as_at=2026-06-14&q=calls"
    client.get(address)
    first = questions(client, address)
    for number in range(4):
        loaded(a_measure(house, title=f"Calls {number}"), STEADY)
    assert (questions(client, address), first <= 12) == (first, True)
