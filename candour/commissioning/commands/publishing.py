"""What is published of agreements: what a body tells of itself, what is withheld, what was paid, KPIs and their ratings."""

import re
from datetime import date, datetime
from typing import Any

from candour.commissioning import rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.commands.base import not_to_come, standing
from candour.commissioning.commands.gate import shut
from candour.commissioning.models import Agreement, Indicator, Order, Payment, Publishing, Rating, Withheld
from candour.commissioning.queries import line_now
from candour.commissioning.rules.publishing import PARTS, RATINGS, REASONS
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Organisation
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused, need_reason

OCID = re.compile(r"^ocds-[a-z0-9]{6}$")
GIVING = re.compile(r"^360G-[A-Za-z0-9-]{2,30}$")
SCHEME = re.compile(r"^[A-Z]{2,3}-[A-Z0-9]{2,12}$")
WEB = re.compile(r"^https?://[^\s/]+\.[^\s]+$")


def set_publishing(
    *,
    organisation: Organisation,
    ocid_prefix: str,
    giving_prefix: str,
    scheme: str,
    number: str,
    website: str,
    licence: str,
    contracts_over: int,
    spend_over: int,
    actor: Actor,
    at: datetime,
    reason: str,
) -> Publishing:
    """Say what stands of the body in its open data. Amounts in pence.

    Raises Refused for a prefix, scheme or address of the wrong shape, half an identifier, and amounts below nothing.
    """
    require(actor, CommissioningPermission.MANAGE, Record(organisation=organisation))
    given: dict[str, Any] = {
        "ocid_prefix": ocid_prefix.strip().lower(), "giving_prefix": giving_prefix.strip(),
        "scheme": scheme.strip().upper(), "number": number.strip(), "website": website.strip(),
        "licence": licence.strip(), "contracts_over": contracts_over, "spend_over": spend_over,
    }  # fmt: skip
    shapes = (
        ("ocid_prefix", OCID, "Enter the prefix as it was registered: ocds- and six letters or digits"),
        ("giving_prefix", GIVING, "Enter the prefix as it was registered, such as 360G-mereford"),
        ("scheme", SCHEME, "Enter the scheme as org-id.guide names it, such as GB-PPON"),
        ("website", WEB, "Enter the whole address, such as https://www.example.org"),
        ("licence", WEB, "Enter the address of the licence, or leave it empty for the Open Government Licence"),
    )
    for name, shape, message in shapes:
        if given[name] and not shape.match(given[name]):
            raise Refused(name, message)
    if bool(given["scheme"]) != bool(given["number"]):
        raise Refused("number" if given["scheme"] else "scheme", "Enter both the scheme and the number, or neither")
    for name in ("contracts_over", "spend_over"):
        if given[name] < 0:
            raise Refused(name, "Enter an amount of nothing or more")
    why = need_reason(reason, "Say why it changes, or where it is registered")
    row = Publishing.objects.filter(organisation=organisation).first()
    with recording("publishing.set", row, actor=actor, at=at, reason=why):
        row = row or Publishing(organisation=organisation)
        for name, value in given.items():
            setattr(row, name, value)
        row.save()
    return row


