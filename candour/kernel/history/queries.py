"""What history can be asked: how rows stood on a day, and what happened to a record."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Func, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Concat

from candour.kernel.composed import Composed
from candour.kernel.history.canonical import digest, is_commitment, open_word, parse, spoken
from candour.kernel.history.codec import REMOVED, codec, codecs
from candour.kernel.history.locks import SEAL_LOCK
from candour.kernel.history.models import Chained, Entry, Recorded, Seal, Snapshot

PAGE = 30  # entries that a page shows at most
BETWEEN = "\n"  # the facts of a state and its words: no line ends within either, since both are JSON in one line


def as_at(rows: QuerySet, day: date, *, known_on: datetime | None = None) -> list[dict[str, Any]]:
    """How the rows of a live queryset stood at the end of a day: one dict of columns and labels a row, in no order.

    A row that did not stand yet is absent. known_on: use only what had been recorded by then. One query.
    """
    return as_at_days(rows, (day,), known_on=known_on)[0]


def as_at_days(rows: QuerySet, days: Sequence[date], *, known_on: datetime | None = None) -> list[list[dict[str, Any]]]:
    """The same at the end of each of some days, in their order. One query for all of them."""
    return [found["rows"] for found in as_at_together({"rows": rows}, days, known_on=known_on)]


def as_at_together(
    tables: Mapping[str, QuerySet], days: Sequence[date], *, known_on: datetime | None = None
) -> list[dict[str, list[dict[str, Any]]]]:
    """The same of rows of several models, by their names, for each day. One query for all of them."""
    models: dict[str, type[Recorded]] = {name: rows.model for name, rows in tables.items()}
    coders = {name: codec(model) for name, model in models.items()}
    asked = [
        rows.order_by().annotate(of_table=Value(name, TextField()), **(parts := _parts(models[name], days, known_on)))
        .values_list("of_table", *parts)
        for name, rows in tables.items()
    ]  # fmt: skip
    every = asked[0] if len(asked) == 1 else asked[0].union(*asked[1:], all=True)
    found: list[dict[str, list[dict[str, Any]]]] = [{name: [] for name in tables} for _ in days]
    for name, *shot in every.iterator(chunk_size=2000):
        coder = coders[name]
        for stood, state in zip(found, shot, strict=True):
            if state is not None:
                facts, _, words = state.partition(BETWEEN)
                stood[name].append(coder.values(coder.opened(facts, parse(words) if len(words) > 2 else {})))
    return found


def word_as_at(rows: QuerySet, name: str, day: date) -> dict[int, str]:
    """One of the words of each row of a live queryset as it was at the end of a day, by key: one that is never empty, such as a
    title. A row that did not stand yet is absent. One query, which reads nothing else of a state."""
    states = Snapshot.objects.filter(model=rows.model._meta.label_lower, key=OuterRef("pk"), effective__lte=day)
    last = states.order_by("-effective", "-sequence")[:1]
    said = last.values_list(Coalesce(KeyTextTransform(name, "words"), Value(""), output_field=TextField()))
    found = rows.order_by().values_list("pk", Subquery(said, output_field=TextField()))
    return {key: open_word(salted) if salted else REMOVED for key, salted in found if salted is not None}


def states_of(rows: QuerySet) -> dict[int, list[tuple[date, dict[str, Any]]]]:
    """Every state of the rows of a live queryset, by key: the day from which it holds and its columns and labels, the earliest
    first. One query."""
    model: type[Recorded] = rows.model
    coder = codec(model)
    shots = Snapshot.objects.filter(model=coder.label, key__in=rows.order_by().values("pk"))
    by_day: dict[int, dict[date, tuple[str, str]]] = defaultdict(dict)
    columns = ("key", "effective", "facts", Cast("words", TextField()))
    for key, day, facts, words in shots.order_by("key", "effective", "sequence").values_list(*columns):
        by_day[key][day] = facts, words  # of what was said of one day the last counts
    return {
        key: [(day, coder.values(coder.opened(facts, spoken(words)))) for day, (facts, words) in of_key.items()]
        for key, of_key in by_day.items()
    }


def _parts(model: type[Recorded], days: Sequence[date], known_on: datetime | None) -> dict[str, Any]:
    """The last state of a row at the end of each day, as columns: its facts and, where the model has any, its words."""
    states = Snapshot.objects.filter(model=model._meta.label_lower, key=OuterRef("pk"))
    if known_on is not None:
        states = states.filter(recorded_at__lte=known_on)
    # The last state is looked up row by row, once for all that is read of it. Asked for as snapshots whose number is among the
    # last ones, a PostgreSQL with old statistics looks for the last ones of all rows anew for every snapshot: minutes for a few
    # hundred. The words are read as text, with less ado than a JSON field is.
    said = (
        Concat("facts", Value(BETWEEN), Cast("words", TextField()), output_field=TextField())
        if codec(model).words
        else "facts"
    )
    parts: dict[str, Any] = {}
    for number, day in enumerate(days):
        last = states.filter(effective__lte=day).order_by("-effective", "-sequence")
        parts[f"state_{number}"] = Subquery(last.values_list(said)[:1], output_field=TextField())
    return parts


OPEN_RECORDINGS = (
    "COALESCE((SELECT string_agg(virtualtransaction, ' ' ORDER BY virtualtransaction) FROM pg_locks"  # noqa: S608
    f" WHERE locktype = 'advisory' AND classid = 0 AND objid = {SEAL_LOCK}"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())), '')"
)


class HowFar(Func):
    """How far the history has gone, as a column: the same words twice mean that nothing was recorded in between.

    SQLite writes one transaction at a time, so the last entry says it all. On PostgreSQL an entry with a lower number may
    be committed after one with a higher, so which recordings are open is part of the answer: each holds the lock that a seal
    waits for until what it wrote can be seen.
    """

    arity = 0
    output_field = TextField()
    last = "COALESCE((SELECT hash FROM history_entry ORDER BY id DESC LIMIT 1), '')"
    template = last

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template=f"({self.last} || {OPEN_RECORDINGS})", **context)


@dataclass(frozen=True)
class Change:
    """One row's part in an event: the fields that changed, each as (field, old, new); for a new row, its values."""

    model: str
    key: int
    label: str
    new: bool
    fields: tuple[tuple[str, Any, Any], ...]

    def get(self, name: str) -> tuple[Any, Any] | None:
        """(old, new) of a field that changed, else None."""
        return next(((old, new) for field_name, old, new in self.fields if field_name == name), None)


