"""Rows written several times over: a tracker of 100,000 in minutes, where raising each would take a quarter of an hour.

A copy differs from what it was copied from by its numbers and its reference alone, and has no history of its own. So lists,
counts and figures may be measured among copies; what is opened or saved is what was raised, and the history is not verified.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction

from candour.kernel.records.models import Record, SearchText

Model = type[models.Model]
WORDS = "records_search"  # the index of words on PostgreSQL, which is made sooner at once than row by row


def multiply(kind: str, hanging: Mapping[Model, str], times: int) -> None:
    """Write every record of a kind, with its line, its search text and what hangs on it, so many times more.

    hanging: the other models to copy, each with the column that holds the number of the record, those first that others
    point at.
    """
    of: dict[Model, str] = {Record: "id", **hanging, SearchText: "record_id"}
    with transaction.atomic(), _words_last(), connection.cursor() as cursor:
        cursor.execute("SELECT MIN(id), MAX(id) FROM records_record WHERE kind = %s", [kind])
        between = cursor.fetchone()
        widths = {model: _width(cursor, model, column, between) for model, column in of.items() if _numbered(model)}
        for turn in range(1, times + 1):
            for model, column in of.items():
                cursor.execute(_copied(model, column, widths, turn), between)
        for statement in connection.ops.sequence_reset_sql(no_style(), list(widths)):
            cursor.execute(statement)


def _numbered(model: Model) -> bool:
    """Whether the rows of a model have numbers of their own, and not those of the records that they belong to."""
    return not model._meta.pk.is_relation


def _width(cursor: Any, model: Model, column: str, between: tuple[int, int]) -> int:
    """By how much the numbers of a model move in each copy."""
    cursor.execute(
        f"SELECT MAX(id) - MIN(id) + 1 FROM {model._meta.db_table} WHERE {column} BETWEEN %s AND %s",  # noqa: S608
        between,
    )
    return int(cursor.fetchone()[0] or 0)


def _copied(model: Model, column: str, widths: Mapping[Model, int], turn: int) -> str:
    """The statement that writes the rows of one model once more, each column moved where it is a number that moves."""
    fields: list[Any] = [field for field in model._meta.concrete_fields if not field.generated]
    names = [connection.ops.quote_name(field.column) for field in fields]
    values = []
    for field, name in zip(fields, names, strict=True):
        moved = widths.get(_root(field), 0) if field.primary_key or field.is_relation else 0
        values.append(f"{name} + {turn * moved}" if moved else name)
        if field.name == "reference":
            values[-1] = f"{name} || '.{turn}'"
    return (
        f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) SELECT {', '.join(values)}"  # noqa: S608
        f" FROM {model._meta.db_table} WHERE {column} BETWEEN %s AND %s"
    )


def _root(field: Any) -> Model:
    """The model whose numbers a key holds."""
    while field.is_relation:
        field = field.target_field
    return field.model  # type: ignore[no-any-return]


@contextmanager
def _words_last() -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [WORDS])
        (made_by,) = cursor.fetchone()
        cursor.execute(f"DROP INDEX {WORDS}")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what is checked at the end stands in the way of an index
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        cursor.execute(made_by)
