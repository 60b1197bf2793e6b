"""Saving a file of spend: each payment on the agreement that it is for, told by reference, else by supplier and day.

A payment of no agreement that the reader may see is left to a person: Candour keeps what is paid under agreements.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from candour.commissioning import commands, rules
from candour.commissioning.intake.makers import first_that_fits
from candour.commissioning.models import Agreement, AgreementLine, Payment
from candour.commissioning.queries.known import Known, Standing, known, payments_known
from candour.commissioning.queries.register import line_from
from candour.commissioning.rules.publishing import REASONS
from candour.kernel.access import Actor
from candour.kernel.calendar import say_date
from candour.kernel.intake.amounts import in_pence
from candour.kernel.intake.kinds import Match, Saved
from candour.kernel.intake.printed import words_key
from candour.kernel.intake.rules import key_of
from candour.kernel.people.models import Organisation
from candour.kernel.rules import Refused

Record = Mapping[str, Any]
GROUNDS = {
    "personal": "personal|section 40|data protection",
    "commercial": "commercial|section 43",
    "safety": "safety|section 38",
    "law": "law|section 31",
    "confidence": "confidence|section 41",
    "security": "security|section 24",
}


@dataclass(frozen=True)
class Paid:
    """A payment of a file: the agreement that it is for, if one is known, its number there, and what keeps it out."""

    record: Record
    to: Standing | None
    number: str
    same: bool = False
    left: str = ""


def planned(records: Sequence[Record], have: Known, paid: Mapping[tuple[int, str], tuple[date, int]]) -> list[Paid]:
    """What each row would be recorded as."""
    used: Counter[tuple[int, str]] = Counter()
    found = []
    for record in records:
        day, pence = record.get("date"), in_pence(record.get("amount"))
        called = record["reference"] or record.get("place")
        if not day or pence is None:
            found.append(Paid(record, None, "", left=f"{called}: no day or no amount that can be read"))
            continue
        if not pence:
            found.append(Paid(record, None, "", left=f"{called}: nothing was paid"))
            continue
        on = date.fromisoformat(day)
        to = _agreement(record, have, on)
        if to is None:
            found.append(
                Paid(
                    record, None, "", left=f"{called}: no agreement with {record['supplier']} is known, or several are"
                )
            )
            continue
        number = str(record["reference"] or f"{on:%Y%m%d}-{pence}")[:56]
        used[to.pk, number] += 1
        if used[to.pk, number] > 1:  # an invoice that is paid in lines
            number = f"{number}/{used[to.pk, number]}"
        held = paid.get((to.pk, number))
        left = ""
        if held and held != (on, pence):
            said = f"{rules.pounds(held[1])} on {say_date(held[0])}"
            left = f"{number}: recorded as {said}, the paper says {rules.pounds(pence)} on {say_date(on)}"
        found.append(Paid(record, to, number, held == (on, pence), left))
    return found


def _agreement(record: Record, have: Known, on: date) -> Standing | None:
    """By its reference; else the only one with the supplier that ran on the day, in the printed stream where it says one."""
    if record.get("agreement") and (named := have.by_reference.get(str(record["agreement"]))):
        return named
    held = have.by_provider.get(words_key(str(record["supplier"])), ())
    ran = [one for one in held if (one.facts["starts"] or on) <= on <= (one.facts["ends"] or on)] or list(held)
    if len(ran) > 1 and record.get("stream"):
        stream = words_key(str(record["stream"]))
        ran = [
            one
            for one in ran
            if words_key(one.stream_name) in stream or words_key(f"{one.stream_name} {one.year}") == stream
        ]
    return ran[0] if len(ran) == 1 else None


def compare(
    records: Sequence[Record], *, organisation: Organisation, effective: date | None, actor: Actor
) -> list[Match]:
    """What saving would do to each row."""
    found = planned(records, known(organisation, actor), payments_known(organisation, actor))
    return [_match(one) for one in found]


def _match(one: Paid) -> Match:
    name = key_of(one.record)
    if one.to is None:
        return Match(name, "No agreement", (), (one.left,))
    plan = () if one.same or one.left else (f"Payment of {one.to.reference}",)
    return Match(
        name, "Restricted match" if one.to.restricted else "Same record", plan, (one.left,) if one.left else ()
    )


def save(
    records: Sequence[Record],
    meta: Mapping[str, Any],
    *,
    organisation: Organisation,
    source: Mapping[str, str],
    effective: date | None,
    actor: Actor,
    at: datetime,
) -> Saved:
    """Record the payments of known agreements, all or none; loaded again, they change nothing. Raises Refused."""
    file = source.get("file") or "a paper"
    with transaction.atomic():
        found = planned(records, known(organisation, actor), payments_known(organisation, actor))
        new = [one for one in found if one.to is not None and not one.same and not one.left]
        pks = {one.to.pk for one in new if one.to}
        agreements = Agreement.objects.select_related("record__organisation").in_bulk(pks)
        shut = {
            row["record_id"]: rules.gate(line_from(row)) for row in AgreementLine.objects.filter(pk__in=pks).values()
        }
        rows = [_payment(one, agreements, shut) for one in new]
        if rows:
            try:
                commands.bring_in_payments(
                    rows, organisation=organisation, actor=actor, at=at, reason=f"Read from {file}"
                )
            except Refused as refused:
                raise Refused("records", refused.message) from None
    made = tuple(f"{one.to.reference} {one.number}" for one in new if one.to)
    same = tuple(f"{one.to.reference} {one.number}" for one in found if one.to and one.same)
    return Saved(made, (), same, conflicts=tuple(one.left for one in found if one.left))


def _payment(one: Paid, agreements: Mapping[int, Agreement], shut: Mapping[int, list[str]]) -> Payment:
    assert one.to is not None  # noqa: S101 for the reader of types
    said = str(one.record.get("redaction") or "")
    ground = first_that_fits(GROUNDS, said, "personal") if one.record.get("redacted") else ""
    assert ground in {"", *REASONS}  # noqa: S101
    return Payment(
        agreement=agreements[one.to.pk],
        number=one.number,
        on=date.fromisoformat(one.record["date"]),
        amount=in_pence(one.record["amount"]) or 0,
        purpose=str(one.record.get("purpose") or "")[:200],
        withheld=ground,
        early=bool(shut[one.to.pk]),
    )
