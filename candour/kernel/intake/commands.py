"""Reading a paper in, step by step: stage it, settle its findings, confirm or discard it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from candour.kernel.access import Actor, require
from candour.kernel.history.recording import recording
from candour.kernel.intake.access import IntakePermission
from candour.kernel.intake.document import Document, Finding, Reading
from candour.kernel.intake.kinds import NOT_SAVED, Match, PaperKind, Saved, UnknownKind, kind_of, likeliest
from candour.kernel.intake.mapping import Told
from candour.kernel.intake.models import ColumnNames, Staged
from candour.kernel.intake.queries import remembered_columns
from candour.kernel.intake.readers import read_document
from candour.kernel.intake.rules import key_of, settled, undecided
from candour.kernel.people.models import Organisation
from candour.kernel.rules import Refused


def read(document: Document, kind: str | None = None, told: Mapping[str, Told] | None = None) -> Reading:
    """What a raw document proposes. Touches nothing. told: named columns by kind of paper. Raises UnknownKind.

    A paper that no kind recognises is still read where a person has named the columns of one of its tables.
    """
    named = told or {}
    try:
        found = kind_of(document, kind)
    except UnknownKind:
        if kind or not named:
            raise
        reading = read_anyway(document, named)
        if not any(column["sure"] == "told" for one in reading.meta.get("columns", ()) for column in one["columns"]):
            raise
        return reading
    return found.propose(document, document.source, named.get(found.name))


def read_against(reading: Reading, other: Reading) -> Reading:
    """The reading with what another paper prints differently, said first. Raises UnknownKind for papers that share nothing."""
    kind = kind_of(Document(blocks=()), reading.kind)
    if other.kind not in kind.against:
        raise UnknownKind(f"A paper of the kind {reading.kind} cannot be held against one of the kind {other.kind}")
    return replace(reading, findings=[*kind.against[other.kind](reading, other), *reading.findings])


def read_anyway(document: Document, told: Mapping[str, Told] | None = None) -> Reading:
    """The reading as the kind that a document looks most like, so that a person can name the columns of its tables."""
    kind = likeliest(document)
    return kind.propose(document, document.source, (told or {}).get(kind.name))


def paper_date(reading: Reading) -> date | None:
    """The day the paper says its rows stand at, else its own."""
    said = reading.meta.get("as_at") or reading.meta.get("date")
    return date.fromisoformat(said) if isinstance(said, str) and said else None


def stage(
    reading: Reading,
    *,
    organisation: Organisation,
    actor: Actor,
    at: datetime,
    effective: date | None = None,
    kind: str | None = None,
    paper: bytes | None = None,
) -> Staged:
    """Keep a reading, and the paper itself if given, until a person confirms or discards it."""
    require(actor, IntakePermission.READ_IN, Staged(organisation=organisation))
    with recording("paper.read_in", actor=actor, at=at, reason="Read to be checked; nothing is saved yet"):
        return Staged.objects.create(
            organisation=organisation,
            kind=kind or reading.kind,
            file_name=str(reading.source.get("file", ""))[:200],
            sha256=reading.source.get("sha256", ""),
            effective=effective or paper_date(reading),
            reading=reading.as_json(),
            paper=paper,
        )


def name_columns(staged: Staged, *, answers: Told, actor: Actor, at: datetime) -> Staged:
    """Say what the columns of a paper's tables hold, by the shape of their headings, and read the paper again.

    It is remembered for the organisation: the next paper with these headings asks nothing. What was decided about findings
    is let go, since the findings may be others. Raises Refused for a field that is none, and where a table would give no row.
    """
    require(actor, IntakePermission.READ_IN, staged)
    _waiting(staged)
    if staged.paper is None:
        raise Refused("columns", "The file of this paper is not kept here. Read it in again to name its columns")
    kind = kind_of(Document(blocks=()), staged.kind)
    printed = {
        one["shape"]: [column["heading"] for column in one["columns"]] for one in staged.reading["meta"]["columns"]
    }
    for shape, fields in answers.items():
        _check_columns(kind, printed.get(shape), fields)
    with transaction.atomic():
        for shape, fields in answers.items():
            _remember(staged, shape, headings=printed[shape], fields=list(fields), actor=actor, at=at)
        told = remembered_columns(staged.organisation_id).get(kind.name)
        document = read_document(bytes(staged.paper), staged.file_name)
        with recording("paper.read_again", staged, actor=actor, at=at, reason="Its columns were named"):
            staged.reading, staged.decisions = kind.propose(document, document.source, told).as_json(), {}
            staged.save()
    return staged


def _check_columns(kind: PaperKind, headings: Sequence[str] | None, fields: Sequence[str]) -> None:
    known = {name for name, _label in kind.fields}
    if headings is None or len(fields) != len(headings) or any(name and name not in known for name in fields):
        raise Refused("columns", "Choose for each column what it holds, from the list")
    named = [name for name in fields if name]
    twice = next((label for name, label in kind.fields if named.count(name) > 1), None)
    if twice:
        raise Refused("columns", f"Two columns are named {twice}: choose one of them")
    if named and not kind.needs & set(named):
        labels = [label for name, label in kind.fields if name in kind.needs]
        raise Refused("columns", f"Say which column holds the {' or the '.join(label.lower() for label in labels)}")


def _remember(
    staged: Staged, shape: str, *, headings: list[str], fields: list[str], actor: Actor, at: datetime
) -> None:
    row = ColumnNames.objects.filter(organisation=staged.organisation, kind=staged.kind, shape=shape).first()
    if row is not None and row.fields == fields:
        return
    reason = f"Named for {staged.file_name or 'a paper'}"
    with recording("columns.named", row, actor=actor, at=at, reason=reason):
        if row is None:
            row = ColumnNames(organisation=staged.organisation, kind=staged.kind, shape=shape)
        row.headings, row.fields = headings, fields
        row.save()


def choices_for(
    kind: PaperKind, findings: Sequence[Mapping[str, Any]], records: Sequence[Mapping[str, Any]]
) -> list[list[Any]]:
    """For each finding the ways to settle it."""
    by_reference = {key_of(record): record for record in records}
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
            staged.save(update_fields=["decisions", "effective"])
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
    if kind.save is None:
        raise Refused("kind", NOT_SAVED.format(kind.label))
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
        saved = replace(saved, set_aside=tuple(set_aside))
        with recording("paper.confirmed", staged, actor=actor, at=at, reason=saved.told()):
            staged.state, staged.outcome, staged.paper = Staged.State.CONFIRMED, saved.as_json(), None
            staged.save(update_fields=["state", "outcome", "paper"])
    return saved


def discard(staged: Staged, *, actor: Actor, at: datetime, reason: str) -> None:
    """Let a staged paper go; nothing of it was saved."""
    require(actor, IntakePermission.READ_IN, staged)
    _waiting(staged)
    with recording("paper.discarded", staged, actor=actor, at=at, reason=reason or "Discarded"):
        staged.state, staged.paper = Staged.State.DISCARDED, None
        staged.save(update_fields=["state", "paper"])


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
    kind = kind_of(Document(blocks=()), reading.kind)
    if kind.save is None:
        raise Refused("kind", NOT_SAVED.format(kind.label))
    matches = matched(reading, organisation=organisation, actor=actor, effective=effective)
    if _nothing_new(matches):
        standing = tuple(filter(None, map(key_of, reading.records)))
        return Saved((), (), standing, conflicts=tuple(words for match in matches for words in match.conflicts))
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
    return _nothing_new(matched(reading, organisation=organisation, actor=actor, effective=effective))


def _nothing_new(matches: Sequence[Match]) -> bool:
    return bool(matches) and not any(match.plan for match in matches)


def matched(reading: Reading, *, organisation: Organisation, actor: Actor, effective: date | None) -> list[Match]:
    """What saving each record would do; empty for a kind of paper that compares nothing."""
    compare = kind_of(Document(blocks=()), reading.kind).compare
    if compare is None:
        return []
    return compare(reading.records, organisation=organisation, effective=effective or paper_date(reading), actor=actor)
