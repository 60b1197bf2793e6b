"""The list of measures as it stood at the end of a past day, from the lines that are kept of past days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from candour.kernel.access import Actor
from candour.kernel.history.queries import as_at as states
from candour.kernel.records.models import Record, Sensitivity, Share, stricter
from candour.kernel.records.queries import seen_then, shares_for
from candour.performance import rules
from candour.performance.models import Measure, PastLine
from candour.performance.queries.past import records_of, then_on_days
from candour.performance.queries.register import MeasureFilter
from candour.performance.queries.rows import MeasureRow, line_from, measure_row


class Stood(NamedTuple):
    """What of a line decides how a measure stands, who sees it and where it is listed."""

    id: int
    record_id: int
    reference: str
    organisation_id: int
    owner_id: int | None
    sensitivity: str
    topic: str
    closed_on: date | None
    last_period: date | None
    owed_on: date | None
    due_on: date | None
    explained: bool
    variation: str
    assurance: str


@dataclass(frozen=True)
class PastRow:
    """A measure as it stood on a day, as far as an order, the views and the filters of a list ask.

    sensitivity: the stricter of that day's and today's. kept: the number of its line, None where that was worked out.
    """

    pk: int
    reference: str
    sensitivity: str
    organisation_code: str
    shared: bool
    line: Stood | rules.Line
    state: str
    exception: bool
    kept: int | None = None

    @property
    def restricted(self) -> bool:
        return self.sensitivity == "restricted"


def rows_on(actor: Actor, wanted: MeasureFilter, *, as_at: date) -> list[PastRow]:
    """Every measure of a body as it stood at the end of a day, whatever view. Two queries.

    What may be seen is the stricter of that day's sensitivity and today's. A measure of which no line is kept, as none was
    before a version that keeps them, is worked out: eight queries more.
    """
    today = _today(actor, records_of(actor, wanted), as_at)
    kept = PastLine.objects.filter(pk__in=[one["then"] for one in today.values() if one["then"]])
    rows = [_row(actor, Stood(*values), today, as_at) for values in kept.values_list(*Stood._fields)]
    if missing := [pk for pk, one in today.items() if not one["kept"]]:
        rows += _worked_out(actor, Record.objects.filter(pk__in=missing), as_at)
    return sorted((row for row in rows if row is not None), key=lambda row: row.reference)


def _today(actor: Actor, records: QuerySet[Record], day: date) -> dict[int, dict[str, Any]]:
    """What does not change of each measure, by its number, and which line is that of a day. One query."""
    lines = PastLine.objects.filter(record=OuterRef("pk"))
    columns = {
        "organisation_code": F("organisation__code"),
        "shared": Exists(Share.objects.filter(record=OuterRef("pk"), ended=None)),
        "deep": Exists(shares_for(actor).filter(record=OuterRef("pk"))),
        "then": Subquery(lines.filter(since__lte=day).order_by("-since").values("pk")[:1]),
        "kept": Exists(lines),
    }
    return {row["id"]: row for row in records.annotate(**columns).order_by().values("id", "sensitivity", *columns)}


def _row(actor: Actor, line: Stood, today: Mapping[int, Mapping[str, Any]], day: date) -> PastRow | None:
    """A line as a row; None where the actor may not see it."""
    one = today[line.record_id]
    sensitivity = stricter(line.sensitivity, one["sensitivity"])
    if sensitivity == Sensitivity.RESTRICTED:
        state = line._asdict() | {"id": line.record_id, "sensitivity": sensitivity}
        if not seen_then(actor, state, shared=one["deep"]):
            return None
    return PastRow(
        pk=line.record_id,
        reference=line.reference,
        sensitivity=sensitivity,
        organisation_code=one["organisation_code"],
        shared=bool(one["shared"]),
        line=line,
        state=rules.state(line, day),
        exception=rules.is_exception(line, day),
        kept=line.id,
    )


def _worked_out(actor: Actor, records: QuerySet[Record], day: date) -> list[PastRow]:
    (found,) = then_on_days(actor, records, days=(day,))
    names = ("pk", "reference", "sensitivity", "organisation_code", "shared", "line", "state", "exception")
    return [PastRow(**{name: getattr(one.row, name) for name in names}) for one in found]


def shown_on(rows: Sequence[PastRow], wanted: MeasureFilter, *, as_at: date) -> list[PastRow]:
    """The rows of a past day under a filter, whatever view, exceptions first. One query where words are asked for."""
    words = wanted.words.casefold().split()
    found = [
        row
        for row in rows
        if (not wanted.topic or row.line.topic == wanted.topic) and (not wanted.state or row.state == wanted.state)
    ]
    if words:
        titles = _titles(found, as_at)
        found = [row for row in found if _says(f"{row.reference} {titles[row.pk]} {row.line.topic}", words)]
    return sorted(found, key=lambda row: (rules.ORDER.index(row.state), row.reference))


def _titles(rows: Sequence[PastRow], day: date) -> dict[int, str]:
    """The title that each measure had on a day. Words are not kept on lines: they can be removed."""
    return {one["id"]: one["title"] for one in states(Record.objects.filter(pk__in=[row.pk for row in rows]), day)}


def _says(text: str, words: Sequence[str]) -> bool:
    return all(word in text.casefold() for word in words)


def in_full_on(rows: Sequence[PastRow], *, as_at: date) -> list[MeasureRow]:
    """Some rows with all that a list shows of each. Three queries."""
    pks = [row.pk for row in rows]
    records = {one["id"]: one for one in states(Record.objects.filter(pk__in=pks), as_at)}
    measures = {one["record_id"]: one for one in states(Measure.objects.filter(pk__in=pks), as_at)}
    kept = PastLine.objects.filter(pk__in=[row.kept for row in rows if row.kept]).values()
    lines: dict[int, Any] = {one["record_id"]: line_from(one) for one in kept}
    found = []
    for row in rows:
        told = {"sensitivity": row.sensitivity, "organisation_code": row.organisation_code, "shared": row.shared}
        line = replace(lines.get(row.pk, row.line), sensitivity=row.sensitivity)
        found.append(measure_row(records[row.pk] | measures[row.pk] | told, line, today=as_at))
    return found
