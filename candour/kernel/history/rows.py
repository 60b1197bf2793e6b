"""Very many rows at once, written as they are: a statement that is composed row by row takes four times as long.

Nothing here records anything: whoever writes so says itself what becomes of the history.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL

FEW = 50  # rows that PostgreSQL takes sooner in one statement than copied
AT_ONCE, VALUES = 500, 30_000  # rows of one statement, and values in it: SQLite takes 32,766 of these
PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)
Prepare = Callable[[Any, Any], Any]  # a value and the connection to how the database takes it


def among(keys: Sequence[int], column: str = "pk") -> models.Q:
    """Rows of these keys: between the first and the last where they follow one another, as those made together do."""
    first, last = min(keys, default=0), max(keys, default=0)
    if len(keys) > 2 and len(set(keys)) == last - first + 1:
        return models.Q(**{f"{column}__gte": first, f"{column}__lte": last})
    return models.Q(**{f"{column}__in": keys})


def numbered(keys: Sequence[int]) -> models.Q:
    """Rows of very many keys, in no order: given as one value, where each by itself takes as long as its row."""
    if connection.vendor == "postgresql":
        return models.Q(pk__in=RawSQL("SELECT unnest(%s::bigint[])", [list(keys)]))  # nosec B611
    return models.Q(pk__in=RawSQL("SELECT value FROM json_each(%s)", [json.dumps(keys)]))  # nosec B611


def insert(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Write new rows. columns: their attributes, which are its columns too; rows: the values of each, in that order.

    A decimal is written as it is given, with the places that it has.
    """
    put(model, columns, prepared(model, columns, rows))


def create(model: type[models.Model], made: Sequence[Any]) -> None:
    """Write new objects of a model as bulk_create() does; they have their numbers afterwards."""
    for each in made:
        each._prepare_related_fields_for_save(operation_name="bulk_create")
    if without := [each for each in made if each.pk is None]:
        for number, each in zip(next_numbers(model, len(without)), without, strict=True):
            each.pk = number
    columns = [field.attname for field in model._meta.concrete_fields]
    rows = list(map(attrgetter(*columns), made))
    put(model, columns, prepared(model, columns, rows, exact=True))
    for each in made:
        each._state.adding, each._state.db = False, connection.alias


@cache
def may_create(model: type[models.Model]) -> bool:
    """Whether create() does for a model all that bulk_create() would: no field fills itself as it is saved."""
    fields: Sequence[Any] = model._meta.concrete_fields
    return not any(field.has_db_default() or field.generated or _fills_itself(field) for field in fields)


def _fills_itself(field: Any) -> bool:
    return type(field).pre_save is not models.Field.pre_save and (
        getattr(field, "auto_now", False)
        or getattr(field, "auto_now_add", False)
        or isinstance(field, models.FileField)
    )


def replace(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write whole rows by their key, each in place of the one that has it. rows: values by attribute."""
    columns = [field.attname for field in model._meta.concrete_fields]
    key = model._meta.pk.attname
    anew = ", ".join(f"{_quoted(name)} = EXCLUDED.{_quoted(name)}" for name in columns if name != key)
    values = prepared(model, columns, [[row[name] for name in columns] for row in rows], exact=True)
    _say(model, columns, values, f" ON CONFLICT ({_quoted(key)}) DO UPDATE SET {anew}")


def change(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Change rows that stand. columns: the attributes that change; rows: the values of each, in that order, and its key."""
    key, table = model._meta.pk.attname, _quoted(model._meta.db_table)
    every = [*columns, key]
    found = prepared(model, every, rows, exact=True)
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            anew = ", ".join(f"{_quoted(name)} = %s" for name in columns)
            cursor.executemany(f"UPDATE {table} SET {anew} WHERE {_quoted(key)} = %s", found)  # noqa: S608
            return
        by_name = {
            field.attname: field for field in model._meta.concrete_fields
        }  # a statement a row is planned each time
        marks = ", ".join(f"%s::{by_name[name].rel_db_type(connection)}" for name in every)
        anew = ", ".join(f"{_quoted(name)} = told.{_quoted(name)}" for name in columns)
        for some in _parted(found):
            told = f"(VALUES {', '.join([f'({marks})'] * len(some))}) AS told ({_named(every)})"
            cursor.execute(
                f"UPDATE {table} SET {anew} FROM {told} WHERE {table}.{_quoted(key)} = told.{_quoted(key)}",  # noqa: S608
                [value for row in some for value in row],
            )


def next_numbers(model: type[models.Model], count: int) -> list[int]:
    """Numbers for new rows of a table that loses none. On SQLite inside a transaction that writes, as there is one writer."""
    table, key = model._meta.db_table, model._meta.pk.attname
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, key, count]
            )
            return [number for (number,) in cursor.fetchall()]
        cursor.execute(f"SELECT COALESCE(MAX({_quoted(key)}), 0) FROM {_quoted(table)}")  # noqa: S608
        (last,) = cursor.fetchone()
        return list(range(last + 1, last + 1 + count))


