"""Figures are loaded: many at once, in one entry of the history that holds the root of them all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from operator import itemgetter
from typing import Any

from django.db.models import Exists, OuterRef

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.batch import CHUNK
from candour.kernel.history.recording import recording
from candour.kernel.history.rows import insert
from candour.kernel.people.models import Organisation
from candour.kernel.records.kinds import kind_named
from candour.kernel.records.lines import write
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused, need_reason
from candour.performance import rules
from candour.performance.access import PerformancePermission
from candour.performance.commands.new import Key, NewFigure
from candour.performance.commands.standing import Facts, standing_of
from candour.performance.commands.wholes import with_wholes
from candour.performance.models import Load, Observation, Parted, PeerFigure
from candour.performance.queries import parted
from candour.performance.queries.roots import COLUMNS, OTHERS, PEER_COLUMNS, Root
from candour.performance.rules.figures import KEPT, PARTS

LARGEST = Decimal(10) ** 11  # figures have eleven places before the point at most


@dataclass(frozen=True)
class Change:
    """A figure that a load would bring. was: what stands, None for a new one. what: "new", "revised", "settled", "hidden"."""

    figure: NewFigure
    what: str
    was: Decimal | None = None


def load_figures(
    figures: Sequence[NewFigure],
    *,
    organisation: Organisation,
    file_name: str,
    sha256: str,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Load | None:
    """Load figures of measures of one body. What stands so already is left out; None where nothing is new.

    A number below what its measure shows is not kept at all: that it is hidden is. Raises Refused for a measure of another
    body or one that has ended, a figure given twice, one that is too large, and a period to come.
    """
    require(actor, PerformancePermission.MANAGE, Record(organisation=organisation))
    why = need_reason(reason, "Say where the figures come from")
    day = effective or local_date(at)
    _check(figures, organisation, local_date(at))
    found = [change.figure for change in changes_of(figures)]
    if not found:
        return None
    if large := next((one for one in found if one.value is not None and abs(one.value) >= LARGEST), None):
        where = f"{large.measure.record.reference}, {large.period:%B %Y}"
        raise Refused("figures", f"{where}: worked out from its parts, the figure is larger than can be kept")
    rows, peers = _rows([one for one in found if not one.body]), _rows([one for one in found if one.body])
    root = root_of(rows, peers)
    own, touched = sorted({row[0] for row in rows}), sorted({one.measure.pk for one in found})
    with recording("measures.loaded", actor=actor, at=at, effective=day, reason=why):
        for start in range(0, len(touched), CHUNK):  # so that two loads cannot miss each other's figures in a line
            list(Record.objects.select_for_update().filter(pk__in=touched[start : start + CHUNK]).order_by("pk"))
        load = Load.objects.create(
            organisation=organisation,
            file_name=file_name[:200],
            sha256=sha256,
            loaded_on=day,
            figures=root.count,
            root=root.hexdigest(),
        )
        insert(Observation, (*COLUMNS, "load_id"), [(*row, load.pk) for row in rows])
        insert(PeerFigure, (*PEER_COLUMNS, "load_id"), [(*row, load.pk) for row in peers])
        keep_parted(load)
        since = since_of(load, own)
        for start in range(0, len(own), CHUNK):
            write(kind_named("measure"), own[start : start + CHUNK], since)
    return load


def since_of(load: Load, measures: Sequence[int]) -> dict[int, date]:
    """The day from which on each measure of a load may stand otherwise: that of the load.

    All days where a figure comes to be hidden or is shown again: what is hidden today is hidden on every day.
    """
    alike = {name: OuterRef(name) for name in ("measure", "area", "period")}
    hidden = Exists(Observation.objects.filter(**alike, suppressed=True))
    found = Observation.objects.filter(hidden, load=load).order_by().values_list("measure", flat=True).distinct()
    return dict.fromkeys(measures, load.loaded_on) | dict.fromkeys(found, date.min)


def keep_parted(load: Load) -> None:
    """Remember the measures of a load whose whole depends on their parts from now on."""
    found = parted(Observation.objects.filter(load=load)).order_by().values_list("measure", flat=True).distinct()
    Parted.objects.bulk_create([Parted(measure_id=pk) for pk in found], ignore_conflicts=True)


def _rows(figures: Iterable[NewFigure]) -> list[tuple[Any, ...]]:
    """Figures of one's own as COLUMNS, or of others as PEER_COLUMNS, in the order of their root."""
    found = [
        (
            one.measure.pk, *((one.period, one.body) if one.body else (one.area, one.period)),
            one.value, one.numerator, one.denominator, one.provisional, one.suppressed,
        )
        for one in figures
    ]  # fmt: skip
    return sorted(found, key=itemgetter(0, 1, 2))


