"""What the demo shows on a day, counted; and what it has to show."""

from collections import Counter
from datetime import UTC, date, datetime, time
from typing import Any

from candour.config.demo.seed import seed
from candour.config.demo.timeline import Timeline
from candour.kernel.access import CANDOUR
from candour.risks.queries import RiskRow, register

OFFICE = (
    {"Controls Tasked": 16, "Controlled": 8, "Awaiting Review": 4, "Overdue Control": 3, "Managed": 3},
    {"same": 26, "up": 4, "new": 2, "down": 2},
    {"High": 17, "Medium": 7, "Low": 10},
    {"public": 28, "office": 3, "restricted": 3},
)
FORCE = (
    {"Controls Tasked": 8, "Controlled": 2, "Awaiting Review": 2, "Overdue Control": 3, "Managed": 1},
    {"same": 13, "up": 2, "new": 1},
    {"Critical": 1, "High": 6, "Medium": 8, "Low": 1},
    {"public": 12, "office": 2, "restricted": 2},
)


def plant(today: date) -> None:
    """The demo in an empty database, at eight in the morning."""
    seed(today=today, now=datetime.combine(today, time(8), UTC))


def rows(today: date, **wanted: Any) -> list[RiskRow]:
    """Every risk in full, closed ones too, with movement since the last panel."""
    given = {"since": Timeline(today).panels()[-1], "level": None, "closed_since": date.min, "texts": True}
    return register(CANDOUR, today=today, **(given | wanted))


def live(today: date, code: str) -> list[RiskRow]:
    """The live risks of one body."""
    return [row for row in rows(today) if row.organisation_code == code and row.status != "Closed"]


def picture(found: list[RiskRow]) -> tuple[dict[str, int], ...]:
    """How many of each status, movement, band and sensitivity."""
    columns = ([row.status, row.direction, row.line.band, row.sensitivity] for row in found)
    return tuple(dict(Counter(column)) for column in zip(*columns, strict=True))
