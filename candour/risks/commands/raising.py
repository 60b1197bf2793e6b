"""Raising risks: one, or many in one recording."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording, recording_many
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record, Sensitivity
from candour.kernel.rules import Refused, need_reason
from candour.kernel.scales.models import Scale
from candour.risks.access import RiskPermission
from candour.risks.commands.saying import on_their_scales
from candour.risks.commands.scoring import score
from candour.risks.models import Assessment, Control, Level, Response, Risk, Update


def raise_risk(
    *,
    organisation: Organisation,
    reference: str,
    title: str,
    impact: int | None,
    likelihood: int | None,
    actor: Actor,
    at: datetime,
    reason: str,
    owner: Post | None = None,
    responsible_officer: Post | None = None,
    level: str = Level.STRATEGIC,
    sensitivity: str = Sensitivity.OFFICE,
    source: str = "",
    event: str = "",
    effect: str = "",
    context: str = "",
    category: str = "",
    response: str = "",
    joint_with: Organisation | None = None,
    joint_reference: str = "",
    effective: date | None = None,
    scale: Scale | None = None,
) -> Risk:
    """Raise a risk, first recorded on `effective` (today unless given), scored on the scale of that day or not yet scored.

    Raises Refused for an empty title, a reference that is taken, no scale, or a level that the scale does not have.
    """
    require(actor, RiskPermission.RAISE, Record(organisation=organisation))
    day = effective or local_date(at)
    reference, title = reference.strip(), title.strip()
    if not title:
        raise Refused("title", "Enter a title that says what could happen")
    if not reference:
        raise Refused("reference", "Enter a reference")
    if Record.objects.filter(organisation=organisation, kind="risk", reference=reference).exists():
        raise Refused("reference", f"{reference} is taken: enter another reference")
    with recording("risk.raised", actor=actor, at=at, effective=day, reason=need_reason(reason)):
        record = Record.objects.create(
            kind="risk",
            reference=reference,
            title=title[:300],
            organisation=organisation,
            owner=owner,
            sensitivity=sensitivity,
        )
        risk = Risk.objects.create(
            record=record,
            level=level,
            source=source,
            event=event,
            effect=effect,
            context=context,
            category=category,
            response=response,
            joint_with=joint_with,
            joint_reference=joint_reference.strip() if joint_with else "",
            accepted_on=day if response == Response.ACCEPT else None,
            responsible_officer=responsible_officer,
            first_recorded=day,
        )
        if impact is not None and likelihood is not None:
            score(risk, impact=impact, likelihood=likelihood, scored_on=day, scale=scale)
    return risk


@dataclass(frozen=True)
class NewRisk:
    """A risk to raise with many others: unsaved rows that point at one another. reason: its own, "" for that of all."""

    record: Record
    risk: Risk
    assessments: Sequence[Assessment] = ()
    controls: Sequence[Control] = ()
    updates: Sequence[Update] = ()
    reason: str = ""


def raise_many(
    found: Sequence[NewRisk],
    *,
    organisation: Organisation,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> list[Risk]:
    """Raise many risks of one organisation, an entry each, in batches: for loads of registers.

    effective: the one day from which all hold; without it each holds from the day on which it was first recorded.
    Raises Refused for a reference that is taken, by the register or within the load, for a title that is empty, and for a
    score that its scale does not have.
    """
    require(actor, RiskPermission.RAISE, Record(organisation=organisation))
    references = [new.record.reference for new in found]
    taken = Record.objects.filter(organisation=organisation, kind="risk", reference__in=references)
    twice = [reference for reference, times in Counter(references).items() if times > 1]
    for reference in [*taken.values_list("reference", flat=True), *twice]:
        raise Refused("reference", f"{reference} is taken: enter another reference")
    if untitled := next((new.record.reference for new in found if not new.record.title.strip()), None):
        raise Refused("title", f"{untitled}: enter a title that says what could happen")
    on_their_scales(score for new in found for score in new.assessments)
    why = need_reason(reason)
    with recording_many("risk.raised", [], actor=actor, at=at, effective=effective, reason=why) as batch:
        Record.objects.bulk_create([new.record for new in found])
        batch.reasons |= {new.record.pk: new.reason for new in found if new.reason}
        if effective is None:
            batch.days |= {new.record.pk: new.risk.first_recorded for new in found}
        Risk.objects.bulk_create([new.risk for new in found])
        Assessment.objects.bulk_create([row for new in found for row in new.assessments])
        Control.objects.bulk_create([row for new in found for row in new.controls])
        Update.objects.bulk_create([row for new in found for row in new.updates])
    return [new.risk for new in found]
