"""What happens to an audit: its stages are reached, its report is issued, the survey is answered."""

from datetime import date, datetime

from candour.audits import rules
from candour.audits.access import AuditPermission
from candour.audits.commands.planning import in_order, in_plan
from candour.audits.models import Audit, Stage
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date, say_date
from candour.kernel.history.recording import recording
from candour.kernel.rules import Refused, need_reason
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import words_on
from candour.kernel.scales.rules import Words

NOT_TO_COME = "Enter today or a day before it: record a stage once it is reached"


def record_stage(
    audit: Audit, *, stage: str, on: date | None, actor: Actor, at: datetime, reason: str = "", approver: str = ""
) -> Stage:
    """Record the day on which a stage was reached; it takes effect on that day. on None takes a recorded day back.

    What was recorded before is changed with a reason alone. Raises Refused for a day to come, one that runs backwards
    against the other stages, and for the final report before it is issued with its opinion.
    """
    require(actor, AuditPermission.RECORD, audit.record)
    in_plan(audit)
    if stage not in rules.STAGES:
        raise Refused("stage", "Choose the stage")
    stages = {row.which: row for row in Stage.objects.filter(audit=audit)}
    row = stages[stage]
    if on == row.actual:
        raise Refused("on", "That is what is recorded: enter another date, or leave without saving")
    if stage == "final" and row.actual is None:
        raise Refused("stage", "Issue the report with its opinion: that records the final report")
    if stage == "final" and on is None:
        raise Refused("on", "Enter the day on which the report was issued: a report is not taken back")
    why = need_reason(reason, "Say why the recorded date was wrong") if row.actual else reason.strip()
    _happened(stages, stage, on, at)
    since = None if row.actual else _from(audit, on)  # a correction holds from today
    with recording(
        "audit.stage_recorded", audit.record, actor=actor, at=at, effective=since, reason=why, approver=approver
    ):
        row.actual = on
        row.save()
    return row


def issue_report(
    audit: Audit,
    *,
    on: date,
    opinion: int | None,
    actor: Actor,
    at: datetime,
    reason: str = "",
    approver: str = "",
    graded_on: Scale | None = None,
) -> Audit:
    """The final report is out, with its opinion on the provider's scale of that day; None for an advisory report.

    graded_on: another scale of the provider, that of the audit's year, where the report was graded on it. An opinion that
    stood is changed with a reason alone. Raises Refused for a day to come or one that runs backwards, for
    an opinion without a scale, and for one that the scale does not have.
    """
    require(actor, AuditPermission.RECORD, audit.record)
    in_plan(audit)
    stages = {row.which: row for row in Stage.objects.filter(audit=audit)}
    final = stages["final"]
    why = need_reason(reason, "Say why the report is recorded anew") if final.actual else reason.strip()
    _happened(stages, "final", on, at)
    scale = _scale_of(audit, graded_on, on) if opinion is not None else None
    if opinion is not None and (scale is None or scale.step(opinion) is None):
        raise Refused("opinion", "Choose an opinion of the auditor’s scale, or say that the report is advisory")
    since = None if final.actual else _from(audit, on)
    with recording("audit.reported", audit.record, actor=actor, at=at, effective=since, reason=why, approver=approver):
        final.actual = on
        final.save()
        audit.opinion_scale = Scale.objects.get(pk=scale.id) if scale else None
        audit.opinion, audit.advisory = opinion, opinion is None
        audit.save()
    return audit


def _scale_of(audit: Audit, graded_on: Scale | None, on: date) -> Words | None:
    """The scale that a report is graded on: the one that was named, where it is the provider's own, or that of the day."""
    if graded_on is None:
        return words_on(audit.provider_id, Scale.Kind.OPINION, on)
    own = graded_on.organisation_id == audit.provider_id and graded_on.kind == Scale.Kind.OPINION
    return graded_on.words_of() if own else None


def answer_survey(audit: Audit, *, satisfaction: int, on: date, actor: Actor, at: datetime, reason: str = "") -> Audit:
    """Record what the body answered to the auditor's survey: 1 for very good, to 5 for very poor.

    An answer that stands is changed with a reason alone. Raises Refused before the final report, and for a day to come.
    """
    require(actor, AuditPermission.RECORD, audit.record)
    in_plan(audit)
    if satisfaction not in rules.ANSWERS:
        raise Refused("satisfaction", "Choose an answer")
    final = Stage.objects.get(audit=audit, which="final").actual
    if final is None:
        raise Refused("on", "The survey is answered once the final report is out: record the report first")
    if on > local_date(at) or on < final:
        raise Refused("on", f"Enter a day from {say_date(final)}, when the report was issued, until today")
    why = need_reason(reason, "Say why the answer changes") if audit.satisfaction else reason.strip()
    since = None if audit.satisfaction else _from(audit, on)
    with recording("audit.survey_answered", audit.record, actor=actor, at=at, effective=since, reason=why):
        audit.satisfaction, audit.answered_on = satisfaction, on
        audit.save()
    return audit


def _from(audit: Audit, day: date | None) -> date | None:
    """From when something holds: its day, but never before the audit stood in the plan; None for today."""
    return max(day, audit.planned_on) if day else None


def _happened(stages: dict[str, Stage], stage: str, on: date | None, at: datetime) -> None:
    if on and on > local_date(at):
        raise Refused("on", NOT_TO_COME)
    try:
        in_order({which: row.actual for which, row in stages.items()} | {stage: on}, "recorded on")
    except Refused as refused:
        raise Refused("on", refused.message if refused.field == stage else _too_late(stages, refused.field)) from None


def _too_late(stages: dict[str, Stage], later: str) -> str:
    day = stages[later].actual
    said = say_date(day) if day else ""
    return f"Enter a date on or before {said}: {rules.STAGES[later].lower()} is recorded on {said}"
