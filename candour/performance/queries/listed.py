"""The list of measures as it stood at the end of a past day, from the lines that are kept of past days."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from candour.kernel.access import Actor
from candour.kernel.history.queries import as_at as states
from candour.kernel.history.queries import word_as_at
from candour.kernel.history.rows import among, numbered
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


DECIDED_BY = Stood._fields.index("closed_on")  # from there on


class PastRow(NamedTuple):
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


class Today(NamedTuple):
    """What is read today of a measure whose line of a past day is shown.

    deep: whether a share lets a restricted one be seen. then: the number of the line of that day. kept: whether it has any.
    """

    pk: int
    sensitivity: str
    organisation_code: str
    shared: bool
    deep: bool
    then: int | None
    kept: bool


def rows_on(actor: Actor, wanted: MeasureFilter, *, as_at: date) -> list[PastRow]:
    """Every measure of a body as it stood at the end of a day, whatever view. Two queries.

    What may be seen is the stricter of that day's sensitivity and today's. A measure of which no line is kept, as none was
    before a version that keeps them, is worked out: eight queries more.
    """
    today, deciding = _today(actor, records_of(actor, wanted), as_at), Deciding(as_at)
    kept = PastLine.objects.filter(numbered([one.then for one in today if one.then])).values_list(*Stood._fields)
    lines, by_number = map(Stood._make, kept), {one.pk: one for one in today}
    rows = [deciding.row(line, one) for line in lines if _seen(actor, line, one := by_number[line.record_id])]
    if missing := [one.pk for one in today if not one.kept]:
        rows += _worked_out(actor, Record.objects.filter(pk__in=missing), as_at)
    return sorted(rows, key=lambda row: row.reference)


def _today(actor: Actor, records: QuerySet[Record], day: date) -> list[Today]:
    """What does not change of each measure, and which line is that of a day. One query."""
    lines = PastLine.objects.filter(record=OuterRef("pk"))
    columns = {
        "organisation_code": F("organisation__code"),
        "shared": Exists(Share.objects.filter(record=OuterRef("pk"), ended=None)),
        "deep": Exists(shares_for(actor).filter(record=OuterRef("pk"))),
        "then": Subquery(lines.filter(since__lte=day).order_by("-since").values("pk")[:1]),
        "kept": Exists(lines),
    }
    return list(map(Today._make, records.annotate(**columns).order_by().values_list("pk", "sensitivity", *columns)))


def _seen(actor: Actor, line: Stood, today: Today) -> bool:
    if stricter(line.sensitivity, today.sensitivity) != Sensitivity.RESTRICTED:
        return True
    state = line._asdict() | {"id": line.record_id, "sensitivity": Sensitivity.RESTRICTED.value}
    return seen_then(actor, state, shared=today.deep)


class Deciding:
    """How lines stand on a day. Very many are decided by the same few dates and words: each of these is read once."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.known: dict[tuple[Any, ...], tuple[str, bool]] = {}

    def row(self, line: Stood, today: Today) -> PastRow:
        by = line[DECIDED_BY:]
        if by not in self.known:
            self.known[by] = rules.state(line, self.day), rules.is_exception(line, self.day)
        return PastRow(
            line.record_id,
            line.reference,
            stricter(line.sensitivity, today.sensitivity),
            today.organisation_code,
            bool(today.shared),
            line,
            *self.known[by],
            line.id,
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
        titles = word_as_at(Record.objects.filter(among([row.pk for row in found])), "title", as_at)
        found = [row for row in found if _says(f"{row.reference} {titles[row.pk]} {row.line.topic}", words)]
    return sorted(found, key=lambda row: (rules.ORDER.index(row.state), row.reference))


def _says(text: str, words: Sequence[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)


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
