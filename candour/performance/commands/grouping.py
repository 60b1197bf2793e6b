"""Groups of bodies that one is compared with: set up, changed, joined and left."""

from collections.abc import Sequence
from datetime import date, datetime

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Organisation
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused, need_reason
from candour.performance.access import PerformancePermission
from candour.performance.models import Group, Member


def set_up_group(
    *,
    organisation: Organisation,
    name: str,
    own: str,
    source: str,
    bodies: Sequence[str],
    joined: date,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Group:
    """Set up a group of bodies with those who are in it from a day. own: what the body itself is called in its figures.

    Raises Refused for a name that is taken or none, no source, nobody in it, and a body named twice.
    """
    require(actor, PerformancePermission.MANAGE, Record(organisation=organisation))
    name, own = _named(name, organisation), _called(own, "own")
    names = [_called(body, "bodies") for body in bodies if body.strip()]
    if not names:
        raise Refused("bodies", "Enter the bodies that are in it, one a line")
    if len({one.casefold() for one in (*names, own)}) < len(names) + 1:
        raise Refused("bodies", "Name each body once, and the body itself not among the others")
    why = need_reason(reason, "Say why these bodies are compared")
    with recording("group.set_up", actor=actor, at=at, effective=effective, reason=why):
        made = Group.objects.create(organisation=organisation, name=name, own=own, source=_source(source))
        Member.objects.bulk_create([Member(group=made, body=one, joined=joined) for one in names])
    return made


def change_group(group: Group, *, name: str, own: str, source: str, actor: Actor, at: datetime, reason: str) -> Group:
    """Correct what a group is called and where it comes from. Raises Refused as set_up_group."""
    require(actor, PerformancePermission.MANAGE, group)
    name, own = _named(name, group.organisation, but=group.pk), _called(own, "own")
    if Member.objects.filter(group=group, body__iexact=own, left=None).exists():
        raise Refused("own", f"{own} is in the group as another body: enter what the body itself is called")
    source, why = _source(source), need_reason(reason, "Say why it changes")
    with recording("group.changed", group, actor=actor, at=at, reason=why):
        group.name, group.own, group.source = name, own, source
        group.save()
    return group


def join_group(
    group: Group, *, body: str, joined: date, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Member:
    """Another body is in a group from a day on; what was before stays. Raises Refused where it is in it already."""
    require(actor, PerformancePermission.MANAGE, group)
    body = _called(body, "body")
    if body.casefold() == group.own.casefold():
        raise Refused("body", f"{body} is the body itself: enter another")
    if Member.objects.filter(group=group, body__iexact=body, left=None).exists():
        raise Refused("body", f"{body} is in the group already")
    if Member.objects.filter(group=group, body__iexact=body, left__gt=joined).exists():
        raise Refused("joined", f"{body} was in the group on that day: enter a day after it left")
    why = need_reason(reason, "Say why it joins")
    with recording("group.joined", group, actor=actor, at=at, effective=effective, reason=why):
        return Member.objects.create(group=group, body=body, joined=joined)


def leave_group(
    member: Member, *, left: date, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Member:
    """A body is in a group no more from a day on; periods before it keep it. One that never was in it leaves as it joined.

    Raises Refused for a day before it joined, one to come, and where it left already.
    """
    require(actor, PerformancePermission.MANAGE, member.group)
    if member.left is not None:
        raise Refused("which", f"{member.body} left already")
    if left < member.joined:
        raise Refused("left", "Enter the day on which it joined, or a later one")
    if left > local_date(at):
        raise Refused("left", "Enter today, or a day that has passed")
    why = need_reason(reason, "Say why it leaves")
    with recording("group.left", member.group, actor=actor, at=at, effective=effective, reason=why):
        member.left = left
        member.save()
    return member


def _named(name: str, organisation: Organisation, but: int = 0) -> str:
    called = " ".join(name.split())[:120]
    if not called:
        raise Refused("name", "Enter what the group is called")
    if Group.objects.filter(organisation=organisation, name__iexact=called).exclude(pk=but).exists():
        raise Refused("name", f"{called} is there already: enter another name")
    return called


def _called(body: str, field: str) -> str:
    called = " ".join(body.split())
    if not called:
        raise Refused(field, "Enter a name, as files of figures have it")
    if len(called) > 80:
        raise Refused(field, f"‘{called[:40]}…’ is too long: enter a name of 80 characters at most")
    return called


def _source(source: str) -> str:
    if not source.strip():
        raise Refused("source", "Say who put the group together, and where that is published")
    return source.strip()
