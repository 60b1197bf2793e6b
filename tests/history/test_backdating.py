"""A fact learnt late holds from its day until the day of a later fact about the same thing."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candour.kernel.access import CANDOUR
from candour.kernel.history.queries import as_at
from candour.kernel.history.recording import recording
from candour.kernel.history.restate import Dated, restated
from candour.kernel.history.verify import verify
from candour.kernel.records.models import Record
from candour.risks import commands
from candour.risks.models import Control
from tests.factories import NOW, House, a_risk
from tests.history.replay import Replay

START = date(2026, 1, 1)
FIELDS = ("a", "b", "c")


def day(number: int) -> date:
    return START + timedelta(days=number)


def restate(states: dict[date, dict[str, Any]], effective: date, values: dict[str, Any]) -> dict[date, dict[str, Any]]:
    """The states by day after one more fact, as a recording leaves them."""
    standing = [Dated(known, states[known]) for known in sorted(states)]
    live = standing[-1].state if standing else dict.fromkeys(FIELDS, "")
    made = restated(standing=standing, new=live | values, effective=effective)
    return states | {dated.effective: dated.state for dated in made}


def stood(states: dict[date, dict[str, Any]], on: date) -> dict[str, Any] | None:
    known = [one for one in states if one <= on]
    return {name: value for name, value in states[max(known)].items() if value} if known else None


facts = st.lists(st.tuples(st.integers(0, 9), st.sets(st.sampled_from(FIELDS), min_size=1)), min_size=1, max_size=9)


@given(facts)
@settings(max_examples=400)
def test_however_late_facts_are_learnt_every_day_is_their_replay(told: list[tuple[int, set[str]]]) -> None:
    fresh = count(1)
    states: dict[date, dict[str, Any]] = {}
    replay = Replay()
    for number, names in told:
        values: dict[str, Any] = {name: next(fresh) for name in sorted(names)}
        states = restate(states, day(number), values)
        replay.learn(day(number), values)
        assert [stood(states, day(on)) for on in range(10)] == [replay.on(day(on)) for on in range(10)]


@given(st.lists(st.tuples(st.integers(0, 9), st.sets(st.sampled_from(FIELDS), min_size=1)), min_size=1, max_size=9))
def test_facts_learnt_in_order_leave_one_state_a_day(told: list[tuple[int, set[str]]]) -> None:
    fresh = count(1)
    states: dict[date, dict[str, Any]] = {}
    for number, names in sorted(told, key=lambda fact: fact[0]):
        before = dict(states)
        states = restate(states, day(number), {name: next(fresh) for name in sorted(names)})
        assert [states[known] for known in before if known != day(number)] == [
            before[known] for known in before if known != day(number)
        ]


def test_a_fact_is_carried_until_one_that_changed_the_same_field() -> None:
    states = restate({}, day(0), {"a": 1, "b": 1})
    states = restate(states, day(4), {"b": 2})
    states = restate(states, day(8), {"a": 3})
    states = restate(states, day(2), {"a": 9})
    assert states == {
        day(0): {"a": 1, "b": 1, "c": ""},
        day(2): {"a": 9, "b": 1, "c": ""},
        day(4): {"a": 9, "b": 2, "c": ""},
        day(8): {"a": 3, "b": 2, "c": ""},
    }


def test_labels_are_carried_with_their_field() -> None:
    first, later = {"owner": 1, "owner_label": "One"}, {"owner": 2, "owner_label": "Two"}
    standing = [Dated(day(0), first | {"x": 0}), Dated(day(5), first | {"x": 1})]
    made = restated(standing=standing, new=later | {"x": 1}, effective=day(2))
    assert made == [Dated(day(2), later | {"x": 0}), Dated(day(5), later | {"x": 1})]


def test_what_is_learnt_of_a_day_before_the_first_does_not_undo_what_the_first_said() -> None:
    states = restate({}, day(5), {"a": 1})
    states = restate(states, day(2), {"a": 9, "b": 7})
    assert states == {day(2): {"a": 9, "b": 7, "c": ""}, day(5): {"a": 1, "b": 7, "c": ""}}


# Through the database


def write(control: Control, on: date, values: dict[str, Any], at: Any) -> None:
    record = Record.objects.get(pk=control.risk_id)
    with recording("risk.control_settled", record, actor=CANDOUR, at=at, effective=on, reason="Learnt"):
        row = Control.objects.get(pk=control.pk)
        for name, value in values.items():
            setattr(row, name, value)
        row.save()


def shown(control: Control, on: date, known_on: Any = None) -> dict[str, Any] | None:
    rows = as_at(Control.objects.filter(pk=control.pk), on, known_on=known_on)
    return {name: rows[0][name] for name in ("text", "due", "effect") if rows[0][name]} if rows else None


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=st.lists(
        st.tuples(st.integers(0, 9), st.sets(st.sampled_from(("text", "due")), min_size=1)), min_size=1, max_size=6
    )
)
def test_a_row_stands_on_every_day_as_known_on_every_day(house: House, told: list[tuple[int, set[str]]]) -> None:
    with transaction.atomic():
        risk = a_risk(house, effective=START)
        created = {"text": "Word 0", "due": date(2027, 1, 1)}
        control = commands.add_control(risk, actor=CANDOUR, at=NOW, reason="Made", effective=day(5), **created)
        replay, moments = Replay(), [NOW]
        replay.learn(day(5), created)
        past = [[replay.on(day(on)) for on in range(10)]]
        for number, (on, names) in enumerate(told, start=1):
            values = {"text": f"Word {number}", "due": date(2027, 1, 1) + timedelta(days=number)}
            fact = {name: values[name] for name in sorted(names)}
            moments.append(NOW + timedelta(minutes=number))
            write(control, day(on), fact, moments[-1])
            replay.learn(day(on), fact)
            past.append([replay.on(day(on)) for on in range(10)])
        for known, expected in zip(moments, past, strict=True):
            assert [shown(control, day(on), known) for on in range(10)] == expected
        assert [shown(control, day(on)) for on in range(10)] == past[-1]
        live = Control.objects.filter(pk=control.pk).values("text", "due").get()
        assert live == past[-1][-1]
        assert verify().failure == ""
        transaction.set_rollback(True)


def test_a_backdated_fact_restates_the_later_days_in_the_same_entry(house: House) -> None:
    risk = a_risk(house, effective=day(0))
    said: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "Learnt"}
    commands.restrict(risk, sensitivity="restricted", effective=day(20), **said)
    commands.hand_over(risk, owner=house.posts["owner"], responsible_officer=None, effective=day(10), **said)
    owners = [as_at(Record.objects.filter(pk=risk.pk), day(on))[0]["owner_label"] for on in (9, 10, 20)]
    assert owners == ["Chief Executive", "Head of Communications", "Head of Communications"]
    kinds = [as_at(Record.objects.filter(pk=risk.pk), day(on))[0]["sensitivity"] for on in (9, 10, 20)]
    assert kinds == ["public", "public", "restricted"]
    assert verify().failure == ""


def test_a_row_touched_for_an_earlier_day_stood_on_that_day_already(house: House) -> None:
    risk = a_risk(house, effective=day(10))
    commands.hand_over(
        risk,
        owner=house.posts["chief"],
        responsible_officer=None,
        effective=day(4),
        actor=CANDOUR,
        at=NOW,
        reason="From an older paper",
    )
    rows = Record.objects.filter(pk=risk.pk)
    assert as_at(rows, day(3)) == []
    assert as_at(rows, day(4))[0]["owner_label"] == "Chief Executive"
    assert verify().failure == ""
