"""Rule tables compiled to SQL: the same table that rules read in Python, as one CASE expression."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Case, CharField, F, Q, Value, When

from candour.kernel.rules import Condition, Field, Table, literal

LOOKUPS = {"<": "lt", "<=": "lte", ">": "gt", ">=": "gte", "==": "exact"}


@lru_cache(maxsize=64)
def compiled(table: Table, today: date, path: str = "") -> Case:
    """A CASE that gives the outcome of the first rule that matches. path leads from the row to the line ("line__")."""
    *rules, otherwise = table
    return Case(
        *(When(condition(rule.when, today, path), then=Value(rule.outcome)) for rule in rules),
        default=Value(otherwise.outcome),
        output_field=CharField(),
    )


def condition(when: tuple[Condition, ...], today: date, path: str = "") -> Q:
    """All conditions of a rule as one Q; an empty one is always true."""
    found = Q()
    for part in when:
        column = f"{path}{part.field}"
        if part.op in {"is none", "is not none"}:
            found &= Q(**{f"{column}__isnull": part.op == "is none"})
        else:
            found &= Q(**{f"{column}__{LOOKUPS[part.op]}": operand(part.value, today, path)})
    return found


def operand(value: Any, today: date, path: str) -> Any:
    return F(f"{path}{value.name}") if isinstance(value, Field) else literal(value, today)
