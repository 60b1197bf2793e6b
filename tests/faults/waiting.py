"""Waiting for what comes soon, for as long as a busy machine may take."""

import time
from collections.abc import Callable

from tests.faults.place import PATIENCE


def soon(happened: Callable[[], bool], *, patience: float = 2 * PATIENCE) -> None:
    until = time.monotonic() + patience
    while not happened():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.05)
