"""How far a long load has come, told to whoever waits for it, where somebody does."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Tell = Callable[[str, int, int], None]  # what is done, to how many records, of how many
_tell: ContextVar[Tell | None] = ContextVar("progress", default=None)


@contextmanager
def told_to(tell: Tell) -> Iterator[None]:
    """Tell how far the work of the block has come, each time that it has gone on."""
    token = _tell.set(tell)
    try:
        yield
    finally:
        _tell.reset(token)


def done(what: str, count: int, of: int) -> None:
    """Say how far something has come: done("Saved", 2000, of=100000). Costs nothing where nobody listens."""
    if (tell := _tell.get()) is not None:
        tell(what, count, of)
