"""What names stored bytes: the files of records, what apps add in their apps.py, and the history. None of it is ever swept."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import Q

from candour.kernel.history.models import Entry, Snapshot

HASH = 64  # digits of a SHA-256
DIGITS = re.compile(rf"[0-9a-f]{{{HASH},}}")
FEW = 20  # hashes for which a database looks through the history itself; for more all of it is read, once


@dataclass(frozen=True)
class Source:
    """Columns of a model that hold hashes of stored bytes. held: the object store is told to hold them; drafts are not."""

    model: str
    columns: tuple[str, ...]
    held: bool = True
    only: Q = field(default_factory=Q)


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Make known that a model names stored bytes."""
    _sources[source.model] = source


def sources() -> list[Source]:
    """Every one, by its model."""
    return [_sources[name] for name in sorted(_sources)]


def in_rows(digests: Collection[str]) -> set[str]:
    """Those of some hashes that a row names. One query for each column that names stored bytes."""
    found: set[str] = set()
    for source in sources():
        for column in source.columns:
            rows = _model(source).objects.filter(source.only, **{f"{column}__in": digests}).order_by()
            found.update(rows.values_list(column, flat=True))
    return found


def in_history(digests: Collection[str]) -> set[str]:
    """Those of some hashes that a state or an entry that stands names. Two queries, of which each may read the whole history:
    asked once in a sweep, and only of what no row names.

    Bytes that were erased on purpose are still named there; they are gone, and the sweep has nothing to do with them.
    """
    wanted = frozenset(digests)
    found: set[str] = set()
    for model, column in ((Snapshot, "facts"), (Entry, "canonical")):
        rows = model._default_manager.order_by()
        if len(wanted) <= FEW:
            named = (Q(**{f"{column}__contains": digest}) for digest in sorted(wanted))
            rows = rows.filter(reduce(or_, named, Q(pk__in=[])))
        for text in rows.values_list(column, flat=True).iterator(chunk_size=2000):
            found |= wanted.intersection(_hashes(text))
    return found


def _hashes(text: str) -> Iterator[str]:
    for run in DIGITS.findall(text):
        for start in range(len(run) - HASH + 1):
            yield run[start : start + HASH]


def held() -> Iterator[str]:
    """The hashes of all bytes that the object store is to hold, some of them twice."""
    for source in sources():
        if source.held:
            for column in source.columns:
                rows = _model(source).objects.filter(source.only).exclude(**{column: ""}).order_by()
                yield from rows.values_list(column, flat=True).iterator(chunk_size=2000)


def _model(source: Source) -> Any:
    return apps.get_model(source.model)
