"""Processes by type and version, and the steps of one agreement: begun, done, skipped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from django.db import transaction

from candour.commissioning import rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.commands.base import not_to_come, standing
from candour.commissioning.models import Agreement, AgreementStep, Process, Step
from candour.commissioning.queries import line_now
from candour.commissioning.queries.care.steps import next_step, process_on
from candour.commissioning.rules import care
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date, say_date
from candour.kernel.evidence.commands import add_file
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused, need_reason


@dataclass(frozen=True)
class NewStep:
    """A step of a new version. days: working days after the step before. post: None for the lead. needs: of care.NEEDS."""

    name: str
    days: int
    post: Post | None = None
    needs: str = ""


def set_process(
    *,
    organisation: Organisation,
    kind: str,
    starts: date,
    steps: Sequence[NewStep],
    actor: Actor,
    at: datetime,
    reason: str,
) -> Process:
    """Set the steps by which a kind of agreement comes about, from a day, as the next version. What has begun keeps its own.

    Raises Refused for a kind that is none, no steps or too many, a step without a name, with a name twice, of more than a year,
    or with a post of another body, and a day to come or before that of the version in use.
    """
    require(actor, CommissioningPermission.MANAGE, Record(organisation=organisation))
    if kind not in rules.KINDS:
        raise Refused("kind", "Choose the kind of agreement")
    _check(steps, organisation)
    not_to_come(starts, local_date(at), "starts")
    before = Process.objects.filter(organisation=organisation, kind=kind).order_by("-version").first()
    if before and starts < before.starts:
        raise Refused(
            "starts", f"Enter {say_date(before.starts)} or later: version {before.version} is in use since then"
        )
    why = need_reason(reason, "Say who agreed it")
    version = before.version + 1 if before else 1
    with recording("process.set", actor=actor, at=at, effective=starts, reason=why):
        made = Process.objects.create(organisation=organisation, kind=kind, version=version, starts=starts)
        Step.objects.bulk_create(
            Step(
                process=made,
                position=position,
                name=" ".join(one.name.split())[:120],
                days=one.days,
                post=one.post,
                needs=one.needs,
            )
            for position, one in enumerate(steps, 1)
        )
    return made


def _check(steps: Sequence[NewStep], organisation: Organisation) -> None:
    if not 1 <= len(steps) <= care.MOST_STEPS:
        raise Refused("name_1", f"Enter from 1 to {care.MOST_STEPS} steps")
    names = [" ".join(one.name.split()).casefold() for one in steps]
    for number, one in enumerate(steps, 1):
        if not one.name.strip():
            raise Refused(f"name_{number}", "Enter what is done in this step")
        if names.index(names[number - 1]) != number - 1:
            raise Refused(f"name_{number}", f"{one.name} stands there twice: enter another name")
        if not 0 <= one.days <= care.MOST_DAYS:
            raise Refused(f"days_{number}", f"Enter from 0 to {care.MOST_DAYS} working days")
        if one.needs not in care.NEEDS:
            raise Refused(f"needs_{number}", "Choose what must be there")
        if one.post is not None and one.post.organisation_id != organisation.pk:
            raise Refused(f"post_{number}", "Choose a post of this body")


def begin_process(
    agreement: Agreement,
    *,
    on: date,
    actor: Actor,
    at: datetime,
    reason: str = "",
    effective: date | None = None,
) -> Agreement:
    """Begin the steps of an agreement on a day, by the version that is in use then; each gets its planned day.

    Raises Refused where they have begun, none are set for its kind, and for a day to come.
    """
    require(actor, CommissioningPermission.MANAGE, agreement.record)
    standing(agreement)
    not_to_come(on, local_date(at))
    if agreement.process_id is not None:
        raise Refused(
            "on", f"Its steps began on {say_date(agreement.began_on) if agreement.began_on else 'another day'}"
        )
    process = process_on(agreement.record.organisation_id, agreement.kind, on)
    if process is None:
        raise Refused(
            "on", "No steps were set for this kind of agreement by that day: set them first, or enter a later day"
        )
    steps = list(Step.objects.filter(process=process).order_by("position"))
    days = care.planned(on, [step.days for step in steps])
    with recording(
        "agreement.process_begun", agreement.record, actor=actor, at=at, effective=effective, reason=reason.strip()
    ):
        AgreementStep.objects.bulk_create(
            AgreementStep(agreement=agreement, step=step, planned=day) for step, day in zip(steps, days, strict=True)
        )
        agreement.process, agreement.began_on = process, on
        _move_on(agreement)
    return agreement


def record_step(
    step: AgreementStep,
    *,
    on: date,
    post: Post,
    skipped: bool = False,
    note: str = "",
    name: str = "",
    content: BinaryIO | None = None,
    actor: Actor,
    at: datetime,
    effective: date | None = None,
) -> AgreementStep:
    """Record that a step was done by a post on a day, or is skipped, with why as its note.

    name, content: a file that shows it. Raises Refused for one that is recorded already, a day to come or before the steps
    began, a skip without a note, and for what the step needs and is not there.
    """
    agreement = step.agreement
    require(actor, CommissioningPermission.MANAGE, agreement.record)
    standing(agreement)
    today = local_date(at)
    if step.done_on is not None:
        raise Refused("step", f"This step was recorded on {say_date(step.done_on)}: choose another")
    not_to_come(on, today)
    if agreement.began_on and on < agreement.began_on:
        raise Refused("on", f"Enter {say_date(agreement.began_on)} or later, when its steps began")
    if skipped:
        why = need_reason_as(note, "note", "Say why it is skipped")
    else:
        why = note.strip()
        if missing := care.lacking(step.step.needs, line_now(agreement), today, file=content is not None):
            raise Refused("file" if step.step.needs == "evidence" else "step", missing)
    event = "agreement.step_skipped" if skipped else "agreement.step_done"
    with transaction.atomic():
        if content is not None:
            said = why or step.step.name
            step.file = add_file(agreement.record, name=name, content=content, actor=actor, at=at, reason=said)
        with recording(event, agreement.record, actor=actor, at=at, effective=effective, reason=why):
            step.done_on, step.post, step.skipped, step.note = on, post, skipped, why
            step.save()
            _move_on(agreement)
    return step


def put_back_step(
    step: AgreementStep,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> AgreementStep:
    """Take back that a step was done or skipped, which was recorded by mistake: it waits again, for its planned day.

    What was recorded stands in the history, and a file that showed it stays among the files of the agreement. Raises Refused
    for a step that is not recorded, and without a reason.
    """
    agreement = step.agreement
    require(actor, CommissioningPermission.MANAGE, agreement.record)
    standing(agreement)
    if step.done_on is None:
        raise Refused("step", "This step is not recorded as done or skipped: choose another")
    why = need_reason(reason, "Say what was wrong")
    with recording("agreement.step_put_back", agreement.record, actor=actor, at=at, effective=effective, reason=why):
        step.done_on, step.post, step.skipped, step.note, step.file = None, None, False, "", None
        step.save()
        _move_on(agreement)
    return step


def need_reason_as(words: str, field: str, message: str) -> str:
    """The words without surrounding space. Raises Refused on the field where there are none."""
    if not words.strip():
        raise Refused(field, message)
    return words.strip()


def _move_on(agreement: Agreement) -> None:
    """Which step comes next, on the agreement itself, so that every past day knows it."""
    found = next_step(agreement)
    agreement.step = found.step.name if found else ""
    agreement.step_due = found.planned if found else None
    agreement.step_post = found.step.post if found else None
    agreement.save()