@dataclass(frozen=True)
class Event:
    """An entry as pages read it."""

    pk: int
    record_kind: str
    record_id: int
    record_label: str
    sequence: int
    event: str
    actor_kind: str
    actor_label: str
    recorded_at: datetime
    effective: date
    reason: str
    approver: str  # the board or post that agreed it, where one did
    hash: str
    holds: bool
    changes: tuple[Change, ...] = field(default=())
    ends: tuple[str, ...] = ()  # the records that its links lead to, in words, where kernel/records looked them up


def entries_of(record: Chained, *, by_effective: bool = False) -> QuerySet[Entry]:
    """A record's entries, newest recorded first (or newest effective first); read them with events()."""
    found = Entry.objects.filter(record_kind=record._meta.label_lower, record_id=record.pk)
    return found.order_by("-effective", "-sequence") if by_effective else found.order_by("-sequence")


def events(entries: list[Entry]) -> list[Event]:
    """Entries as events with their changes; new rows bring their values from their snapshots. One query."""
    made: dict[tuple[int, str, int], dict[str, Any]] = {}
    coders = codecs()
    for shot in _states_of([entry.pk for entry in entries if '"new":true' in entry.canonical]):
        made.setdefault((shot.entry_id, shot.model, shot.key), coders[shot.model].opened(shot.facts, shot.words))
    return [event(entry, made) for entry in entries]


def _states_of(entries: list[int]) -> Iterable[Snapshot]:
    """The states of some entries, in their order; a page has few entries, of which the question is composed once."""
    if len(entries) > PAGE:
        return Snapshot.objects.filter(entry__in=entries).order_by("pk")
    return _states(**{f"entry{number}": entry for number, entry in enumerate(entries)})


_states = Composed(lambda **entries: Snapshot.objects.filter(entry__in=[*entries.values()]).order_by("pk"))


def event(entry: Entry, made: dict[tuple[int, str, int], dict[str, Any]]) -> Event:
    body = json.loads(entry.canonical)
    changes = []
    for number, change in enumerate(body["changes"]):
        state = made.get((entry.pk, change["model"], change["key"]), {})
        if change.get("new"):
            fields = tuple(
                (name, None, state.get(f"{name}_label", value))
                for name, value in state.items()
                if name[-6:] != "_label"
            )
        else:
            fields = tuple(
                (
                    item["field"],
                    *(word(entry, item.get(side, REMOVED), f"{number}.{part}.{side}") for side in ("old", "new")),
                )
                for part, item in enumerate(change["fields"])
            )
        changes.append(Change(change["model"], change["key"], change["label"], bool(change.get("new")), fields))
    return Event(
        pk=entry.pk,
        record_kind=entry.record_kind,
        record_id=entry.record_id,
        record_label=entry.record_label,
        sequence=entry.sequence,
        event=entry.event,
        actor_kind=entry.actor_kind,
        actor_label=entry.actor_label,
        recorded_at=entry.recorded_at,
        effective=entry.effective,
        reason=word(entry, body["reason"], "reason"),
        approver=word(entry, body.get("approver", ""), "approver"),
        hash=entry.hash,
        holds=digest(entry.canonical) == entry.hash,
        changes=tuple(changes),
    )


def word(entry: Entry, value: Any, place: str) -> Any:
    """A value of the canonical text with its word put back, or REMOVED where it was redacted."""
    if not is_commitment(value):
        return value
    return open_word(entry.words[place]) if place in entry.words else REMOVED


def last_seal() -> Seal | None:
    """The newest seal, or None before the first."""
    return Seal.objects.order_by("-pk").first()


def grouped(rows: Iterable[Any], column: str) -> dict[int, list[dict[str, Any]]]:
    """Rows of as_at, or of a live query's .values(), by the value of a column: children by their record."""
    groups: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return groups
