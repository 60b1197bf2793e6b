"""Sets of measures: begun, changed, their statement of contribution; and which measures stand in them from when."""

from collections.abc import Sequence
from datetime import date, datetime

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Organisation
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused, need_reason
from candour.performance import rules
from candour.performance.access import PerformancePermission
from candour.performance.commands.defining import standing
from candour.performance.models import Measure, MeasureSet, Tag


def begin_set(
    *,
    organisation: Organisation,
    name: str,
    source: str,
    headings: str,
    starts: date,
    actor: Actor,
    at: datetime,
    reason: str,
    ends: date | None = None,
    effective: date | None = None,
) -> MeasureSet:
    """Begin a set, with its headings one a line. Raises Refused for a name that is taken or none, no heading, and dates that
    cannot be."""
    require(actor, PerformancePermission.MANAGE, Record(organisation=organisation))
    facts = {"name": _named(name, organisation), "source": source.strip(), "headings": _headings(headings)}
    _dated(starts, ends)
    why = need_reason(reason, "Say why these measures belong together")
    with recording("set.begun", actor=actor, at=at, effective=effective, reason=why):
        return MeasureSet.objects.create(organisation=organisation, starts=starts, ends=ends, **facts)


def change_set(
    found: MeasureSet,
    *,
    name: str,
    source: str,
    headings: str,
    starts: date,
    ends: date | None,
    actor: Actor,
    at: datetime,
    reason: str,
) -> MeasureSet:
    """Change a set. Raises Refused as begin_set, and for a heading that is gone while a measure stands under it."""
    require(actor, PerformancePermission.MANAGE, found)
    name, headings = _named(name, found.organisation, but=found.pk), _headings(headings)
    _dated(starts, ends)
    left = Tag.objects.filter(set=found, until=None).exclude(heading__in=rules.headings_of(headings))
    if left.exists():
        raise Refused("headings", "Measures stand under a heading that would be gone: move them first, or keep it")
    why = need_reason(reason, "Say why it changes")
    with recording("set.changed", found, actor=actor, at=at, reason=why):
        found.name, found.source, found.headings = name, source.strip(), headings
        found.starts, found.ends = starts, ends
        found.save()
    return found


def state_contribution(
    found: MeasureSet, *, text: str, on: date, actor: Actor, at: datetime, reason: str = ""
) -> MeasureSet:
    """Keep the statement of what the force contributes to a set’s priorities, and which of them apply and why.

    Raises Refused for no text, and a day to come.
    """
    require(actor, PerformancePermission.MANAGE, found)
    if not text.strip():
        raise Refused("text", "Write what the force contributes, which priorities apply, and why")
    if on > local_date(at):
        raise Refused("on", "Enter today, or a day that has passed")
    with recording("set.contribution_stated", found, actor=actor, at=at, reason=reason.strip()):
        found.contribution, found.contributed_on = text.strip(), on
        found.save()
    return found


def put_in_sets(
    measure: Measure,
    *,
    wanted: Sequence[tuple[MeasureSet, str]],
    on: date,
    actor: Actor,
    at: datetime,
    reason: str = "",
    effective: date | None = None,
) -> list[Tag]:
    """Say under which headings of which sets a measure stands from a day on; under others it stands no more.

    Raises Refused for a heading that the set does not have, a set of another body, and where nothing changes.
    """
    record = measure.record
    require(actor, PerformancePermission.MANAGE, record)
    standing(measure)
    for found, heading in wanted:
        if found.organisation_id != record.organisation_id or heading not in rules.headings_of(found.headings):
            raise Refused("wanted", "Choose headings of the sets that are there")
    held = {(tag.set_id, tag.heading): tag for tag in Tag.objects.filter(measure=measure, until=None)}
    want = {(found.pk, heading): found for found, heading in wanted}
    if set(held) == set(want):
        raise Refused("wanted", "It stands so already: choose others")
    with recording("measure.put_in_sets", record, actor=actor, at=at, effective=effective, reason=reason.strip()):
        for key in held.keys() - want.keys():
            held[key].until = on
            held[key].save()
        new = [key for key in want if key not in held]
        return [Tag.objects.create(measure=measure, set=want[key], heading=key[1], since=on) for key in new]


def _named(name: str, organisation: Organisation, but: int = 0) -> str:
    called = " ".join(name.split())[:120]
    if not called:
        raise Refused("name", "Enter what the set is called")
    if MeasureSet.objects.filter(organisation=organisation, name__iexact=called).exclude(pk=but).exists():
        raise Refused("name", f"{called} is there already: enter another name")
    return called


def _headings(text: str) -> str:
    found = rules.headings_of(text)
    if not found:
        raise Refused("headings", "Enter the headings of the set, one a line")
    if any(len(heading) > 200 for heading in found):
        raise Refused("headings", "A heading is longer than 200 characters: shorten it")
    return "\n".join(found)


def _dated(starts: date, ends: date | None) -> None:
    if ends is not None and ends < starts:
        raise Refused("ends", "Enter a last day on or after the first")
