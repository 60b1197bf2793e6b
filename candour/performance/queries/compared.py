"""Groups of bodies that are compared, as they stood on a day, and a measure's figure among theirs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import F, Max, OuterRef, QuerySet, Subquery

from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.history.queries import as_at as states_on
from candour.kernel.history.queries import grouped
from candour.performance import rules
from candour.performance.access import PerformancePermission
from candour.performance.models import Group, Load, Measure, Member, Observation, PeerFigure
from candour.performance.queries.past import Whole

Values = Mapping[str, Any]
COLUMNS = ("measure_id", "body", "period", "load_id", "value", "numerator", "denominator", "provisional", "suppressed")


@dataclass(frozen=True)
class GroupRow:
    """A group with everybody who is or was in it, by name."""

    pk: int
    name: str
    own: str
    source: str
    organisation_id: int
    members: tuple[Values, ...]

    def on(self, day: date) -> tuple[str, ...]:
        """Who was in it on a day, by name."""
        return tuple(
            one["body"] for one in self.members if one["joined"] <= day and (one["left"] is None or day < one["left"])
        )


@dataclass(frozen=True)
class Comparison:
    """A measure's figure of a period among those of a group, with the mean that the measure states and the other one."""

    group: GroupRow
    period: date
    ranked: tuple[rules.Ranked, ...]
    mean: rules.Mean
    other: rules.Mean

    @property
    def own(self) -> rules.Ranked:
        return next(one for one in self.ranked if one.peer.own)

    @property
    def placed(self) -> int:
        """How many bodies have a rank."""
        return sum(bool(one.rank) for one in self.ranked)

    @property
    def missing(self) -> tuple[str, ...]:
        """Who gave no figure of the period; a hidden one is no missing one."""
        return tuple(one.peer.name for one in self.ranked if one.peer.value is None and not one.peer.hidden)

    @property
    def hidden(self) -> tuple[str, ...]:
        return tuple(one.peer.name for one in self.ranked if one.peer.hidden)


def groups_seen(actor: Actor) -> QuerySet[Group]:
    """The groups of the bodies whose measures an actor may see; none for one who is confined to some records."""
    rows, scope = Group.objects.select_related("organisation"), actor.scope(PerformancePermission.SEE)
    if actor.only is not None:
        return rows.none()
    return rows if EVERYWHERE in scope else rows.filter(organisation__in=scope)


def groups_on(rows: QuerySet[Group], *, as_at: date | None = None, known_on: datetime | None = None) -> list[GroupRow]:
    """Some groups with their members, by name: as they are, or as they stood on a day. Two queries."""
    members = Member.objects.filter(group__in=rows.order_by())
    found: list[Any] = list(rows.values()) if as_at is None else states_on(rows, as_at, known_on=known_on)
    of: list[Any] = list(members.values()) if as_at is None else states_on(members, as_at, known_on=known_on)
    in_order = sorted(of, key=lambda one: (one["body"].casefold(), one["joined"]))
    held = grouped(in_order, "group_id")
    return [
        GroupRow(
            one["id"], one["name"], one["own"], one["source"], one["organisation_id"], tuple(held.get(one["id"], ()))
        )
        for one in sorted(found, key=lambda one: one["name"].casefold())
    ]


def peer_periods(measure: int, *, as_at: date | None = None) -> list[date]:
    """The periods for which another body gave a figure of a measure by a day, newest first. One query."""
    rows = PeerFigure.objects.filter(measure=measure)
    if as_at is not None:
        rows = rows.filter(load__loaded_on__lte=as_at)
    return list(rows.order_by("-period").values_list("period", flat=True).distinct())


def compared_last(measure: int, *, as_at: date | None = None) -> date | None:
    """The newest period for which another body gave a figure of a measure by a day. One query."""
    rows = PeerFigure.objects.filter(measure=measure)
    if as_at is not None:
        rows = rows.filter(load__loaded_on__lte=as_at)
    found: date | None = rows.aggregate(last=Max("period"))["last"]
    return found


