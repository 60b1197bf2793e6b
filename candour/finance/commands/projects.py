"""A project begins, is changed, reported on, asked to change, and closed with what it brought and what was learnt."""

from datetime import date, datetime
from typing import Any

from candour.finance.access import FinancePermission
from candour.finance.commands.base import new_record, require_report, retitled, standing, step_in, words_for
from candour.finance.models import Change, Highlight, Project
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record, Sensitivity
from candour.kernel.rules import Refused, need_reason


def begin_project(
    *,
    organisation: Organisation,
    title: str,
    actor: Actor,
    at: datetime,
    reason: str,
    about: str = "",
    starts: date | None = None,
    ends: date | None = None,
    every: int = 1,
    reference: str = "",
    owner: Post | None = None,
    sensitivity: str = Sensitivity.OFFICE,
    effective: date | None = None,
) -> Project:
    """Begin a project. every: months between its highlight reports. Its budget comes with a business case that is approved.

    Raises Refused for no title, a title or a reference that is taken, an end before the start, and no months.
    """
    require(actor, FinancePermission.MANAGE, Record(organisation=organisation))
    _check(starts, ends, every)
    day = effective or local_date(at)
    record = new_record(
        "project", first="PRJ-01", organisation=organisation, title=title, reference=reference, owner=owner,
        sensitivity=sensitivity,
    )  # fmt: skip
    with recording("project.begun", actor=actor, at=at, effective=day, reason=need_reason(reason)):
        record.save()
        facts: dict[str, Any] = {"about": about.strip(), "starts": starts, "ends": ends, "every": every}
        return Project.objects.create(record=record, begun_on=day, **facts)


def _check(starts: date | None, ends: date | None, every: int) -> None:
    if starts is not None and ends is not None and ends < starts:
        raise Refused("ends", "Enter an end on or after the start")
    if not 1 <= every <= 12:
        raise Refused("every", "Enter 1 to 12 months")


def change_project(
    project: Project,
    *,
    title: str,
    about: str,
    owner: Post | None,
    starts: date | None,
    every: int,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Project:
    """Change what a project is called and says, who leads it, when it starts and how often it reports.

    Its budget and its end move by a business case or a request for change alone.
    """
    record = project.record
    require(actor, FinancePermission.MANAGE, record)
    standing(record)
    _check(starts, project.ends, every)
    why, title = need_reason(reason, "Say why it changes"), retitled(record, title)
    with recording("project.changed", record, actor=actor, at=at, effective=effective, reason=why):
        record.title, record.owner = title, owner
        record.save()
        project.about, project.starts, project.every = about.strip(), starts, every
        project.save()
    return project


def report_highlight(
    project: Project,
    *,
    period: date,
    time: int,
    cost: int,
    benefits: int,
    progress: str,
    actor: Actor,
    at: datetime,
    next: str = "",
    issues: str = "",
    spent: int | None = None,
    forecast: int | None = None,
    ends: date | None = None,
    reason: str = "",
    effective: date | None = None,
) -> Highlight:
    """Report on a month of a project: by its lead, or whoever manages projects. spent, forecast: pence of its whole life.

    Raises Refused for a month to come or reported already, no scale, a step it does not have, and no progress.
    """
    record = project.record
    require_report(actor, record)
    standing(record, "progress")
    today, month = local_date(at), period.replace(day=1)
    if month > today:
        raise Refused("period", "Enter a month that has begun")
    if Highlight.objects.filter(project=project, period=month).exists():
        raise Refused("period", f"{month:%B %Y} is reported already: enter a later month")
    words = words_for(record.organisation_id, effective or today, "time")
    steps = {
        name: step_in(words, step, name) for name, step in (("time", time), ("cost", cost), ("benefits", benefits))
    }
    if not progress.strip():
        raise Refused("progress", "Write what was done since the last report")
    said = {"progress": progress.strip(), "next": next.strip(), "issues": issues.strip()}
    with recording("project.reported", record, actor=actor, at=at, effective=effective, reason=reason.strip()):
        return Highlight.objects.create(
            project=project, period=month, scale_id=words.id, spent=spent, forecast=forecast, ends=ends,
            reported_on=effective or today, **steps, **said,
        )  # fmt: skip


def ask_change(
    project: Project,
    *,
    asked: str,
    cost: int,
    actor: Actor,
    at: datetime,
    ends: date | None = None,
    reason: str = "",
    effective: date | None = None,
) -> Change:
    """Ask to change what a project costs or when it ends. cost: pence more, or less. ends: the new end, None to keep it.

    Raises Refused for no words, nothing to change, and while another request waits.
    """
    record = project.record
    require_report(actor, record)
    standing(record, "asked")
    if not asked.strip():
        raise Refused("asked", "Write what is to change, and why")
    if cost == 0 and ends in (None, project.ends):
        raise Refused("cost", "Enter what it costs more or less, or another day by which it is done")
    if Change.objects.filter(project=project, answer="").exists():
        raise Refused("asked", "A request waits for its answer: answer it first")
    with recording("project.change_asked", record, actor=actor, at=at, effective=effective, reason=reason.strip()):
        return Change.objects.create(
            project=project, asked=asked.strip(), cost=cost, ends=ends, asked_on=effective or local_date(at)
        )


def answer_change(
    change: Change,
    *,
    answer: str,
    answered_by: str,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Change:
    """Approve a request for change, or not. One that is approved moves the budget and the end of its project."""
    project, record = change.project, change.project.record
    require(actor, FinancePermission.MANAGE, record)
    standing(record, "answer")
    if change.answer:
        raise Refused("answer", "This was answered already")
    _check_answer(answer, answered_by)
    why, day = need_reason(reason, "Say why it was answered so"), effective or local_date(at)
    with recording(
        "project.change_answered", record, actor=actor, at=at, effective=day, reason=why, approver=answered_by
    ):
        change.answer, change.answered_by, change.answered_on = answer, answered_by.strip()[:200], day
        change.save()
        if answer == "approved":
            project.budget = (project.budget or 0) + change.cost
            project.ends = change.ends or project.ends
            project.save()
    return change


def _check_answer(answer: str, answered_by: str) -> None:
    if answer not in ("approved", "refused"):
        raise Refused("answer", "Choose whether it was approved")
    if not answered_by.strip():
        raise Refused("answered_by", "Enter the board or post that answered")


def close_project(
    project: Project,
    *,
    on: date,
    outcome: str,
    lessons: str,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Project:
    """Close a project with what it brought and what was learnt.

    Raises Refused for a day to come, no outcome, no lessons, and while a request for change or a case waits.
    """
    record = project.record
    require(actor, FinancePermission.MANAGE, record)
    standing(record)
    if on > local_date(at):
        raise Refused("on", "Enter today, or a day before it")
    if not outcome.strip():
        raise Refused("outcome", "Write what it brought, and what it did not")
    if not lessons.strip():
        raise Refused("lessons", "Write what was learnt, for those who do the like again")
    if project.changes.filter(answer="").exists() or project.cases.filter(answer="").exists():
        raise Refused("on", "A request or a business case waits for its answer: answer it first")
    why = need_reason(reason, "Say why it closes")
    with recording("project.closed", record, actor=actor, at=at, effective=effective, reason=why):
        record.closed_on = on
        record.save()
        project.outcome, project.lessons = outcome.strip(), lessons.strip()
        project.save()
    return project
