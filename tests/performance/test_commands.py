"""What the commands of measures record and refuse."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from candour.kernel.access import Forbidden
from candour.kernel.history.models import Entry
from candour.kernel.history.verify import verify
from candour.kernel.rules import Refused
from candour.performance import commands
from candour.performance.commands import NewFigure
from candour.performance.models import Load, MeasureLine, Observation
from candour.performance.queries import figures, in_full, rows_of, shape_of
from tests.factories import NOW, TODAY, House
from tests.performance.factories import BY, LAST, STEADY, WORSE, a_measure, load, loaded, months, part

pytestmark = pytest.mark.django_db


def line(measure) -> MeasureLine:  # type: ignore[no-untyped-def]
    return MeasureLine.objects.get(pk=measure.pk)


def refused(message: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=message)


def shown(measure) -> dict:  # type: ignore[no-untyped-def, type-arg]
    """(area, month) -> the figure as it stands."""
    found = figures(rows_of([measure.pk]).get(measure.pk, []), shape_of(measure))
    return {(one.area, one.period): one for one in found}


# Definitions


def test_a_measure_is_defined_under_the_next_reference(house: House) -> None:
    one, two = a_measure(house), a_measure(house, title="Calls given up", unit="percent", target="8", target_by=TODAY)
    assert (one.record.reference, two.record.reference) == ("M-001", "M-002")
    assert (two.target, line(two).target) == (Decimal(8), Decimal(8))
    assert line(one).last_period is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": "  "}, "title"),
        ({"counts": ""}, "counts"),
        ({"unit": "miles"}, "unit"),
        ({"per": 0}, "per"),
        ({"places": 5}, "places"),
        ({"target": "80"}, "target_by"),
        ({"target_by": TODAY}, "target"),
        ({"baseline_first": TODAY}, "baseline_last"),
        ({"baseline_first": TODAY, "baseline_last": TODAY - timedelta(40)}, "baseline_last"),
    ],
)
def test_a_definition_that_cannot_be_is_refused_with_the_answer_to_mend(house: House, values: dict, field: str) -> None:  # type: ignore[type-arg]
    with pytest.raises(Refused) as error:
        a_measure(house, **values)
    assert error.value.field == field


def test_two_measures_that_stand_never_share_a_title_since_workbooks_are_read_by_it(house: House) -> None:
    one = a_measure(house)
    with refused("stands already"):
        a_measure(house, title=one.record.title.upper())
    commands.end_measure(one, on=TODAY, **BY)
    assert a_measure(house).record.reference == "M-002"


def test_the_unit_stays_once_figures_are_loaded(house: House) -> None:
    it = a_measure(house)
    changed = {"title": it.record.title, "owner": None}
    commands.change_measure(it, unit="pounds", **changed, **BY)
    loaded(it, STEADY)
    with refused("end this measure"):
        commands.change_measure(it, unit="number", **changed, **BY)
    commands.change_measure(it, better="lower", **changed, **BY)
    assert line(it).better == "lower"


def test_an_unknown_fact_is_a_mistake_of_the_caller(house: House) -> None:
    with pytest.raises(TypeError, match="colour"):
        a_measure(house, colour="red")


# Figures


def test_a_load_is_one_entry_with_the_root_of_its_rows_and_verify_finds_a_changed_figure(house: House) -> None:
    measures = [a_measure(house, title=f"Measure {n}") for n in range(3)]
    before = Entry.objects.count()
    made = load(measures[0], [NewFigure(each, LAST, value=Decimal(n)) for n, each in enumerate(measures)])
    assert made is not None
    assert (Entry.objects.count() - before, made.figures, Observation.objects.count()) == (1, 3, 3)
    assert [line(each).value for each in measures] == [0, 1, 2]
    assert verify().failure == ""
    Observation.objects.filter(measure=measures[1]).update(denominator=5)
    assert verify().failure == f"{made}: its figures are not those that were loaded"


def test_provisional_and_revised_figures_are_both_kept(house: House) -> None:
    it = a_measure(house)
    loaded(it, [10, 11], provisional=True)
    assert [one.status for one in shown(it).values()] == ["Final", "Provisional"]
    loaded(it, [10, 12])
    newest = shown(it)["", LAST]
    assert (newest.value, newest.first, newest.status, newest.versions) == (12, 11, "Revised", 2)
    assert Observation.objects.count() == 3  # what stands so already is left out


def test_a_load_that_says_nothing_new_leaves_no_trace(house: House) -> None:
    it = a_measure(house)
    loaded(it, STEADY)
    before = Entry.objects.count()
    assert loaded(it, STEADY) is None
    assert (Entry.objects.count(), Load.objects.count()) == (before, 1)


def test_a_rate_is_worked_out_from_its_parts_whatever_value_stands_beside_them(house: House) -> None:
    it = a_measure(house, unit="percent", places=1)
    load(it, [NewFigure(it, LAST, value=Decimal(99), numerator=Decimal(3), denominator=Decimal(8))])
    assert shown(it)["", LAST].value == Decimal("37.5")
    load(it, [part(it, date(2026, 4, 1), 3, 0)])  # nothing to divide by: there is no figure
    assert list(shown(it)) == [("", LAST)]


def test_a_whole_is_added_up_from_its_areas_and_missing_where_one_of_them_is(house: House) -> None:
    it = a_measure(house, unit="percent")
    april, may = months(2)
    load(it, [part(it, may, 9, 10, "North"), part(it, may, 10, 100, "South"), part(it, april, 1, 2, "North")])
    assert (shown(it)["", may].value, shown(it)["", april].value) == (Decimal("17.2727"), None)
    assert line(it).value == Decimal("17.2727")


def test_a_small_number_is_not_kept_and_takes_the_next_with_it(house: House) -> None:
    it = a_measure(house, smallest=5)
    counts = {"North": 3, "East": 7, "South": 20, "": 30}
    load(it, [NewFigure(it, LAST, area, value=Decimal(count)) for area, count in counts.items()])
    found = shown(it)
    assert {area: one.value for (area, _), one in found.items()} == {"": 30, "East": None, "North": None, "South": 20}
    assert not Observation.objects.filter(value=3).exists()
    # Once it is hidden, it is hidden as at every day, and what was first loaded beside it is not told.
    load(it, [NewFigure(it, LAST, "South", value=Decimal(21))])
    assert shown(it)["South", LAST].first is None


def test_a_whole_that_its_areas_would_give_away_is_hidden_in_lists_too(house: House) -> None:
    it = a_measure(house, smallest=5)
    counts = {"North": 4, "East": 4, "": 8}
    load(it, [NewFigure(it, LAST, area, value=Decimal(count)) for area, count in counts.items()])
    assert shown(it)["", LAST].value is None
    assert (line(it).value, line(it).last_period, line(it).spark) == (None, None, "")


def test_a_month_without_a_whole_is_added_up_beside_months_with_one(house: House) -> None:
    it = a_measure(house)
    april, may = months(2)
    figures_ = [NewFigure(it, april, area, value=Decimal(3)) for area in ("North", "South")]
    load(
        it,
        [
            *figures_,
            NewFigure(it, april, value=Decimal(6)),
            *(NewFigure(it, may, one.area, value=one.value) for one in figures_),
        ],
    )
    assert (shown(it)["", may].value, line(it).value) == (6, 6)


def test_what_was_shown_once_and_is_hidden_today_is_hidden_on_past_days_too(house: House) -> None:
    it = a_measure(house)
    loaded(it, [10, 11], effective=date(2026, 6, 1))
    loaded(it, [10, 11], suppressed=True)
    past = in_full(it, actor=BY["actor"], today=TODAY, as_at=date(2026, 6, 2))
    assert past is not None
    assert [one.value for one in past.series] == [10, None]


@pytest.mark.parametrize(
    ("value", "month", "message"),
    [(1, date(2026, 7, 1), "not come yet"), (10**12, LAST, "larger than can be kept")],
)
def test_a_figure_that_cannot_be_stops_the_whole_load(house: House, value: int, month: date, message: str) -> None:
    it = a_measure(house)
    with refused(message):
        load(it, [NewFigure(it, date(2026, 4, 1), value=Decimal(1)), NewFigure(it, month, value=Decimal(value))])
    assert Observation.objects.count() == 0


def test_figures_given_twice_of_another_body_or_of_what_has_ended_are_refused(house: House) -> None:
    it, other = a_measure(house), a_measure(house, organisation=house.force, owner=None)
    one = NewFigure(it, LAST, value=Decimal(1))
    with refused("given twice"):
        load(it, [one, one])
    with refused("another body"):
        load(it, [NewFigure(other, LAST, value=Decimal(1))])
    commands.end_measure(it, on=TODAY, **BY)
    with refused("has ended"):
        load(it, [one])


def test_only_who_manages_measures_loads_figures(house: House) -> None:
    it = a_measure(house)
    with pytest.raises(Forbidden):
        loaded(it, STEADY, actor=house.actors["owner"])
    assert loaded(it, STEADY, actor=house.actors["policy"]) is not None


# Limits


def test_a_break_sets_the_limits_anew_and_can_be_taken_back(house: House) -> None:
    it = a_measure(house)
    loaded(it, [*STEADY[:6], *(value + 40 for value in STEADY[:6])])
    assert line(it).signal == "outside"
    made = commands.break_limits(it, period=date(2025, 12, 20), why="New recording", actor=BY["actor"], at=NOW)
    assert (made.period, line(it).signal) == (date(2025, 12, 1), "")
    with refused("break there already"):
        commands.break_limits(it, period=date(2025, 12, 1), why="Again", actor=BY["actor"], at=NOW)
    commands.join_limits(made, **BY)
    assert line(it).signal == "outside"
    with refused("taken back already"):
        commands.join_limits(made, **BY)


def test_limits_break_for_a_reason_and_after_a_figure_alone(house: House) -> None:
    it = a_measure(house)
    loaded(it, STEADY)
    with refused("Say what was changed"):
        commands.break_limits(it, period=LAST, why=" ", actor=BY["actor"], at=NOW)
    with refused("nothing before it"):
        commands.break_limits(it, period=date(2020, 1, 1), why="New", actor=BY["actor"], at=NOW)


# Explanations


def asked(house: House, it, **values):  # type: ignore[no-untyped-def]
    given = {"period": LAST, "signal": "Outside a limit", "post": house.posts["owner"], "asked": "Why?", "due": TODAY}
    return commands.ask_explanation(it, **(BY | given | values))


def test_an_exception_is_asked_about_and_closes_with_the_answer_of_the_post(house: House) -> None:
    it = a_measure(house)
    loaded(it, WORSE)
    assert (line(it).variation, line(it).explained) == ("concern", False)
    one = asked(house, it)
    assert (line(it).owed_on, line(it).explained) == (TODAY, True)
    with pytest.raises(Forbidden):
        commands.answer_explanation(one, answer="So", actor=house.actors["reader"], at=NOW)
    commands.answer_explanation(one, answer="So", actor=house.actors["owner"], at=NOW)
    assert (line(it).owed_on, line(it).explained) == (None, True)
    with refused("answered already"):
        commands.answer_explanation(one, answer="So", actor=house.actors["owner"], at=NOW)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"asked": " "}, "Write what is asked"),
        ({"due": TODAY - timedelta(1)}, "a day to come"),
    ],
)
def test_a_question_that_cannot_be_is_refused(house: House, values: dict, message: str) -> None:  # type: ignore[type-arg]
    it = a_measure(house)
    loaded(it, WORSE)
    with refused(message):
        asked(house, it, **values)


def test_one_question_is_open_for_a_figure_and_a_measure_does_not_end_before_it_is_answered(house: House) -> None:
    it = a_measure(house)
    loaded(it, WORSE)
    one = asked(house, it)
    with refused("asked about this figure already"):
        asked(house, it)
    with refused("another body|a post of the body"):
        asked(house, it, period=date(2026, 4, 1), post=house.posts["force_policy"])
    with refused("still owed"):
        commands.end_measure(it, on=TODAY, **BY)
    with refused("after the figure"):
        commands.answer_explanation(one, answer="So", recovers_on=date(2026, 1, 1), actor=BY["actor"], at=NOW)


def test_an_ended_measure_changes_no_more_and_who_sees_it_may(house: House) -> None:
    it = a_measure(house)
    commands.end_measure(it, on=TODAY, **BY)
    with refused("has ended"):
        commands.change_measure(it, title="Another", owner=None, **BY)
    commands.restrict_measure(it, sensitivity="public", **BY)
    with refused("so already"):
        commands.restrict_measure(it, sensitivity="public", **BY)
    with refused("Enter today"):
        commands.end_measure(a_measure(house), on=TODAY + timedelta(1), **BY)
