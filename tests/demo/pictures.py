"""What the demo shows on a day, counted; and what it has to show."""

from collections import Counter
from datetime import UTC, date, datetime, time
from typing import Any

from candour.config.demo.opened import STRANGE
from candour.config.demo.seed import seed
from candour.config.demo.timeline import Timeline
from candour.kernel.access import CANDOUR
from candour.kernel.opened.models import Opening
from candour.kernel.retention.models import Hold, Period, Removal
from candour.kernel.signin.models import SignIn
from candour.risks.queries import RiskRow, register

OFFICE = (
    {"Controls Tasked": 16, "Controlled": 8, "Awaiting Review": 4, "Overdue Control": 3, "Managed": 3},
    {"same": 26, "up": 4, "new": 2, "down": 2},
    {"High": 17, "Medium": 7, "Low": 10},
    {"public": 28, "office": 3, "restricted": 3},
)
# Removals by what became of them, standing and lifted holds, periods of each body, and how one evening went.
KEPT = (
    {"": 2, "done": 1, "refused": 1},
    {True: 2, False: 1},
    {"office": 19, "force": 7},
    (["wrong", "wrong", "wrong", "in"], ["risk", "risk", "agreement", "risk"]),
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


def kept() -> tuple[Any, ...]:
    """What was asked to be removed, what is held, for how long records are kept, and who came in the night."""
    strange = {"address": STRANGE}
    return (
        dict(Counter(Removal.objects.values_list("outcome", flat=True))),
        dict(Counter(lifted is None for lifted in Hold.objects.values_list("lifted_on", flat=True))),
        dict(Counter(Period.objects.values_list("organisation__code", flat=True))),
        (
            list(SignIn.objects.filter(**strange).order_by("at").values_list("came", flat=True)),
            list(Opening.objects.filter(**strange).order_by("at").values_list("record__kind", flat=True)),
        ),
    )


def picture(found: list[RiskRow]) -> tuple[dict[str, int], ...]:
    """How many of each status, movement, band and sensitivity."""
    columns = ([row.status, row.direction, row.line.band, row.sensitivity] for row in found)
    return tuple(dict(Counter(column)) for column in zip(*columns, strict=True))
