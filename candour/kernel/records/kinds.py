"""What the kernel must know of each kind of record; apps register theirs in apps.py."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any

from django.db import models


@dataclass(frozen=True)
class Owners:
    """The rows by which a kind names the posts that answer for a record, beside the owner that stands on the record itself.

    model: of these rows; each has an `owner`, and a `removed_on` that is None while it stands. of: its key to the record.
    """

    model: type[models.Model]
    of: str

    def standing(self, posts: Collection[int]) -> models.QuerySet[Any, Any]:
        """The numbers of the records for which one of some posts answers now."""
        rows = self.model._default_manager.filter(owner__in=posts, removed_on=None)
        return rows.order_by().values(self.of)

    def among(self, states: Iterable[Mapping[str, Any]], posts: Collection[int]) -> set[int]:
        """The same of the rows as history gives them for a past day."""
        column = f"{self.of}_id"
        return {row[column] for row in states if row["removed_on"] is None and row["owner_id"] in posts}


@dataclass(frozen=True)
class Parts:
    """Lines of rows that hang on a record, one a row, for counting them without their record: keyed by the row, with `record`.

    lines: record numbers -> the lines as they should stand, each as values by column, by number of the row.
    """

    model: type[models.Model]
    lines: Callable[[Sequence[int]], dict[int, dict[str, Any]]]


@dataclass(frozen=True)
class Past:
    """Lines of records as they stood, for lists of past days: one from each day on from which a record stood otherwise.

    model: of these lines; each has its `record` and the day `since` which it holds, until the record's next one.
    lines: by record a day -> its lines from that day on, as they should stand, each as values by column.
    """

    model: type[models.Model]
    lines: Callable[[Mapping[int, date]], list[dict[str, Any]]]


@dataclass(frozen=True)
class Kind:
    """A kind of record.

    see: the permission that lets its records be seen. address: gives the address of a record's page.
    line_model: its read line, keyed by record. lines: record numbers -> the lines as they should stand, each as values by
    column.
    search_text: record numbers -> the text that search finds each by. owners: the posts that answer for a record beside its
    own, where the kind counts any; each sees it like its owner. parts: lines of what hangs on a record, where the kind has any.
    past: lines of past days, where the kind keeps any. events: what can happen to its records, in the words of their histories.
    """

    name: str
    label: str
    plural: str
    see: str
    address: Callable[[str, str], str]  # (organisation code, reference)
    line_model: type[models.Model]
    lines: Callable[[Sequence[int]], dict[int, dict[str, Any]]]
    search_text: Callable[[Sequence[int]], dict[int, str]]
    owners: Owners | None = None
    parts: Sequence[Parts] = ()
    past: Past | None = None
    events: Callable[[], Mapping[str, str]] = dict


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


def told_in(module: str) -> Callable[[], Mapping[str, str]]:
    """EVENTS of a module, read when it is first asked for: words lie among the views, which starting up does without."""

    def events() -> Mapping[str, str]:
        found: Mapping[str, str] = import_module(module).EVENTS
        return found

    return events
