from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.kernel.rules import TODAY, Condition, Field, Rule, Today, explain, literal, read, table

DAY = date(2023, 10, 26)


@dataclass(frozen=True)
class Line:
    due: date | None = None
    done_on: date | None = None
    score: int | None = None
    target: int | None = None
    open: bool = False


def holds(field: str, op: str, value: object = None, /, **facts: object) -> bool:
    return Condition(field, op, value).on(DAY)(Line(**facts))


@pytest.mark.parametrize(
    ("op", "below", "equal", "above"),
    [
        ("<", True, False, False),
        ("<=", True, True, False),
        (">", False, False, True),
        (">=", False, True, True),
        ("==", False, True, False),
    ],
)
def test_a_comparison_compares_the_field_with_the_value(op: str, below: bool, equal: bool, above: bool):
    assert [holds("score", op, 5, score=score) for score in (4, 5, 6)] == [below, equal, above]


@pytest.mark.parametrize("op", ["<", "<=", ">", ">=", "=="])
def test_a_missing_value_on_either_side_compares_false(op: str):
    assert holds("score", op, 5) is False
    assert holds("score", op, Field("target"), score=5) is False
    assert holds("score", op, Field("target"), target=5) is False
    assert holds("score", op, Field("target")) is False


def test_a_missing_value_can_be_asked_for():
    assert holds("due", "is none") is True
    assert holds("due", "is none", due=DAY) is False
    assert holds("due", "is not none") is False
    assert holds("due", "is not none", due=DAY) is True


def test_nought_and_no_are_values():
    assert holds("score", "is none", score=0) is False
    assert holds("score", "==", 0, score=0) is True
    assert holds("open", "==", False) is True


def test_a_field_is_compared_with_another_of_the_same_line():
    assert holds("score", "<=", Field("target"), score=4, target=4) is True
    assert holds("done_on", ">", Field("due"), due=DAY, done_on=DAY) is False


def test_today_is_the_day_on_which_the_table_is_read():
    assert holds("due", "<", TODAY, due=date(2023, 10, 25)) is True
    assert holds("due", "<", TODAY, due=DAY) is False
    assert holds("due", "<=", Today(14), due=date(2023, 11, 9)) is True
    assert holds("due", "<=", Today(14), due=date(2023, 11, 10)) is False


def test_a_literal_is_worked_out_for_the_day_and_a_field_stays_one():
    assert literal(Today(14), DAY) == date(2023, 11, 9)
    assert literal(Today(-1), DAY) == date(2023, 10, 25)
    assert literal(7, DAY) == 7
    assert literal(Field("due"), DAY) == Field("due")


@pytest.mark.parametrize("condition", [("score", "!=", 4), ("score", "<", None), ("due", "is none", DAY)])
def test_a_condition_that_means_nothing_is_refused(condition: tuple[str, str, object]):
    with pytest.raises(ValueError, match=condition[1]):
        Condition(*condition)


LATE = Rule("Late", (Condition("due", "<", TODAY), Condition("done_on", "is none")))
HIGH = Rule("High", (Condition("score", ">=", 8),))
OVER = Rule("Over", (Condition("score", ">", Field("target")),))
REST = Rule("Fine")


def test_the_first_rule_that_holds_decides():
    line = Line(due=date(2023, 10, 1), score=16)
    assert read(table(LATE, HIGH, REST), line, DAY) == "Late"
    assert read(table(HIGH, LATE, REST), line, DAY) == "High"


def test_every_condition_of_a_rule_must_hold():
    assert read(table(LATE, REST), Line(due=date(2023, 10, 1), done_on=DAY), DAY) == "Fine"


def test_two_rules_with_one_outcome_mean_either():
    either = table(Rule("Act", LATE.when), Rule("Act", HIGH.when), REST)
    assert read(either, Line(due=date(2023, 10, 1)), DAY) == "Act"
    assert read(either, Line(score=8), DAY) == "Act"
    assert read(either, Line(score=7), DAY) == "Fine"


@pytest.mark.parametrize("rules", [(), (LATE,), (REST, LATE), (REST, REST), (LATE, REST, HIGH)])
def test_a_table_must_end_with_its_only_rule_without_conditions(rules: tuple[Rule, ...]):
    with pytest.raises(ValueError, match="without conditions"):
        table(*rules)


lines = st.builds(
    Line,
    due=st.none() | st.dates(),
    done_on=st.none() | st.dates(),
    score=st.none() | st.integers(0, 25),
    target=st.none() | st.integers(0, 25),
    open=st.booleans(),
)


@given(lines, st.dates())
def test_every_line_has_an_outcome_on_every_day(line: Line, today: date):
    assert read(table(LATE, HIGH, OVER, REST), line, today) in {"Late", "High", "Over", "Fine"}


@given(lines)
def test_a_comparison_and_its_opposite_hold_together_only_for_a_missing_value(line: Line):
    above = Condition("score", ">", Field("target")).on(DAY)(line)
    not_above = Condition("score", "<=", Field("target")).on(DAY)(line)
    assert (not above and not not_above) == (line.score is None or line.target is None)
    assert (above and not_above) is False


def test_a_table_asked_of_two_days_in_turn_answers_for_each():
    late = table(Rule("late", (Condition("due", "<", TODAY),)), Rule("in time"))
    line = Line(due=DAY)
    days = (DAY, DAY + timedelta(days=1), DAY)
    assert [read(late, line, day) for day in days] == ["in time", "late", "in time"]


def test_a_table_is_explained_in_sentences():
    soon = Rule("Soon", (Condition("due", "<=", Today(14)), Condition("open", "==", True)))
    moved = Rule("Moved", (Condition("done_on", ">", Field("due")),))
    assert explain(table(LATE, soon, HIGH, OVER, moved, REST), line=Line) == [
        "Late when due is before today and done on is missing.",
        "Soon when due is on or before 14 days after today and open is yes.",
        "High when score is at least 8.",
        "Over when score is above target.",
        "Moved when done on is after due.",
        "Otherwise Fine.",
    ]


def test_a_table_with_one_rule_is_explained_too():
    assert explain(table(REST)) == ["Always Fine."]
    assert explain(table(LATE, REST)) == ["Late when due is before today and done on is missing.", "Otherwise Fine."]
