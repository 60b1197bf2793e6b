"""Which restricted records an answer is made from, gathered while it is made. Who was given them is noted by kernel/opened.

Nothing is gathered outside a request, and nothing costs anything where no restricted record is met.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

RESTRICTED = "restricted"
Row = TypeVar("Row")


@dataclass
class Met:
    """What one answer is made from.

    read: by its number each restricted record that was read whole, of which the one at the address is shown. given: the
    numbers of those that stand in a list, file or paper that goes out. marked: the page says that it shows any. flows:
    rows are still to pass while the answer is sent. by: who acts, where that is not who signed in.
    """

    read: dict[int, Any] = field(default_factory=dict)
    given: set[int] = field(default_factory=set)
    marked: bool = False
    flows: bool = False
    by: Any = None

    def __bool__(self) -> bool:
        return bool(self.read or self.given or self.marked or self.flows)

    def add(self, other: "Met") -> None:
        self.read.update(other.read)
        self.given.update(other.given)
        self.marked |= other.marked
        self.by = other.by or self.by


_met: ContextVar[Met | None] = ContextVar("restricted_met", default=None)


@contextmanager
def gathering() -> Iterator[Met]:
    """Gather for the block; what is gathered inside another block is gathered for that too."""
    outer, met = _met.get(), Met()
    token = _met.set(met)
    try:
        yield met
    finally:
        _met.reset(token)
        if outer is not None:
            outer.add(met)


def current() -> Met | None:
    """What is being gathered; None outside a request."""
    return _met.get()


def read(record: Any) -> None:
    """A restricted record was read whole."""
    if (met := _met.get()) is not None:
        met.read[record.pk] = record


def give(rows: Iterable[Any]) -> None:
    """These rows go out in a file or an answer to a script. Each is keyed by its record and says how sensitive that is."""
    if (met := _met.get()) is not None:
        met.given.update(row.pk for row in rows if row.sensitivity == RESTRICTED)


def give_numbers(records: Iterable[int]) -> None:
    """The restricted records of these numbers go out."""
    if (met := _met.get()) is not None:
        met.given.update(records)


def passing(rows: Iterable[Row]) -> Iterator[Row]:
    """The same rows, each gathered as it goes out in an answer that is sent while it is made."""
    if (met := _met.get()) is not None:
        met.flows = True
    return _passed(rows, met)


def _passed(rows: Iterable[Any], met: Met | None) -> Iterator[Any]:
    for row in rows:
        if met is not None and row.sensitivity == RESTRICTED:
            met.given.add(row.pk)
        yield row


def mark() -> None:
    """The page says that it shows restricted records."""
    if (met := _met.get()) is not None:
        met.marked = True


def acting(actor: Any) -> None:
    """Whoever asks acts as somebody else than signed in: through a link in a letter."""
    if (met := _met.get()) is not None:
        met.by = actor