def put(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Write new rows of which each value is already as the database takes it."""
    if connection.vendor == "postgresql" and len(rows) > FEW:
        copied = f"COPY {_quoted(model._meta.db_table)} ({_named(columns)}) FROM STDIN"
        with connection.cursor() as cursor, cursor.copy(copied) as copy:  # type: ignore[attr-defined]
            for row in rows:
                copy.write_row(row)
    else:
        _say(model, columns, rows)


def _say(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]], then: str = "") -> None:
    """Insert rows, many in one statement: SQLite keeps what it may have to take back of each statement, which takes longest."""
    start = f"INSERT INTO {_quoted(model._meta.db_table)} ({_named(columns)}) VALUES "  # noqa: S608
    # Django turns each of thousands of its marks into SQLite's own, unless it is also to say what was asked.
    mark = "?" if connection.vendor == "sqlite" and not connection.queries_logged else "%s"
    marks = f"({', '.join([mark] * len(columns))})"
    with connection.cursor() as cursor:
        for some in _parted(rows):
            values = [value for row in some for value in row]
            cursor.execute(f"{start}{', '.join([marks] * len(some))}{then}", values)


def prepared(
    model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]], *, exact: bool = False
) -> Sequence[Sequence[Any]]:
    """The rows as the database takes them: days and moments as texts on SQLite, and so on. exact: decimals by their field."""
    how = _how(model, tuple(columns), exact)
    if not how:
        return rows
    db = connection.ops.connection  # itself, not what stands for it in every thread
    found = [list(row) for row in rows]
    for row in found:
        for place, prepare in how:
            if (value := row[place]) is not None:
                row[place] = prepare(value, db)
    return found


@cache
def _how(model: type[models.Model], columns: tuple[str, ...], exact: bool) -> tuple[tuple[int, Prepare], ...]:
    """(place, how a value there is prepared) of the columns that are not written as they are."""
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    return tuple(
        (place, prepare)
        for place, name in enumerate(columns)
        if (prepare := _preparing(by_name[name], exact)) is not None
    )


def _preparing(field: Any, exact: bool) -> Prepare | None:
    target = field
    while isinstance(target, models.ForeignKey):  # what it points at, which may be a key to another itself
        target = target.target_field
    if isinstance(target, PLAIN) or (isinstance(target, models.DecimalField) and not exact):
        return None
    prepare: Prepare = target.get_db_prep_save
    if isinstance(target, models.DateTimeField):
        return lambda value, db: db.ops.adapt_datetimefield_value(value) if value.tzinfo else prepare(value, db)
    if isinstance(target, models.DateField):
        return lambda value, db: db.ops.adapt_datefield_value(value) if type(value) is date else prepare(value, db)
    return prepare


def _parted(rows: Sequence[Sequence[Any]]) -> Iterator[Sequence[Sequence[Any]]]:
    """The rows, as many at a time as one statement takes."""
    most = min(AT_ONCE, VALUES // len(rows[0])) if rows else 1
    for first in range(0, len(rows), most):
        yield rows[first : first + most]


def _named(columns: Sequence[str]) -> str:
    return ", ".join(map(_quoted, columns))


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))
