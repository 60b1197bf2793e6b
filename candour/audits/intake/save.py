"""Saving an auditor's progress report through commands, and saying beforehand what that would do.

Audits join the plan, stages get the days that they lack, reports bring their opinions. What is recorded otherwise stays, and is
told. Stated figures of the auditor's performance are held against what Candour computes, and never saved.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from candour.audits.access import AuditPermission
from candour.audits.commands import NewAudit, cancel, defer, issue_report, plan_many, plan_stages, record_stage
from candour.audits.intake.auditor import (
    as_scales,
    auditor_for,
    bring_in,
    lacking,
    opinions_for,
    printed_scales,
    set_up_auditor,
    starts_of,
)
from candour.audits.intake.indicators import differing
from candour.audits.intake.progress.said import Said, audits_of, twice
from candour.audits.intake.steps import Steps, scale_of, steps
from candour.audits.models import Audit, AuditLine, Stage
from candour.audits.queries import AuditRow, numbers_free, rows_for
from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.intake.kinds import Match, Saved
from candour.kernel.intake.printed import words_key
from candour.kernel.people.models import Organisation
from candour.kernel.records.models import Record, visible
from candour.kernel.records.raised import raised_from
from candour.kernel.rules import Refused
from candour.kernel.scales.models import Scale

FAR = date(2999, 12, 31)  # the register as it stands, whatever the day
Records = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Load:
    """What every part of a load shares."""

    organisation: Organisation
    provider: Organisation
    scales: Sequence[Scale]
    day: date
    file: str
    actor: Actor
    at: datetime

    @property
    def said(self) -> dict[str, Any]:
        return {"actor": self.actor, "at": self.at, "reason": f"Read from {self.file}"}


def compare(records: Records, *, organisation: Organisation, effective: date | None, actor: Actor) -> list[Match]:
    """What saving would do to each report: to its audits, each in a line; and what it says otherwise."""
    return [_match(record, organisation, effective or FAR, actor) for record in records]


def _match(record: Mapping[str, Any], organisation: Organisation, day: date, actor: Actor) -> Match:
    try:
        provider = auditor_for(record, organisation)
        found, scales, other = _found(record, organisation, provider, day, actor)
    except Refused as refused:
        return Match(record["reference"], "Cannot be saved", (f"Nothing. {refused.message}",))  # as saving it will say
    plan = [f"{record['auditor']} is set up as an auditor"] if provider is None else []
    plan += [f"{words.name}, as printed" for _kind, _year, words in scales]
    plan += [words for one in found for words in one.words]
    if provider:
        other += differing(record, provider, actor, day)
    told = (*other, *(words for one in found for words in one.for_person))
    return Match(record["reference"], "Same record" if any(one.row for one in found) else "New", tuple(plan), told)


def _found(
    record: Mapping[str, Any], organisation: Organisation, provider: Organisation | None, day: date, actor: Actor
) -> tuple[list[Steps], list[tuple[str, str, Any]], list[str]]:
    """(the steps of each audit, the scales to bring in, how scales differ). Raises Refused for what cannot be told apart."""
    said = _checked(record)
    held = list(Scale.objects.filter(organisation=provider).order_by("pk")) if provider else []
    wanted, other = lacking(printed_scales(record), held)
    standing = _standing(said, organisation, provider, actor, day) if provider else {}
    raised = raised_from([row.pk for row in standing.values()], actor=actor, today=day)
    scales = [*held, *as_scales(wanted)]
    rows = [_row(one, standing) for one in said]
    return (
        [
            steps(one, row, opinions_for(str(one.year), scales), raised.get(row.pk, ()) if row else ())
            for one, row in zip(said, rows, strict=True)
        ],
        wanted,
        other,
    )


def _checked(record: Mapping[str, Any]) -> list[Said]:
    """The audits of a report. Raises Refused, with the place, where one has no year or stands twice in the plans."""
    if name := twice(record):
        raise Refused("records", f"{name} stands twice in the plans of the paper: which one holds cannot be told")
    said = audits_of(record)
    if lost := next((one for one in said if not one.year), None):
        raise Refused("records", f"{lost.place}: no financial year is printed for {lost.title}, such as 2025/26")
    return said


def _standing(
    said: Sequence[Said], organisation: Organisation, provider: Organisation, actor: Actor, day: date
) -> dict[tuple[str, str], AuditRow]:
    """The audits of a body by a provider in the years that a report tells of, by title and year. Four queries.

    Raises Refused where two of them have one title: the paper cannot be meant for both.
    """
    lines = AuditLine.objects.filter(
        visible(actor, AuditPermission.SEE),
        organisation=organisation,
        provider=provider,
        year__in={one.year for one in said},
    )
    found: dict[tuple[str, str], AuditRow] = {}
    wanted = {one.key for one in said if not one.reference}
    for row in rows_for(list(lines.order_by("pk").values_list("pk", flat=True)), today=day):
        key = (words_key(row.title), row.line.year)
        if key in found and key in wanted:
            raise Refused("records", f"{row.title} {row.line.year} is two audits of the register: rename one of them")
        found[key] = row
        found[row.reference, ""] = row
    return found


def _row(said: Said, standing: Mapping[tuple[str, str], AuditRow]) -> AuditRow | None:
    return standing.get((said.reference, "")) or standing.get(said.key)


def save(
    records: Records,
    meta: Mapping[str, Any],
    *,
    organisation: Organisation,
    source: Mapping[str, str],
    effective: date | None,
    actor: Actor,
    at: datetime,
) -> Saved:
    """Save the whole report or nothing; loaded again, it changes nothing. Raises Refused, naming the audit."""
    day, file = effective or local_date(at), source.get("file") or "a paper"
    saved = Saved((), (), ())
    with transaction.atomic():
        for record in records:
            provider = auditor_for(record, organisation) or set_up_auditor(record, file=file, actor=actor, at=at)
            found, wanted, other = _found(record, organisation, provider, day, actor)
            bring_in(wanted, provider=provider, file=file, actor=actor, at=at)
            scales = list(Scale.objects.filter(organisation=provider).order_by("pk"))
            load = Load(organisation, provider, scales, day, file, actor, at)
            made = _plan([one for one in found if one.row is None], load)
            changed = [row.reference for one in found if (row := one.row) and one.words and _bring_up(one, row, load)]
            other += [*differing(record, provider, actor, day), *(words for one in found for words in one.for_person)]
            same = [one.row.reference for one in found if one.row and one.row.reference not in changed]
            saved = Saved((*saved.made, *made), (*saved.changed, *changed), (*saved.unchanged, *same), (), tuple(other))
    return saved


def _plan(found: Sequence[Steps], load: Load) -> list[str]:
    """The audits that are not there, in one go, then the reports of those that have one; gives their references."""
    if not found:
        return []
    references = _references(found, load)
    made = plan_many(
        [_new(one, reference, load) for one, reference in zip(found, references, strict=True)],
        organisation=load.organisation,
        effective=load.day,
        **load.said,
    )
    for one, audit in zip(found, made, strict=True):
        _named(one, audit, load)
    return references


def _new(one: Steps, reference: str, load: Load) -> NewAudit:
    said = one.said
    record = Record(kind="audit", reference=reference, title=said.title[:300], organisation=load.organisation)
    audit = Audit(
        record=record,
        provider=load.provider,
        year=said.year or "",
        days=said.days,
        scope=f"Shared across forces: {said.forces}" if said.forces else "",
        planned_on=load.day,
    )
    dated = {*one.planned, *one.actual}
    stages = [
        Stage(audit=audit, which=which, planned=day, first_planned=day, actual=one.actual.get(which))
        for which in dated
        for day in [one.planned.get(which)]
    ]
    return NewAudit(record, audit, stages)


def _references(found: Sequence[Steps], load: Load) -> list[str]:
    """The printed reference where it is free, else the next free one of the year."""
    printed = {one.said.reference for one in found if one.said.reference}
    free = numbers_free(load.organisation.pk, {str(one.said.year) for one in found}, beside=printed)
    return [one.said.reference or next(free[str(one.said.year)]) for one in found]


def _bring_up(one: Steps, row: AuditRow, load: Load) -> bool:
    """Give a standing audit what it lacks."""
    audit = Audit.objects.select_related("record__organisation").get(pk=row.pk)
    try:
        if one.planned:
            plan_stages(audit, planned=one.planned, effective=load.day, **load.said)
        for which, day in one.actual.items():
            record_stage(audit, stage=which, on=day, **load.said)
    except Refused as refused:
        raise _refused(one, refused) from None
    _named(one, audit, load)
    return True


def _named(one: Steps, audit: Audit, load: Load) -> None:
    try:
        _finish(one, audit, load)
    except Refused as refused:
        raise _refused(one, refused) from None


def _refused(one: Steps, refused: Refused) -> Refused:
    return Refused("records", f"{one.said.place}, {one.said.name}: {refused.message}")


def _finish(one: Steps, audit: Audit, load: Load) -> None:
    """Its report, or how it leaves the plan."""
    said, agreed = one.said, {"approver": f"As printed in {load.file}", "effective": load.day}
    if one.report:
        scale = scale_of(one.report, opinions_for(str(said.year), load.scales))
        step = scale.words_of().named(one.report.opinion or "") if scale else None
        printed = said.issued.day if said.issued else load.day
        issue_report(
            audit, on=min(printed, load.day), opinion=step.value if step else None, graded_on=scale, **load.said
        )
    elif one.left == "cancelled":
        cancel(audit, **load.said | agreed)
    elif one.left == "deferred":
        year = said.status.to or ""
        starts_of(year)
        reference = next(numbers_free(load.organisation.pk, {year})[year])
        defer(audit, year=year, reference=reference, **load.said | agreed)
