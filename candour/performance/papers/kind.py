"""The performance report as the kernel's papers know it: asked of the database once, written and checked from that."""

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings

from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.papers.document import Document
from candour.kernel.papers.kinds import Check, PaperKind
from candour.kernel.papers.leaks import Told, leak_checks
from candour.kernel.people.models import Organisation
from candour.performance.access import PerformancePermission
from candour.performance.models import Group, MeasureSet, Tag
from candour.performance.papers.paper import Stock, performance_paper
from candour.performance.queries import (
    Comparison,
    MeasureFilter,
    MeasureRow,
    SetRow,
    Whole,
    compared,
    groups_on,
    measures_on,
    newest_compared,
    sets_on,
)
from candour.performance.queries.rows import TEXTS


def gather(actor: Actor, *, organisation: Organisation, as_at: date, since: date, at: datetime) -> Stock:
    """The measures of a body at the end of a day, from what had been recorded by `at` and the actor may see."""
    wanted = MeasureFilter(organisation=organisation.pk)
    wholes = tuple(measures_on(actor, wanted, as_at=as_at, known_on=at))
    return Stock(
        body=organisation.name,
        panel=settings.PANEL_NAME,
        as_at=as_at,
        dated=local_date(at),
        wholes=wholes,
        compared=among(wholes, organisation, as_at=as_at, known_on=at),
        sets=in_force(organisation, as_at=as_at, known_on=at),
    )


def in_force(organisation: Organisation, *, as_at: date, known_on: datetime) -> tuple[SetRow, ...]:
    """The sets of a body that were in force on a day. Two queries."""
    stood = sets_on(
        MeasureSet.objects.filter(organisation=organisation), Tag.objects.all(), day=as_at, known_on=known_on
    )
    return tuple(one for one in stood if one.starts <= as_at and (one.ends is None or one.ends >= as_at))


def among(
    wholes: Sequence[Whole], organisation: Organisation, *, as_at: date, known_on: datetime
) -> dict[int, Comparison]:
    """Each measure that others gave figures of, in the first group of its body, for the newest period. Three queries."""
    groups = groups_on(Group.objects.filter(organisation=organisation), as_at=as_at, known_on=known_on)
    if not groups:
        return {}
    loaded = newest_compared([one.row.pk for one in wholes], as_at=as_at)
    return {
        one.row.pk: compared(one, groups[0], loaded[one.row.pk], period=loaded[one.row.pk][0]["period"], as_at=as_at)
        for one in wholes
        if loaded.get(one.row.pk)
    }


def checks(stock: Stock, audience: str, document: Document) -> tuple[Check, ...]:
    """Nothing of a hidden measure may stand in a copy, which stops its issue; and each exception has been asked about."""
    shown = [one.row for one in stock.shown(audience)]
    silent = [row.reference for row in shown if row.exception and not row.line.explained and row.line.owed_on is None]
    asked = Check(
        not silent,
        "Somebody was asked about every exception" if not silent else "Nobody was asked about an exception",
        ", ".join(silent),
    )
    if audience == "panel":
        return (asked,)
    hidden = [told(one.row) for one in stock.hidden(audience)]
    return (*leak_checks(document, hidden=hidden, shown=map(told, shown), what="measures"), asked)


def told(row: MeasureRow) -> Told:
    """What a measure says in words."""
    return Told(row.reference, row.title, tuple(row.texts[name] for name in TEXTS))


PERFORMANCE = PaperKind(
    name="performance",
    label="Performance report",
    permission=PerformancePermission.SEE,
    gather=gather,
    write=performance_paper,
    check=checks,
)
