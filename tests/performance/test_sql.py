"""What lists say in SQL is what a page says in Python, over generated lines."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candour.kernel.records.compile import compiled
from candour.performance import rules
from candour.performance.models import MeasureLine
from candour.performance.queries import VIEWS, matches, of_view, rows_for
from tests.factories import TODAY, House
from tests.performance.factories import a_measure

pytestmark = pytest.mark.django_db
days = st.none() | st.integers(-40, 40).map(lambda n: TODAY + timedelta(n)) | st.just(TODAY)
FACTS = {
    "closed_on": days.map(lambda day: day if day and day.day < 4 else None),
    "last_period": days,
    "due_on": days,
    "owed_on": days,
    "explained": st.booleans(),
    "variation": st.sampled_from(list(rules.VARIATION_WORDS)),
    "assurance": st.sampled_from(list(rules.ASSURANCE_WORDS)),
}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=st.fixed_dictionaries(FACTS))
def test_state_rank_and_views_are_the_same_in_sql_and_in_python(house: House, facts: dict[str, Any]) -> None:
    made = MeasureLine.objects.first() or MeasureLine.objects.get(pk=a_measure(house).pk)
    rows = MeasureLine.objects.filter(pk=made.pk)
    rows.update(**facts)
    (row,) = rows_for([made.pk], today=TODAY)
    tables = {"state_": rules.STATE, "exception_": rules.EXCEPTION, "rank_": rules.RANK}
    found = rows.annotate(**{name: compiled(table, TODAY) for name, table in tables.items()}).values(*tables).get()
    assert found["state_"] == row.state
    assert (found["exception_"] == "yes") == row.exception
    assert rules.ORDER[int(found["rank_"])] == row.state
    assert {name for name in VIEWS if rows.filter(of_view(name, TODAY)).exists()} == {
        name for name in VIEWS if matches(row, name, TODAY)
    }