def newest_compared(measures: Sequence[int], *, as_at: date | None = None) -> dict[int, list[dict[str, Any]]]:
    """For each measure every figure of others of the newest period that has any. One query."""
    of_day = PeerFigure.objects.filter(measure=OuterRef("measure"))
    if as_at is not None:
        of_day = of_day.filter(load__loaded_on__lte=as_at)
    newest = of_day.order_by().values("measure").annotate(last=Max("period")).values("last")
    return grouped(_rows(PeerFigure.objects.filter(measure__in=measures, period=Subquery(newest))), "measure_id")


def figures_then(measure: int, period: date) -> list[Values]:
    """Everything that was loaded of others for a measure and a period. One query."""
    return list(_rows(PeerFigure.objects.filter(measure=measure, period=period)))


def _rows(rows: QuerySet[PeerFigure]) -> QuerySet[PeerFigure, dict[str, Any]]:
    ordered = rows.order_by("measure", "period", "body", "load").annotate(loaded_on=F("load__loaded_on"))
    return ordered.values(*COLUMNS, "loaded_on")


def compared(
    whole: Whole, group: GroupRow, loaded: Iterable[Values], *, period: date, as_at: date | None = None
) -> Comparison:
    """A measure's figure of a period among those of a group, as it was made up at the end of the period.

    loaded: of others for the measure and period, by body and load. What is hidden today is hidden on every day.
    """
    row = whole.row
    stands = {name.casefold(): peer for name, peer in _standing(loaded, as_at).items()}
    names = group.on(rules.last_day(period, row.line.frequency))
    peers = [stands.get(name.casefold()) or rules.Peer(name, None) for name in names]
    mine = next((one for one in whole.series if one.period == period), None)
    own = (
        rules.Peer(group.own, mine.value, mine.numerator, mine.denominator, own=True, hidden=mine.hidden)
        if mine
        else rules.Peer(group.own, None, own=True)
    )
    every = [own, *(one for one in peers if one.name.casefold() != group.own.casefold())]
    means = {
        kind: rules.mean_of(kind, every, unit=row.line.unit, per=row.per, own_in=row.own_in) for kind in rules.MEANS
    }
    other = next(kind for kind in rules.MEANS if kind != row.mean)
    return Comparison(group, period, rules.ranked(every, row.line.better), means[row.mean], means[other])


def _standing(loaded: Iterable[Values], as_at: date | None) -> dict[str, rules.Peer]:
    found = {}
    for body, group in groupby(loaded, key=lambda one: one["body"]):
        every = list(group)
        then = [one for one in every if as_at is None or one["loaded_on"] <= as_at]
        if then:
            hidden = every[-1]["suppressed"] or then[-1]["suppressed"]
            value, top, bottom = (None if hidden else then[-1][name] for name in ("value", "numerator", "denominator"))
            found[body] = rules.Peer(body, value, top, bottom, hidden=hidden)
    return found


def bodies_named(organisation: int) -> tuple[dict[str, str], frozenset[str]]:
    """(the bodies of a body's groups, by name in small letters; what it is called itself). One query."""
    found = Member.objects.filter(group__organisation=organisation).values_list("body", "group__own")
    own = frozenset(name.casefold() for _, name in found)
    return {body.casefold(): body for body, _ in found}, own


def measures_of(load: Load) -> frozenset[int]:
    """The measures of which a load brought figures. One query."""
    own = Observation.objects.filter(load=load).values_list("measure", flat=True)
    return frozenset(own.union(PeerFigure.objects.filter(load=load).values_list("measure", flat=True)))


def group_of(actor: Actor, number: int) -> Group:
    """A group that an actor may see. Raises Group.DoesNotExist alike for one that is hidden and one that never was."""
    return groups_seen(actor).get(pk=number)


def compares(measure: Measure) -> QuerySet[Group]:
    """The groups that a measure's figures are compared in: those of its body."""
    return Group.objects.filter(organisation=measure.record.organisation_id)
