"""What a body and its auditor agreed, and the progress reports to its panel."""

from datetime import date, datetime, timedelta

from candour.audits import rules
from candour.audits.access import AuditPermission
from candour.audits.models import ProgressReport, Promise
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date, say_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Organisation
from candour.kernel.rules import Refused, need_reason


def set_promise(
    *,
    organisation: Organisation,
    provider: Organisation,
    measure: str,
    allowed: int,
    starts: date,
    actor: Actor,
    at: datetime,
    reason: str,
) -> Promise:
    """What an auditor promises a body from a day: working days, or of satisfaction per cent. The one before it ends.

    Raises Refused for a measure that is none, a number that cannot be, and a day before the promise that stands began.
    """
    require(actor, AuditPermission.PLAN, Promise(organisation=organisation))
    why = need_reason(reason, "Say where it was agreed")
    if measure not in rules.MEASURES:
        raise Refused("measure", "Choose what is promised")
    most = 100 if rules.MEASURES[measure].unit == "per cent" else 250
    if not 1 <= allowed <= most:
        raise Refused("allowed", f"Enter a number from 1 to {most}")
    if provider.kind != Organisation.Kind.AUDITOR:
        raise Refused("provider", "Choose an organisation that audits")
    held = Promise.objects.filter(organisation=organisation, provider=provider, measure=measure).order_by("-starts")
    standing = held.first()
    if standing and standing.starts > starts:
        raise Refused("starts", f"Enter a day on or after {say_date(standing.starts)}, when it was last agreed")
    with recording("audits.promise_set", organisation, actor=actor, at=at, effective=starts, reason=why):
        if standing and standing.starts < starts and (standing.ends is None or standing.ends >= starts):
            standing.ends = starts - timedelta(days=1)
            standing.save()
        same_day = standing if standing and standing.starts == starts else None
        row = same_day or Promise(organisation=organisation, provider=provider, measure=measure, starts=starts)
        row.allowed, row.ends = allowed, None
        row.save()
    return row


def end_promise(promise: Promise, *, ends: date, actor: Actor, at: datetime, reason: str) -> Promise:
    """A promise holds until the end of a day, and none after it: from then on the measure is not taken."""
    require(actor, AuditPermission.PLAN, promise)
    why = need_reason(reason)
    if promise.ends is not None:
        raise Refused("ends", f"It ended on {say_date(promise.ends)} already")
    if ends < promise.starts:
        raise Refused("ends", f"Enter a day on or after {say_date(promise.starts)}, when it was agreed")
    with recording("audits.promise_ended", promise.organisation, actor=actor, at=at, effective=ends, reason=why):
        promise.ends = ends
        promise.save()
    return promise


def record_progress(
    *,
    organisation: Organisation,
    provider: Organisation,
    panel_on: date,
    issued_on: date | None,
    actor: Actor,
    at: datetime,
    reason: str = "",
) -> ProgressReport:
    """A meeting of the panel that a progress report is due for, and the day on which it was out; None for not yet.

    What was recorded of that meeting before is changed, a day that stood with a reason alone. Raises Refused for a day to
    come, and for a provider that does not audit.
    """
    require(actor, AuditPermission.RECORD, ProgressReport(organisation=organisation))
    if provider.kind != Organisation.Kind.AUDITOR:
        raise Refused("provider", "Choose an organisation that audits")
    if issued_on and issued_on > local_date(at):
        raise Refused("issued_on", "Enter today or a day before it, or leave it empty until the report is out")
    found = ProgressReport.objects.filter(organisation=organisation, provider=provider, panel_on=panel_on).first()
    if found and found.issued_on == issued_on:
        raise Refused("issued_on", "That is what is recorded: enter another date, or leave without saving")
    why = need_reason(reason, "Say why the recorded date was wrong") if found and found.issued_on else reason.strip()
    with recording("audits.progress_recorded", organisation, actor=actor, at=at, reason=why):
        row = found or ProgressReport(organisation=organisation, provider=provider, panel_on=panel_on)
        row.issued_on = issued_on
        row.save()
    return row
