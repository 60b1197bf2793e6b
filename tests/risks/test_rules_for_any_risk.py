from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from candour.risks.rules import STATUS_WORDS, Assessment, Control, Facts, Line, control_state, direction, line, status
from tests.scales.factories import matrix

FOUR = matrix()

dates = st.dates(date(2018, 1, 1), date(2026, 12, 31))
controls = st.lists(
    st.builds(Control, pending=st.booleans(), due=st.none() | dates, removed_on=st.none() | dates), max_size=5
)
assessments = st.lists(
    st.builds(
        Assessment,
        purpose=st.sampled_from(["inherent", "current", "target"]),
        matrix=st.sampled_from([FOUR, matrix(impact=5, likelihood=5, id=2)]),
        impact=st.integers(1, 4),
        likelihood=st.integers(1, 4),
        scored_on=dates,
        proposed=st.booleans(),
    ),
    max_size=5,
)
facts = st.builds(
    Facts,
    organisation=st.integers(1, 3),
    sensitivity=st.sampled_from(["public", "office", "restricted"]),
    kind=st.sampled_from(["strategic", "operational", "project"]),
    first_recorded=dates,
    last_review=st.none() | dates,
    transferred_on=st.none() | dates,
    accepted_on=st.none() | dates,
    closed_on=st.none() | dates,
)
lines = st.builds(
    lambda facts, scored, held: line(facts, assessments=scored, controls=held), facts, assessments, controls
)


@given(lines, dates)
def test_every_risk_has_a_status_on_every_day(one: Line, today: date):
    assert status(one, today) in STATUS_WORDS
    assert (status(one, today) == "Closed") == (one.closed_on is not None)


@given(facts, assessments, controls, dates)
def test_an_overdue_control_always_shows_on_a_live_risk(risk: Facts, scored: list, held: list, today: date):
    overdue = Control(pending=True, due=today - timedelta(days=1))
    live = replace(risk, closed_on=None)
    assert status(line(live, assessments=scored, controls=[*held, overdue]), today) == "Overdue Control"


@given(facts, assessments, controls, dates)
def test_the_line_and_its_controls_agree_on_what_is_overdue(risk: Facts, scored: list, held: list, today: date):
    live = line(replace(risk, closed_on=None), assessments=scored, controls=held)
    overdue = "overdue" in {control_state(control, today) for control in held}
    assert (status(live, today) == "Overdue Control") == overdue


@given(lines, dates)
def test_a_risk_awaits_review_on_every_day_that_calls_for_one_and_on_no_other(one: Line, today: date):
    never = one.last_review is None and one.first_recorded <= today
    late = one.review_due is not None and one.review_due < today
    handed_over = one.transferred_on is not None and (one.last_review or date.max) < one.transferred_on <= today
    awaits = one.awaits_from is not None and one.awaits_from <= today
    assert awaits == (never or late or handed_over)


@given(lines, dates, st.integers(0, 2000))
def test_waiting_never_makes_a_status_better(one: Line, today: date, n: int):
    worse = ["Overdue Control", "Awaiting Review"]
    before, after = status(one, today), status(one, today + timedelta(days=n))
    assert after == before or after in worse[: worse.index(before) if before in worse else 2]


@given(facts, assessments, controls, dates)
def test_a_controlled_risk_has_no_open_control(risk: Facts, scored: list, held: list, today: date):
    one = line(risk, assessments=scored, controls=held)
    if status(one, today) == "Controlled":
        assert [
            control_state(each, today) for each in held if control_state(each, today) not in {"in place", "removed"}
        ] == []


@given(facts, assessments, controls, st.randoms())
def test_the_order_of_controls_never_matters(risk: Facts, scored: list, held: list, random):
    shuffled = random.sample(held, len(held))
    assert line(risk, assessments=scored, controls=shuffled) == line(risk, assessments=scored, controls=held)


@given(st.integers(1, 16), st.integers(1, 16), dates, dates)
def test_direction_turned_round_is_its_opposite(a: int, b: int, first_recorded: date, since: date):
    opposite = {"up": "down", "down": "up", "same": "same", "new": "new"}
    assert direction(b, a, first_recorded, since) == opposite[direction(a, b, first_recorded, since)]
