"""A copy of the database that papers and exports are read from, where one is configured. See docs/scaling.md.

It is read only while it has every entry that the database has: a paper never lacks what somebody has just entered. A copy
that is behind, or away, is not asked.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, models

from candour.kernel.history.models import Entry

REPLICA = "replica"
log = logging.getLogger(__name__)
_reading: ContextVar[bool] = ContextVar("reading_replica", default=False)


class Router:
    """Reads of a report go to the copy; all else, and every write, to the database."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str:
        return REPLICA if _reading.get() else DEFAULT_DB_ALIAS

    def db_for_write(self, model: type[models.Model], **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: models.Model, other: models.Model, **hints: Any) -> bool:
        return True  # the same rows, wherever they were read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


@contextmanager
def report() -> Iterator[None]:
    """Read from the copy for the block. Never inside a transaction, which sees its own writes."""
    token = _reading.set(REPLICA in settings.DATABASES and not connection.in_atomic_block and _caught_up())
    try:
        yield
    finally:
        _reading.reset(token)


def leave() -> None:
    """From here to the end of the block everything is read from the database: something is being written."""
    if _reading.get():
        _reading.set(False)


def _caught_up() -> bool:
    """Whether the copy answers and has the last entry of the database."""
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True)
    wanted = last.using(DEFAULT_DB_ALIAS).first() or 0
    try:
        return (last.using(REPLICA).first() or 0) >= wanted
    except DatabaseError:
        log.warning("The copy for reports does not answer; the database is read instead")
        connections[REPLICA].close()
        return False
