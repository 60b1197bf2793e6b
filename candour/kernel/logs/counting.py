"""How many questions a request or a job asks the databases, and which of them are slow."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import connections

from candour.kernel.logs import measures

log = logging.getLogger("candour.queries")
LONGEST = 2000  # characters of a question that are kept
SHAPES = (
    (re.compile(r"'(?:[^']|'')*'"), "?"),
    (re.compile(r"(?<![\w$\"])\d+(?:\.\d+)?\b"), "?"),
    (re.compile(r"\s+"), " "),
    (re.compile(r"\((?:%s|\?)(?:, ?(?:%s|\?))+\)"), "(%s, …)"),
)


class Counted:
    """The questions of one request or job. route: gives the name of the page or work when a slow one is told."""

    def __init__(self, route: Callable[[], str]) -> None:
        self.route = route
        self.queries = 0
        self.slow_ms = settings.SLOW_QUERY_MS

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Count what this thread asks of any database in the block."""
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(self))
            yield

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.queries += 1
        begun = perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            took = (perf_counter() - begun) * 1000
            if took >= self.slow_ms:
                self.told(sql, took)

    def told(self, sql: str, took: float) -> None:
        """A line of the log about a slow question: its shape, never what it was asked with."""
        measures.SLOW.labels(self.route()).inc()
        facts = {"sql": shape(sql), "ms": round(took, 1), "route": self.route()}
        log.warning("slow query", extra=facts)


def shape(sql: object) -> str:
    """A question without the values that stand in it: words and numbers as ?, lists of values as one."""
    said = str(sql)
    for pattern, instead in SHAPES:
        said = pattern.sub(instead, said)
    return said.strip()[:LONGEST]
