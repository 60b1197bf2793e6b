"""The demo's audit plan, agreed, carried out, moved and measured through its commands."""

from datetime import date, datetime
from functools import partial
from typing import Any

from candour.audits import commands
from candour.config.demo.acts import OTHER
from candour.config.demo.audits import (
    AUDITOR,
    AUDITS,
    OPINIONS,
    PLANNED,
    PRIORITIES,
    PROMISES,
    WHERE_AGREED,
    AuditTale,
)
from candour.config.demo.stage import POLICY_POSTS, START, Event, Stage
from candour.config.demo.timeline import WEEKS, Timeline
from candour.kernel.access import CANDOUR
from candour.kernel.calendar import add_working_days, financial_year
from candour.kernel.establishment.commands import set_up_organisation
from candour.kernel.records.commands import link, share
from candour.kernel.scales.commands import bring_in_words
from candour.kernel.scales.models import Scale

AGREED_WEEK = 37
PANEL = "Joint Audit, Risk and Assurance Panel"
ON_TIME = (8, 7, 6)  # working days before the panel on which the last progress reports were out


def audits(stage: Stage) -> list[Event]:
    """The auditor, its scales and promises, the plan, and what became of each audit, as events."""
    timeline = stage.timeline
    agreed = timeline.day(AGREED_WEEK, "audit plan")
    events = [Event(timeline.back(WEEKS * 7), 1, partial(set_up_auditor, stage))]
    events.append(Event(agreed, 3, partial(promise, stage)))
    for tale in AUDITS:
        events += events_of(tale, stage, agreed)
    panels = timeline.panels()[-len(ON_TIME) :]
    for panel, days in zip(panels, ON_TIME, strict=True):
        events.append(Event(add_working_days(panel, -days), 6, partial(report_progress, stage, panel, issued=True)))
    events.append(Event(panels[-1], 8, partial(report_progress, stage, timeline.next_panel(), issued=False)))
    return events


def events_of(tale: AuditTale, stage: Stage, agreed: date) -> list[Event]:
    """All that happens to one audit, in its order."""
    timeline = stage.timeline
    first = days_of(timeline, tale.fieldwork)
    events = [Event(agreed, 4, partial(plan, stage, tale, first))]
    if tale.shared:
        events.append(Event(agreed, 5, partial(share_it, stage, tale)))
    if tale.risks:
        events.append(Event(agreed, 5, partial(scope, stage, tale)))
    if tale.moved:
        events.append(Event(timeline.day(tale.moved[0], tale.title), 5, partial(move, stage, tale)))
    for which, late in tale.reached:
        day = min(add_working_days(first[which], late), timeline.last_working_day())
        events.append(Event(day, 6, partial(reach, stage, tale, which)))
        if which == "final" and tale.survey:
            answered = min(add_working_days(day, 4), timeline.last_working_day())
            events.append(Event(answered, 7, partial(answer, stage, tale)))
        if which == "final":
            events += _at_the_panel(stage, tale, day)
    if tale.left:
        events.append(Event(timeline.day(tale.left[0], tale.title), 6, partial(leave, stage, tale)))
    return events


def _at_the_panel(stage: Stage, tale: AuditTale, issued: date) -> list[Event]:
    """The first panel after a report gets it, once it has met."""
    got = next((day for day in stage.timeline.panels() if day > issued), None)
    return [Event(got, 7, partial(reach, stage, tale, "panel"))] if got else []


def days_of(timeline: Timeline, week: int) -> dict[str, date]:
    """The planned day of each stage of an audit whose fieldwork begins in a week; the panel is the first after the report."""
    monday = timeline.back(week * 7)
    start = add_working_days(add_working_days(monday, -1), 1)  # the Monday, or the first working day after it
    found = {which: add_working_days(start, after) if after else start for which, after in PLANNED.items()}
    panels = [*timeline.panels(), timeline.next_panel()]
    panel = next((day for day in panels if day > found["final"]), None)
    return found | ({"panel": panel} if panel else {})


def year_of(stage: Stage) -> str:
    """The financial year that most of the plan lies in."""
    return financial_year(stage.timeline.back(9 * 7))


