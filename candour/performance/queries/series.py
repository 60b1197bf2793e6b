"""The figures of measures: what each load said, which stands, what is not shown, and the whole from its parts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from candour.kernel.history.queries import grouped
from candour.performance import rules
from candour.performance.models import Measure, Observation, Parted
from candour.performance.rules.figures import PARTS

Values = Mapping[str, Any]
COLUMNS = ("measure_id", "area", "period", "load_id", "value", "numerator", "denominator", "provisional", "suppressed")


@dataclass(frozen=True)
class Shape:
    """What must be known of a measure to read its figures."""

    unit: str
    per: int
    smallest: int


@dataclass(frozen=True)
class Figure:
    """A figure as it stands. first: as it was first loaded. versions: how many loads said something of it.

    hidden: it is a small number, or would give one away; then it has no value and no parts.
    """

    area: str
    period: date
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    provisional: bool
    hidden: bool
    first: Decimal | None
    versions: int
    loaded_on: date | None

    @property
    def status(self) -> str:
        if self.hidden:
            return "Not shown"
        if self.provisional:
            return "Provisional"
        return "Revised" if self.versions > 1 and self.first is not None and self.first != self.value else "Final"


def rows_of(measures: Iterable[int], *, whole: bool = False) -> dict[int, list[dict[str, Any]]]:
    """Everything that was loaded for some measures, by measure, in the order of figures(). One query.

    whole: only what the figures of the whole depend on. Areas are left out of measures that are not Parted: of others a hidden
    area can hide its whole.
    """
    rows = Observation.objects.filter(measure__in=list(measures)).order_by("measure", "area", "period", "load")
    if whole:
        rows = rows.filter(Q(area="") | Q(measure__in=Parted.objects.values("measure")))
    return grouped(rows.annotate(loaded_on=F("load__loaded_on")).values(*COLUMNS, "loaded_on"), "measure_id")


def parted(rows: QuerySet[Observation]) -> QuerySet[Observation]:
    """Those of some observations for which their measure is Parted: parts that are hidden, or without a whole of their own."""
    own = Observation.objects.filter(measure=OuterRef("measure"), period=OuterRef("period"), area="")
    return rows.exclude(area="").filter(Q(suppressed=True) | ~Exists(own))


def figures(rows: Sequence[Values], shape: Shape, *, as_at: date | None = None) -> list[Figure]:
    """The figures of one measure as they stood at the end of a day, by area and period; the whole has no name.

    rows: of one measure, by area, period and load. What is hidden today is hidden on every day. A whole that was not loaded is
    added up from its parts, and is missing where one of them is.
    """
    found = []
    for (area, period), group in groupby(rows, key=lambda row: (row["area"], row["period"])):
        every = list(group)
        then = [row for row in every if as_at is None or row["loaded_on"] <= as_at]
        if then:
            found.append(_figure(area, period, then, hidden=every[-1]["suppressed"] or then[-1]["suppressed"]))
    return sorted(_with_wholes(_kept_from_sums(found, shape), shape), key=lambda one: (one.area, one.period))


def _figure(area: str, period: date, rows: Sequence[Values], *, hidden: bool) -> Figure:
    last, first = rows[-1], rows[0]
    return Figure(
        area=area,
        period=period,
        value=None if hidden else last["value"],
        numerator=None if hidden else last["numerator"],
        denominator=None if hidden else last["denominator"],
        provisional=last["provisional"],
        hidden=hidden,
        first=None if hidden else first["value"],
        versions=len(rows),
        loaded_on=last["loaded_on"],
    )


def _kept_from_sums(found: list[Figure], shape: Shape) -> list[Figure]:
    """The figures without what would give a hidden one away. What was first loaded beside it goes too."""
    if not any(one.area for one in found):
        return found  # a whole without parts gives nothing away
    by_period: dict[date, list[Figure]] = {}
    for one in found:
        by_period.setdefault(one.period, []).append(one)
    kept = []
    for together in by_period.values():
        whole = next((one for one in together if not one.area), None)
        parts = {one.area: rules.Part(_count(one, shape), one.hidden) for one in together if one.area}
        gone = rules.hidden_together(
            parts,
            _count(whole, shape) if whole else None,
            smallest=shape.smallest,
            whole_hidden=bool(whole and whole.hidden),
        )
        some = bool(gone) or bool(whole and whole.hidden)
        for one in together:
            if one.area in gone:
                kept.append(replace(one, value=None, numerator=None, denominator=None, first=None, hidden=True))
            else:
                kept.append(replace(one, first=None) if some else one)
    return kept


def _count(one: Figure, shape: Shape) -> Decimal | None:
    return one.numerator if shape.unit in PARTS else one.value


def _with_wholes(found: list[Figure], shape: Shape) -> list[Figure]:
    """The figures with a whole for each period that lacks one: added up from the first breakdown that lacks nothing."""
    every = rules.by_breakdown(sorted({one.area for one in found if one.area}))
    there = {one.period for one in found if not one.area}
    lacking: dict[date, dict[str, Figure]] = {}
    for one in found:
        if one.area and one.period not in there:
            lacking.setdefault(one.period, {})[one.area] = one
    made = []
    for period, parts in lacking.items():
        whole = next((names for names in every.values() if all(_told(parts.get(name)) for name in names)), None)
        made.append(_added(period, list(parts.values()), [parts[name] for name in whole] if whole else [], shape))
    return [*found, *made]


def _told(one: Figure | None) -> bool:
    return one is not None and not one.hidden


def _added(period: date, parts: Sequence[Figure], whole: Sequence[Figure], shape: Shape) -> Figure:
    """The whole of a period. parts: all there are; whole: those that make it, none where something is missing."""
    tops, bottoms = ([getattr(part, name) for part in whole] for name in ("numerator", "denominator"))
    return Figure(
        area="",
        period=period,
        value=rules.added(shape.unit, [(p.value, p.numerator, p.denominator) for p in whole], shape.per),
        numerator=_sum(tops),
        denominator=_sum(bottoms),
        provisional=any(part.provisional for part in parts),
        hidden=False,
        first=None,
        versions=1,
        loaded_on=max((part.loaded_on for part in parts if part.loaded_on), default=None),
    )


def _sum(values: Sequence[Decimal | None]) -> Decimal | None:
    there = [value for value in values if value is not None]
    return sum(there, Decimal(0)) if there and len(there) == len(values) else None


def points(found: Iterable[Figure]) -> list[rules.Point]:
    """The series of the whole, as process control reads it."""
    return [rules.Point(one.period, one.value, one.provisional) for one in found if not one.area]


def shape_of(measure: Measure | Values) -> Shape:
    """The shape of a measure from its row or its values."""
    names = ("unit", "per", "smallest")
    got = [measure[name] if isinstance(measure, Mapping) else getattr(measure, name) for name in names]
    return Shape(*got)
