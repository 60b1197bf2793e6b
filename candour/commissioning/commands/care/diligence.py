"""Due diligence: which checks a body asks for, what was seen of a provider, and what a post lets be."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

from django.db import transaction

from candour.commissioning import rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.commands.base import not_to_come
from candour.commissioning.commands.care.lines import follow
from candour.commissioning.models import Agreement, AgreementLine, DiligenceCheck, DiligenceKind, Provider
from candour.kernel.access import Actor, require
from candour.kernel.calendar import add_months, local_date, say_date
from candour.kernel.evidence.commands import add_file
from candour.kernel.history.recording import recording, recording_many
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused, need_reason

LONGEST = 120  # months that a check holds at most
WAIVED_FOR = 12  # months for which one is let be at most


def add_diligence_kind(
    *,
    organisation: Organisation,
    name: str,
    asks: str,
    kinds: Collection[str],
    months: int | None,
    cover: int | None,
    starts: date,
    actor: Actor,
    at: datetime,
    reason: str,
) -> DiligenceKind:
    """Ask for a check of every provider from a day. kinds: of agreements that ask for it, none for all. cover: pence.

    Raises Refused for no name, one that is asked for already, and kinds, months or cover that are none.
    """
    require(actor, CommissioningPermission.MANAGE, Record(organisation=organisation))
    facts = _facts(organisation, name=name, asks=asks, kinds=kinds, months=months, cover=cover)
    why = need_reason(reason, "Say who agreed it")
    with transaction.atomic():
        with recording("diligence.asked_for", organisation, actor=actor, at=at, reason=why):
            made = DiligenceKind.objects.create(organisation=organisation, starts=starts, **facts)
        follow(AgreementLine.objects.filter(organisation=organisation))
    return made


def change_diligence_kind(
    kind: DiligenceKind,
    *,
    name: str,
    asks: str,
    kinds: Collection[str],
    months: int | None,
    cover: int | None,
    actor: Actor,
    at: datetime,
    reason: str,
) -> DiligenceKind:
    """Change what a check asks for. What was seen before stands. Raises Refused as add_diligence_kind."""
    require(actor, CommissioningPermission.MANAGE, Record(organisation=kind.organisation))
    _standing(kind)
    facts = _facts(kind.organisation, but=kind.pk, name=name, asks=asks, kinds=kinds, months=months, cover=cover)
    why = need_reason(reason, "Say who agreed it")
    with transaction.atomic():
        with recording("diligence.changed", kind.organisation, actor=actor, at=at, reason=why):
            for field, value in facts.items():
                setattr(kind, field, value)
            kind.save()
        follow(AgreementLine.objects.filter(organisation=kind.organisation))
    return kind


def end_diligence_kind(kind: DiligenceKind, *, actor: Actor, at: datetime, reason: str) -> DiligenceKind:
    """Ask for a check no more, from today. What was seen of it stays in the history. Raises Refused where it ended."""
    require(actor, CommissioningPermission.MANAGE, Record(organisation=kind.organisation))
    _standing(kind)
    why = need_reason(reason, "Say who agreed it")
    with transaction.atomic():
        with recording("diligence.asked_no_more", kind.organisation, actor=actor, at=at, reason=why):
            kind.ended_on = local_date(at)
            kind.save()
        follow(AgreementLine.objects.filter(organisation=kind.organisation))
    return kind


def check_provider(
    provider: Provider,
    *,
    kind: DiligenceKind,
    on: date,
    seen: str,
    post: Post,
    expires: date | None = None,
    cover: int | None = None,
    agreement: Agreement | None = None,
    name: str = "",
    content: BinaryIO | None = None,
    actor: Actor,
    at: datetime,
    reason: str = "",
) -> DiligenceCheck:
    """Record what was seen of a provider, by which post, on a day; the last one of a kind counts.

    expires: the last day on which it holds; without one, so many months on as its kind says. cover: pence. name, content: a
    file that shows it, kept on the record of the agreement for which it was seen.

    Raises Refused for a kind that is not asked for here, nothing seen, a day to come, one that has run out before it was seen,
    less cover than is asked for, and a file without an agreement with this provider.
    """
    require(actor, CommissioningPermission.MANAGE, Record(organisation=provider.organisation))
    _asked_here(kind, provider)
    if not seen.strip():
        raise Refused("seen", "Enter what was seen, such as the policy’s number or the accounts’ year")
    not_to_come(on, local_date(at))
    if expires is None and kind.months:
        expires = add_months(on, kind.months)
    if expires is not None and expires < on:
        raise Refused("expires", f"Enter a day on or after {say_date(on)}, when it was seen")
    if kind.cover and (cover is None or cover < kind.cover):
        asks = rules.pounds(kind.cover)
        raise Refused(
            "cover", f"Enter a cover of {asks} or more, or have it waived: this is the least that is asked for"
        )
    if content is not None and (agreement is None or agreement.provider_id != provider.pk):
        raise Refused("agreement", "Choose the agreement for which it was seen: the file is kept with it")
    facts = {"on": on, "seen": seen.strip(), "post": post, "expires": expires, "cover": cover}
    with transaction.atomic():
        file = None
        if content is not None and agreement is not None:
            said = reason or f"{kind.name}: {seen}"
            file = add_file(agreement.record, name=name, content=content, actor=actor, at=at, reason=said)
        return _made("provider.checked", provider, kind, facts | {"file": file}, actor=actor, at=at, reason=reason)


def bring_in_checks(
    found: Sequence[DiligenceCheck], *, organisation: Organisation, actor: Actor, at: datetime, reason: str
) -> list[DiligenceCheck]:
    """Record what was seen of many providers of a body at once, as a load or a yearly round does: an entry on each provider.

    Raises Refused, naming the provider, for one of another body, nothing seen, a day to come, and less cover than is asked for.
    """
    require(actor, CommissioningPermission.MANAGE, Record(organisation=organisation))
    why, today = need_reason(reason), local_date(at)
    for one in found:
        if {one.provider.organisation_id, one.kind.organisation_id} != {
            organisation.pk
        } or one.kind.ended_on is not None:
            raise Refused("kind", f"{one.provider}: choose a check that is asked for")
        if not one.seen.strip():
            raise Refused("seen", f"{one.provider}: enter what was seen")
        if one.on > today:
            raise Refused("on", f"{one.provider}: enter today, or a day that has passed")
        if one.kind.cover and (one.cover or 0) < one.kind.cover:
            raise Refused("cover", f"{one.provider}: enter a cover of {rules.pounds(one.kind.cover)} or more")
    providers = {one.provider_id: one.provider for one in found}
    with transaction.atomic():
        with recording_many("provider.checked", list(providers.values()), actor=actor, at=at, reason=why):
            made = DiligenceCheck.objects.bulk_create(found)
        follow(AgreementLine.objects.filter(provider__in=list(providers)))
    return made


def waive_check(
    provider: Provider,
    *,
    kind: DiligenceKind,
    post: Post,
    until: date,
    actor: Actor,
    at: datetime,
    reason: str,
) -> DiligenceCheck:
    """Let a check of a provider be until a day, by a post that may, for a reason; it is shown as waived.

    Raises Refused for a kind that is not asked for here, no reason, and a day that has passed or is more than a year on.
    """
    require(actor, CommissioningPermission.OVERRIDE, Record(organisation=provider.organisation))
    _asked_here(kind, provider)
    why, today = need_reason(reason, "Say why it may be let be"), local_date(at)
    if not today <= until <= add_months(today, WAIVED_FOR):
        raise Refused("until", f"Enter a day from today, at most {WAIVED_FOR} months on")
    if post.organisation_id != provider.organisation_id:
        raise Refused("post", "Choose a post of this body")
    facts = {"on": today, "post": post, "expires": until, "waived": True}
    with transaction.atomic():
        return _made("provider.check_waived", provider, kind, facts, actor=actor, at=at, reason=why)


def _made(
    event: str,
    provider: Provider,
    kind: DiligenceKind,
    facts: dict[str, Any],
    *,
    actor: Actor,
    at: datetime,
    reason: str,
) -> DiligenceCheck:
    with recording(event, provider, actor=actor, at=at, reason=reason.strip()):
        made = DiligenceCheck.objects.create(provider=provider, kind=kind, **facts)
    follow(AgreementLine.objects.filter(provider=provider))
    return made


def _standing(kind: DiligenceKind) -> None:
    if kind.ended_on is not None:
        raise Refused("reason", f"This check is asked for no more since {say_date(kind.ended_on)}: add a new one")


def _asked_here(kind: DiligenceKind, provider: Provider) -> None:
    if kind.organisation_id != provider.organisation_id or kind.ended_on is not None:
        raise Refused("kind", "Choose a check that is asked for")


def _facts(
    organisation: Organisation,
    *,
    name: str,
    asks: str,
    kinds: Collection[str],
    months: int | None,
    cover: int | None,
    but: int = 0,
) -> dict[str, Any]:
    called = " ".join(name.split())[:120]
    if not called:
        raise Refused("name", "Enter what is checked, such as Public liability insurance")
    held = DiligenceKind.objects.filter(organisation=organisation, ended_on=None, name__iexact=called).exclude(pk=but)
    if held.exists():
        raise Refused("name", f"{called} is asked for already: change that, or enter another name")
    if set(kinds) - set(rules.KINDS):
        raise Refused("kinds", "Choose kinds of agreement, or none where all ask for it")
    if months is not None and not 1 <= months <= LONGEST:
        raise Refused("months", f"Enter from 1 to {LONGEST} months, or nothing where it does not run out")
    if cover is not None and cover <= 0:
        raise Refused("cover", "Enter a cover above nothing, or leave it empty where it is no insurance")
    chosen = ",".join(one for one in rules.KINDS if one in kinds)
    return {"name": called, "asks": asks.strip(), "kinds": chosen, "months": months, "cover": cover}