def by(stage: Stage, body: str, at: datetime) -> dict[str, Any]:
    return {"actor": stage.actor(POLICY_POSTS[body], at), "at": at}


def set_up_auditor(stage: Stage, at: datetime) -> None:
    code, name, short_name, kind = AUDITOR
    said: dict[str, Any] = {"actor": CANDOUR, "at": at, "reason": START}
    stage.auditor = set_up_organisation(name=name, short_name=short_name, code=code, kind=kind, **said)
    for words, of in ((OPINIONS, Scale.Kind.OPINION), (PRIORITIES, Scale.Kind.PRIORITY)):
        bring_in_words(words, kind=of, organisation=stage.auditor, starts=at.date(), **said)


def promise(stage: Stage, at: datetime) -> None:
    for code, body in stage.bodies.items():
        for measure, allowed in PROMISES.items():
            commands.set_promise(
                organisation=body,
                provider=stage.auditor,
                measure=measure,
                allowed=allowed,
                starts=at.date(),
                reason=WHERE_AGREED,
                **by(stage, code, at),
            )


def plan(stage: Stage, tale: AuditTale, planned: dict[str, date], at: datetime) -> None:
    year = year_of(stage)
    stage.audits[tale.number] = commands.plan_audit(
        organisation=stage.bodies[tale.body],
        reference=f"IA{year[2:4]}-{tale.number:02}",
        title=tale.title,
        provider=stage.auditor,
        year=year,
        owner=stage.posts[tale.owner],
        sensitivity=tale.sensitivity,
        days=tale.days,
        purpose=tale.purpose,
        scope=tale.scope,
        planned=dict(planned),
        reason="Chosen from the risks of the year with the auditor",
        approver=PANEL,
        **by(stage, tale.body, at),
    )


def share_it(stage: Stage, tale: AuditTale, at: datetime) -> None:
    share(
        stage.audits[tale.number].record,
        organisation=stage.bodies[OTHER[tale.body]],
        reason="One audit for both bodies",
        **by(stage, tale.body, at),
    )


def scope(stage: Stage, tale: AuditTale, at: datetime) -> None:
    for reference in tale.risks:
        link(
            stage.audits[tale.number].record,
            to=stage.risks[reference].record,
            how="in scope",
            reason="The audit tests what controls it",
            **by(stage, tale.body, at),
        )


def move(stage: Stage, tale: AuditTale, at: datetime) -> None:
    if tale.moved:
        _, week, why = tale.moved
        days = days_of(stage.timeline, week)
        planned = {which: days.get(which) for which in (*PLANNED, "panel")}
        commands.plan_stages(
            stage.audits[tale.number], planned=planned, reason=why, approver=PANEL, **by(stage, tale.body, at)
        )


def reach(stage: Stage, tale: AuditTale, which: str, at: datetime) -> None:
    audit = stage.audits[tale.number]
    if which == "final":
        commands.issue_report(audit, on=at.date(), opinion=tale.opinion or None, **by(stage, tale.body, at))
    else:
        commands.record_stage(audit, stage=which, on=at.date(), **by(stage, tale.body, at))


def answer(stage: Stage, tale: AuditTale, at: datetime) -> None:
    commands.answer_survey(
        stage.audits[tale.number], satisfaction=tale.survey, on=at.date(), **by(stage, tale.body, at)
    )


def leave(stage: Stage, tale: AuditTale, at: datetime) -> None:
    if tale.left:
        _, how, why = tale.left
        said: dict[str, Any] = {"reason": why, "approver": PANEL, **by(stage, tale.body, at)}
        if how == "cancelled":
            commands.cancel(stage.audits[tale.number], **said)
        else:
            year = year_of(stage)
            later = f"{int(year[:4]) + 1}/{(int(year[5:]) + 1) % 100:02}"
            commands.defer(stage.audits[tale.number], year=later, reference=f"IA{later[2:4]}-01", **said)


def report_progress(stage: Stage, panel: date, at: datetime, *, issued: bool) -> None:
    commands.record_progress(
        organisation=stage.bodies["office"],
        provider=stage.auditor,
        panel_on=panel,
        issued_on=at.date() if issued else None,
        **by(stage, "office", at),
    )
