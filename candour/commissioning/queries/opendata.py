"""What would be published of a body's agreements today, how much of it lacks something, and which agreements those are."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from candour.commissioning.models import AgreementLine, Payment, Withheld
from candour.commissioning.queries.publishable import public_lines, publishable
from candour.commissioning.queries.register import lines
from candour.commissioning.rules.faults import Fault, contract_faults, grant_faults
from candour.commissioning.rules.publishing import KPIS_OVER, PROCURED, Publishable, Publisher
from candour.kernel.access import Actor
from candour.kernel.calendar import add_months


@dataclass(frozen=True)
class Counts:
    """How many are published, wait to begin or be decided, are left out, are withheld, and are not for the public."""

    published: int
    waiting: int
    left_out: int
    withheld: int
    not_public: int


@dataclass(frozen=True)
class Overview:
    """Contracts, grants and the spend of the last whole month (payments, pence) as they would be published on a day."""

    contracts: Counts
    grants: Counts
    payments: int
    spent: int
    redacted: int
    month: date


def overview(actor: Actor, organisation: int, body: Publisher, *, today: date) -> Overview:
    """The counts of everything, as the actor may know of it. Two queries."""
    mine = _annotated(lines(actor).filter(organisation=organisation))
    public, wholly = Q(sensitivity="public"), Q(whole=True)
    let = Q(kind__in=PROCURED) & (Q(value=None) | Q(value__gt=body.contracts_over))
    grant, some = Q(kind="grant"), Q(whole=True) | Q(part=True)
    begun, decided = Q(begun__lte=today), Q(decided__lte=today)
    asked = {
        "contracts_published": let & public & ~wholly & begun & Q(value__isnull=False),
        "contracts_waiting": let & public & ~wholly & Q(begun__gt=today) & Q(value__isnull=False),
        "contracts_left_out": let & public & ~wholly & (Q(value=None) | Q(begun=None)),
        "contracts_withheld": let & public & wholly,
        "contracts_not_public": let & ~public,
        "grants_published": grant & public & ~some & decided & Q(value__isnull=False),
        "grants_waiting": grant & public & ~some & Q(decided__gt=today) & Q(value__isnull=False),
        "grants_left_out": grant & public & ~some & (Q(value=None) | Q(decided=None)),
        "grants_withheld": grant & public & some,
        "grants_not_public": grant & ~public,
    }
    found = mine.order_by().aggregate(**{name: Count("pk", filter=what) for name, what in asked.items()})
    names = ("published", "waiting", "left_out", "withheld", "not_public")
    contracts, grants = (Counts(*(found[f"{kind}_{name}"] for name in names)) for kind in ("contracts", "grants"))
    first = add_months(today.replace(day=1), -1)
    kept = Withheld.objects.filter(agreement=OuterRef("agreement"), part="all", ended_on=None)
    unnamed = Withheld.objects.filter(agreement=OuterRef("agreement"), part="supplier", ended_on=None)
    paid = (
        Payment.objects.annotate(unnamed=Exists(unnamed))
        .filter(
            ~Exists(kept),
            agreement__in=public_lines(actor, organisation).values("pk"),
            on__gte=first,
            on__lt=today.replace(day=1),
            amount__gt=body.spend_over,
        )
        .aggregate(n=Count("pk"), worth=Sum("amount"), redacted=Count("pk", filter=~Q(withheld="") | Q(unnamed=True)))
    )
    return Overview(contracts, grants, paid["n"], paid["worth"] or 0, paid["redacted"], first)


def _annotated(rows: QuerySet[AgreementLine]) -> QuerySet[Any]:
    kept = Withheld.objects.filter(agreement=OuterRef("pk"), ended_on=None)
    return rows.annotate(
        begun=Coalesce("record__agreement__awarded_on", "signed_on", "starts"),
        decided=Coalesce("record__agreement__awarded_on", "office_signed_on"),
        whole=Exists(kept.filter(part="all")),
        part=Exists(kept.exclude(part="all")),
    )


def lacking(actor: Actor, organisation: int, body: Publisher) -> QuerySet[AgreementLine]:
    """The agreements of which something is missing that a standard asks for, those without a value first.

    KPIs are looked for where the Procurement Act asks for them; see rules.faults for what each lacks.
    """
    rows = _annotated(public_lines(actor, organisation)).filter(whole=False)
    unnumbered = Q(provider__charity_number="", provider__company_number="")
    undated = Q(starts=None) | Q(ends=None)
    large = Q(value__gt=KPIS_OVER)
    let = Q(kind__in=PROCURED) & (
        Q(value=None)
        | Q(value__gt=body.contracts_over)
        & (undated | unnumbered | Q(begun=None) | Q(signed_on=None) | Q(record__agreement__procedure="") | large)
    )
    grant = Q(kind="grant", part=False) & (Q(value=None) | Q(decided=None) | undated | unnumbered)
    return rows.filter(let | grant).order_by(F("value").asc(nulls_first=True), "reference", "pk")


def faults_of(row: Publishable, body: Publisher, today: date) -> tuple[Fault, ...]:
    """What one agreement lacks, what stops it first."""
    return (*contract_faults(row, body, today), *grant_faults(row, body, today))


def lacking_page(
    actor: Actor, organisation: int, body: Publisher, *, today: date, offset: int, size: int
) -> list[tuple[Publishable, tuple[Fault, ...]]]:
    """The agreements of one page that lack something, with their faults. Five queries."""
    found = lacking(actor, organisation, body)
    pks = list(found.values_list("pk", flat=True)[offset : offset + size])
    rows = {row.pk: row for row in publishable(AgreementLine.objects.filter(pk__in=pks), payments=False)}
    return [(rows[pk], faults) for pk in pks if (faults := faults_of(rows[pk], body, today))]
