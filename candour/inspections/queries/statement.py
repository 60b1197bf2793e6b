"""The force management statement: its items by year and section, as they stand or stood, and one with its progress."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from candour.inspections import rules
from candour.inspections.access import InspectionPermission
from candour.inspections.models import Progress, StatementItem, StatementLine
from candour.inspections.queries.lines import stated_of
from candour.kernel.access import Actor
from candour.kernel.history.queries import as_at as states_on
from candour.kernel.history.queries import grouped
from candour.kernel.records.compile import compiled, holds
from candour.kernel.records.models import Record, stricter, visible
from candour.kernel.records.queries import seen_then
from candour.kernel.records.search import matching

SEE = InspectionPermission.SEE
FIELDS = tuple(rules.Stated.__dataclass_fields__)
VIEWS: Mapping[str, str] = {
    "open": "Open",
    "overdue": "Overdue",
    "risk": "At risk",
    "ended": "Done or dropped",
    "all": "Everything",
}


@dataclass(frozen=True)
class StatedRow:
    """An item as it stood on a day. asked and progress (oldest first) where they were read."""

    pk: int
    reference: str
    title: str
    organisation_id: int
    organisation: str
    organisation_code: str
    owner: str
    owner_id: int | None
    sensitivity: str
    line: rules.Stated
    state: str
    asked: str = ""
    progress: tuple[Mapping[str, Any], ...] = ()

    @property
    def restricted(self) -> bool:
        return self.sensitivity == "restricted"


def stated_lines(actor: Actor) -> QuerySet[StatementLine]:
    """The lines that an actor may see."""
    return StatementLine.objects.filter(visible(actor, SEE))


def years(actor: Actor) -> list[str]:
    """The years of the statements that an actor sees, the newest first. One query."""
    return list(stated_lines(actor).order_by("-year").values_list("year", flat=True).distinct())


def _of_view(view: str, today: date) -> Q:
    return {
        "open": lambda: Q(closed_on=None),
        "overdue": lambda: Q(holds(rules.STATED, "Overdue", today)),
        "risk": lambda: Q(holds(rules.STATED, "At risk", today)),
        "ended": lambda: ~Q(closed_on=None),
        "all": Q,
    }[view or "open"]()


def statement_page(
    actor: Actor, *, year: str, view: str, words: str, today: date, offset: int, size: int
) -> tuple[tuple[StatedRow, ...], dict[str, int]]:
    """One page of the items of a year under a view, and how many each view holds. Two queries."""
    every = stated_lines(actor).filter(year=year) if year else stated_lines(actor)
    every = every.filter(matching(words)) if words else every
    asked: dict[str, Any] = {f"view_{name}": Count("pk", filter=_of_view(name, today)) for name in VIEWS}
    counts = every.order_by().aggregate(**asked)
    rows = (
        every.filter(_of_view(view, today))
        .annotate(
            rank=compiled(rules.STATED_RANK, today),
            title=F("record__title"),
            organisation_label=F("organisation__name"),
            organisation_code=F("organisation__code"),
            owner_label=F("owner__title"),
        )
        .order_by("rank", F("due").asc(nulls_last=True), "reference", "pk")[offset : offset + size]
    )
    return tuple(_row(row, line_from(row), today) for row in rows.values()), {
        name: counts[f"view_{name}"] for name in VIEWS
    }


def line_from(values: Mapping[str, Any]) -> rules.Stated:
    return rules.Stated(**{name: values["organisation_id" if name == "organisation" else name] for name in FIELDS})


def _row(values: Mapping[str, Any], line: rules.Stated, today: date, **more: Any) -> StatedRow:
    return StatedRow(
        pk=values["record_id"],
        reference=values["reference"],
        title=values["title"],
        organisation_id=values["organisation_id"],
        organisation=values["organisation_label"],
        organisation_code=values["organisation_code"],
        owner=values["owner_label"] or "",
        owner_id=values["owner_id"],
        sensitivity=values["sensitivity"],
        line=line,
        state=rules.stated_state(line, today),
        **more,
    )


def statement_item_at(organisation: str, reference: str, *, actor: Actor) -> StatementItem:
    """The item at an address. Raises StatementItem.DoesNotExist alike for one that is hidden and one that never was."""
    rows = StatementItem.objects.select_related("record__organisation", "record__owner")
    return rows.get(
        visible(actor, SEE, "record__"),
        record__kind="statement-item",
        record__organisation__code=organisation,
        record__reference=reference,
    )


def statement_on(
    actor: Actor,
    records: QuerySet[Record] | None,
    *,
    as_at: date,
    organisation: int | None = None,
    known_on: datetime | None = None,
) -> list[StatedRow]:
    """Items as they stood at the end of a day, each with its progress, by year, section and reference. Five queries."""
    if records is None:
        records = Record.objects.filter(visible(actor, SEE), kind="statement-item", organisation=organisation)
    today = {row["id"]: row for row in records.values("id", "sensitivity", "organisation__code")}
    seen = {}
    for state in states_on(records, as_at, known_on=known_on):
        state["sensitivity"] = stricter(state["sensitivity"], today[state["id"]]["sensitivity"])
        if seen_then(actor, state):
            seen[state["id"]] = state | {"organisation_code": today[state["id"]]["organisation__code"]}
    stood = states_on(StatementItem.objects.filter(record__in=list(seen)), as_at, known_on=known_on)
    said = grouped(states_on(Progress.objects.filter(item__in=list(seen)), as_at, known_on=known_on), "item_id")
    rows = [_whole(seen[item["record_id"]], item, said.get(item["record_id"], ()), as_at) for item in stood]
    return sorted(rows, key=lambda row: (row.line.year, row.line.section, row.reference))


def statement_in_full(it: StatementItem, *, today: date) -> StatedRow:
    """An item with its progress, as it stands. One query."""
    record = it.record
    values = {
        "id": record.pk,
        "reference": record.reference,
        "title": record.title,
        "organisation_id": record.organisation_id,
        "organisation_label": str(record.organisation),
        "organisation_code": record.organisation.code,
        "owner_id": record.owner_id,
        "owner_label": str(record.owner or ""),
        "sensitivity": record.sensitivity,
        "closed_on": record.closed_on,
    }
    item = {name: getattr(it, name) for name in ("record_id", "year", "section", "asked", "due", "left")}
    return _whole(values, item, list(Progress.objects.filter(item=it).values()), today)


def _whole(
    record: Mapping[str, Any], item: Mapping[str, Any], said: Sequence[Mapping[str, Any]], today: date
) -> StatedRow:
    progress: Iterable[Mapping[str, Any]] = sorted(said, key=lambda one: (one["dated"], one["id"]))
    line = stated_of(record, item, said)
    return _row(
        dict(record) | {"record_id": item["record_id"]}, line, today, asked=item["asked"], progress=tuple(progress)
    )
