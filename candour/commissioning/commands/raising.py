"""An agreement joins the register, and its facts change."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from candour.commissioning import rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.commands.base import in_order, standing
from candour.commissioning.models import Agreement, FundingStream, Provider
from candour.commissioning.queries import next_reference
from candour.commissioning.rules.publishing import PROCEDURES
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Post
from candour.kernel.records.models import Record, Sensitivity
from candour.kernel.rules import Refused, need_reason

# What the page of facts changes, and what raising takes beside the parts of its title; absent ones are empty.
FACTS = (
    *("project_code", "starts", "ends", "last_end", "notice_on", "value", "data_controller"),
    *("awarded_on", "procedure", "bids"),
)
TEXTS = ("specification", "kpis", "monitoring", "management")


def raise_agreement(
    *,
    kind: str,
    provider: Provider,
    stream: FundingStream,
    service: str,
    actor: Actor,
    at: datetime,
    reason: str,
    reference: str = "",
    area: str = "",
    owner: Post | None = None,
    sensitivity: str = Sensitivity.OFFICE,
    effective: date | None = None,
    **facts: Any,
) -> Agreement:
    """Put an agreement into the register under the next reference of its stream, and a title made from its parts.

    reference: one that it has already, from elsewhere.

    facts: of FACTS and TEXTS, value in pence. Raises Refused for an unknown kind, a provider of another body, a service or
    area that is empty or shortened to capitals, and dates that run backwards.
    """
    organisation = stream.organisation
    require(actor, CommissioningPermission.MANAGE, Record(organisation=organisation))
    if kind not in rules.KINDS:
        raise Refused("kind", "Choose the kind of agreement")
    if provider.organisation_id != organisation.pk:
        raise Refused("provider", "Choose a provider of the same body")
    given = _checked(facts, value=None)
    title = _title(service, area, provider, stream)
    day, reference = effective or local_date(at), reference.strip()[:60]
    taken = Record.objects.filter(organisation=organisation, kind="agreement", reference=reference)
    if reference and taken.exists():
        raise Refused("reference", f"{reference} is taken: enter another reference, or none")
    with recording("agreement.raised", actor=actor, at=at, effective=day, reason=need_reason(reason)):
        record = Record.objects.create(
            kind="agreement",
            reference=reference or next_reference(stream),
            title=title,
            organisation=organisation,
            owner=owner,
            sensitivity=sensitivity,
        )
        return Agreement.objects.create(
            record=record,
            kind=kind,
            provider=provider,
            stream=stream,
            service=" ".join(service.split()),
            area=" ".join(area.split()),
            raised_on=day,
            **given,
        )


def change_agreement(
    agreement: Agreement,
    *,
    service: str,
    area: str,
    owner: Post | None,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
    **facts: Any,
) -> Agreement:
    """Change the facts of an agreement; facts that are not given stay. The title follows its parts.

    Once both have signed, dates and value move by a variation alone. Raises Refused for that, and as raise_agreement.
    """
    require(actor, CommissioningPermission.MANAGE, agreement.record)
    standing(agreement)
    why = need_reason(reason, "Say why it changes")
    before = {name: getattr(agreement, name) for name in (*FACTS, *TEXTS)}
    given = _checked(before | facts, value=agreement.value)
    signed = agreement.office_signed_on is not None and agreement.provider_signed_on is not None
    fixed = ("starts", "ends", "value")
    if signed and (moved := next((n for n in fixed if before[n] is not None and given[n] != before[n]), "")):
        raise Refused(moved, "Both have signed this: record a variation instead")
    title = _title(service, area, agreement.provider, agreement.stream)
    with recording("agreement.changed", agreement.record, actor=actor, at=at, effective=effective, reason=why):
        agreement.record.title, agreement.record.owner = title, owner
        agreement.record.save()
        agreement.service, agreement.area = " ".join(service.split()), " ".join(area.split())
        for name, value in given.items():
            setattr(agreement, name, value)
        agreement.save()
    return agreement


def _title(service: str, area: str, provider: Provider, stream: FundingStream) -> str:
    if not service.strip():
        raise Refused("service", "Enter what is provided")
    for name, text in (("service", service), ("area", area)):
        if found := rules.shortened(text):
            raise Refused(name, f"Write out ‘{found}’: an agreement is found by whole words")
    title = rules.standard_title(service, area, provider.name, stream.year)
    if len(title) > 300:
        raise Refused("service", f"Shorten it by {len(title) - 300} characters: the whole title has {len(title)}")
    return title


def _checked(facts: Mapping[str, Any], *, value: int | None) -> dict[str, Any]:
    """The facts by name, each there. Raises TypeError for one that agreements do not have."""
    if unknown := set(facts) - {*FACTS, *TEXTS}:
        raise TypeError(f"agreements have no {', '.join(sorted(unknown))}")
    given: dict[str, Any] = dict.fromkeys(("starts", "ends", "last_end", "notice_on", "awarded_on", "bids"))
    given |= {"value": value} | dict.fromkeys(("project_code", "data_controller", "procedure", *TEXTS), "")
    given |= dict(facts)
    in_order(given["starts"], given["ends"], given["last_end"], given["notice_on"])
    if given["value"] is not None and given["value"] < 0:
        raise Refused("value", "Enter a value of nothing or more")
    if given["procedure"] and given["procedure"] not in PROCEDURES:
        raise Refused("procedure", "Choose how it was let")
    return given
