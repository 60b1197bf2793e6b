"""The exit interview and what was learnt. What comes next is decided in commands.life."""

from datetime import date, datetime

from candour.commissioning.access import CommissioningPermission
from candour.commissioning.commands.base import not_to_come
from candour.commissioning.models import Agreement, ExitInterview
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.rules import Refused


def hold_exit(
    agreement: Agreement,
    *,
    on: date,
    present: str,
    notes: str,
    lessons: str,
    actor: Actor,
    at: datetime,
    reason: str = "",
    effective: date | None = None,
) -> ExitInterview:
    """Record the exit interview, also of an agreement that has ended.

    Raises Refused for a day to come, and for anything empty.
    """
    require(actor, CommissioningPermission.MANAGE, agreement.record)
    not_to_come(on, local_date(at))
    asked = (
        ("present", present, "Enter who was there, by their posts"),
        ("notes", notes, "Enter what the provider said"),
        ("lessons", lessons, "Enter what was learnt for the next agreement, or that nothing was"),
    )
    for name, text, message in asked:
        if not text.strip():
            raise Refused(name, message)
    with recording(
        "agreement.exit_held", agreement.record, actor=actor, at=at, effective=effective, reason=reason.strip()
    ):
        return ExitInterview.objects.create(
            agreement=agreement, on=on, present=present.strip()[:300], notes=notes.strip(), lessons=lessons.strip()
        )
