"""What the lists of finance say in SQL is what a page says in Python, over generated lines."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candour.finance import rules
from candour.finance.queries.registers import CAPITAL, COLLABORATIONS, PROJECTS, SAVINGS, Register, of_view, rows_for
from candour.kernel.records.compile import compiled
from tests.factories import TODAY, House
from tests.finance.factories import a_collaboration, a_project, a_scheme

pytestmark = pytest.mark.django_db
days = st.none() | st.integers(-90, 90).map(lambda n: TODAY + timedelta(n)) | st.just(TODAY)
some_day = days.filter(lambda day: day is not None)
ended = days.map(lambda day: day if day and day.day < 4 else None)
amounts = st.sampled_from([None, -1, 0, 5, 9])
tones = st.sampled_from(["", "low", "medium", "high"])
SCHEMES = {
    **{"closed_on": ended, "position": days, "due_on": days, "tone": tones, "slipped": st.sampled_from([-1, 0, 4])},
    **dict.fromkeys(("unfunded", "budget", "forecast", "whole_budget", "whole_forecast"), amounts),
    "sensitivity": st.sampled_from(["office", "restricted"]),
}
FACTS: dict[str, dict[str, Any]] = {
    "savings": SCHEMES,
    "capital": SCHEMES,
    "projects": {
        **{"closed_on": ended, "report_due": days, "worst": tones, "expected": days, "asked_on": ended},
        **{"forecast": amounts, "budget": amounts, "waiting": st.sampled_from(["", "The board"])},
        "stage": st.sampled_from(["Idea", "Not approved", "Delivery"]),
    },
    "collaborations": {"closed_on": ended, "ends": days, "review_due": some_day, "year": days},
}


@pytest.mark.parametrize("register", [SAVINGS, CAPITAL, PROJECTS, COLLABORATIONS], ids=lambda one: one.name)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_state_rank_and_views_are_the_same_in_sql_and_in_python(house: House, register: Register, data: Any) -> None:
    facts = data.draw(st.fixed_dictionaries(FACTS[register.name]))
    lines = register.lines._default_manager
    held = lines.values_list("pk", flat=True).first()
    pk = held or _made(house, register.name)
    lines.filter(pk=pk).update(**facts)
    (row,) = rows_for(register, [pk], today=TODAY)
    found = lines.filter(pk=pk).annotate(is_now=compiled(register.table, TODAY), ranked=compiled(register.rank, TODAY))
    state, rank = found.values_list("is_now", "ranked").get()
    assert (state, register.order[int(rank)]) == (row.state, row.state)
    row = type(row)(**(vars(row) | {"sensitivity": facts.get("sensitivity", row.sensitivity)}))
    assert {name for name, view in register.views.items() if found.filter(of_view(view)).exists()} == {
        name for name, view in register.views.items() if view.holds(row)
    }


def _made(house: House, name: str) -> int:
    if name in ("savings", "capital"):
        return a_scheme(house, "saving" if name == "savings" else "capital").pk
    return (a_project if name == "projects" else a_collaboration)(house).pk


def test_every_state_has_words_and_a_place() -> None:
    assert set(rules.STATE_WORDS) == set(rules.ORDER)
    assert set(rules.PROJECT_WORDS) == set(rules.PROJECT_ORDER)
    assert set(rules.COLLABORATION_WORDS) == set(rules.COLLABORATION_ORDER)
