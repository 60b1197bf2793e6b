"""What ends when and by when work must begin: the agreements that run, the first to end first, and how many in each month."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.lookups import Exact, LessThanOrEqual

from candour.commissioning.models import AgreementLine
from candour.commissioning.queries.care.steps import durations
from candour.commissioning.queries.register import lines, rows_for
from candour.commissioning.queries.rows import AgreementRow
from candour.commissioning.rules import care
from candour.kernel.access import Actor
from candour.kernel.calendar import add_months
from candour.kernel.records.compile import LookedAt

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
    """The running agreements that end within ten months, or should have, or whose work must begin soon. Four queries.

    behind: those alone for which work should have begun, and nobody has decided what comes next.
    """
    start = add_months(today.replace(day=1), -BEFORE)
    edges = [add_months(start, number) for number in range(MONTHS + 1)]
    wholes, running = durations(actor), lines(actor).filter(closed_on=None)
    counted = _counted(running, wholes, edges, today)
    soon = Q(ends__lt=edges[-1]) | due_by(wholes, today + timedelta(days=SOON))
    ordered = running.filter(due_by(wholes, today) if behind else soon).order_by("ends", "reference", "pk")
    rows = rows_for(list(ordered.values_list("pk", flat=True)[offset : offset + size]), today=today)
    return Pipeline(
        tuple((row, begins(row, wholes)) for row in rows),
        tuple(counted.months),
        counted.begun if behind else counted.total,
        counted.undated,
        counted.begun,
    )


def begins(row: AgreementRow, wholes: Wholes) -> date | None:
    """The day on which work on what comes after an agreement must begin; None without steps or a last day."""
    whole = wholes.get((row.organisation_id, row.line.kind))
    return care.begin_by(row.line.ends, whole) if whole and row.line.ends else None


def due_by(wholes: Wholes, day: date) -> Q:
    """Undecided agreements for which work must begin by a day. Nothing where no steps are set.

    They are looked at as they end, the first to end first: most of those past their time match, and a page needs few.
    """
    found = Q(pk__in=[])
    for (body, kind), whole in wholes.items():
        of_kind = Q(Exact(LookedAt("organisation"), body)) & Q(Exact(LookedAt("kind"), kind)) & Q(follows="")
        found |= of_kind & Q(LessThanOrEqual(LookedAt("ends"), care.begun_by(day, whole)))
    last = max((care.begun_by(day, whole) for whole in wholes.values()), default=day)
    return found & Q(ends__lte=last)


@dataclass
class Counted:
    """The figures of the pipeline, as they are added up."""

    months: list[Month]
    total: int = 0
    undated: int = 0
    begun: int = 0


def _counted(running: QuerySet[AgreementLine], wholes: Wholes, edges: list[date], today: date) -> Counted:
    """Every figure from one count by body, kind, last day and whether it is decided: there are few of these. One query.

    edges: the first days of the months, and of the one after them.
    """
    soon = {key: care.begun_by(today + timedelta(days=SOON), whole) for key, whole in wholes.items()}
    late = {key: care.begun_by(today, whole) for key, whole in wholes.items()}
    cuts = {key: [care.begun_by(edge - timedelta(days=1), whole) for edge in edges] for key, whole in wholes.items()}
    far = max([edges[-1], *soon.values(), *(cut[-1] for cut in cuts.values())])
    rows = running.filter(Q(ends__lte=far) | Q(ends=None)).order_by()
    every = rows.values_list("organisation", "kind", "ends", "follows").annotate(many=Count("pk"), worth=Sum("value"))
    agreements, values, begin = [0] * MONTHS, [0] * MONTHS, [0] * MONTHS
    found = Counted([])
    for body, kind, ends, follows, many, worth in every:
        if ends is None:
            found.undated += many
            continue
        key = body, kind
        waits = not follows and key in wholes
        found.total += many if ends < edges[-1] or (waits and ends <= soon[key]) else 0
        if (place := bisect_right(edges, ends) - 1) in range(MONTHS):
            agreements[place] += many
            values[place] += worth or 0
        if waits:
            found.begun += many if ends <= late[key] else 0
            # Those that end after the cut of a month begin in it or later.
            if (place := bisect_left(cuts[key], ends) - 1) in range(MONTHS):
                begin[place] += many
    found.months = [Month(edges[n], agreements[n], values[n], begin[n]) for n in range(MONTHS)]
    return found