def root_of(rows: Iterable[Sequence[Any]], peers: Iterable[Sequence[Any]]) -> Root:
    """The root of a load, from its own figures (COLUMNS) and those of others (PEER_COLUMNS), each in their order."""
    root = Root()
    for row in rows:
        root.add(row)
    for peer in peers:
        root.add((OTHERS, *peer))
    return root


def changes_of(figures: Iterable[NewFigure]) -> list[Change]:
    """What loading some figures would change, in their order; those that stand so already are left out. Two queries."""
    wanted = [_kept(one) for one in with_wholes(list(figures))]
    if not wanted:
        return []
    standing = standing_of(wanted)
    found = []
    for one in wanted:
        if not one.suppressed and one.value is None:
            continue
        was, now = standing.get(one.key), _facts(one)
        if was is None:
            found.append(Change(one, "hidden" if one.suppressed else "new"))
        elif was != now:
            what = "hidden" if one.suppressed else "revised" if was[0] != now[0] else "settled"
            found.append(Change(one, what, None if was[0] is None else Decimal(was[0]).scaleb(-4)))
    return found


def _facts(one: NewFigure) -> Facts:
    """A figure that is kept, as standing_of() has it."""
    numbers = (None if each is None else int(each.scaleb(4)) for each in (one.value, one.numerator, one.denominator))
    return (*numbers, int(one.provisional), int(one.suppressed))


def _kept(one: NewFigure) -> NewFigure:
    """The figure as it is kept: to four places, worked out from its parts where it has them, without a small number."""
    measure = one.measure
    value, top, bottom = _four(one.value), _four(one.numerator), _four(one.denominator)
    if measure.unit in PARTS and top is not None and bottom is not None:
        value = rules.computed(measure.unit, top, bottom, measure.per)
    count = top if measure.unit in PARTS else value
    small = count is not None and 0 < count < measure.smallest
    period = rules.starts_period(one.period, measure.frequency)
    if one.suppressed or small:
        return NewFigure(measure, period, one.area, provisional=one.provisional, suppressed=True, body=one.body)
    return NewFigure(measure, period, one.area, value, top, bottom, one.provisional, False, one.body)


def _four(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(KEPT, ROUND_HALF_UP)


def _check(figures: Sequence[NewFigure], organisation: Organisation, today: date) -> None:
    seen: set[Key] = set()
    for one in figures:
        record, where = one.measure.record, f"{one.measure.record.reference}, {one.period:%B %Y}"
        if record.organisation_id != organisation.pk:
            raise Refused("figures", f"{record.reference} is a measure of another body: take its row out")
        if record.closed_on is not None:
            raise Refused("figures", f"{record.reference} has ended: take its row out")
        if rules.starts_period(one.period, one.measure.frequency) > today:
            raise Refused("figures", f"{where} has not come yet: take the figure out")
        if any(abs(value) >= LARGEST for value in (one.value, one.numerator, one.denominator) if value is not None):
            raise Refused("figures", f"{where}: the figure is larger than can be kept")
        key = (one.measure.pk, one.body, one.area, rules.starts_period(one.period, one.measure.frequency))
        if key in seen:
            raise Refused("figures", f"{where} is given twice: leave one")
        seen.add(key)
