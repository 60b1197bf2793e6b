"""An item of the force management statement is entered, changed, reported on, ended; who may see it changes."""

import re
from datetime import date, datetime

from candour.inspections.access import InspectionPermission
from candour.inspections.commands.base import answers_for, reference_for, titled
from candour.inspections.models import Progress, StatementItem
from candour.inspections.rules.statement import SAID
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date, say_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record, Sensitivity
from candour.kernel.rules import Refused, need_reason

YEAR = re.compile(r"^(\d{4})/(\d{2})$")


def enter_statement_item(
    *,
    organisation: Organisation,
    year: str,
    section: str,
    title: str,
    actor: Actor,
    at: datetime,
    reason: str,
    asked: str = "",
    due: date | None = None,
    owner: Post | None = None,
    reference: str = "",
    sensitivity: str = Sensitivity.OFFICE,
    effective: date | None = None,
) -> StatementItem:
    """Enter what a section of a year’s statement asks for, under the next reference or one that it has already.

    Raises Refused for no title or section, a year that is none, and a reference that is taken.
    """
    require(actor, InspectionPermission.MANAGE, Record(organisation=organisation))
    title, section = titled(title), _section(section)
    found = YEAR.match(year)
    if not found or (int(found[1]) + 1) % 100 != int(found[2]):
        raise Refused("year", "Enter the year of the statement as 2026/27")
    number = reference_for(organisation, "statement-item", reference, first="FMS-001")
    day = effective or local_date(at)
    with recording("statement.item_entered", actor=actor, at=at, effective=day, reason=need_reason(reason)):
        record = Record.objects.create(
            kind="statement-item",
            reference=number,
            title=title,
            organisation=organisation,
            owner=owner,
            sensitivity=sensitivity,
        )
        return StatementItem.objects.create(
            record=record, year=year, section=section, asked=asked.strip(), due=due, entered_on=day
        )


def change_statement_item(
    item: StatementItem,
    *,
    title: str,
    section: str,
    asked: str,
    owner: Post | None,
    due: date | None,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> StatementItem:
    """Change what is asked, of whom and by when; what stood before stays in the history. Raises Refused as on entering."""
    require(actor, InspectionPermission.MANAGE, item.record)
    _is_open(item)
    title, section, why = titled(title), _section(section), need_reason(reason, "Say why it changes")
    with recording("statement.item_changed", item.record, actor=actor, at=at, effective=effective, reason=why):
        item.record.title, item.record.owner = title, owner
        item.record.save()
        item.section, item.asked, item.due = section, asked.strip(), due
        item.save()
    return item


def report_progress(
    item: StatementItem,
    *,
    said: str,
    text: str,
    actor: Actor,
    at: datetime,
    reason: str = "",
    effective: date | None = None,
) -> Progress:
    """Say how far an item has come: by who holds its owner’s post, or as written down by who keeps the statement.

    Raises Refused for no words, a state that is none, and an item that is over; Forbidden.
    """
    record = item.record
    answers_for(actor, record.owner_id, InspectionPermission.UPDATE, InspectionPermission.MANAGE, record)
    _is_open(item)
    if said not in SAID:
        raise Refused("said", "Choose how it stands")
    if not text.strip():
        raise Refused("text", "Say what moved")
    with recording(
        "statement.progress_reported", record, actor=actor, at=at, effective=effective, reason=reason.strip()
    ):
        return Progress.objects.create(
            item=item, dated=effective or local_date(at), said=said, text=text.strip(), by=actor.label[:200]
        )


def end_statement_item(
    item: StatementItem,
    *,
    left: str,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> StatementItem:
    """Record that an item is done, or is dropped, and on what ground. Raises Refused for one that is over."""
    require(actor, InspectionPermission.MANAGE, item.record)
    _is_open(item)
    if left not in StatementItem.Left.values:
        raise Refused("left", "Choose whether it is done or dropped")
    why, day = need_reason(reason, "Say what shows that it is done, or why it is dropped"), effective or local_date(at)
    with recording("statement.item_ended", item.record, actor=actor, at=at, effective=day, reason=why):
        item.left = left
        item.save()
        item.record.closed_on = day
        item.record.save()
    return item


def restrict_statement_item(
    item: StatementItem,
    *,
    sensitivity: str,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> StatementItem:
    """Change who may ever see an item. Raises Refused where nothing changes."""
    require(actor, InspectionPermission.RESTRICT, item.record)
    if sensitivity not in Sensitivity.values:
        raise Refused("sensitivity", "Choose who may see it")
    if sensitivity == item.record.sensitivity:
        raise Refused("sensitivity", "It is so already: choose another answer")
    why = need_reason(reason, "Say why, without repeating what must not be seen")
    with recording("statement.item_restricted", item.record, actor=actor, at=at, effective=effective, reason=why):
        item.record.sensitivity = sensitivity
        item.record.save()
    return item


def _section(section: str) -> str:
    section = " ".join(section.split())[:160]
    if not section:
        raise Refused("section", "Enter the section of the statement")
    return section


def _is_open(item: StatementItem) -> None:
    if closed := item.record.closed_on:
        raise Refused("reason", f"This item was {item.left or 'ended'} on {say_date(closed)}")
