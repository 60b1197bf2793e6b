"""How often is counted: exactly with one process, nearly with several, and without a write for each request."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from candour.kernel.limits.counting import Counter
from candour.kernel.limits.models import Allowance
from candour.kernel.limits.rules import LIMITS, left_of, minute_of, share_of
from candour.kernel.limits.work import sweep

AT = datetime(2026, 3, 2, 10, 15, 20, tzinfo=UTC)


def test_a_minute_is_shared_out_in_tenths_and_ends_on_the_clock() -> None:
    assert [share_of(most) for most in (1, 9, 10, 25, 300)] == [1, 1, 1, 2, 30]
    assert minute_of(AT) == minute_of(AT + timedelta(seconds=39))
    assert minute_of(AT) + 1 == minute_of(AT + timedelta(seconds=40))
    assert [left_of(AT), left_of(AT + timedelta(seconds=39)), left_of(AT + timedelta(seconds=40))] == [40, 1, 60]


@pytest.mark.django_db
@pytest.mark.parametrize("most", [1, 3, 10, 25, 60, 120, 300])
def test_one_process_lets_through_as_many_as_may_and_no_more(most: int) -> None:
    counter = Counter()
    taken = [counter.take("one", most=most, at=AT) for _ in range(most + 20)]
    assert taken[: taken.index(False)] == [True] * (most - most % share_of(most))
    assert set(taken[taken.index(False) :]) == {False}


@pytest.mark.django_db
def test_each_further_process_lets_through_a_tenth_more_at_most() -> None:
    counters = [Counter() for _ in range(4)]
    taken = sum(counter.take("one", most=100, at=AT) for _ in range(100) for counter in counters)
    assert 100 <= taken <= 130


@pytest.mark.django_db
def test_a_new_minute_begins_anew_and_another_count_is_another() -> None:
    counter = Counter()
    assert [counter.take("one", most=2, at=AT) for _ in range(3)] == [True, True, False]
    assert counter.take("other", most=2, at=AT)
    assert counter.take("one", most=2, at=AT + timedelta(minutes=1))


@pytest.mark.django_db
def test_the_first_tenth_costs_nothing_then_one_write_a_tenth_and_refusing_nothing() -> None:
    counter = Counter()

    def asked(times: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            for _ in range(times):
                counter.take("one", most=100, at=AT)
        return len([query for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))])

    assert asked(10) == 0
    first = asked(10)
    assert first <= 4  # the row is made
    assert asked(80) == 8
    assert asked(1) <= 6  # none is left, which is looked at twice
    assert asked(1000) == 0


@pytest.mark.django_db
def test_no_address_stands_in_the_table_and_old_counts_are_forgotten() -> None:
    counter = Counter()
    for _ in range(3):
        counter.take("public address 192.0.2.7", most=10, at=AT)
    assert [len(row.key) for row in Allowance.objects.all()] == [64]
    assert sweep(AT + timedelta(minutes=59), {}) == "0 forgotten"
    assert sweep(AT + timedelta(minutes=62), {}) == "1 forgotten"


def test_every_limit_has_its_setting(settings) -> None:  # type: ignore[no-untyped-def]
    from candour.config import settings as told

    assert {name: limit.usual for name, limit in LIMITS.items()} == told.LIMITS
