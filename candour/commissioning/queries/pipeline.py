"""What ends when: the agreements that run, the first to end first, and how many end in each month."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum

from candour.commissioning.queries.register import lines, rows_for
from candour.commissioning.queries.rows import AgreementRow
from candour.kernel.access import Actor
from candour.kernel.calendar import add_months

BEFORE, MONTHS = 2, 12  # months before this one that are shown, and months in all


@dataclass(frozen=True)
class Month:
    """A month: how many agreements that run end in it, and what they are worth together, in pence."""

    first: date
    agreements: int
    value: int


@dataclass(frozen=True)
class Pipeline:
    """rows: of one page. total: how many end before the months are over. undated: how many run without a last day."""

    rows: tuple[AgreementRow, ...]
    months: tuple[Month, ...]
    total: int
    undated: int


def pipeline(actor: Actor, *, today: date, offset: int = 0, size: int = 50) -> Pipeline:
    """The running agreements that end within ten months, or should have, as an actor sees them. Three queries."""
    start = add_months(today.replace(day=1), -BEFORE)
    firsts = [add_months(start, number) for number in range(MONTHS)]
    running = lines(actor).filter(closed_on=None)
    ending = Q(ends__lt=add_months(start, MONTHS))
    asked: dict[str, Any] = {"total": Count("pk", filter=ending), "undated": Count("pk", filter=Q(ends=None))}
    for number, first in enumerate(firsts):
        inside = Q(ends__gte=first, ends__lt=add_months(first, 1))
        asked |= {f"n_{number}": Count("pk", filter=inside), f"worth_{number}": Sum("value", filter=inside)}
    found = running.order_by().aggregate(**asked)
    months = tuple(Month(first, found[f"n_{n}"], found[f"worth_{n}"] or 0) for n, first in enumerate(firsts))
    ordered = running.filter(ending).order_by("ends", "reference", "pk").values_list("pk", flat=True)
    return Pipeline(
        rows_for(list(ordered[offset : offset + size]), today=today), months, found["total"], found["undated"]
    )
