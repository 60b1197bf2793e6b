"""The text form of rows: one text for one row on both databases, and back."""

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, models

from candour.config.backup.form import Column, Table, parts, tables
from candour.config.backup.restore import _load

FIELDS: dict[str, tuple[models.Field, str]] = {
    "id": (models.BigIntegerField(), "plain"),
    "words": (models.TextField(null=True), "plain"),
    "open": (models.BooleanField(null=True), "plain"),
    "of": (models.DateField(null=True), "day"),
    "at": (models.DateTimeField(null=True), "moment"),
    "begins": (models.TimeField(null=True), "time"),
    "worth": (models.DecimalField(max_digits=15, decimal_places=4, null=True), "decimal"),
    "held": (models.JSONField(null=True), "json"),
    "bytes": (models.BinaryField(null=True), "bytes"),
}
ODD = Table("odd_rows", "id", tuple(Column(name, kind, 4) for name, (_, kind) in FIELDS.items()), False)
ROWS: list[list[Any]] = [
    [1, 'Ünlaut "quoted"\n—', True, date(2026, 5, 14), datetime(2026, 5, 14, 9, 30, tzinfo=UTC), time(9, 30),
     Decimal("12345678901.2500"), {"b": [1, 2.5, "é"], "a": None}, b"\x00\xff%PDF"],
    [2, "", False, date(1999, 12, 31), datetime(2026, 5, 14, 9, 30, 0, 120, tzinfo=UTC), time(9, 30, 0, 5),
     Decimal("-0.0001"), {}, b""],
    [3, None, None, None, None, None, None, None, None],
]  # fmt: skip
TEXT = (
    '[1,"Ünlaut \\"quoted\\"\\n—",true,"2026-05-14","2026-05-14T09:30:00.000000Z","09:30:00.000000","12345678901.2500",'
    '"{\\"a\\":null,\\"b\\":[1,2.5,\\"é\\"]}","AP8lUERG"]\n'
    '[2,"",false,"1999-12-31","2026-05-14T09:30:00.000120Z","09:30:00.000005","-0.0001","{}",""]\n'
    "[3,null,null,null,null,null,null,null,null]\n"
)


def columns() -> str:
    quote = connection.ops.quote_name
    return ", ".join(f"{quote(name)} {field.db_type(connection)}" for name, (field, _) in FIELDS.items())


def in_database() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM odd_rows ORDER BY id")
        return [
            tuple(bytes(cell) if isinstance(cell, memoryview) else cell for cell in row) for row in cursor.fetchall()
        ]


@pytest.fixture
def odd(db: None) -> None:
    """A table with a column of every kind, filled as Django fills it."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE odd_rows ({columns()})")
        for row in ROWS:
            values = [
                field.get_db_prep_save(value, connection)
                for (field, _), value in zip(FIELDS.values(), row, strict=True)
            ]
            marks = ", ".join("%s" for _ in values)
            cursor.execute(f"INSERT INTO odd_rows VALUES ({marks})", values)


def test_a_row_has_one_text_and_its_text_makes_the_same_row(odd: None) -> None:
    assert b"".join(parts(ODD)).decode() == TEXT
    before = in_database()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM odd_rows")
    _load(ODD, [json.loads(line) for line in TEXT.splitlines()])
    after = in_database()
    held = list(FIELDS).index("held")  # SQLite keeps JSON as it was spelt, which is the one difference
    assert [row[:held] + row[held + 1 :] for row in after] == [row[:held] + row[held + 1 :] for row in before]
    assert b"".join(parts(ODD)).decode() == TEXT


def test_every_table_of_the_database_is_backed_up_save_what_the_code_makes_itself(db: None) -> None:
    made_from_code = {
        "django_migrations",
        "django_content_type",
        "auth_permission",
        "auth_group",
        "auth_group_permissions",
    }
    indexes = (
        "records_search",
        "boards_action_words",
        "boards_decision_words",
    )  # with the tables that SQLite keeps each in
    there = {
        name
        for name in connection.introspection.table_names()
        if name not in indexes and not name.startswith(tuple(f"{index}_" for index in indexes))
    }
    assert there - set(tables()) - made_from_code == set()
    assert set(tables()) <= there
