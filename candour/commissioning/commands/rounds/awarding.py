"""An award becomes an agreement, by the commands that agreements have."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from candour.commissioning import rules as of_agreements
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.commands.raising import raise_agreement
from candour.commissioning.commands.settings import add_provider
from candour.commissioning.models import Agreement, Application, Provider
from candour.commissioning.queries import providers
from candour.commissioning.rules import rounds as rules
from candour.kernel.access import Actor, require
from candour.kernel.history.recording import recording
from candour.kernel.records.commands import link
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused, need_reason

MOST_INSTALMENTS = 12


def set_conditions(
    application: Application,
    *,
    conditions: str,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Application:
    """Say what this award depends on beside the conditions of its round, a line each: its letter and agreement hold them.

    Raises Refused without an award, and once the letters went out.
    """
    require(actor, CommissioningPermission.MANAGE, application.record)
    why = need_reason(reason)
    if not application.award:
        raise Refused("conditions", "Only an award has conditions")
    if application.round.announced_on is not None:
        raise Refused("conditions", "The letters went out: agree it in the agreement instead")
    with recording(
        "application.conditions_set", application.record, actor=actor, at=at, effective=effective, reason=why
    ):
        application.conditions = "\n".join(line.strip() for line in conditions.splitlines() if line.strip())
        application.save()
    return application


def make_agreement(
    application: Application,
    *,
    service: str,
    area: str,
    starts: date,
    ends: date,
    instalments: int,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Agreement:
    """Raise the agreement of an award: a grant to the applicant from the round’s stream, in so many equal instalments.

    The provider is the one of that name, or a new one. Instalments stand in its management plan, and its conditions in its
    specification; each is recorded as an order once the gate is passed. Raises Refused as raise_agreement, before the awards
    are announced, without an award, and where there is an agreement already.
    """
    require(actor, CommissioningPermission.MANAGE, application.record)
    it = application.round
    said: dict[str, Any] = {"actor": actor, "at": at, "effective": effective, "reason": need_reason(reason)}
    if it.announced_on is None or not application.award:
        raise Refused("service", "Only an award that was announced becomes an agreement")
    if application.agreement_id is not None:
        raise Refused("service", "The agreement of this award is raised already")
    if not 1 <= instalments <= MOST_INSTALMENTS:
        raise Refused("instalments", f"Enter 1 to {MOST_INSTALMENTS} instalments")
    parts = rules.instalments(application.award, instalments)
    conditions = [*it.conditions.splitlines(), *application.conditions.splitlines()]
    with transaction.atomic():
        provider = _provider(application, said)
        agreement = raise_agreement(
            kind="grant",
            provider=provider,
            stream=it.stream,
            service=service,
            area=area,
            owner=it.record.owner,
            starts=starts,
            ends=ends,
            value=application.award,
            specification="\n".join([application.record.title, *(one for one in conditions if one.strip())]),
            management="\n".join(
                f"Instalment {number}: {of_agreements.pounds(part)}" for number, part in enumerate(parts, 1)
            ),
            **said,
        )
        record = Record.objects.get(pk=application.pk)
        with recording("application.agreed", record, **said):
            application.agreement, application.provider = agreement, provider
            application.save()
        linking = {name: said[name] for name in ("actor", "at", "reason")}
        link(Record.objects.get(pk=application.pk), to=agreement.record, how="became the agreement", **linking)
    return agreement


def _provider(application: Application, said: dict[str, Any]) -> Provider:
    body = application.round.stream.organisation
    found = providers(said["actor"]).filter(organisation=body, name__iexact=application.applicant).first()
    return found or add_provider(organisation=body, name=application.applicant, **said)
