"""What changed in audit plans between the ends of two days: the two side by side, and why. compare() is pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import QuerySet

from candour.audits.models import Stage
from candour.audits.queries.past import stood_on_days
from candour.audits.queries.rows import AuditRow, StageRow
from candour.audits.rules import STAGES
from candour.kernel.access import Actor
from candour.kernel.calendar import say_date, working_days_between
from candour.kernel.records.models import Record
from candour.kernel.records.reasons import Why, reasons
from candour.kernel.scales.rules import Words

EVENTS = (
    *("audit.planned", "audit.changed", "audit.stages_planned", "audit.stage_recorded", "audit.reported"),
    *("audit.deferred", "audit.cancelled", "audit.reinstated"),
)
# What may change, in the order in which it is told.
KINDS: Mapping[str, str] = {
    "added": "Added to the plan",
    "deferred": "Deferred",
    "cancelled": "Cancelled",
    "reinstated": "Put back in the plan",
    "reported": "Report issued",
    "stages": "Stage reached",
    "moved": "Dates planned or moved",
    "changed": "Otherwise changed",
}

PLAIN = frozenset({"reported", "stages"})  # what happens without anybody having to say why
JOINS = ("audit.planned", "audit.deferred")  # how an audit joins a plan: as new, or carried over from an earlier one


@dataclass(frozen=True)
class Change:
    """One thing that changed of one audit, as it stands on the later day. day: from when, where it is one day.

    said: what changed, a line each. why, approver: the reason given and who agreed it, "" where there is none or the reader
    may not see it. scales: those that its opinions stand on.
    """

    kind: str
    row: AuditRow
    said: tuple[str, ...]
    day: date | None = None
    why: str = ""
    approver: str = ""
    scales: tuple[Words, ...] = ()


@dataclass(frozen=True)
class TwoDays:
    """Plans at the ends of two days, what left them too, and what took effect after the first, up to the second.

    stood: the numbers of all audits that stood on the first day, those that the reader may not see as well.
    """

    since: date
    as_at: date
    before: tuple[AuditRow, ...]
    after: tuple[AuditRow, ...]
    stood: frozenset[int]
    why: Mapping[int, tuple[Why, ...]]


def two_days(
    actor: Actor, records: QuerySet[Record], *, since: date, as_at: date, known_on: datetime | None = None
) -> TwoDays:
    """The audits of some records on both days, from what the actor may see of each. Six queries."""
    told = reasons(actor, records, EVENTS, after=since, until=as_at, known_on=known_on)
    (before, stood), (after, _) = stood_on_days(actor, records, days=(since, as_at), known_on=known_on)
    return TwoDays(since, as_at, tuple(before), tuple(after), stood, told)


def compare(days: TwoDays) -> list[Change]:
    """What changed, in the order of KINDS and then by year and reference.

    An audit that stood on the first day but may not be seen as it stood then is left out: nothing of it can be compared.
    """
    before = {row.pk: row for row in days.before}
    found: list[Change] = []
    for row in days.after:
        was = before.get(row.pk)
        if was is not None or row.pk not in days.stood:
            found += _changes(was, row, days.why.get(row.pk, ()))
    order = list(KINDS)
    return sorted(found, key=lambda one: (order.index(one.kind), one.row.line.year, one.row.reference))


def _changes(was: AuditRow | None, row: AuditRow, told: Sequence[Why]) -> Iterator[Change]:
    if was is None:
        first = next((why for why in told if why.event in JOINS), None)
        yield _with(Change("added", row, (_added(row),), row.planned_on), first)
    yield from _left(was, row, told)
    yield from _reported(was, row, told)
    for stage in row.stages:
        if stage.which != "final" and (change := _reached(was.dates[stage.which] if was else None, stage, row)):
            reason = _given(told, stage.which, "actual", stage.actual)
            yield _with(change, reason)
    if was is not None:
        yield from _moved(was, row, told)
        if said := _otherwise(was, row):
            yield _because(Change("changed", row, said), told, "audit.changed")


def _added(row: AuditRow) -> str:
    line = row.line
    parts = [f"Plan of {line.year}, {row.provider}"]
    if line.days is not None:
        parts.append(f"{line.days} planned {'day' if line.days == 1 else 'days'}")
    if line.fieldwork_planned:
        parts.append(f"fieldwork from {say_date(line.fieldwork_planned)}")
    return ", ".join(parts)


def _left(was: AuditRow | None, row: AuditRow, told: Sequence[Why]) -> Iterator[Change]:
    """How it left the plan, or came back into it."""
    before, now = (was.line.left if was else ""), row.line.left
    if now and now != before:
        words = f"Carried to the plan of {row.deferred_to}" if now == "deferred" and row.deferred_to else "Taken out"
        yield _because(Change(now, row, (words,), row.line.closed_on), told, f"audit.{now}")
    elif was and before and not now:
        on = f" on {say_date(was.line.closed_on)}" if was.line.closed_on else ""
        yield _because(Change("reinstated", row, (f"It had been {before}{on}",)), told, "audit.reinstated")


def _reported(was: AuditRow | None, row: AuditRow, told: Sequence[Why]) -> Iterator[Change]:
    """The report that was issued, or recorded anew, with its opinion and the scale that it stands on."""
    now, on = _report(row), row.line.final_on
    old, then = (_report(was), was.line.final_on) if was else ("", None)
    if on is None or (now, on) == (old, then):
        return
    scales = tuple(dict.fromkeys(each.scale for each in (was, row) if each and each.scale and each.line.final_on))
    if then is None:
        yield _because(Change("reported", row, (now,), on, scales=scales), told, "audit.reported")
        return
    said = [now if now == old else f"{old} before, now {now}"]
    if on == then:
        yield _because(Change("reported", row, tuple(said), scales=scales), told, "audit.reported")
    else:
        said.append(f"Issued on {say_date(on)}, not {say_date(then)}")
        reason = _given(told, "final", "actual", on)
        yield _with(Change("reported", row, tuple(said), scales=scales), reason)


def _report(row: AuditRow) -> str:
    """ "Fair (Opinions of 2026)", "Advisory, without an opinion"; "" while no report is out."""
    if row.line.final_on is None:
        return ""
    if row.opinion and row.scale:
        return f"{row.opinion.word} ({row.scale.name})"
    return "Advisory, without an opinion" if row.line.advisory else "No opinion is recorded"


def _reached(was: StageRow | None, now: StageRow, row: AuditRow) -> Change | None:
    """What became of the recorded day of a stage; None where nothing did."""
    old = was.actual if was else None
    if old == now.actual:
        return None
    if old and now.actual is None:
        return Change("stages", row, (f"{now.word}: {say_date(old)} before, now not reached",))
    if now.actual is None:
        return None
    if old:
        return Change("stages", row, (f"{now.word}: {say_date(old)} before, now {say_date(now.actual)}",))
    if now.planned is None:
        return Change("stages", row, (f"{now.word}, without a planned date",), now.actual)
    late = working_days_between(now.planned, now.actual) if now.actual > now.planned else 0
    after = f", {late} working {'day' if late == 1 else 'days'} after the day planned" if late else ""
    return Change("stages", row, (f"{now.word}, planned for {say_date(now.planned)}{after}",), now.actual)


def _moved(was: AuditRow, row: AuditRow, told: Sequence[Why]) -> Iterator[Change]:
    """The planned dates that differ; those that moved together, for one reason, as one change."""
    together: dict[Why | None, list[str]] = {}
    for stage in row.stages:
        old = was.dates[stage.which].planned
        if old != stage.planned:
            why = _given(told, stage.which, "planned", stage.planned)
            said = f"{stage.word}, {say_date(old) if old else 'no date'} before, now "
            together.setdefault(why, []).append(said + (say_date(stage.planned) if stage.planned else "no date"))
    for why, moves in together.items():
        yield _with(Change("moved", row, tuple(moves)), why)


def _otherwise(was: AuditRow, row: AuditRow) -> tuple[str, ...]:
    """Title, owner, days, and that a long text was reworded, a line each."""
    parts = [f"Title: ‘{was.title}’ before"] if was.title != row.title else []
    if was.owner != row.owner:
        parts.append(f"Owner: {was.owner or 'no post'} before, now {row.owner or 'no post'}")
    if was.line.days != row.line.days:
        old, now = ("none" if each is None else str(each) for each in (was.line.days, row.line.days))
        parts.append(f"Planned days: {old} before, now {now}")
    parts += ["Terms of reference reworded"] if was.purpose != row.purpose else []
    parts += ["Scope reworded"] if was.scope != row.scope else []
    return tuple(parts)


def _given(told: Sequence[Why], which: str, name: str, day: date | None) -> Why | None:
    """The last entry that gave a stage this day; name: planned or actual."""
    wanted = (STAGES[which], day.isoformat() if day else None)
    return next((why for why in reversed(told) if wanted in why.given(Stage._meta.label_lower, name)), None)


def _because(change: Change, told: Sequence[Why], event: str) -> Change:
    """The change with the last reason given for it. One that may not be read says nothing, and no earlier one stands in."""
    return _with(change, next((one for one in reversed(told) if one.event == event), None))


def _with(change: Change, why: Why | None) -> Change:
    if why is None:
        return change
    return replace(change, day=change.day or why.day, why=why.reason, approver=why.approver)
