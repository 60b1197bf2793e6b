"""What `candour notices` writes by itself about returns: the day after one did not come, and after one was not assessed."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from candour.commissioning.models import Return
from candour.kernel.calendar import local_date, say_date
from candour.kernel.notices.commands import Letter, write
from candour.kernel.records.models import Sensitivity

ABOUT = "monitoring-return"


def write_reminders(at: datetime) -> int:
    """Write the letters about returns that are late or not assessed; gives how many.

    Each goes once for each day that passed.
    """
    today = local_date(at)
    late = Q(received_on=None, due__lt=today) & ~Q(verdict="satisfactory")
    waits = Q(received_on__isnull=False, verdict="", assess_by__lt=today)
    rows = Return.objects.filter(late | waits, dropped_on=None, schedule__assessor__ended=None)
    rows = rows.select_related("schedule__assessor", "agreement__record", "agreement__provider").order_by("pk")
    with transaction.atomic():
        return write([_letter(row) for row in rows], at=at)


def link_address(number: int, at: datetime) -> str | None:
    """Where a letter leads: the returns that one's posts assess; None once this one is assessed."""
    open_now = Return.objects.filter(pk=number, dropped_on=None).exclude(verdict="satisfactory")
    return "/agreements/returns/?mine=mine" if open_now.exists() else None


def _letter(row: Return) -> Letter:
    """A letter to whoever holds the post that assesses it. A restricted agreement is not named outside Candour."""
    late = row.received_on is None
    day: date = row.due if late else row.assess_by or row.due
    record = row.agreement.record
    named = record.sensitivity != Sensitivity.RESTRICTED
    of = f"of {record.reference}, {record.title}" if named else "of an agreement"
    period = f"{say_date(row.starts)} to {say_date(row.ends)}"
    what = "has not come" if late else "was not assessed"
    do = (
        "Ask the provider for it, and record that you did:"
        if late
        else "Assess it, or send it back with what is wanted:"
    )
    return Letter(
        key=f"{ABOUT}:{row.pk}:{'late' if late else 'assess'}:{day.isoformat()}",
        to=row.schedule.assessor,
        subject=f"A return {what} by {say_date(day)}"[:200],
        text=f"The return for {period} {of} {what} by {say_date(day)}.\n\n{do}\n{{link}}\n",
        about=ABOUT,
        about_id=row.pk,
        kind=ABOUT,
    )
