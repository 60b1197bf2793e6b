"""Measuring: server time of a page beside the bare SQL and template that it cannot do without."""

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import count
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext

RUNS = 30
BARE = Template(
    "<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"
)


@dataclass(frozen=True)
class Figure:
    """One measured row, in milliseconds unless the unit says otherwise.

    bare: the same SQL and a bare template. hold: what DESIGN holds.
    """

    name: str
    median: float
    p95: float
    unit: str = "ms"
    queries: int | None = None
    bare: float | None = None
    hold: str = ""

    @property
    def ratio(self) -> float | None:
        return round(self.median / self.bare, 1) if self.bare else None

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"ratio": self.ratio}


def timed(run: Callable[[], Any], runs: int = RUNS) -> tuple[float, float]:
    """(median, 95th percentile) in milliseconds, after two runs to warm up."""
    for _ in range(2):
        run()
    took = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        took.append((time.perf_counter() - start) * 1000)
    took.sort()
    return round(statistics.median(took), 1), round(took[min(len(took) - 1, int(len(took) * 0.95))], 1)


def page(client: Client, name: str, address: str, *, hold: str = "100") -> Figure:
    """A page's server time when it has to be made, its queries, and the same SQL with a bare template."""

    def made() -> Any:
        cache.clear()  # what was kept of the page, so that each run makes it anew
        return client.get(address)

    with CaptureQueriesContext(connection) as captured:
        response = made()
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
    asked = [query["sql"] for query in captured.captured_queries]
    statements = [sql for sql in asked if sql.startswith(("SELECT", "WITH"))]
    median, p95 = timed(made)
    bare, _ = timed(lambda: bare_page(statements))
    return Figure(name, median, p95, queries=len(asked), bare=bare, hold=hold)


def again(client: Client, name: str, address: str, *, hold: str = "100") -> Figure:
    """A page's server time when nothing was recorded since it was made."""
    median, p95 = timed(lambda: client.get(address))
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return Figure(f"{name}, asked again", median, p95, queries=len(captured), hold=hold)


def after_another(client: Client, name: str, before: str, address: str, *, hold: str = "100") -> Figure:
    """A page's server time when it has to be made and another page of the same list was made since the last recording."""
    numbers = count()

    def made() -> Any:
        return client.get(
            f"{address}&made={next(numbers)}"
        )  # an address that was never asked for, so that nothing is kept

    cache.clear()
    client.get(before)
    median, p95 = timed(made)
    with CaptureQueriesContext(connection) as captured:
        made()
    return Figure(f"{name}, after another page of it", median, p95, queries=len(captured), hold=hold)


def bare_page(statements: list[str]) -> str:
    """The page's own SQL once more, and its rows through the plainest template."""
    rows: list[Any] = []
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.replace("%", "%%") if connection.vendor == "postgresql" else statement)
            rows += cursor.fetchall()
    return BARE.render(Context({"rows": rows}))


def once(name: str, run: Callable[[], Any], *, hold: str = "", unit: str = "s") -> Figure:
    """Something too long to repeat: seconds of one run."""
    start = time.perf_counter()
    run()
    took = round(time.perf_counter() - start, 2)
    return Figure(name, took, took, unit=unit, hold=hold)


def processor(name: str, run: Callable[[], Any], *, hold: str = "") -> tuple[Figure, Figure]:
    """Something too long to repeat: seconds of one run, then its processor time, that of its child processes too.

    On PostgreSQL the server’s own time is not in the second.
    """
    before = _spent()
    wall = once(name, run)
    spent = round(_spent() - before, 2)
    return wall, Figure(f"{name}, processor time", spent, spent, unit="s", hold=hold)


def _spent() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system
