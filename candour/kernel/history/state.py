"""Which recording, if any, is open in this thread or task, and the error for a write outside one."""

from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from candour.kernel.history.batch import Batch

open_batch: ContextVar["Batch | None"] = ContextVar("open_batch", default=None)


class UnrecordedWrite(RuntimeError):
    """A recorded row was written outside a recording, or for a record that the open recording has not locked."""


def batch_for(what: str) -> "Batch":
    """The open recording. Raises UnrecordedWrite when there is none: history must not miss a write in silence."""
    batch = open_batch.get()
    if batch is None:
        raise UnrecordedWrite(f"{what} was written outside a recording")
    return batch
