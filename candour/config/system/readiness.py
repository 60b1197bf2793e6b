"""Whether this server can answer now, for what decides where requests go. Nothing here tells a stranger of the insides."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import DatabaseError

from candour.config import health

GOOD = health.GOOD


@dataclass(frozen=True)
class Check:
    """name: what was looked at. needed: without it this server answers nothing. words: plain, the same wherever it fails."""

    name: str
    good: bool
    needed: bool
    words: str


@dataclass(frozen=True)
class Ready:
    """What was found. ready: whether requests may come here; well: whether everything is good besides."""

    checks: tuple[Check, ...]

    @property
    def ready(self) -> bool:
        return all(check.good for check in self.checks if check.needed)

    @property
    def well(self) -> bool:
        return all(check.good for check in self.checks)

    def as_json(self) -> dict[str, Any]:
        return {"ready": self.ready, "well": self.well, "checks": [asdict(check) for check in self.checks]}


# What is looked at: its name, whether it is needed, what is said where it is good and where it is not.
Look = Callable[[datetime], bool]
LOOKS: tuple[tuple[str, bool, Look, str, str], ...] = (
    ("database", True, lambda at: health.database_answers()[0] != health.BAD,
        "The database answers", "The database does not answer"),
    ("tables", True, lambda at: health.at_this_version()[0] == GOOD,
        "The tables are at this version", "The tables are not at this version: bring them up to date"),
    ("storage", True, lambda at: health.storage()[0] == GOOD,
        "Files can be stored", "Files cannot be stored"),
    # Another server would find the same worker missing: it is said, and the pages go on.
    ("jobs", False, lambda at: not health.queue.late(at),
        "What is due is being done", "Jobs wait: no worker runs, or it cannot keep up"),
)  # fmt: skip


def readiness(at: datetime) -> Ready:
    """Look at everything in order; what asks a database that does not answer is not good either."""
    found = []
    for name, needed, look, well, ill in LOOKS:
        try:
            good = look(at)
        except DatabaseError:
            good = False
        found.append(Check(name, good, needed, well if good else ill))
    return Ready(tuple(found))
