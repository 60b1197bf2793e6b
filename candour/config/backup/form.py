"""The text form of a row: the same on both databases, so that what one wrote the other reads, and hashes can be compared.

A row is a JSON array in the order of its table's columns. Whole numbers, texts and booleans are JSON's own; a day is
2026-05-14, a moment 2026-05-14T09:30:00.000000Z, a time 09:30:00.000000, a decimal a text with all its places, bytes are
base64, and what is JSON in the database is a text of it with sorted keys and no spaces.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection, models

from candour.kernel.history.chain import stream

DERIVED = frozenset({"contenttypes", "auth"})  # made from the code by migrations, the same everywhere
PART = 1024 * 1024  # bytes of rows, uncompressed, that are held at once
WHOLE = (models.IntegerField, models.AutoField)

# Each gives the text form from a column; {0} is its quoted name, {1} the places of a decimal.
FORMS: dict[str, dict[str, str]] = {
    "sqlite": {
        "plain": "{0}",
        "json": "{0} || ''",
        "bytes": "{0}",
        "day": "{0} || ''",  # made an expression, it stays text
        "moment": "replace({0}, ' ', 'T') || CASE WHEN length({0}) = 19 THEN '.000000Z' ELSE 'Z' END",
        "time": "CASE WHEN length({0}) = 8 THEN {0} || '.000000' ELSE {0} || '' END",
        "decimal": "CASE WHEN {0} IS NULL THEN NULL ELSE printf('%%.{1}f', {0}) END",
    },
    "postgresql": {
        "plain": "{0}",
        "json": "{0}::text",
        "bytes": "{0}",
        "day": "to_char({0}, 'YYYY-MM-DD')",
        "moment": """to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
        "time": "to_char({0}, 'HH24:MI:SS.US')",
        "decimal": "{0}::text",
    },
}


class Column(NamedTuple):
    """name: in the database. kind: a key of FORMS. places: of a decimal."""

    name: str
    kind: str
    places: int = 0


class Table(NamedTuple):
    """A table as it is written: its name, key and columns. counted: whether the database gives out its keys."""

    name: str
    key: str
    columns: tuple[Column, ...]
    counted: bool


def tables() -> dict[str, Table]:
    """Every table that is backed up, by name. Raises TypeError for a column whose kind has no text form."""
    rows = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in DERIVED
    ]
    return {table.name: table for table in sorted(map(_table, rows))}


def _table(model: type[models.Model]) -> Table:
    columns = tuple(Column(str(field.column), *_kind(field)) for field in model._meta.concrete_fields)
    key: Any = model._meta.pk
    return Table(model._meta.db_table, key.column, columns, isinstance(key, models.AutoField))


def _kind(field: Any) -> tuple[str, int]:
    while field.is_relation:
        field = field.target_field
    if isinstance(field, models.DecimalField):
        return "decimal", field.decimal_places or 0
    kinds: tuple[tuple[Any, str], ...] = (
        (models.DateTimeField, "moment"),  # which is a DateField too
        (models.DateField, "day"),
        (models.TimeField, "time"),
        (models.JSONField, "json"),
        (models.BinaryField, "bytes"),
        ((*WHOLE, models.CharField, models.TextField, models.BooleanField, models.GenericIPAddressField), "plain"),
    )
    for classes, kind in kinds:
        if isinstance(field, classes):
            return kind, 0
    raise TypeError(f"{field}: a {type(field).__name__} has no text form in a backup")


def parts(table: Table) -> Iterator[bytes]:
    """The rows of a table in the order of their keys, a line each, about PART bytes at a time."""
    quoted = connection.ops.quote_name
    forms = FORMS[connection.vendor]
    chosen = ", ".join(forms[column.kind].format(quoted(column.name), column.places) for column in table.columns)
    rows = stream(f"SELECT {chosen} FROM {quoted(table.name)} ORDER BY {quoted(table.key)}".replace("%%", "%"))  # noqa: S608
    said = {"json": canonical_json, "bytes": _in_base64}
    turned = [(at, said[column.kind]) for at, column in enumerate(table.columns) if column.kind in said]
    write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    held: list[bytes] = []
    size = 0
    for found in rows:
        row = list(found)
        for at, turn in turned:
            if row[at] is not None:
                row[at] = turn(row[at])
        held.append(write(row).encode() + b"\n")
        size += len(held[-1])
        if size >= PART:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)


def canonical_json(text: str) -> str:
    """The one text of a JSON value, whichever database spelt it."""
    if text in {"{}", "[]"}:
        return text
    return json.dumps(json.loads(text), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _in_base64(value: Any) -> str:
    return b64encode(bytes(value)).decode()


def loader(table: Table) -> Callable[[list[list[Any]]], list[list[Any]]]:
    """What makes of rows in the text form rows as the database of the connection takes them. Changes them in place."""
    ways: dict[str, Callable[[Any], Any]] = {"bytes": b64decode}
    if connection.vendor == "sqlite":
        ways |= {"moment": _as_sqlite_keeps_moments, "time": _without_noughts}
    turned = [(at, ways[column.kind]) for at, column in enumerate(table.columns) if column.kind in ways]
    return partial(_turn, turned)


def _turn(turned: list[tuple[int, Callable[[Any], Any]]], rows: list[list[Any]]) -> list[list[Any]]:
    for at, turn in turned:
        for row in rows:
            if row[at] is not None:
                row[at] = turn(row[at])
    return rows


def _as_sqlite_keeps_moments(text: str) -> str:
    return _without_noughts(text[:10] + " " + text[11:-1])


def _without_noughts(text: str) -> str:
    return text.removesuffix(".000000")
