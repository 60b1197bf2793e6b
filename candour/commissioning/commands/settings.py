"""What agreements are made with: providers, funding streams, templates."""

from datetime import date, datetime

from candour.commissioning import rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.models import FundingStream, Provider, Template
from candour.commissioning.queries import providers, template_in_use
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date, say_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Organisation
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused, need_reason


def add_provider(
    *,
    organisation: Organisation,
    name: str,
    actor: Actor,
    at: datetime,
    reason: str,
    charity_number: str = "",
    company_number: str = "",
    effective: date | None = None,
) -> Provider:
    """Add a provider to those that a body can have agreements with.

    Raises Refused for an empty name, one that the actor sees already, and for numbers that no regulator gives.
    """
    require(actor, CommissioningPermission.MANAGE, Record(organisation=organisation))
    called = _named(name, organisation, actor)
    numbers = {"charity_number": charity_number, "company_number": company_number}
    with recording("provider.added", actor=actor, at=at, effective=effective, reason=need_reason(reason)):
        return Provider.objects.create(organisation=organisation, name=called, **_numbers(numbers))


def change_provider(
    provider: Provider, *, name: str, charity_number: str, company_number: str, actor: Actor, at: datetime, reason: str
) -> Provider:
    """Correct the name and numbers of a provider. Raises Refused as add_provider."""
    require(actor, CommissioningPermission.MANAGE, Record(organisation=provider.organisation))
    called = _named(name, provider.organisation, actor, but=provider.pk)
    numbers = _numbers({"charity_number": charity_number, "company_number": company_number})
    why = need_reason(reason, "Say why it changes")
    with recording("provider.changed", provider, actor=actor, at=at, reason=why):
        provider.name = called
        provider.charity_number, provider.company_number = numbers["charity_number"], numbers["company_number"]
        provider.save()
    return provider


def _named(name: str, organisation: Organisation, actor: Actor, but: int = 0) -> str:
    called = " ".join(name.split())
    if not called:
        raise Refused("name", "Enter the provider’s full name")
    if providers(actor).filter(organisation=organisation, name__iexact=called).exclude(pk=but).exists():
        raise Refused("name", f"{called} is there already: choose it when you raise the agreement")
    return called[:200]


def _numbers(given: dict[str, str]) -> dict[str, str]:
    checks = {"charity_number": rules.charity_number, "company_number": rules.company_number}
    found = {}
    for name, check in checks.items():
        try:
            found[name] = check(given[name])
        except ValueError as error:
            raise Refused(name, str(error)) from None
    return found


def add_stream(
    *,
    organisation: Organisation,
    code: str,
    name: str,
    year: str,
    budget: int,
    actor: Actor,
    at: datetime,
    reason: str,
    funder: str = "",
    conditions: str = "",
    ring_fence: str = "",
    effective: date | None = None,
) -> FundingStream:
    """Add a funding stream of a year with its budget (pence). Raises Refused for a code or year that is none, or is taken."""
    require(actor, CommissioningPermission.MANAGE, Record(organisation=organisation))
    code, called = code.strip().upper(), " ".join(name.split())
    if not rules.CODE.match(code):
        raise Refused("code", "Enter a code of up to 8 letters and digits, beginning with a letter")
    if not called:
        raise Refused("name", "Enter the stream’s name")
    if not rules.year_ok(year):
        raise Refused("year", "Enter the financial year as 2025/26")
    if budget < 0:
        raise Refused("budget", "Enter a budget of nothing or more")
    if FundingStream.objects.filter(organisation=organisation, code=code, year=year).exists():
        raise Refused("code", f"{code} of {year} is there already: enter another code or year")
    with recording("stream.added", actor=actor, at=at, effective=effective, reason=need_reason(reason)):
        return FundingStream.objects.create(
            organisation=organisation,
            code=code,
            name=called[:200],
            year=year,
            budget=budget,
            funder=funder.strip()[:200],
            conditions=conditions,
            ring_fence=" ".join(ring_fence.split())[:300],
        )


def set_template(
    *,
    organisation: Organisation,
    kind: str,
    version: str,
    starts: date,
    actor: Actor,
    at: datetime,
    reason: str,
) -> Template:
    """Say which version of a kind's template is used from a day. Copies on an older one that are attached later are told so.

    Raises Refused for a kind or version that is none, a version that is there, and a day before that of the one in use.
    """
    require(actor, CommissioningPermission.MANAGE, Record(organisation=organisation))
    version = version.strip()[:40]
    if kind not in rules.KINDS:
        raise Refused("kind", "Choose the kind of agreement")
    if not version:
        raise Refused("version", "Enter the version as it stands on the template")
    if Template.objects.filter(organisation=organisation, kind=kind, version=version).exists():
        raise Refused("version", f"Version {version} is there already")
    before = template_in_use(organisation.pk, kind, date.max)
    if before and starts <= before.starts:
        raise Refused(
            "starts", f"Enter a day after {say_date(before.starts)}, when version {before.version} came into use"
        )
    why = need_reason(reason, "Say who agreed it")
    with recording("agreement.template_set", organisation, actor=actor, at=at, effective=local_date(at), reason=why):
        return Template.objects.create(organisation=organisation, kind=kind, version=version, starts=starts)
