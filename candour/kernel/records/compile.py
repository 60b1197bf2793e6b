"""Rule tables compiled to SQL: the same table that rules read in Python, as one CASE expression.

The text is written straight from the table. As Django's own Case and Q it took a fifth of a list page's time to build.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, CharField, Count, F, Func, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from candour.kernel.rules import Condition, Field, Rule, Table, literal

OPERATORS = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "==": "="}


def compiled(table: Table, today: date, path: str = "") -> "Decided":
    """A CASE that gives the outcome of the first rule that matches. path leads from the row to the line ("line__")."""
    return Decided(table, today, path)


def holds(table: Table, outcome: str, today: date, path: str = "") -> "Holds":
    """Whether a table gives one outcome, as a condition: cheaper to count by than compared with what compiled() gives."""
    return Holds(table, outcome, today, path)


def counted(rows: QuerySet, group: str, table: Table, today: date) -> list[tuple[int | None, str, int]]:
    """How many rows of each group have each outcome: (number in the column `group`, outcome, how many). One query.

    table: asks one column alone. So rows of one group and value are counted first, as an index holds them side by side, and
    the outcome is found once for each value instead of each row.
    """
    decided = Decided(table, today)
    (name,) = decided.names
    connection = connections[rows.db]
    each = rows.order_by().values_list(group, name).annotate(counted=Count("*")).query
    try:
        sql, params = each.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:  # what is asked contradicts itself, as where a filter of a page cannot be read
        return []
    quote = connection.ops.quote_name
    outcome, more = decided.case({name: (quote(name), [])}, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {quote(group)}, {outcome}, SUM(counted) FROM ({sql}) AS by_value GROUP BY 1, 2",  # noqa: S608
            [*more, *params],
        )
        return [(number, said, int(count)) for number, said, count in cursor.fetchall()]


class LookedAt(Func):
    """A column that is looked at in rows found by other means. SQLite keeps no count of what its indexes hold, and would
    rather read all rows that an index of the column gives; a plus before it says that none is to be used."""

    arity = 1
    template = "%(expressions)s"

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template="+%(expressions)s", **more)


class Decided(Func):
    """The outcome of a rule table for each row. Its columns are resolved once, however many conditions name them."""

    output_field = CharField()

    def __init__(self, table: Table, today: date, path: str = "") -> None:
        self.table, self.today, self.path = table, today, path
        self.names = sorted({name for rule in table for condition in rule.when for name in fields_of(condition)})
        super().__init__(*(F(f"{path}{name}") for name in self.names))

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        columns = {
            name: compiler.compile(source)
            for name, source in zip(self.names, self.get_source_expressions(), strict=True)
        }
        return self.case(columns, connection)

    def case(self, columns: dict[str, Any], connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        """The expression as SQL with its parameters. columns: the same of each column of the table, by name."""
        parts: list[str] = []
        params: list[Any] = []
        *rules, otherwise = self.table
        if not rules:
            return self.said(otherwise.outcome), params
        for rule in rules:
            conditions = []
            for condition in rule.when:
                text, values = self._condition(condition, columns, connection)
                conditions.append(text)
                params += values
            parts.append(f"WHEN {' AND '.join(conditions)} THEN {self.said(rule.outcome)}")
        return f"CASE {' '.join(parts)} ELSE {self.said(otherwise.outcome)} END", params

    def said(self, outcome: str) -> str:
        """What the expression gives for an outcome, as SQL. Outcomes come from the code, never from people."""
        return quoted(outcome)

    def _condition(
        self, condition: Condition, columns: dict[str, Any], connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        column, params = columns[condition.field]
        if condition.op in {"is none", "is not none"}:
            return f"{column} IS {'' if condition.op == 'is none' else 'NOT '}NULL", list(params)
        if isinstance(condition.value, Field):
            other, more = columns[condition.value.name]
            return f"{column} {OPERATORS[condition.op]} {other}", [*params, *more]
        value = literal(condition.value, self.today)
        if isinstance(value, date):
            value = connection.ops.adapt_datefield_value(value)
        return f"{column} {OPERATORS[condition.op]} %s", [*params, value]


class Holds(Decided):
    """Whether the table gives one outcome. Rules that no longer matter are left out: those after the last that can give it,
    and those before a wider one that says the same."""

    output_field = BooleanField()  # type: ignore[assignment]
    conditional = True

    def __init__(self, table: Table, outcome: str, today: date, path: str = "") -> None:
        self.outcome = outcome
        last = max((n for n, rule in enumerate(table) if rule.outcome == outcome), default=-1)
        needed = table if last == len(table) - 1 else (*table[: last + 1], Rule("another"))
        super().__init__(Table(self.told(needed)), today, path)

    def told(self, rules: Iterable[Rule]) -> list[Rule]:
        """The rules without each that is followed, past others which say the same, by one that asks for less."""
        kept: list[Rule] = []
        for rule in rules:
            while kept and self.said(kept[-1].outcome) == self.said(rule.outcome) and {*rule.when} <= {*kept[-1].when}:
                kept.pop()
            kept.append(rule)
        return kept

    def said(self, outcome: str) -> str:
        return "TRUE" if outcome == self.outcome else "FALSE"


def fields_of(condition: Condition) -> list[str]:
    """The columns that a condition names."""
    return [condition.field, condition.value.name] if isinstance(condition.value, Field) else [condition.field]


def quoted(outcome: str) -> str:
    """An outcome as an SQL text. Outcomes come from the code, never from people."""
    return "'" + outcome.replace("'", "''").replace("%", "%%") + "'"
