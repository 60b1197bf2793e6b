"""What apps add to the queue: kinds of work, by name. Each must be idempotent: a worker that dies lets another do it again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from candour.kernel.jobs.rules import Schedule

LEASE = timedelta(minutes=2)


class Failed(Exception):
    """The work could not be done, in words for an administrator. It is tried again later."""


@dataclass(frozen=True)
class Work:
    """A kind of work.

    run: does it, given the moment and what the job was given, and says what came of it. schedule: of what is done again
    and again; None for what somebody asks for. most: how often the latter is tried before it is given up.
    """

    name: str
    words: str
    run: Callable[[datetime, Mapping[str, Any]], str]
    schedule: Schedule | None = None
    most: int = 8


_works: dict[str, Work] = {}


def register(work: Work) -> None:
    """Add a kind of work; of the same name there is one."""
    _works[work.name] = work


def works() -> Mapping[str, Work]:
    """Every kind of work, by name."""
    return _works
