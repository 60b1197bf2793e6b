"""Setting how long records are kept, holding one against that, and removing words or all of a record: asked for by one,
approved by another."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date, say_date
from candour.kernel.evidence.commands import erase_file
from candour.kernel.evidence.models import File, Infection
from candour.kernel.history.access import HistoryPermission
from candour.kernel.history.codec import REMOVED
from candour.kernel.history.commands import remove_words
from candour.kernel.history.models import Chained, Snapshot
from candour.kernel.history.recording import recording
from candour.kernel.history.removing import Words, gathered, holds, texts_of
from candour.kernel.people.models import Organisation
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.kinds import kind_named
from candour.kernel.records.models import Record
from candour.kernel.retention import rules
from candour.kernel.retention.access import RetentionPermission
from candour.kernel.retention.copies import keepers, left_of
from candour.kernel.retention.models import Hold, Period, Removal
from candour.kernel.retention.queries.periods import span_for
from candour.kernel.retention.queries.removals import KEPT_EVENTS, OURS, look_for, places_of
from candour.kernel.rules import Refused, need_reason

ASK_AGAIN = "The record changed since this was asked for: refuse it, look at what stands now, and ask again"


def set_period(
    organisation: Organisation, *, kind: str, years: int | None, starts: date, basis: str, actor: Actor, at: datetime
) -> Period:
    """How long a body keeps its records of a kind from a day on. years: None for ever; nothing that was set is changed.

    Raises Refused for a kind that is none, a number of years out of reach, no basis, and a day on which one begins already.
    """
    require(actor, RetentionPermission.SET, Period(organisation=organisation))
    try:
        kind_named(kind)
    except KeyError:
        raise Refused("kind", "Choose the kind of record") from None
    if years is not None and not 0 <= years <= rules.LONGEST:
        raise Refused("years", f"Enter years from 0 to {rules.LONGEST}, or choose to keep them for ever")
    why = need_reason(basis, "Say what the period rests on").strip()
    if Period.objects.filter(organisation=organisation, kind=kind, starts=starts).exists():
        raise Refused("starts", f"A period of this kind begins on {say_date(starts)} already: enter another day")
    body = Organisation.objects.get(pk=organisation.pk)
    with recording("retention.period_set", body, actor=actor, at=at, effective=starts, reason=why):
        return Period.objects.create(organisation=body, kind=kind, years=years, starts=starts, basis=why)


def hold(record: Record, *, actor: Actor, at: datetime, reason: str) -> Hold:
    """Put a record under a legal hold: nothing of it is removed or disposed of until it is lifted. Raises Refused."""
    require(actor, RetentionPermission.HOLD, record)
    why = need_reason(reason, "Say what it is held for: the claim, the inquiry or the request, and who asked")
    with recording("retention.held", record, actor=actor, at=at, reason=why):
        return Hold.objects.create(record=record, why=why, placed_on=local_date(at), placed_by=actor.label)


def lift(standing: Hold, *, actor: Actor, at: datetime, reason: str) -> Hold:
    """The hold ends. Raises Refused without a reason, and for one that was lifted already."""
    require(actor, RetentionPermission.HOLD, standing.record)
    why = need_reason(reason, "Say why it need not be held any longer")
    if standing.lifted_on is not None:
        raise Refused("reason", f"It was lifted on {say_date(standing.lifted_on)}")
    with recording("retention.hold_lifted", standing.record, actor=actor, at=at, reason=why):
        standing.lifted_on, standing.lifted_by, standing.lifted_why = local_date(at), actor.label, why
        standing.save()
    return standing


def not_held(record: Chained) -> None:
    """What every removal asks first. Raises Refused while a legal hold stands on the record."""
    if not isinstance(record, Record):
        return
    standing = Hold.objects.filter(record=record, lifted_on=None).order_by("placed_on", "pk").first()
    if standing is not None:
        since = say_date(standing.placed_on)
        raise Refused(
            "reason", f"{record.reference} is under a legal hold since {since}: nothing is removed until it is lifted"
        )


def ask_removal(
    record: Record, *, words: str, places: Sequence[str], files: Sequence[int], actor: Actor, at: datetime, reason: str
) -> Removal:
    """Ask for words, or files, of a record to be removed from it and all its past.

    words: what is looked for; "" for whole texts. places: codes of what look_for gives. files: whose bytes go. Raises Refused
    where nothing is chosen, where something is no longer there, and for a reason that repeats the words.
    """
    require(actor, RetentionPermission.ASK, record)
    require(actor, RecordPermission.SEE_RESTRICTED, record)
    not_held(record)
    sought = words.strip()
    why = need_reason(reason, "Say why, without repeating what must not be kept")
    if sought and holds(why, sought):
        raise Refused("reason", "Say why without repeating the words: the reason stays")
    if not places and not files:
        raise Refused("places", "Choose what must go")
    looked = look_for(record, sought)
    if set(places) - {row.code for row in looked.rows}:
        raise Refused("places", "Some of it is no longer there: look for the words again")
    known = File.objects.filter(record=record, pk__in=files, erased_on=None)
    if known.count() != len(set(files)):
        raise Refused("erase", "A file that you chose was erased already: look again")
    chosen, leaves = places_of(looked, list(places), sought)
    with recording("retention.removal_asked", record, actor=actor, at=at, reason=why):
        return _asked(record, actor, at, why, places=chosen, leaves=leaves, files=sorted(set(files)))


def ask_disposal(record: Record, *, actor: Actor, at: datetime, reason: str) -> Removal:
    """Ask for a record to be disposed of: all its words and files. Raises Refused for one that is not due or is held."""
    require(actor, RetentionPermission.ASK, record)
    not_held(record)
    _need_due(record, at)
    why = need_reason(reason, "Say why it is disposed of, such as the schedule that says so")
    if record.removals.filter(everything=True, outcome__in=[Removal.Outcome.WAITING, Removal.Outcome.DONE]).exists():
        raise Refused("reason", f"The disposal of {record.reference} was asked for already")
    with recording("retention.disposal_asked", record, actor=actor, at=at, reason=why):
        return _asked(record, actor, at, why, everything=True)


def ask_disposals(records: Sequence[Record], *, actor: Actor, at: datetime, reason: str) -> list[Removal]:
    """The same of several, all or none."""
    if not records:
        raise Refused("records", "Choose the records to be disposed of")
    with transaction.atomic():
        return [ask_disposal(record, actor=actor, at=at, reason=reason) for record in records]


def _asked(record: Record, actor: Actor, at: datetime, why: str, **values: Any) -> Removal:
    who = {"asked_by": actor.label, "asker_kind": actor.kind, "asker": actor.id}
    return Removal.objects.create(record=record, why=why, asked_on=local_date(at), **who, **values)


def _need_due(record: Record, at: datetime) -> None:
    today = local_date(at)
    span = span_for(record, today)
    years = span.years if span else None
    if said := rules.why_not_due(record.closed_on, years, set_at_all=span is not None, today=today):
        raise Refused("reason", f"{record.reference} is not due for disposal. {said}")


def refuse_removal(removal: Removal, *, actor: Actor, at: datetime, reason: str) -> Removal:
    """Nothing is removed. Who asked may take it back so. Raises Refused without a reason, and for one that is decided."""
    if not removal.is_of(actor):
        require(actor, HistoryPermission.REDACT, removal.record)
    why = need_reason(reason, "Say why nothing is removed")
    _need_waiting(removal)
    with recording("retention.removal_refused", removal.record, actor=actor, at=at, reason=why):
        _decide(removal, Removal.Outcome.REFUSED, actor, at, why)
    return removal


def approve_removal(removal: Removal, *, actor: Actor, at: datetime, reason: str) -> Removal:
    """Remove what was asked for, from the record, its files and all its past, for good. By another than who asked.

    Raises Refused for who asked, without a reason, under a legal hold, where the record changed meanwhile, for a disposal that
    is no longer due, and for a file that the object store still holds. Nothing is removed then.
    """
    record = removal.record
    require(actor, HistoryPermission.REDACT, record)
    if removal.is_of(actor):
        raise Refused("reason", "You asked for this yourself: somebody else must approve it")
    why = need_reason(reason, "Say why you approve it, without repeating what must not be kept")
    _need_waiting(removal)
    not_held(record)
    if removal.everything:
        _need_due(record, at)
    words = everything_of(record) if removal.everything else _chosen(removal)
    said = (
        f"{removal.why.rstrip('.')}. Asked for by {removal.asked_by} on {say_date(removal.asked_on)}; approved: {why}"
    )

    def decided() -> None:
        _decide(removal, Removal.Outcome.DONE, actor, at, why)

    left = left_of(words)
    with transaction.atomic():
        remove_words(record, words, actor=actor, at=at, reason=said, also=decided)
        # Read only now: the names of files are words too, and may be gone.
        files = File.objects.filter(record=record, erased_on=None).order_by("pk")
        for file in files if removal.everything else files.filter(pk__in=removal.files):
            file.record = record
            erase_file(file, actor=actor, at=at, reason=said)
        for take_from in keepers:
            take_from(record, left)
        if removal.everything:
            Infection.objects.filter(record=record).delete()
    return removal


def everything_of(record: Record) -> Words:
    """All words of a record and its past, save what says why something was removed. Two queries."""
    texts, remarks = texts_of(record)
    said = [remark for remark in remarks if not remark.event.startswith(KEPT_EVENTS)]
    return gathered([(text, REMOVED) for text in texts if not text.cell[0].startswith(OURS)], said)


def _chosen(removal: Removal) -> Words:
    """The words of a removal. Raises Refused where a row has another state than when it was asked for."""
    states: dict[int, frozenset[str]] = {}
    entries: dict[int, frozenset[str]] = {}
    rows = {}
    for place, leave in zip(removal.places, removal.leaves, strict=True):
        for held, found in ((states, place["states"]), (entries, place["entries"])):
            for number, names in found.items():
                held[int(number)] = held.get(int(number), frozenset()) | frozenset(names)
        if place["row"]:
            model, key, name, last = place["row"]
            if Snapshot.objects.filter(model=model, key=key).aggregate(last=Max("pk"))["last"] != last:
                raise Refused("reason", ASK_AGAIN)
            rows[model, key, name] = leave
    return Words(states, entries, rows)


def _need_waiting(removal: Removal) -> None:
    if not removal.waiting:
        assert removal.decided_on is not None  # noqa: S101  # nosec B101
        raise Refused("reason", f"It was decided on {say_date(removal.decided_on)}")


def _decide(removal: Removal, outcome: str, actor: Actor, at: datetime, why: str) -> None:
    removal.outcome, removal.decided_on = outcome, local_date(at)
    removal.decided_by, removal.decided_why = actor.label, why
    removal.leaves = []  # no copy of the texts is kept
    removal.save()
