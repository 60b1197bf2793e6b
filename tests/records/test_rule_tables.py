"""A rule table read in Python and the same table compiled to SQL give one answer."""

from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candour.kernel.history.models import Recorded
from candour.kernel.records.compile import compiled, counted, holds
from candour.kernel.records.models import Record
from candour.kernel.rules import Condition, Field, Rule, Table, Today, read, table
from candour.risks import rules
from candour.risks.models import Control, Risk, RiskLine
from tests.factories import House

TODAY = date(2026, 6, 15)
ROWS = 40  # always as many, so that hypothesis shrinks the values and not the table
EXAMPLES = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

days = st.none() | st.integers(-20, 20).map(lambda number: TODAY + timedelta(days=number))
small = st.none() | st.integers(0, 6)

line_values = st.fixed_dictionaries(
    {
        "score": small,
        "target": small,
        "last_review": days,
        "review_due": days,
        "transferred_on": days,
        "accepted_on": days,
        "next_control_due": days,
        "closed_on": st.none() | st.none() | days,
        "open_controls": st.integers(0, 3),
    }
)
control_values = st.fixed_dictionaries({"pending": st.booleans(), "due": days, "removed_on": st.none() | days})


def plain(model: type[models.Model]) -> models.QuerySet:
    return models.QuerySet(model)


def emptied(house: House) -> list[Record]:
    """Records to hang lines and controls on, without any yet."""
    plain(RiskLine).delete()
    plain(Control).delete()
    if not plain(Record).exists():
        made = [Record(kind="risk", reference=f"T{n}", title="T", organisation=house.office) for n in range(ROWS)]
        plain(Record).bulk_create(made)
        plain(Risk).bulk_create([Risk(record=record, first_recorded=TODAY) for record in plain(Record).order_by("pk")])
    return list(plain(Record).order_by("pk"))


def lines_of(house: House, values: list[dict[str, Any]]) -> None:
    records = emptied(house)
    made = [
        RiskLine(record=record, reference=record.reference, organisation=house.office, first_recorded=TODAY, **given)
        for record, given in zip(records, values, strict=True)
    ]
    plain(RiskLine).bulk_create(made)


def controls_of(house: House, values: list[dict[str, Any]]) -> None:
    records = emptied(house)
    made = [
        Control(risk_id=record.pk, text="T", added_on=TODAY, **given)
        for record, given in zip(records, values, strict=True)
    ]
    plain(Control).bulk_create(made)


def agree(rule_table: Table, model: type[models.Model], today: date) -> None:
    rows = list(plain(model).annotate(outcome=compiled(rule_table, today)).order_by("pk"))
    assert len(rows) == ROWS
    assert [row.outcome for row in rows] == [read(rule_table, row, today) for row in rows]
    for outcome in {rule.outcome for rule in rule_table} | {"no outcome of the table"}:
        held = set(plain(model).filter(holds(rule_table, outcome, today)).values_list("pk", flat=True))
        assert held == {row.pk for row in rows if row.outcome == outcome}


@EXAMPLES
@given(values=st.lists(line_values, min_size=ROWS, max_size=ROWS), shift=st.integers(-10, 10))
def test_the_status_of_risks(house: House, values: list[dict[str, Any]], shift: int) -> None:
    lines_of(house, values)
    agree(rules.STATUS, RiskLine, TODAY + timedelta(days=shift))


@EXAMPLES
@given(values=st.lists(control_values, min_size=ROWS, max_size=ROWS), shift=st.integers(-20, 20))
def test_the_state_of_controls(house: House, values: list[dict[str, Any]], shift: int) -> None:
    controls_of(house, values)
    agree(rules.CONTROL_STATE, Control, TODAY + timedelta(days=shift))


DATES = ("last_review", "review_due", "transferred_on", "accepted_on", "next_control_due", "closed_on")
NUMBERS = ("score", "target", "open_controls")
comparisons = st.sampled_from(["<", "<=", ">", ">=", "=="])


def compared(names: tuple[str, ...], literals: st.SearchStrategy[Any]) -> st.SearchStrategy[Condition]:
    other = literals | st.sampled_from(names).map(Field)
    return st.builds(Condition, st.sampled_from(names), comparisons, other)


conditions = (
    compared(DATES, st.integers(-20, 20).map(Today) | st.integers(-20, 20).map(lambda n: TODAY + timedelta(days=n)))
    | compared(NUMBERS, st.integers(0, 6))
    | st.builds(Condition, st.sampled_from(DATES + NUMBERS), st.sampled_from(["is none", "is not none"]))
)
tables = st.lists(st.lists(conditions, min_size=1, max_size=3), max_size=5).map(
    lambda whens: table(*(Rule(f"rule {n}", tuple(when)) for n, when in enumerate(whens)), Rule("otherwise"))
)


@EXAMPLES
@given(some=st.lists(tables, min_size=4, max_size=4), values=st.lists(line_values, min_size=ROWS, max_size=ROWS))
def test_any_table(house: House, some: list[Table], values: list[dict[str, Any]]) -> None:
    lines_of(house, values)
    for each in some:
        agree(each, RiskLine, TODAY)


def test_a_table_can_be_read_through_a_path(house: House) -> None:
    lines_of(house, [{"open_controls": n % 2, "last_review": TODAY} for n in range(ROWS)])
    rows = Record.objects.annotate(status=compiled(rules.STATUS, TODAY, "risk_line__")).order_by("pk")
    assert list(rows.values_list("status", flat=True)) == ["Managed", "Controls Tasked"] * (ROWS // 2)


def test_every_field_of_a_line_that_a_table_reads_is_a_column() -> None:
    read_by = {condition.field for rule in rules.STATUS for condition in rule.when}
    columns = {field.name for field in RiskLine._meta.concrete_fields}
    assert read_by - columns == set()
    assert {field.name for field in fields(rules.Line)} - columns == set()
    assert issubclass(Control, Recorded)


def test_a_narrower_rule_that_says_the_same_is_not_asked_of_the_database(house: House) -> None:
    late = Condition("review_due", "<", TODAY)
    told = holds(
        table(
            Rule("Ended, late", (Condition("closed_on", "is not none"), late)),
            Rule("Ended", (Condition("closed_on", "is not none"),)),
            Rule("Late", (late,)),
            Rule("In time"),
        ),
        "Late",
        TODAY,
    )
    sql = str(plain(RiskLine).filter(told).values("pk").query)
    assert (sql.count("closed_on"), sql.count("review_due")) == (1, 1)


def test_nothing_is_counted_of_rows_that_cannot_be(house: House) -> None:
    late = table(Rule("late", (Condition("review_due", "<", TODAY),)), Rule("in time"))
    assert counted(plain(RiskLine).filter(pk__in=[]), "owner_id", late, TODAY) == []
