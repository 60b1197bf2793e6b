"""The plan: an audit joins it, is changed, and gets the dates of its stages."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from candour.audits import rules
from candour.audits.access import AuditPermission
from candour.audits.models import Audit, Stage
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date, say_date
from candour.kernel.history.recording import recording, recording_many
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record, Sensitivity
from candour.kernel.rules import Refused, need_reason

YEAR = re.compile(r"^(\d{4})/(\d{2})$")


@dataclass(frozen=True)
class NewAudit:
    """An audit to plan with many others: unsaved rows that point at one another. stages: those with a date."""

    record: Record
    audit: Audit
    stages: Sequence[Stage] = ()


def plan_audit(
    *,
    organisation: Organisation,
    reference: str,
    title: str,
    provider: Organisation,
    year: str,
    actor: Actor,
    at: datetime,
    reason: str,
    owner: Post | None = None,
    sensitivity: str = Sensitivity.OFFICE,
    days: int | None = None,
    purpose: str = "",
    scope: str = "",
    planned: Mapping[str, date | None] | None = None,
    approver: str = "",
    effective: date | None = None,
) -> Audit:
    """Add an audit to the plan of a year, from `effective` (today unless given). planned: the day of each stage.

    Raises Refused for an empty title, a reference that is taken, a provider that does not audit, a year that is none, and
    for stages whose dates run backwards.
    """
    require(actor, AuditPermission.PLAN, Record(organisation=organisation))
    day, reference, title = effective or local_date(at), reference.strip(), title.strip()
    if not title:
        raise Refused("title", "Enter a title that says what is audited")
    if provider.kind != Organisation.Kind.AUDITOR:
        raise Refused("provider", "Choose an organisation that audits")
    year_of(year)
    free_reference(organisation, reference)
    dates = dict(planned or {})
    in_order(dates, "planned for")
    with recording("audit.planned", actor=actor, at=at, effective=day, reason=need_reason(reason), approver=approver):
        record = Record.objects.create(
            kind="audit",
            reference=reference,
            title=title[:300],
            organisation=organisation,
            owner=owner,
            sensitivity=sensitivity,
        )
        audit = Audit.objects.create(
            record=record, provider=provider, year=year, days=days, purpose=purpose, scope=scope, planned_on=day
        )
        Stage.objects.bulk_create(
            Stage(audit=audit, which=which, planned=dates.get(which), first_planned=dates.get(which))
            for which in rules.STAGES
        )
    return audit


def plan_many(
    found: Sequence[NewAudit],
    *,
    organisation: Organisation,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> list[Audit]:
    """Plan many audits of one body on one day, an entry each, in batches: for loads of plans.

    Raises Refused for a reference that is taken, by the plan or within the load, and for a title that is empty.
    """
    require(actor, AuditPermission.PLAN, Record(organisation=organisation))
    references = [new.record.reference for new in found]
    taken = set(
        Record.objects.filter(organisation=organisation, kind="audit", reference__in=references).values_list(
            "reference", flat=True
        )
    )
    for reference in references:
        if reference in taken:
            raise Refused("reference", f"{reference} is taken: enter another reference")
        taken.add(reference)
    if untitled := next((new.record.reference for new in found if not new.record.title.strip()), None):
        raise Refused("title", f"{untitled}: enter a title that says what is audited")
    day = effective or local_date(at)
    with recording_many("audit.planned", [], actor=actor, at=at, effective=day, reason=need_reason(reason)):
        Record.objects.bulk_create([new.record for new in found])
        Audit.objects.bulk_create([new.audit for new in found])
        Stage.objects.bulk_create(
            stage
            for new in found
            for given in [{stage.which: stage for stage in new.stages}]
            for stage in [given.get(which) or Stage(audit=new.audit, which=which) for which in rules.STAGES]
        )
    return [new.audit for new in found]


def change_audit(
    audit: Audit,
    *,
    title: str,
    owner: Post | None,
    days: int | None,
    purpose: str,
    scope: str,
    actor: Actor,
    at: datetime,
    reason: str,
    approver: str = "",
    effective: date | None = None,
) -> Audit:
    """Change what is audited, who answers for it, or how many days it has; history keeps what stood before."""
    require(actor, AuditPermission.PLAN, audit.record)
    if not title.strip():
        raise Refused("title", "Enter a title that says what is audited")
    why = need_reason(reason, "Say why the audit changes")
    with recording(
        "audit.changed", audit.record, actor=actor, at=at, effective=effective, reason=why, approver=approver
    ):
        audit.record.title, audit.record.owner = title.strip()[:300], owner
        audit.record.save()
        audit.days, audit.purpose, audit.scope = days, purpose, scope
        audit.save()
    return audit


def plan_stages(
    audit: Audit,
    *,
    planned: Mapping[str, date | None],
    actor: Actor,
    at: datetime,
    reason: str,
    approver: str = "",
    effective: date | None = None,
) -> list[Stage]:
    """Say for which day stages are planned; gives those whose date is another now.

    planned: the new day by stage; stages that are not in it keep theirs. The day that a stage was first planned for stays.
    A date that moves needs who agreed it. Raises Refused for that, for a stage that was reached, where nothing changes, and
    for dates that run backwards.
    """
    require(actor, AuditPermission.PLAN, audit.record)
    in_plan(audit)
    stages = {stage.which: stage for stage in Stage.objects.filter(audit=audit)}
    wanted = {which: day for which, day in planned.items() if stages[which].planned != day}
    why = need_reason(reason, "Say why the dates are so")
    if not wanted:
        raise Refused("reason", "No date differs from the plan: change one, or leave without saving")
    for which in wanted:
        if reached := stages[which].actual:
            raise Refused(which, f"It was reached on {say_date(reached)}: its planned date stays as it was")
    moves = any(stages[which].first_planned for which in wanted)
    if moves and not approver.strip():
        raise Refused("approver", "Enter the board or post that agreed the new dates")
    in_order({which: stage.planned for which, stage in stages.items()} | wanted, "planned for")
    with recording(
        "audit.stages_planned", audit.record, actor=actor, at=at, effective=effective, reason=why, approver=approver
    ):
        for which, day in wanted.items():
            stages[which].planned = day
            stages[which].first_planned = stages[which].first_planned or day
            stages[which].save()
    return [stages[which] for which in wanted]


def year_of(year: str) -> int:
    """The first calendar year of a financial year as it is written, 2025/26. Raises Refused for any other text."""
    found = YEAR.match(year)
    if not found or (int(found[1]) + 1) % 100 != int(found[2]):
        raise Refused("year", "Enter the financial year as 2025/26")
    return int(found[1])


def free_reference(organisation: Organisation, reference: str) -> None:
    """Raises Refused for an empty reference, and one that another audit of the body has."""
    if not reference:
        raise Refused("reference", "Enter a reference")
    if Record.objects.filter(organisation=organisation, kind="audit", reference=reference).exists():
        raise Refused("reference", f"{reference} is taken: enter another reference")


def in_plan(audit: Audit) -> None:
    """Raises Refused for an audit that was cancelled or deferred."""
    if audit.left:
        raise Refused("reason", f"This audit was {audit.left}: put it back in the plan first")


def in_order(days: Mapping[str, date | None], said: str) -> None:
    """Raises Refused, on the later of the two stages, where dates run backwards."""
    if wrong := rules.misplaced(days):
        first, second = wrong
        before = f"{rules.STAGES[first].lower()} is {said} {say_date(days[first])}"  # type: ignore[arg-type]
        raise Refused(second, f"Enter a date on or after {say_date(days[first])}: {before}")  # type: ignore[arg-type]
