"""Other records that a risk names, as an actor may see them: its links, its other half, what it was merged into."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet

from candour.kernel.access import Actor
from candour.kernel.composed import Composed
from candour.kernel.records.happened import end_words
from candour.kernel.records.kinds import kind_named
from candour.kernel.records.models import Link, Record
from candour.kernel.records.queries import Linked, visible_records
from candour.risks.models import Risk


@dataclass(frozen=True)
class Other:
    """A risk named on the page of another."""

    reference: str
    title: str
    organisation: str
    organisation_code: str


@dataclass(frozen=True)
class Others:
    """What of other records may be shown. One that is hidden is in none of these, like one that never was.

    joint: the other body's half of a joint risk, as this risk names it. claims: risks of other bodies that name this one as
    their half. linked: the other ends of standing links. names and of_links: references by the number of a record, and by
    that of a link that leads to it. ends: by the latter with kind and title too.
    """

    merged_into: Other | None = None
    joint: Other | None = None
    claims: tuple[Other, ...] = ()
    linked: tuple[Linked, ...] = ()
    names: dict[int, str] = field(default_factory=dict)
    of_links: dict[int, str] = field(default_factory=dict)
    ends: dict[int, str] = field(default_factory=dict)


def others_of(risk: Risk, *, actor: Actor, records: Iterable[int] = (), links: Iterable[int] = ()) -> Others:
    """The other records of a risk's page. records, links: numbers that entries name. One query."""
    rows = _rows(
        actor,
        tuple(sorted(records)),
        tuple(sorted(links)),
        risk=risk.pk,
        merged=risk.merged_into_id or 0,
        body=risk.record.organisation_id,
        reference=risk.record.reference,
        half_of=risk.joint_with_id or 0,
        half=risk.joint_reference,
    )
    return _sorted_out(risk, rows, set(links))


@Composed
def _rows(actor: Actor, records: tuple[int, ...], links: tuple[int, ...], *, risk: int, **numbers: Any) -> Any:
    return (
        Record.objects.alias(
            named=FilteredRelation("linked_from", condition=Q(linked_from__pk__in=[0, *links])),
            outward=FilteredRelation("linked_from", condition=Q(linked_from__record=risk, linked_from__ended=None)),
            inward=FilteredRelation("links", condition=Q(links__to=risk, links__ended=None)),
        )
        .filter(visible_records(actor), pk__in=_named(records, links, risk=risk, **numbers))
        .order_by("kind", "reference", "pk")
        .values(
            *("pk", "kind", "reference", "title", "organisation_id"),
            body=F("organisation__name"),
            code=F("organisation__code"),
            half_of=F("risk__joint_with"),
            half=F("risk__joint_reference"),
            named_by=F("named__pk"),
            outward_how=F("outward__how"),
            inward_how=F("inward__how"),
        )
    )


def _named(
    records: Iterable[int],
    links: Iterable[int],
    *,
    risk: int,
    merged: int,
    body: int,
    reference: str,
    half_of: int,
    half: str,
) -> QuerySet[Any, Any]:
    """Numbers of the records that a risk's page may name. Each part of the union is found by an index of its own."""
    numbers = Record.objects.filter(pk__in=[0, merged, *records]).order_by().values_list("pk")
    standing = Link.objects.filter(ended=None).order_by()
    claims = Risk.objects.filter(joint_with=body, joint_reference=reference)
    other = Record.objects.filter(kind="risk", organisation=half_of, reference=half)
    return numbers.union(
        Link.objects.filter(pk__in=[0, *links]).order_by().values_list("to"),
        standing.filter(record=risk).values_list("to"),
        standing.filter(to=risk).values_list("record"),
        claims.order_by().values_list("pk"),
        other.order_by().values_list("pk"),
    )


def _sorted_out(risk: Risk, rows: list[dict[str, Any]], links: set[int]) -> Others:
    by_pk = {row["pk"]: row for row in rows}
    joint = (risk.joint_with_id, risk.joint_reference)
    own = (risk.record.organisation_id, risk.record.reference)
    risks = [row for row in by_pk.values() if row["kind"] == "risk"]
    halves = [_other(row) for row in risks if risk.joint_reference and joint == _place(row)]
    claims = [_other(row) for row in risks if (row["half_of"], row["half"]) == own and joint != _place(row)]
    merged = by_pk.get(risk.merged_into_id or 0)
    linked = [_linked(row, row[side]) for row in rows for side in ("outward_how", "inward_how") if row[side]]
    return Others(
        merged_into=_other(merged) if merged else None,
        joint=halves[0] if halves else None,
        claims=tuple(claims),
        linked=tuple(dict.fromkeys(linked)),
        names={pk: row["reference"] for pk, row in by_pk.items()},
        of_links={row["named_by"]: row["reference"] for row in rows if row["named_by"] in links},
        ends={
            row["named_by"]: end_words(row["kind"], row["reference"], row["title"])
            for row in rows
            if row["named_by"] in links
        },
    )


def _place(row: dict[str, Any]) -> tuple[int, str]:
    return row["organisation_id"], row["reference"]


def _other(row: dict[str, Any]) -> Other:
    return Other(row["reference"], row["title"], row["body"], row["code"])


def _linked(row: dict[str, Any], how: str) -> Linked:
    kind = kind_named(row["kind"])
    return Linked(how, kind.label, row["reference"], row["title"], kind.address(row["code"], row["reference"]))
