"""What the commands of inspections share."""

from datetime import date, datetime
from typing import Any

from candour.inspections import rules
from candour.inspections.models import Inspection, StepRow
from candour.kernel.access import Actor
from candour.kernel.access.decide import Forbidden, allowed
from candour.kernel.calendar import local_date, say_date
from candour.kernel.people.models import Organisation
from candour.kernel.records.models import Record
from candour.kernel.records.queries import next_reference
from candour.kernel.rules import Refused


def titled(title: str) -> str:
    """A title as it is kept. Raises Refused for none."""
    title = " ".join(title.split())[:300]
    if not title:
        raise Refused("title", "Enter a title")
    return title


def reference_for(organisation: Organisation, kind: str, given: str, *, first: str) -> str:
    """The reference that was given, or the next one. Raises Refused for one that is taken."""
    given = given.strip()[:60]
    if given and Record.objects.filter(organisation=organisation, kind=kind, reference=given).exists():
        raise Refused("reference", f"{given} is taken: enter another reference, or none")
    return given or next_reference(organisation.pk, kind, first=first)


def not_to_come(day: date | None, at: datetime, field: str) -> None:
    """Raises Refused for a day after that of `at`."""
    if day is not None and day > local_date(at):
        raise Refused(field, "Enter today, or a day that has passed")


def is_open(inspection: Inspection) -> None:
    """Raises Refused for an inspection that was closed."""
    if closed := inspection.record.closed_on:
        raise Refused("reason", f"This inspection was closed on {say_date(closed)}: open it again first")


def steps_of(inspection: Inspection) -> dict[str, StepRow]:
    """The steps of an inspection by name; none before its report is out."""
    return {row.which: row for row in StepRow.objects.filter(inspection=inspection)}


def step_that_can_be_done(inspection: Inspection, which: str, field: str) -> StepRow:
    """The row of a step. Raises Refused where something else comes before it, or it was done."""
    is_open(inspection)
    rows = steps_of(inspection)
    known = {name: rules.Step(name, row.due, row.done_on) for name, row in rows.items()}
    if inspection.answers_with_id:
        raise Refused(field, "Another report’s response answers this one: take that back first")
    if why := rules.waits(which, known):
        raise Refused(field, why)
    return rows[which]


def done(row: StepRow, day: date, actor: Actor) -> None:
    """Write down that a step was done, inside a recording."""
    row.done_on, row.by = day, actor.label[:200]
    row.save()


def answers_for(actor: Actor, post: int | None, update: Any, manage: Any, record: Record) -> None:
    """Raises Forbidden for who neither holds the post and may answer for it, nor keeps the register."""
    own = post is not None and post in actor.posts and allowed(actor, update)
    if not own and not allowed(actor, manage, record):
        raise Forbidden(actor, str(manage))
