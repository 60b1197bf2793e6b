"""What the kernel must know of each kind of record; apps register theirs in apps.py."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models


@dataclass(frozen=True)
class Kind:
    """A kind of record.

    see: the permission that lets its records be seen. address: gives the address of a record's page.
    line_model: its read line, keyed by record. lines: record numbers -> the lines as they should stand, each as values by
    column.
    search_text: record numbers -> the text that search finds each by.
    """

    name: str
    label: str
    plural: str
    see: str
    address: Callable[[str, str], str]  # (organisation code, reference)
    line_model: type[models.Model]
    lines: Callable[[Sequence[int]], dict[int, dict[str, Any]]]
    search_text: Callable[[Sequence[int]], dict[int, str]]


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known. Raises ValueError for a name that is taken."""
    if kind.name in _kinds:
        raise ValueError(f"the kind {kind.name!r} is registered twice")
    _kinds[kind.name] = kind


def kinds() -> list[Kind]:
    """Every kind, by name."""
    return [_kinds[name] for name in sorted(_kinds)]


def kind_named(name: str) -> Kind:
    """The kind of that name. Raises KeyError for one that no app registered."""
    return _kinds[name]
