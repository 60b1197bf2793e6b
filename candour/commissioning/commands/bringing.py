"""Many at once, as a load of a register, a grants list or a spend file brings them in: an entry each, in batches."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from candour.commissioning.access import CommissioningPermission
from candour.commissioning.commands.base import in_order
from candour.commissioning.models import Agreement, Payment, Provider
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.models import Recorded
from candour.kernel.history.recording import recording_many
from candour.kernel.people.models import Organisation
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused, need_reason


@dataclass(frozen=True)
class NewAgreement:
    """An agreement as it will stand, unsaved; called: what a refusal names it by.

    hung: what hangs on it as it is brought in, unsaved: contacts, orders, files and the documents made of them, in that order.
    """

    record: Record
    agreement: Agreement
    called: str
    hung: tuple[Recorded, ...] = ()


def bring_in_agreements(
    found: Sequence[NewAgreement],
    *,
    organisation: Organisation,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> list[Agreement]:
    """Put many agreements into the register as they are, with the titles that they have elsewhere.

    Raises Refused, naming the agreement, for a reference that is taken or given twice, no title, dates that run backwards and a
    value below nothing.
    """
    require(actor, CommissioningPermission.MANAGE, Record(organisation=organisation))
    references = [new.record.reference for new in found]
    held = Record.objects.filter(organisation=organisation, kind="agreement", reference__in=references)
    twice = [reference for reference, times in Counter(references).items() if times > 1]
    for reference in [*held.values_list("reference", flat=True), *twice]:
        raise Refused("reference", f"{reference} is taken: enter another reference, or none")
    for new in found:
        one = new.agreement
        if not new.record.title.strip():
            raise Refused("service", f"{new.called}: enter what is provided")
        try:
            in_order(one.starts, one.ends, one.last_end, one.notice_on)
        except Refused as refused:
            raise Refused(refused.field, f"{new.called}: {refused.message}") from None
        if one.value is not None and one.value < 0:
            raise Refused("value", f"{new.called}: enter a value of nothing or more")
    day = effective or local_date(at)
    with recording_many("agreement.raised", [], actor=actor, at=at, effective=day, reason=need_reason(reason)):
        Record.objects.bulk_create([new.record for new in found])
        Agreement.objects.bulk_create([new.agreement for new in found])
        for model, rows in _by_model([row for new in found for row in new.hung]).items():
            model.objects.bulk_create(rows)
    return [new.agreement for new in found]


def _by_model(rows: Sequence[Recorded]) -> dict[type[Recorded], list[Recorded]]:
    """Rows of each model, the models in the order in which they are met: what points at another comes after it."""
    found: dict[type[Recorded], list[Recorded]] = {}
    for row in rows:
        found.setdefault(type(row), []).append(row)
    return found


def bring_in_providers(
    names: Mapping[str, tuple[str, str]], *, organisation: Organisation, actor: Actor, at: datetime, reason: str
) -> list[Provider]:
    """Add many providers. names: charity and company number of each, as they are valid, or "". Raises Refused for no name."""
    require(actor, CommissioningPermission.MANAGE, Record(organisation=organisation))
    if any(not name.strip() for name in names):
        raise Refused("name", "Enter the provider’s full name")
    with recording_many("provider.added", [], actor=actor, at=at, reason=need_reason(reason)):
        return Provider.objects.bulk_create(
            Provider(organisation=organisation, name=name[:200], charity_number=charity, company_number=company)
            for name, (charity, company) in names.items()
        )


def bring_in_payments(
    found: Sequence[Payment], *, organisation: Organisation, actor: Actor, at: datetime, reason: str
) -> list[Payment]:
    """Record many payments as they were made, an entry on each agreement. Those made while the gate was shut are marked early.

    Raises Refused for a payment of nothing, a day to come, and a number that an agreement has already.
    """
    require(actor, CommissioningPermission.MANAGE, Record(organisation=organisation))
    today = local_date(at)
    for one in found:
        require(actor, CommissioningPermission.MANAGE, one.agreement.record)
        if not one.amount:
            raise Refused("value", f"{one.number}: enter an amount other than nothing")
        if one.on > today:
            raise Refused("on", f"{one.number}: enter today, or a day that has passed")
    numbers = Counter((one.agreement_id, one.number) for one in found)
    held = Payment.objects.filter(agreement__in={one.agreement_id for one in found}).values_list("agreement", "number")
    taken = next((number for key in numbers if key in set(held) or numbers[key] > 1 for number in [key[1]]), None)
    if taken is not None:
        raise Refused("number", f"{taken} is recorded already: enter another number")
    records = {one.agreement_id: one.agreement.record for one in found}
    with recording_many("agreement.paid", list(records.values()), actor=actor, at=at, reason=need_reason(reason)):
        return Payment.objects.bulk_create(found)
