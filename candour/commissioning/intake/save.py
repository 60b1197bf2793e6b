"""Saving a register of contracts or a list of grants through commands, and saying beforehand what that would do.

What is recorded is never overwritten: a paper fills what is empty, and the rest is told to a person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from candour.commissioning import commands, rules
from candour.commissioning.intake.found import state_of
from candour.commissioning.intake.makers import Makers, new_agreement, supplier_of
from candour.commissioning.models import Agreement
from candour.commissioning.queries.known import Known, Standing, known
from candour.kernel.access import Actor
from candour.kernel.calendar import local_date, say_date
from candour.kernel.intake.amounts import in_pence
from candour.kernel.intake.kinds import Match, Save, Saved
from candour.kernel.intake.printed import words_key
from candour.kernel.intake.rules import key_of
from candour.kernel.people.models import Organisation
from candour.kernel.rules import Refused

Record = Mapping[str, Any]
Records = Sequence[Record]
DAYS = {"start": "starts", "end": "ends", "maximum_end": "last_end", "notice": "notice_on"}
WORDS = {
    "starts": "first day", "ends": "last day", "last_end": "last possible end", "notice_on": "last day to give notice",
    "value": "value", "project_code": "project code",
}  # fmt: skip


@dataclass(frozen=True)
class Steps:
    """What a record lacks in the register: facts to fill, its signatures, its end; and what it says otherwise."""

    record: Record
    standing: Standing | None
    fills: Mapping[str, Any] = field(default_factory=dict)
    signed: date | None = None
    ended: date | None = None
    conflicts: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        if self.standing is None:
            return ("New agreement",)
        told = [WORDS[name] for name in self.fills]
        told += ["signed by both"] if self.signed else []
        return (*told, *(["ended"] if self.ended else []))


def day_of(record: Record, name: str) -> date | None:
    return date.fromisoformat(record[name]) if record.get(name) else None


def steps(record: Record, have: Known, day: date) -> Steps:
    """What saving a record would do."""
    starts = day_of(record, "start")
    standing = have.found(record["reference"], record["title"], supplier_of(record), starts)
    if standing is None:
        return Steps(record, None)
    facts, fills, conflicts = standing.facts, {}, []
    printed: dict[str, Any] = {column: day_of(record, name) for name, column in DAYS.items()}
    printed |= {"value": in_pence(record.get("value")), "project_code": record.get("project_code") or ""}
    for name, value in printed.items():
        held = facts[name]
        if value in (None, "") or value == held:
            continue
        if held in (None, ""):
            fills[name] = value
        else:
            conflicts.append(
                f"its {WORDS[name]} is recorded as {_said(name, held)}, the paper says {_said(name, value)}"
            )
    for what, held, said in (
        ("provider", standing.provider_name, supplier_of(record)),
        ("title", standing.title, record["title"]),
    ):
        if said and words_key(said) != words_key(held):
            conflicts.append(f"its {what} is recorded as {held}, the paper says {said}")
    signed = day_of(record, "signed")
    ended = state_of(record.get("status") or "") == "ended" and facts["closed_on"] is None
    last = min(printed["ends"] or facts["ends"] or day, day)
    named = tuple(f"{standing.reference}: {words}" for words in conflicts)
    signed = signed if signed and facts["signed_on"] is None and signed <= day else None
    return Steps(record, standing, fills, signed, last if ended else None, named)


def _said(name: str, value: Any) -> str:
    if isinstance(value, date):
        return say_date(value)
    return rules.pounds(value) if name == "value" else str(value)


def compare(records: Records, *, organisation: Organisation, effective: date | None, actor: Actor) -> list[Match]:
    """What saving would do to each record."""
    have, day = known(organisation, actor), effective or date.max
    return [_match(steps(record, have, day)) for record in records]


def _match(one: Steps) -> Match:
    name = key_of(one.record)
    if not one.record["title"] and not supplier_of(one.record):
        return Match(name, "Cannot be saved", ())
    if one.standing is None:
        restricted = ("restricted",) if one.record.get("redacted") else ()
        return Match(name, "New", (*one.words, *restricted))
    return Match(name, "Restricted match" if one.standing.restricted else "Same record", one.words, one.conflicts)


def saves(kind: str) -> Save:
    """The saver of a kind: contracts or grants."""

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
        """Save all records or none; loaded again, they change nothing. Raises Refused, naming the record."""
        day, file = effective or local_date(at), source.get("file") or "a paper"
        said: dict[str, Any] = {"actor": actor, "at": at, "reason": f"Read from {file}"}
        with transaction.atomic():
            have = known(organisation, actor)
            planned = [steps(record, have, day) for record in records]
            new = [one.record for one in planned if one.standing is None]
            made = _make(new, kind, meta, organisation=organisation, day=day, said=said)
            changed = [one.standing.reference for one in planned if one.standing and one.words and _bring_up(one, said)]
        same = [one.standing.reference for one in planned if one.standing and one.standing.reference not in changed]
        return Saved(
            tuple(made),
            tuple(changed),
            tuple(same),
            conflicts=tuple(words for one in planned for words in one.conflicts),
        )

    return save


def _make(
    records: Records,
    kind: str,
    meta: Mapping[str, Any],
    *,
    organisation: Organisation,
    day: date,
    said: dict[str, Any],
) -> list[str]:
    if not records:
        return []
    makers = Makers(records, meta, organisation=organisation, day=day, said=said)
    found = [new_agreement(record, kind, makers) for record in records]
    try:
        commands.bring_in_agreements(found, organisation=organisation, effective=day, **said)
    except Refused as refused:
        raise Refused("records", refused.message) from None
    return [new.record.reference for new in found]


def _bring_up(one: Steps, said: dict[str, Any]) -> bool:
    """Give a standing agreement what it lacks."""
    assert one.standing is not None  # noqa: S101 for the reader of types
    rows = Agreement.objects.select_related("record__organisation", "record__owner", "provider", "stream")
    agreement = rows.get(pk=one.standing.pk)
    try:
        if one.fills:
            commands.change_agreement(
                agreement,
                service=agreement.service,
                area=agreement.area,
                owner=agreement.record.owner,
                **one.fills,
                **said,
            )
        if one.signed:
            for side in rules.SIDES:
                if getattr(agreement, f"{side}_signed_on") is None:
                    commands.sign(agreement, side=side, by="As printed", on=one.signed, **said)
        if one.ended:
            commands.end(agreement, on=max(one.ended, agreement.starts or one.ended), **said)
    except Refused as refused:
        raise Refused("records", f"{one.standing.reference}: {refused.message}") from None
    return True