def withhold(
    agreement: Agreement,
    *,
    part: str,
    ground: str,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Withheld:
    """Keep a part of an agreement out of what is published. Raises Refused for a part or ground that is none, and twice."""
    require(actor, CommissioningPermission.MANAGE, agreement.record)
    if part not in PARTS:
        raise Refused("part", "Choose what is withheld")
    if ground not in REASONS:
        raise Refused("ground", "Choose the exemption")
    if agreement.withheld.filter(part=part, ended_on=None).exists():
        raise Refused("part", f"‘{PARTS[part]}’ is withheld already: choose another, or publish it again first")
    why = need_reason(reason, "Say why the exemption holds, without repeating what must not be seen")
    with recording("agreement.withheld", agreement.record, actor=actor, at=at, effective=effective, reason=why):
        return Withheld.objects.create(agreement=agreement, part=part, ground=ground, on=effective or local_date(at))


def withhold_no_more(
    agreement: Agreement, *, part: str, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Withheld:
    """Let a withheld part be published again. Raises Refused where it is not withheld."""
    require(actor, CommissioningPermission.MANAGE, agreement.record)
    row = agreement.withheld.filter(part=part, ended_on=None).first()
    if row is None:
        raise Refused("part", "Choose a part that is withheld")
    why = need_reason(reason, "Say why it can be published now")
    with recording("agreement.withheld_no_more", agreement.record, actor=actor, at=at, effective=effective, reason=why):
        row.ended_on = effective or local_date(at)
        row.save()
    return row


def pay(
    agreement: Agreement,
    *,
    number: str,
    on: date,
    value: int,
    actor: Actor,
    at: datetime,
    reason: str = "",
    order: Order | None = None,
    purpose: str = "",
    ground: str = "",
    effective: date | None = None,
) -> Payment:
    """Record a payment (pence; below nothing where money came back). ground: of its redaction, "" for none.

    Raises Refused while the gate is shut, as an order is; for no number or one that is there, nothing paid, a day to come, an
    order of another agreement, and a ground that is none.
    """
    require(actor, CommissioningPermission.MANAGE, agreement.record)
    number = number.strip()
    if not number:
        raise Refused("number", "Enter the payment’s number")
    not_to_come(on, local_date(at))
    if not value:
        raise Refused("value", "Enter an amount other than nothing")
    if ground and ground not in REASONS:
        raise Refused("ground", "Choose the exemption, or none")
    if order is not None and order.agreement_id != agreement.pk:
        raise Refused("order", "Choose an order of this agreement")
    if Payment.objects.filter(agreement=agreement, number=number).exists():
        raise Refused("number", f"{number} is recorded already: enter another number")
    line = line_now(agreement)
    missing = rules.gate(line)
    if missing and not rules.overridden(line, on):
        raise Refused("number", f"{shut(missing)} Mend that, or have the gate overridden, and record the payment then")
    with recording("agreement.paid", agreement.record, actor=actor, at=at, effective=effective, reason=reason.strip()):
        return Payment.objects.create(
            agreement=agreement, order=order, number=number[:60], on=on, amount=value, purpose=purpose.strip()[:200],
            withheld=ground, early=bool(missing),
        )  # fmt: skip


def add_indicator(
    agreement: Agreement,
    *,
    name: str,
    target: str,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Indicator:
    """Set a KPI of an agreement with its target. Raises Refused without a name, and for one that is there."""
    require(actor, CommissioningPermission.MANAGE, agreement.record)
    standing(agreement)
    called = " ".join(name.split())
    if not called:
        raise Refused("name", "Enter what is measured")
    if agreement.indicators.filter(name__iexact=called, ended_on=None).exists():
        raise Refused("name", "This KPI is set already: enter another")
    why = need_reason(reason, "Say where it is agreed")
    with recording("agreement.indicator_added", agreement.record, actor=actor, at=at, effective=effective, reason=why):
        return Indicator.objects.create(
            agreement=agreement, name=called[:200], target=target.strip()[:200], added_on=effective or local_date(at)
        )


def end_indicator(
    indicator: Indicator, *, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Indicator:
    """A KPI is measured no more; its ratings stay. Raises Refused where it has ended."""
    agreement = indicator.agreement
    require(actor, CommissioningPermission.MANAGE, agreement.record)
    if indicator.ended_on is not None:
        raise Refused("reason", "It has ended already")
    why = need_reason(reason, "Say why it is not measured any more")
    with recording("agreement.indicator_ended", agreement.record, actor=actor, at=at, effective=effective, reason=why):
        indicator.ended_on = effective or local_date(at)
        indicator.save()
    return indicator


def rate(
    indicator: Indicator,
    *,
    on: date,
    rating: str,
    said: str,
    actor: Actor,
    at: datetime,
    reason: str = "",
    effective: date | None = None,
) -> Rating:
    """Rate performance against a KPI up to a day, in the words of the regulations.

    Raises Refused for a rating that is none, a day to come or before the last rating, and Other without words.
    """
    agreement = indicator.agreement
    require(actor, CommissioningPermission.MANAGE, agreement.record)
    not_to_come(on, local_date(at))
    if rating not in RATINGS:
        raise Refused("rating", "Choose how it performed")
    if rating == "other" and not said.strip():
        raise Refused("said", "Say how it performed: Other alone says nothing")
    last = indicator.ratings.order_by("-on").first()
    if last and on <= last.on:
        raise Refused("on", "Enter a day after that of its last rating")
    with recording("agreement.rated", agreement.record, actor=actor, at=at, effective=effective, reason=reason.strip()):
        return Rating.objects.create(agreement=agreement, indicator=indicator, on=on, rating=rating, said=said.strip())
