"""What changed in a register between the ends of two days: the two registers side by side, and why. compare() is pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.lookups import Exact

from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.calendar import say_date
from candour.kernel.history.models import Entry
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.compile import LookedAt
from candour.kernel.records.models import Record
from candour.kernel.scales.rules import Matrix
from candour.risks.models import Assessment
from candour.risks.queries.reasons import Happened, happened
from candour.risks.queries.register import registers
from candour.risks.queries.rows import ControlRow, RiskRow, ScorePoint

# What may change, in the order in which it is told, with the events that say why.
KINDS: Mapping[str, str] = {
    "raised": "Raised",
    "closed": "Closed",
    "reopened": "Reopened",
    "moved": "Moved to another register",
    "scored": "Score moved",
    "hands": "Changed hands",
    "controls": "Controls",
    "reviewed": "Reviewed",
}
WHY: Mapping[str, tuple[str, ...]] = {
    "closed": ("risk.closed", "risk.merged"),
    "reopened": ("risk.reopened",),
    "moved": ("risk.level_changed",),
    "scored": ("risk.rescored", "risk.reviewed", "risk.score_agreed"),
    "hands": ("risk.handed_over",),
}
RANK = {"project": 0, "operational": 1, "strategic": 2}


@dataclass(frozen=True)
class Change:
    """One thing that changed of one risk, as it stands on the later day. day: from when, where it is one day.

    band: the band moved too. why: the last reason given, "" where there is none or the reader may not see it.
    """

    kind: str
    risk: RiskRow
    words: str
    day: date | None = None
    band: bool = False
    why: str = ""


@dataclass(frozen=True)
class TwoDays:
    """A register at the ends of two days, closed risks too, and what took effect after the first, up to the second."""

    since: date
    as_at: date
    before: tuple[RiskRow, ...]
    after: tuple[RiskRow, ...]
    happened: Mapping[int, tuple[Happened, ...]]


def two_days(
    actor: Actor,
    *,
    organisation: int | None,
    since: date,
    as_at: date,
    scales: Mapping[int, Matrix],
    known_on: datetime | None = None,
    whole: bool = True,
) -> TwoDays:
    """Both registers, of every level, from what the actor may see of each day. Six queries.

    whole: False leaves out the risks of which nothing took effect between the days; compare() says the same of the rest.
    """
    told = happened(actor, organisation=organisation, after=since, until=as_at, known_on=known_on)
    only = None if whole else touched(after=since, until=as_at)
    asked: dict[str, Any] = {"organisation": organisation, "scales": scales, "known_on": known_on, "only": only}
    before, after = registers(actor, days=(since, as_at), **asked)
    return TwoDays(since, as_at, tuple(before), tuple(after), told)


def touched(*, after: date, until: date) -> QuerySet[Record]:
    """The records that may stand otherwise at the end of the second day than at the end of the first.

    A state that took effect in between belongs to an entry that did, or stands in place of one; and a score counts from the
    day it was scored on.
    """
    of_a_record = Exact(LookedAt("record_kind"), Record._meta.label_lower)  # as nearly all are: the days find them
    entered = Entry.objects.filter(of_a_record, effective__gt=after, effective__lte=until)
    scored = Assessment.objects.filter(scored_on__gt=after, scored_on__lte=until)
    numbers = entered.order_by().values("record_id").union(scored.order_by().values("risk_id"))
    return Record.objects.filter(pk__in=numbers)


def compare(days: TwoDays, *, level: str = "", restricted: Iterable[int] = ()) -> list[Change]:
    """What changed, in the order of KINDS and then by reference. level: only risks that stood in it on either day.

    restricted: the risks of which reasons given while they were restricted may be read. A risk that stood on the first
    day but may not be seen as it stood then is left out: nothing of it can be compared.
    """
    before = {row.pk: row for row in days.before}
    readable = set(restricted)
    found: list[Change] = []
    for row in days.after:
        was = before.get(row.pk)
        if level and level not in (row.line.kind, was.line.kind if was else ""):
            continue
        told = [one for one in days.happened.get(row.pk, ()) if one.sensitivity != "restricted" or row.pk in readable]
        for change in _changes(was, row, days):
            found.append(_with_reason(change, told))
    order = list(KINDS)
    return sorted(found, key=lambda change: (order.index(change.kind), change.risk.reference))


def readable_while_restricted(actor: Actor, rows: Iterable[RiskRow]) -> set[int]:
    """The risks of which an actor may read what was said while they were restricted."""
    held = actor.scope(RecordPermission.SEE_RESTRICTED)
    return {
        row.pk
        for row in rows
        if EVERYWHERE in held or row.organisation_id in held or (row.owner_id and row.owner_id in actor.posts)
    }


def _with_reason(change: Change, told: Iterable[Happened]) -> Change:
    said = [one for one in told if one.event in WHY.get(change.kind, ()) and one.reason]
    if not said:
        return change
    return Change(change.kind, change.risk, change.words, change.day or said[-1].day, change.band, said[-1].reason)


def _changes(was: RiskRow | None, row: RiskRow, days: TwoDays) -> Iterator[Change]:
    line = row.line
    if was is None:
        if line.first_recorded > days.since:
            yield Change("raised", row, _raised(row), line.first_recorded)
            if line.closed_on:
                yield Change("closed", row, "Closed", line.closed_on)
        return
    if line.closed_on and was.line.closed_on:
        return
    if line.closed_on and not was.line.closed_on:
        yield Change("closed", row, "Closed", line.closed_on)
    if was.line.closed_on and not line.closed_on:
        yield Change("reopened", row, f"Reopened. It closed on {say_date(was.line.closed_on)}")
    if line.kind != was.line.kind:
        way = "Escalated" if RANK[line.kind] > RANK[was.line.kind] else "Moved down"
        yield Change("moved", row, f"{way} from the {was.line.kind} to the {line.kind} register")
    yield from _scored(was, row)
    for name, old, new in (
        ("Owner", was.owner, row.owner),
        ("Responsible officer", was.responsible_officer, row.responsible_officer),
    ):
        if old != new:
            yield Change("hands", row, f"{name}: {old or 'no post'}, now {new or 'no post'}")
    yield from _controls(was, row)
    if line.last_review and line.last_review != was.line.last_review and line.last_review > days.since:
        before = f", before that on {say_date(was.line.last_review)}" if was.line.last_review else " for the first time"
        yield Change("reviewed", row, f"Reviewed{before}", line.last_review)


def _raised(row: RiskRow) -> str:
    return f"Scored {_point(row.history[-1])}" if row.history else "Not scored yet"


def _scored(was: RiskRow, row: RiskRow) -> Iterator[Change]:
    old, new = (each.history[-1] if each.history else None for each in (was, row))
    if new is None or (old and _cell(old) == _cell(new)):
        return
    if old is None:
        yield Change("scored", row, f"Scored {_point(new)} for the first time", new.since, band=True)
    elif old.matrix.id != new.matrix.id:
        words = f"{_point(old)} on {old.matrix.name}, now {_point(new)} on {new.matrix.name}: not comparable"
        yield Change("scored", row, words, new.since, band=old.band.name != new.band.name)
    else:
        way = "Up" if new.score > old.score else "Down" if new.score < old.score else "The same score, otherwise made"
        words = f"{way}: {_point(old)}, now {_point(new)}"
        yield Change("scored", row, words, new.since, band=old.band.name != new.band.name)


def _cell(point: ScorePoint) -> tuple[int, int, int]:
    return point.impact, point.likelihood, point.matrix.id


def _point(point: ScorePoint) -> str:
    """ "16 High (4 × 4)"."""
    return f"{point.score} {point.band.name} ({point.impact} × {point.likelihood})"


def _controls(was: RiskRow, row: RiskRow) -> Iterator[Change]:
    before = {control.pk: control for control in was.controls}
    for control in row.controls:
        if words := _control(before.get(control.pk), control):
            began = control.added_on if control.pk not in before else None
            day = control.removed_on or began or (None if control.pending else control.in_place_since)
            yield Change("controls", row, f"{words}: {control.text}", day)


def _control(was: ControlRow | None, now: ControlRow) -> str:
    """What became of a control; "" where nothing did."""
    due = f", due {say_date(now.due)}" if now.due and now.pending else ""
    if was is None:
        if now.removed_on:
            return "Added, and removed again"
        return f"Added{due}" if now.pending else "Added, in place"
    if now.removed_on and not was.removed_on:
        return "Removed"
    if was.pending and not now.pending:
        return "Put in place"
    if now.pending and was.due != now.due:
        said = say_date(was.due) if was.due else "no date"
        return f"New date, {said} before{due}"
    return ""
