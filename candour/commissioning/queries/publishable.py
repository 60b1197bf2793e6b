"""The agreements that may be published, with what hangs on them, and what a body tells the standards of itself."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F, QuerySet

from candour.commissioning.models import (
    Agreement,
    AgreementLine,
    Indicator,
    Payment,
    Publishing,
    Variation,
    Withheld,
)
from candour.commissioning.queries.register import lines
from candour.commissioning.rules.publishing import (
    LICENCE,
    Change,
    Measured,
    Publishable,
    Publisher,
    Spent,
    Supplier,
)
from candour.kernel.access import Actor
from candour.kernel.history.queries import grouped
from candour.kernel.people.models import Organisation

Values = Mapping[str, Any]
TOLD = ("ocid_prefix", "giving_prefix", "scheme", "number", "website", "contracts_over", "spend_over")
OF_AGREEMENT = (
    *("kind", "service", "area", "starts", "ends", "last_end", "value", "awarded_on", "procedure", "bids"),
    *("office_signed_on", "provider_signed_on"),
)


def publisher_of(organisation: Organisation) -> Publisher:
    """What a body tells of itself; what holds without its word where it has said nothing. One query."""
    found = Publishing.objects.filter(organisation=organisation).first()
    given = {name: getattr(found, name) for name in TOLD} if found else {}
    licence = (found.licence if found else "") or LICENCE
    return Publisher(code=organisation.code, name=organisation.name, licence=licence, **given)


def public_lines(actor: Actor, organisation: int) -> QuerySet[AgreementLine]:
    """The lines of a body’s own agreements that may be published, as far as the actor sees them."""
    return lines(actor).filter(organisation=organisation, sensitivity="public")


def publishable(rows: QuerySet[AgreementLine], *, payments: bool = True) -> list[Publishable]:
    """Agreements with what hangs on them, by reference. Five queries; four without payments. rows: of public_lines."""
    columns = {
        **{f"of_{name}": F(f"record__agreement__{name}") for name in OF_AGREEMENT},
        "text": F("record__agreement__specification"),
        "code": F("organisation__code"),
        **{f"provider_{name}": F(f"provider__{name}") for name in ("name", "charity_number", "company_number")},
        **{f"stream_{name}": F(f"stream__{name}") for name in ("name", "year")},
    }
    found = list(
        rows.annotate(**columns)
        .order_by("reference", "pk")
        .values("pk", "reference", "provider_id", "closed_on", "stream_code", *columns)
    )
    hanging = hanging_on(rows.order_by().values("pk"), payments=payments)
    return [_row(row, {name: held.get(row["pk"], ()) for name, held in hanging.items()}) for row in found]


def hanging_on(pks: Any, *, payments: bool = True) -> dict[str, Mapping[int, Any]]:
    """What hangs on some agreements and is published, each table by agreement. Four queries; three without payments."""
    paid = Payment.objects.filter(agreement__in=pks).order_by("on", "pk")
    return {
        "changes": _of(Variation.objects.filter(agreement__in=pks).order_by("on", "pk")),
        "payments": _of(paid) if payments else {},
        "withheld": _of(Withheld.objects.filter(agreement__in=pks, ended_on=None).order_by("pk")),
        "indicators": _indicators(pks),
    }


def published_of(it: Agreement, hanging: Mapping[str, Mapping[int, Any]]) -> Publishable:
    """One agreement as it is published, from its row and what hangs on it. No query."""
    row: dict[str, Any] = {f"of_{name}": getattr(it, name) for name in OF_AGREEMENT}
    row |= {
        "pk": it.pk,
        "reference": it.record.reference,
        "code": it.record.organisation.code,
        "text": it.specification,
    }
    row |= {"provider_id": it.provider_id, "closed_on": it.record.closed_on}
    row |= {f"provider_{name}": getattr(it.provider, name) for name in ("name", "charity_number", "company_number")}
    row |= {f"stream_{name}": getattr(it.stream, name) for name in ("name", "code", "year")}
    return _row(row, {name: held.get(it.pk, ()) for name, held in hanging.items()})


def _of(rows: QuerySet[Any]) -> Mapping[int, Any]:
    return grouped(list(rows.values()), "agreement_id")


def _row(row: Values, hanging: Mapping[str, Iterable[Values]]) -> Publishable:
    return Publishable(
        pk=row["pk"],
        reference=row["reference"],
        organisation=row["code"],
        **{name: row[f"of_{name}"] for name in OF_AGREEMENT},
        text=(row["text"] or "").strip(),
        supplier=Supplier(
            row["provider_id"], row["provider_name"], row["provider_charity_number"], row["provider_company_number"]
        ),
        stream=row["stream_name"],
        stream_code=row["stream_code"],
        year=row["stream_year"],
        closed_on=row["closed_on"],
        changes=tuple(
            Change(one["id"], one["on"], one["ground"], one["change"], one["new_end"]) for one in hanging["changes"]
        ),
        payments=tuple(
            Spent(one["number"], one["on"], one["amount"], one["purpose"], one["withheld"])
            for one in hanging["payments"]
        ),
        indicators=tuple(_measured(one) for one in hanging["indicators"]),
        withheld={one["part"]: one["ground"] for one in hanging["withheld"]},
    )


def _measured(one: Values) -> Measured:
    return Measured(one["name"], one["target"], tuple((each["on"], each["rating"]) for each in one["ratings"]))


def _indicators(pks: Any) -> Mapping[int, Any]:
    """The KPIs that are measured, each with its ratings, the earliest first. One query."""
    rows = Indicator.objects.filter(agreement__in=pks, ended_on=None)
    columns = {f"of_{name}": F(f"ratings__{name}") for name in ("on", "rating", "said")}
    found: dict[int, dict[str, Any]] = {}
    for row in (
        rows.annotate(**columns)
        .order_by("pk", "ratings__on", "ratings__pk")
        .values("id", "agreement_id", "name", "target", *columns)
    ):
        one = found.setdefault(row["id"], {**row, "ratings": []})
        if row["of_on"]:
            one["ratings"].append({name: row[f"of_{name}"] for name in ("on", "rating", "said")})
    return grouped(list(found.values()), "agreement_id")
