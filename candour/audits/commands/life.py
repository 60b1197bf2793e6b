"""An audit leaves the plan of its year, comes back, or is seen by others."""

from datetime import date, datetime

from candour.audits import rules
from candour.audits.access import AuditPermission
from candour.audits.commands.planning import free_reference, in_plan, year_of
from candour.audits.models import Audit, Stage
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording, recording_many
from candour.kernel.records.models import Record, Sensitivity, Share
from candour.kernel.rules import Refused, need_reason

ISSUED = "Its final report is out: it stays in the plan of its year"


def defer(
    audit: Audit,
    *,
    year: str,
    reference: str,
    actor: Actor,
    at: datetime,
    reason: str,
    approver: str,
    effective: date | None = None,
) -> Audit:
    """Carry an audit to the plan of a later year, where it stands as a new audit with its own dates; gives that one.

    The plan of the old year keeps the audit, as deferred. Who sees the old one sees the new one. Raises Refused for a year
    that is not later, a reference that is taken, no approver, and for an audit whose report is out.
    """
    require(actor, AuditPermission.PLAN, audit.record)
    why, day, agreed = need_reason(reason, "Say why it is deferred"), effective or local_date(at), _agreed(approver)
    _can_leave(audit)
    if year_of(year) <= year_of(audit.year):
        raise Refused("year", f"Enter a year after {audit.year}, whose plan the audit stands in")
    old = audit.record
    free_reference(old.organisation, reference.strip())
    shares = list(Share.objects.filter(record=old, ended=None))
    with recording_many("audit.deferred", [old], actor=actor, at=at, effective=day, reason=why, approver=agreed):
        record = Record.objects.create(
            kind="audit",
            reference=reference.strip(),
            title=old.title,
            organisation=old.organisation,
            owner=old.owner,
            sensitivity=old.sensitivity,
        )
        carried = Audit.objects.create(
            record=record,
            provider=audit.provider,
            year=year,
            days=audit.days,
            purpose=audit.purpose,
            scope=audit.scope,
            planned_on=day,
            carried_from=old,
        )
        Stage.objects.bulk_create(Stage(audit=carried, which=which) for which in rules.STAGES)
        for share in shares:
            Share.objects.create(record=record, organisation_id=share.organisation_id)
        audit.left, audit.deferred_to = Audit.Left.DEFERRED, year
        _leave(audit, day)
    return carried


def cancel(
    audit: Audit, *, actor: Actor, at: datetime, reason: str, approver: str, effective: date | None = None
) -> Audit:
    """Take an audit out of the plan, which keeps it as cancelled. Raises Refused without an approver, or once reported."""
    require(actor, AuditPermission.PLAN, audit.record)
    why, day, agreed = need_reason(reason, "Say why it is cancelled"), effective or local_date(at), _agreed(approver)
    _can_leave(audit)
    with recording("audit.cancelled", audit.record, actor=actor, at=at, effective=day, reason=why, approver=agreed):
        audit.left = Audit.Left.CANCELLED
        _leave(audit, day)
    return audit


def reinstate(
    audit: Audit, *, actor: Actor, at: datetime, reason: str, approver: str, effective: date | None = None
) -> Audit:
    """Put an audit back in the plan of its year. Raises Refused while the audit that it was carried to stands."""
    require(actor, AuditPermission.PLAN, audit.record)
    why, agreed = need_reason(reason, "Say why it comes back"), _agreed(approver)
    if not audit.left:
        raise Refused("reason", "It stands in the plan already")
    if Audit.objects.filter(carried_from=audit.record, left="").exists():
        raise Refused("reason", "It stands in the plan of the later year: cancel it there first")
    with recording(
        "audit.reinstated", audit.record, actor=actor, at=at, effective=effective, reason=why, approver=agreed
    ):
        audit.left, audit.deferred_to = "", ""
        audit.save()
        audit.record.closed_on = None
        audit.record.save()
    return audit


def restrict(
    audit: Audit,
    *,
    sensitivity: str,
    actor: Actor,
    at: datetime,
    reason: str,
    approver: str = "",
    effective: date | None = None,
) -> Audit:
    """Change who may ever see an audit: public, office, restricted."""
    require(actor, AuditPermission.RESTRICT, audit.record)
    if sensitivity not in Sensitivity.values:
        raise Refused("sensitivity", "Choose who may see this audit")
    why = need_reason(reason, "Say why, without repeating what must not be seen")
    with recording(
        "audit.restricted", audit.record, actor=actor, at=at, effective=effective, reason=why, approver=approver
    ):
        audit.record.sensitivity = sensitivity
        audit.record.save()
    return audit


def _can_leave(audit: Audit) -> None:
    in_plan(audit)
    if Stage.objects.filter(audit=audit, which="final", actual__isnull=False).exists():
        raise Refused("reason", ISSUED)


def _leave(audit: Audit, day: date) -> None:
    audit.save()
    audit.record.closed_on = day
    audit.record.save()


def _agreed(approver: str) -> str:
    if not approver.strip():
        raise Refused("approver", "Enter the board or post that agreed it")
    return approver.strip()
