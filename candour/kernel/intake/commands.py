"""Reading a paper in, step by step: stage it, settle its findings, confirm or discard it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from candour.kernel.access import Actor, require
from candour.kernel.history.recording import recording
from candour.kernel.intake.access import IntakePermission
from candour.kernel.intake.document import Document, Finding, Reading
from candour.kernel.intake.kinds import PaperKind, Saved, kind_of
from candour.kernel.intake.models import Staged
from candour.kernel.intake.rules import settled, undecided
from candour.kernel.people.models import Organisation
from candour.kernel.rules import Refused


def read(document: Document, kind: str | None = None) -> Reading:
    """What a raw document proposes. Touches nothing. Raises UnknownKind."""
    return kind_of(document, kind).propose(document, document.source)


def paper_date(reading: Reading) -> date | None:
    """The day the paper itself says it is of."""
    said = reading.meta.get("date")
    return date.fromisoformat(said) if isinstance(said, str) and said else None


def stage(
    reading: Reading,
    *,
    organisation: Organisation,
    actor: Actor,
    at: datetime,
    effective: date | None = None,
    kind: str | None = None,
) -> Staged:
    """Keep a reading until a person confirms or discards it."""
    require(actor, IntakePermission.READ_IN, Staged(organisation=organisation))
    with recording("paper.read_in", actor=actor, at=at, reason="Read to be checked; nothing is saved yet"):
        return Staged.objects.create(
            organisation=organisation,
            kind=kind or reading.kind,
            file_name=str(reading.source.get("file", ""))[:200],
            sha256=reading.source.get("sha256", ""),
            effective=effective or paper_date(reading),
            reading=reading.as_json(),
        )


def choices_for(
    kind: PaperKind, findings: Sequence[Mapping[str, Any]], records: Sequence[Mapping[str, Any]]
) -> list[list[Any]]:
    """For each finding the ways to settle it."""
    by_reference = {record.get("reference"): record for record in records}
    return [kind.choices(Finding(**finding), by_reference.get(finding["reference"])) for finding in findings]


def decide(
    staged: Staged, *, decisions: Mapping[str, str], effective: date | None, actor: Actor, at: datetime
) -> Staged:
    """Note what was decided about findings (by their number) and from which day the paper holds."""
    require(actor, IntakePermission.READ_IN, staged)
    _waiting(staged)
    if (dict(decisions), effective) != (staged.decisions, staged.effective):
        with recording("paper.findings_settled", staged, actor=actor, at=at, reason="Findings settled"):
            staged.decisions, staged.effective = dict(decisions), effective
            staged.save()
    return staged


def confirm(staged: Staged, *, aside: Sequence[str] = (), actor: Actor, at: datetime) -> Saved:
    """Save the rows of a staged paper, all or none. Raises Refused while an error is undecided."""
    require(actor, IntakePermission.READ_IN, staged)
    _waiting(staged)
    reading = staged.reading
    if waiting := undecided(reading["findings"], staged.decisions):
        first = reading["findings"][waiting[0]]
        raise Refused(f"finding-{waiting[0]}", f"Decide what to do about: {first['message']}")
    if staged.effective is None:
        raise Refused("effective", "Enter the day from which the paper holds")
    kind = kind_of(Document(blocks=()), staged.kind)
    changes, left = _decided(kind, reading, staged.decisions)
    records, set_aside = settled(reading["records"], changes, [*left, *aside])
    with transaction.atomic():
        saved = kind.save(
            records,
            reading["meta"],
            organisation=staged.organisation,
            source=reading["source"],
            effective=staged.effective,
            actor=actor,
            at=at,
        )
        saved = Saved(saved.made, saved.changed, saved.unchanged, tuple(set_aside))
        with recording("paper.confirmed", staged, actor=actor, at=at, reason=saved.told()):
            staged.state, staged.outcome = Staged.State.CONFIRMED, saved.as_json()
            staged.save()
    return saved


def discard(staged: Staged, *, actor: Actor, at: datetime, reason: str) -> None:
    """Let a staged paper go; nothing of it was saved."""
    require(actor, IntakePermission.READ_IN, staged)
    _waiting(staged)
    with recording("paper.discarded", staged, actor=actor, at=at, reason=reason or "Discarded"):
        staged.state = Staged.State.DISCARDED
        staged.save()


def load(
    reading: Reading,
    *,
    organisation: Organisation,
    actor: Actor,
    at: datetime,
    effective: date | None = None,
    accept_findings: bool = False,
) -> Saved:
    """Stage and confirm in one go, as the command line does; errors are kept as printed when accepted.

    A paper that changes nothing leaves no trace. Raises Refused for errors that were not accepted, and then saves nothing.
    """
    require(actor, IntakePermission.READ_IN, Staged(organisation=organisation))
    if nothing_new(reading, organisation=organisation, actor=actor, effective=effective):
        return Saved((), (), tuple(record["reference"] for record in reading.records if record.get("reference")))
    with transaction.atomic():
        staged = stage(reading, organisation=organisation, actor=actor, at=at, effective=effective)
        if accept_findings:
            errors = undecided(staged.reading["findings"], {})
            decide(staged, decisions={str(n): "0" for n in errors}, effective=staged.effective, actor=actor, at=at)
        return confirm(staged, actor=actor, at=at)


def _decided(
    kind: PaperKind, reading: Mapping[str, Any], decisions: Mapping[str, str]
) -> tuple[dict[str, dict], list[str]]:
    """(fields decided by reference, references to set aside)."""
    changes: dict[str, dict[str, Any]] = {}
    aside = []
    offered = choices_for(kind, reading["findings"], reading["records"])
    for number, value in decisions.items():
        finding = reading["findings"][int(number)]
        chosen = next((choice for choice in offered[int(number)] if choice.value == value), None)
        if chosen is None:
            raise Refused(f"finding-{number}", f"Decide what to do about: {finding['message']}")
        if chosen.aside:
            aside.append(finding["reference"])
        else:
            changes.setdefault(finding["reference"], {}).update(chosen.changes)
    return changes, aside


def _waiting(staged: Staged) -> None:
    if staged.state != Staged.State.WAITING:
        raise Refused("state", f"This paper was {staged.get_state_display().lower()} already")


def nothing_new(reading: Reading, *, organisation: Organisation, actor: Actor, effective: date | None) -> bool:
    """Whether the register already says everything that the paper says."""
    matches = kind_of(Document(blocks=()), reading.kind).compare(
        reading.records, organisation=organisation, effective=effective or paper_date(reading), actor=actor
    )
    return bool(matches) and not any(match.plan for match in matches)
