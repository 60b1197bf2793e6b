"""What lists say in SQL is what a page says in Python, over generated lines."""

from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candour.commissioning import rules
from candour.commissioning.models import AgreementLine
from candour.commissioning.queries import VIEWS, AgreementFilter, lines, matches, page_of, rows_for
from candour.commissioning.queries.register import in_order, of_view
from candour.kernel.records.compile import compiled, holds
from tests.commissioning.factories import a_provider, an_agreement, signed
from tests.factories import TODAY, House

pytestmark = pytest.mark.django_db
FILL = import_module("candour.commissioning.migrations.0003_counted").fill
days = (
    st.none()
    | st.integers(-400, 400).map(lambda n: TODAY + timedelta(n))
    | st.sampled_from([TODAY, date(2026, 12, 15)])
)
FACTS = {
    "starts": days,
    "ends": days,
    "closed_on": days.map(lambda day: day if day and day.day < 4 else None),
    "value": st.none() | st.integers(0, 9),
    "ordered": st.integers(0, 9),
    "first_ordered_on": days,
    "signed_on": days,
    "specified": st.booleans(),
    "kpis": st.booleans(),
    "monitored": st.booleans(),
    "managed": st.booleans(),
    "contacts": st.integers(0, 1),
    "confirmed_on": days,
    "copy": st.booleans(),
    "old_template": st.booleans(),
    "brackets": st.integers(0, 2),
    "undated": st.booleans(),
    "blank_signature": st.booleans(),
    "title_differs": st.booleans(),
    "project_code": st.sampled_from(["", "VS-1"]),
    "follows": st.sampled_from(["", "stop"]),
    "overridden_on": days,
    "owed_from": days,
    "checked_until": days,
    "step_due": days,
}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=st.fixed_dictionaries(FACTS))
def test_state_checks_and_views_are_the_same_in_sql_and_in_python(house: House, facts: dict[str, Any]) -> None:
    made = AgreementLine.objects.first() or AgreementLine.objects.get(pk=an_agreement(house).pk)
    rows = AgreementLine.objects.filter(pk=made.pk)
    rows.update(**facts, fails=False)
    FILL(apps, None)
    (row,) = rows_for([made.pk], today=TODAY)
    kept = rows.values_list("fails", "stream_code").get()
    assert kept == (rules.fails_any_day(row.line), "VS")
    assert rows.annotate(found=compiled(rules.STATE, TODAY)).get().found == row.state
    found = rows.values(**{check.name + "_": compiled(check.table, TODAY) for check in rules.CHECKS}).get()
    assert found == {one.check.name + "_": one.result for one in row.health}
    assert {name for name in VIEWS if rows.filter(of_view(name, TODAY)).exists()} == {
        name for name in VIEWS if matches(row, name, TODAY)
    }
    for check in rules.CHECKS:
        fails = next(one.result for one in row.health if one.check is check) == "fail"
        assert rows.filter(Q(holds(check.table, "fail", TODAY))).exists() == fails


@pytest.mark.parametrize("sort", ["provider", "-provider", "state", "-state", "title", "-title", "value", "-value"])
def test_pages_in_every_order_hold_each_agreement_once_in_the_order_of_all(house: House, sort: str) -> None:
    for number in range(11):
        provider = a_provider(house, name=("Northgate Support", "Aldgate Trust", "Mill Lane")[number % 3])
        it = an_agreement(house, provider=provider, service=f"Service of town {number}")
        if number % 2:
            signed(it)
    wanted, actor = AgreementFilter(), house.actors["policy"]
    whole = list(in_order(lines(actor), sort, TODAY))
    for size in (1, 3, 4, 50):
        found = [
            row.pk
            for offset in range(0, 11, size)
            for row in page_of(actor, wanted, today=TODAY, sort=sort, offset=offset, size=size).rows
        ]
        assert found == whole
