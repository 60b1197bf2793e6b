"""What lists say in SQL is what a page says in Python, over generated lines."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candour.inspections import rules
from candour.inspections.models import InspectionLine, StatementLine
from candour.inspections.queries import VIEWS, matches
from candour.inspections.queries.register import of_view, rows_for
from candour.inspections.queries.statement import line_from
from candour.inspections.rules.statement import SAID
from candour.kernel.records.compile import compiled
from tests.factories import TODAY, House
from tests.inspections.factories import a_statement_item, an_inspection

pytestmark = pytest.mark.django_db
days = st.none() | st.integers(-40, 40).map(lambda n: TODAY + timedelta(n)) | st.just(TODAY)
ended = days.map(lambda day: day if day and day.day < 4 else None)
NAMES = ("fieldwork_on", "debrief_on", "published_on", "response_due", "answered_on", "next_due")
FACTS = {"closed_on": ended, "sensitivity": st.sampled_from(["office", "restricted"]), **dict.fromkeys(NAMES, days)}
STATED = {
    "closed_on": ended,
    "due": days,
    "said": st.sampled_from(["", *SAID]),
    "left": st.sampled_from(["", "done", "dropped"]),
}
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUICK
@given(facts=st.fixed_dictionaries(FACTS))
def test_state_rank_and_views_are_the_same_in_sql_and_in_python(house: House, facts: dict[str, Any]) -> None:
    made = InspectionLine.objects.first() or InspectionLine.objects.get(pk=an_inspection(house).pk)
    rows = InspectionLine.objects.filter(pk=made.pk)
    rows.update(**facts)
    (row,) = rows_for([made.pk], today=TODAY)
    found = rows.annotate(state_=compiled(rules.STATE, TODAY), rank_=compiled(rules.RANK, TODAY)).get()
    assert (found.state_, rules.ORDER[int(found.rank_)]) == (row.state, row.state)
    assert {name for name in VIEWS if rows.filter(of_view(name, TODAY)).exists()} == {
        name for name in VIEWS if matches(row, name)
    }


@QUICK
@given(facts=st.fixed_dictionaries(STATED))
def test_the_state_of_the_statement_is_the_same_in_sql_and_in_python(house: House, facts: dict[str, Any]) -> None:
    made = StatementLine.objects.first() or StatementLine.objects.get(pk=a_statement_item(house).pk)
    rows = StatementLine.objects.filter(pk=made.pk)
    rows.update(**facts)
    state = rules.stated_state(line_from(rows.values().get()), TODAY)
    found = rows.annotate(state_=compiled(rules.STATED, TODAY), rank_=compiled(rules.STATED_RANK, TODAY)).get()
    assert (found.state_, rules.STATED_ORDER[int(found.rank_)]) == (state, state)
