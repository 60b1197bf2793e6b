"""What ends when and by when work must begin: the agreements that run, the first to end first, and how many in each month."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, Sum

from candour.commissioning.queries.care.steps import durations
from candour.commissioning.queries.register import lines, rows_for
from candour.commissioning.queries.rows import AgreementRow
from candour.commissioning.rules import care
from candour.kernel.access import Actor
from candour.kernel.calendar import add_months

BEFORE, MONTHS = 2, 12  # months before this one that are shown, and months in all
SOON = 91  # days within which work that must begin is shown, however late the agreement ends

Wholes = Mapping[tuple[int, str], int]  # working days of all steps together, by body and kind


@dataclass(frozen=True)
class Month:
    """A month: how many agreements that run end in it, what they are worth together (pence), and for how many, of those
    without a decision on what comes next, work must begin in it."""

    first: date
    agreements: int
    value: int
    begin: int = 0


@dataclass(frozen=True)
class Pipeline:
    """rows: of one page, each with the day on which work must begin, None where no steps are set for its kind.

    total: how many stand in it. undated: how many run without a last day. begun: for how many, undecided, work should have
    begun by now.
    """

    rows: tuple[tuple[AgreementRow, date | None], ...]
    months: tuple[Month, ...]
    total: int
    undated: int
    begun: int = 0


def pipeline(actor: Actor, *, today: date, offset: int = 0, size: int = 50, behind: bool = False) -> Pipeline:
    """The running agreements that end within ten months, or should have, or whose work must begin soon. Five queries.

    behind: those alone for which work should have begun, and nobody has decided what comes next.
    """
    start = add_months(today.replace(day=1), -BEFORE)
    firsts = [add_months(start, number) for number in range(MONTHS)]
    wholes = durations(actor)
    running = lines(actor).filter(closed_on=None)
    ending = Q(ends__lt=add_months(start, MONTHS)) | due_by(wholes, today + timedelta(days=SOON))
    ending = due_by(wholes, today) if behind else ending
    asked: dict[str, Any] = {"total": Count("pk", filter=ending), "undated": Count("pk", filter=Q(ends=None))}
    for number, first in enumerate(firsts):
        inside = Q(ends__gte=first, ends__lt=add_months(first, 1))
        asked |= {f"n_{number}": Count("pk", filter=inside), f"worth_{number}": Sum("value", filter=inside)}
    found = running.order_by().aggregate(**asked)
    begin, begun = _beginnings(running, wholes, [*firsts, add_months(start, MONTHS)], today)
    months = tuple(Month(first, found[f"n_{n}"], found[f"worth_{n}"] or 0, begin[n]) for n, first in enumerate(firsts))
    ordered = running.filter(ending).order_by("ends", "reference", "pk").values_list("pk", flat=True)
    rows = rows_for(list(ordered[offset : offset + size]), today=today)
    return Pipeline(tuple((row, begins(row, wholes)) for row in rows), months, found["total"], found["undated"], begun)


def begins(row: AgreementRow, wholes: Wholes) -> date | None:
    """The day on which work on what comes after an agreement must begin; None without steps or a last day."""
    whole = wholes.get((row.organisation_id, row.line.kind))
    return care.begin_by(row.line.ends, whole) if whole and row.line.ends else None


def due_by(wholes: Wholes, day: date) -> Q:
    """Undecided agreements for which work must begin by a day. Nothing where no steps are set."""
    found = Q(pk__in=[])
    for (body, kind), whole in wholes.items():
        found |= Q(organisation=body, kind=kind, follows="", ends__lte=care.begun_by(day, whole))
    return found


def _beginnings(running: Any, wholes: Wholes, edges: list[date], today: date) -> tuple[list[int], int]:
    """For how many agreements without a decision work must begin in each month, and for how many it should have. One query.

    edges: the first days of the months, and of the one after them. Counted by body, kind and last day, of which there are few.
    """
    within = due_by(wholes, edges[-1] - timedelta(days=1))
    counted = running.filter(within).order_by().values_list("organisation", "kind", "ends").annotate(many=Count("pk"))
    cuts = {key: [care.begun_by(edge - timedelta(days=1), whole) for edge in edges] for key, whole in wholes.items()}
    late = {key: care.begun_by(today, whole) for key, whole in wholes.items()}
    months, begun = [0] * (len(edges) - 1), 0
    for body, kind, ends, many in counted:
        place = bisect_right([cut + timedelta(days=1) for cut in cuts[body, kind]], ends)
        if 1 <= place <= len(months):
            months[place - 1] += many
        begun += many if ends <= late[body, kind] else 0
    return months, begun
