"""One run of one reader: so many inputs from a seed, each within limits, and what was found."""

import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.fuzz.mutate import mutated
from tests.fuzz.targets import Target

SECONDS = 30  # of the clock for one input, as a paper has of processor time (kernel/intake/readers.py)
MOST = 400  # inputs of a run that answered in a new way, and are changed further


class TooLong(BaseException):
    """An input took longer than a reader may. Not an Exception, so that no reader takes it for its own."""


@dataclass
class Told:
    """What came of a run. finds: by what went wrong, the first input that made it. slowest: seconds of one input."""

    count: int = 0
    read: int = 0
    refused: int = 0
    ways: Counter[str] = field(default_factory=Counter)
    finds: dict[str, bytes] = field(default_factory=dict)
    slowest: float = 0.0


def run(
    target: Target, *, seed: int, count: int = 0, until: float = 0.0, began: Any = None, told: Told | None = None
) -> Told:
    """Give a reader its own files and then changed ones: `count` in all, or as many as there is time for.

    until: a moment of time.monotonic(). began: called with each input before it is read. told: what is counted into.
    """
    told, rng = told or Told(), random.Random(f"{target.name} {seed}")  # noqa: S311  to be had again
    begun = list(target.seeds())
    corpus = list(begun)
    inputs = _inputs(begun, corpus, rng)
    while (count and told.count < count) or (until and time.monotonic() < until):
        content = next(inputs)
        if began is not None:
            began(content)
        answer, seconds = _answer(target, content, told)
        told.count += 1
        told.slowest = max(told.slowest, seconds)
        if answer and answer not in told.ways and len(corpus) < len(begun) + MOST:
            corpus.append(content)
        told.ways[answer] += 1
    return told


def _inputs(begun: list[bytes], corpus: list[bytes], rng: random.Random) -> Iterator[bytes]:
    yield from begun
    while True:
        yield mutated(rng.choice(corpus), rng, corpus)


def _answer(target: Target, content: bytes, told: Told) -> tuple[str, float]:
    began = time.monotonic()
    answer = ""
    try:
        with _limited(SECONDS):
            answer = target.read(content)
        if answer.startswith("refused"):
            told.refused += 1
        else:
            told.read += 1
    except TooLong:
        told.finds.setdefault(f"longer than {SECONDS} seconds", content)
    except MemoryError:
        told.refused += 1  # the process of its own says so in words
    except Exception as error:
        told.finds.setdefault(where(error), content)
    return answer, time.monotonic() - began


def where(error: BaseException) -> str:
    """An error by its kind and the last line of ours that it passed."""
    step, last = error.__traceback__, ""
    while step is not None:
        name = step.tb_frame.f_code.co_filename
        if "/candour/" in name and "site-packages" not in name:
            last = f"{name.rpartition('/candour/')[2]}:{step.tb_lineno}"
        step = step.tb_next
    return f"{type(error).__name__} at {last}: {str(error)[:80]}"


@contextmanager
def _limited(seconds: int) -> Iterator[None]:
    def stop(*_: Any) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
