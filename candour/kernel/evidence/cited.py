"""What names stored bytes: the files of records, what apps add in their apps.py, and the history. None of it is ever swept."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Q

from candour.kernel.history.models import Entry, Snapshot


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


def named(digest: str) -> bool:
    """Whether a row or an entry of the history names these bytes."""
    return in_rows(digest) or in_history(digest)


def in_rows(digest: str) -> bool:
    """Whether a row names these bytes."""
    return any(
        _model(source).objects.filter(source.only, **{column: digest}).exists()
        for source in sources()
        for column in source.columns
    )


def in_history(digest: str) -> bool:
    """Whether a state or an entry that stands names these bytes. Reads the history: asked only of what no row names.

    Bytes that were erased on purpose are still named there; they are gone, and the sweep has nothing to do with them.
    """
    return (
        Snapshot.objects.filter(facts__contains=digest).exists()
        or Entry.objects.filter(canonical__contains=digest).exists()
    )


def held() -> Iterator[str]:
    """The hashes of all bytes that the object store is to hold, some of them twice."""
    for source in sources():
        if source.held:
            for column in source.columns:
                rows = _model(source).objects.filter(source.only).exclude(**{column: ""}).order_by()
                yield from rows.values_list(column, flat=True).iterator(chunk_size=2000)


def _model(source: Source) -> Any:
    return apps.get_model(source.model)
