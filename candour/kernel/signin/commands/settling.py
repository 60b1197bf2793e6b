"""Posts of the table as a directory says: appointed where a value gives one, ended where the value is gone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.establishment.commands import appoint, end_appointment
from candour.kernel.people.models import Appointment, Person, holding
from candour.kernel.rules import Refused
from candour.kernel.signin.models import Mapped


@dataclass(frozen=True)
class Settled:
    """What was done, in words. kept: what could not be taken away, and why."""

    done: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def settle(person: Person, table: Sequence[Mapped], *, carried: Collection[str], actor: Actor, at: datetime) -> Settled:
    """Make the posts of some rows of the table as the values say that a person carries. Posts outside them stay.

    What began today ends with the day, as an appointment has whole days. Raises Refused and Forbidden as appointing does.
    """
    wanted = {row.post_id: row for row in table if row.value in carried}
    governed, today = {row.post_id for row in table}, local_date(at)
    held = Appointment.objects.filter(holding(today), person=person, post__in=governed)
    there = {row.post_id: row for row in held.select_related("post__organisation")}
    done, kept = [], []
    for number, row in wanted.items():
        if number not in there:
            _appoint(person, row, actor, at)
            done.append(f"Holds {row.post}")
    for number, appointment in there.items():
        last = max(appointment.starts, today - timedelta(days=1))
        if number in wanted or (appointment.ends is not None and appointment.ends <= last):
            continue
        try:
            end_appointment(appointment, ends=last, **_said(actor, at, "The account no longer carries the value"))
            done.append(f"Holds {appointment.post} no more")
        except Refused as refused:
            kept.append(f"Kept as {appointment.post}: {refused.message}")
    return Settled(tuple(done), tuple(kept))


def _appoint(person: Person, row: Mapped, actor: Actor, at: datetime) -> None:
    today = local_date(at)
    later = Appointment.objects.filter(person=person, post=row.post, starts__gt=today).order_by("starts").first()
    ends = later.starts - timedelta(days=1) if later else None
    appoint(person, row.post, starts=today, ends=ends, **_said(actor, at, f"The account carries “{row.value}”"))


def _said(actor: Actor, at: datetime, reason: str) -> dict[str, Any]:
    return {"actor": actor, "at": at, "reason": reason}
