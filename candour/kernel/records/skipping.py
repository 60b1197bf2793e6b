"""The different values of a column, found by going from each to the next one above it: DISTINCT reads every row to find a few.

An index that begins with the column makes each step one look, whatever the number of rows that are alike.
"""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

Sql = tuple[str, tuple[Any, ...]]
TOLD = RawSQL("told.word", [])


def skipping(rows: QuerySet[Any], column: str) -> Sql:
    """The SQL that gives the different values of a column of text in some rows, with its parameters: one column, `word`.

    Raises EmptyResultSet where who asks sees nothing.
    """
    word = Cast(column, TextField())
    first, given = sql_of(rows.order_by(column).values_list(word)[:1])
    step, more = sql_of(rows.filter(**{f"{column}__gt": TOLD}).order_by(column).values_list(word)[:1])
    told = (
        f"WITH RECURSIVE told(word) AS (SELECT * FROM ({first}) AS one UNION ALL "  # noqa: S608
        f"SELECT ({step}) FROM told WHERE told.word IS NOT NULL) SELECT told.word FROM told WHERE told.word IS NOT NULL"
    )
    return told, (*given, *more)


def sql_of(rows: QuerySet[Any]) -> Sql:
    """The SQL of a question with its parameters."""
    return rows.query.get_compiler(using=rows.db).as_sql()  # type: ignore[no-any-return]


def values_in_use(rows: QuerySet[Any], column: str, *, least: str) -> list[tuple[Any, Any]]:
    """The different values of a column of text in some rows, each with the least of another column beside it. One query."""
    try:
        told, params = skipping(rows, column)
        beside, more = sql_of(rows.filter(**{column: TOLD}).order_by(least).values_list(least)[:1])
    except EmptyResultSet:
        return []
    with connections[rows.db].cursor() as cursor:
        cursor.execute(f"SELECT told.word, ({beside}) FROM ({told}) AS told", [*more, *params])  # noqa: S608
        return cursor.fetchall()
