"""Very many rows at once, written as they are: a model made of each and a statement of each hundred took four times as long.

Nothing here records anything: whoever writes so says itself what becomes of the history.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connection, models

FEW = 50  # rows that PostgreSQL takes sooner in one statement than copied
AT_ONCE = 250  # rows of one statement
PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.DecimalField)
Prepare = Callable[[Any, Any], Any]  # a value and the connection to how the database takes it


def insert(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Write new rows. columns: their attributes, which are its columns too; rows: the values of each, in that order."""
    if connection.vendor == "postgresql" and len(rows) > FEW:
        copied = f"COPY {_quoted(model._meta.db_table)} ({_named(columns)}) FROM STDIN"
        with connection.cursor() as cursor, cursor.copy(copied) as copy:  # type: ignore[attr-defined]
            for row in prepared(model, columns, rows):
                copy.write_row(row)
    elif rows:
        _say(model, columns, rows)


def replace(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write whole rows by their key, each in place of the one that has it. rows: values by attribute."""
    if not rows:
        return
    columns = [field.attname for field in model._meta.concrete_fields]
    key = model._meta.pk.attname
    anew = ", ".join(f"{_quoted(name)} = EXCLUDED.{_quoted(name)}" for name in columns if name != key)
    values = [[row[name] for name in columns] for row in rows]
    _say(model, columns, values, f" ON CONFLICT ({_quoted(key)}) DO UPDATE SET {anew}")


def _say(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]], then: str = "") -> None:
    """Insert rows, many in one statement: SQLite keeps what it may have to take back of each statement, which takes longest."""
    start = f"INSERT INTO {_quoted(model._meta.db_table)} ({_named(columns)}) VALUES "  # noqa: S608
    marks = f"({', '.join(['%s'] * len(columns))})"
    found = prepared(model, columns, rows)
    with connection.cursor() as cursor:
        for first in range(0, len(found), AT_ONCE):
            some = found[first : first + AT_ONCE]
            values = [value for row in some for value in row]
            cursor.execute(f"{start}{', '.join([marks] * len(some))}{then}", values)


def prepared(
    model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> Sequence[Sequence[Any]]:
    """The rows as the database takes them: days and moments as texts on SQLite, and so on."""
    how = _how(model, tuple(columns))
    if not how:
        return rows
    found = [list(row) for row in rows]
    for row in found:
        for place, prepare in how:
            if row[place] is not None:
                row[place] = prepare(row[place], connection)
    return found


@cache
def _how(model: type[models.Model], columns: tuple[str, ...]) -> tuple[tuple[int, Prepare], ...]:
    """(place, how a value there is prepared) of the columns that are not written as they are."""
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    return tuple(
        (place, prepare) for place, name in enumerate(columns) if (prepare := _preparing(by_name[name])) is not None
    )


def _preparing(field: Any) -> Prepare | None:
    target = field
    while isinstance(target, models.ForeignKey):  # what it points at, which may be a key to another itself
        target = target.target_field
    if isinstance(target, PLAIN):
        return None
    if isinstance(target, models.DateTimeField):
        return lambda value, db: db.ops.adapt_datetimefield_value(value)
    if isinstance(target, models.DateField):
        return lambda value, db: db.ops.adapt_datefield_value(value)
    prepare: Prepare = target.get_db_prep_save
    return prepare


def _named(columns: Sequence[str]) -> str:
    return ", ".join(map(_quoted, columns))


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))
