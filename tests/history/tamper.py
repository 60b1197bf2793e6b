"""Changes made behind Candour's back, as someone with the database's password could make them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models

from candour.kernel.history import triggers
from candour.kernel.history.canonical import canonical, digest
from candour.kernel.history.models import Entry
from candour.kernel.history.verify import verify


def sql(statement: str, *values: Any) -> int:
    """Run a statement; gives how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def settled() -> None:
    """PostgreSQL will not alter a table that has foreign keys still to check."""
    if connection.vendor == "postgresql":
        sql("SET CONSTRAINTS ALL IMMEDIATE")
        sql("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def unguarded() -> Iterator[None]:
    """The triggers away, and put back as they were so that they give nothing away."""
    settled()
    triggers.remove(connection)
    yield
    settled()
    triggers.install(connection)


def plain(model: type[models.Model]) -> models.QuerySet:
    """The rows of a model, written without a recording."""
    return models.QuerySet(model)


def alter(entry: Entry, **values: Any) -> None:
    """Change columns of an entry."""
    with unguarded():
        plain(Entry).filter(pk=entry.pk).update(**values)


def rewrite(entry: Entry, **said: Any) -> str:
    """Change what an entry's text says and make its hash anew; gives the hash."""
    text = canonical(json.loads(entry.canonical) | said)
    alter(entry, canonical=text, hash=digest(text), **{name: said[name] for name in said if name == "event"})
    return digest(text)


def failure() -> str:
    return verify().failure
