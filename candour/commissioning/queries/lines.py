"""Read lines and search texts of agreements, for the kernel to write and to check."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import DateField, Value
from django.db.models.functions import Cast

from candour.commissioning.models import Agreement, Contact, Document, Order, Payment, Return, Serving, Variation
from candour.commissioning.queries.care.standing import cares_of
from candour.commissioning.queries.rows import FACTS, KEYS, hanging_on, line_of
from candour.commissioning.rules import fails_any_day
from candour.kernel.history.queries import grouped
from candour.kernel.records.models import Record

RECORD_VALUES = ("reference", "title", "organisation_id", "owner_id", "sensitivity", "closed_on")
AGREEMENT_VALUES = (
    *("provider_id", "stream_id", "step_post_id"),
    *(name for name in FACTS if name not in ("sensitivity", "closed_on")),
)
TABLES: Mapping[str, Any] = {
    "variations": Variation,
    "orders": Order,
    "contacts": Contact,
    "documents": Document,
    "returns": Return,
    "payments": Payment,
    "servings": Serving,
}


SUMMED = ("returns", "payments", "servings")  # of which a page of one agreement needs no more than the read line says


def tables_of(pks: Any, *, but: Sequence[str] = ()) -> Mapping[str, Mapping[int, Any]]:
    """What hangs on some agreements, each table by agreement. pks: numbers, or a queryset of them. A query for each table.

    but: tables that are left out. Variations and orders come together.
    """
    found: dict[str, Mapping[int, Any]] = {
        name: grouped(list(model.objects.filter(agreement__record__in=pks).order_by().values()), "agreement_id")
        for name, model in TABLES.items()
        if name not in (*but, *MONEY)
    }
    return found | moved(pks)


MONEY = ("variations", "orders")


def moved(pks: Any) -> dict[str, Mapping[int, Any]]:
    """The variations and orders of some agreements, each table by agreement. One query."""
    no_day = Value(None, output_field=DateField(null=True))
    varied = Variation.objects.filter(agreement__record__in=pks).order_by().values_list(
        Value("variations"), "id", "agreement_id", "on", "ground", "change", "new_end", Value(False)
    )  # fmt: skip
    ordered = Order.objects.filter(agreement__record__in=pks).order_by().values_list(
        Value("orders"), "id", "agreement_id", "on", "number", "value", Cast(no_day, DateField()), "early"
    )  # fmt: skip
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in MONEY}
    for name, pk, agreement, on, word, amount, day, early in varied.union(ordered, all=True):
        row: dict[str, Any] = {"id": pk, "agreement_id": agreement, "on": on}
        if name == "variations":
            row |= {"ground": word, "change": amount, "new_end": day}
        else:
            row |= {"number": word, "value": amount, "early": bool(early)}
        rows[name].append(row)
    return {name: grouped(held, "agreement_id") for name, held in rows.items()}


def agreement_lines(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The lines of some agreements as they should stand, as values by column. Eight queries."""
    records = {row["id"]: row for row in Record.objects.filter(pk__in=pks).values("id", *RECORD_VALUES)}
    tables = tables_of(pks)
    agreements = list(Agreement.objects.filter(pk__in=pks).values("record_id", "stream__code", *AGREEMENT_VALUES))
    bodies = {one["organisation_id"] for one in records.values()}
    cares = cares_of({one["provider_id"] for one in agreements}, bodies)
    lines = {}
    for agreement in agreements:
        pk = agreement["record_id"]
        record = records[pk]
        care = vars(cares.of(agreement["provider_id"], agreement["kind"], record["organisation_id"]))
        line = line_of(record | agreement | care, hanging_on(pk, tables))
        # A step that names no post is seen to by the lead.
        holder = (agreement["step_post_id"] or record["owner_id"]) if line.step_due else None
        values = dict(vars(line)) | {
            "fails": fails_any_day(line),
            "stream_code": agreement["stream__code"],
            "step_post_id": holder,
        }
        values |= {f"{key}_id": values.pop(key) for key in KEYS}
        lines[pk] = values | {"record_id": pk, **{name: record[name] for name in ("reference", "title", "owner_id")}}
    return lines


def agreement_texts(pks: Sequence[int]) -> dict[int, str]:
    """What search finds some agreements by: reference, title, provider, project code, specification. Two queries."""
    records = Record.objects.filter(pk__in=pks).values_list("pk", "reference", "title")
    parts: dict[int, list[str]] = {pk: [reference, title] for pk, reference, title in records}
    texts = Agreement.objects.filter(pk__in=pks).values_list("pk", "provider__name", "project_code", "specification")
    for pk, *found in texts:
        parts[pk] += found
    return {pk: "\n".join(part for part in found if part) for pk, found in parts.items()}
