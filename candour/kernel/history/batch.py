"""An open recording: which records it holds locked, which rows it touched, and how it is settled into entries."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any, Protocol

from django.db import models

from candour.kernel.history.codec import Codec, chain_root, codec
from candour.kernel.history.models import Chained, Recorded, Snapshot
from candour.kernel.history.restate import Dated, State, changed, restated
from candour.kernel.history.state import UnrecordedWrite
from candour.kernel.history.written import Draft, history_label, write

CHUNK = 500
FEW = 20  # rows that come with their labels in one query
finishers: list[Callable[["Batch"], None]] = []  # run when rows stand as they will, before entries are written


class Actor(Protocol):
    """Whoever acts: a person at a post, or Candour itself."""

    @property
    def kind(self) -> str: ...
    @property
    def id(self) -> int: ...
    @property
    def label(self) -> str: ...


@dataclass
class Batch:
    """One event on one or many records, open until its block ends."""

    event: str
    actor: Actor
    at: datetime
    effective: date
    reason: str = ""
    reasons: dict[int, str] = field(default_factory=dict)  # by record, where each has its own
    days: dict[int, date] = field(default_factory=dict)  # the same of the day from which it holds
    approver: str = ""
    record_model: type[Chained] | None = None
    records: dict[int, Chained] = field(default_factory=dict)
    touched: dict[type[Recorded], dict[int, None]] = field(default_factory=lambda: defaultdict(dict))
    made: set[tuple[type[Recorded], int]] = field(default_factory=set)  # rows that did not stand before
    redacted: set[tuple[str, int, str]] = field(default_factory=set)  # (model, key, field) whose words go
    removed: list[str] = field(default_factory=list)  # commitments whose words were removed

    def touch(self, model: type[Recorded], keys: Iterable[int], *, made: bool = False) -> None:
        """Remember rows that were written; their state is read once, when the block ends. made: they did not stand before."""
        keys = list(keys)
        self.touched[model].update(dict.fromkeys(keys))
        if made:
            self.made.update((model, key) for key in keys)

    def day(self, record: Chained) -> date:
        """The day from which what is recorded of a record holds."""
        return self.days.get(record.pk, self.effective)

    def keys(self, model: Any) -> list[int]:
        """Primary keys of the rows of a model written so far; none for a model that is not recorded."""
        return list(self.touched.get(model, {}))

    def settle(self) -> None:
        """Turn what was touched into one entry a record. Raises UnrecordedWrite for a row of a record not held."""
        drafts: dict[int, Draft] = {pk: Draft() for pk in self.records}
        # Roots of chains come first, so that the rows of a record made here find it held.
        for model in sorted(
            self.touched, key=lambda model: (chain_root(model)[0] is not model, model._meta.label_lower)
        ):
            keys = list(self.touched[model])
            for start in range(0, len(keys), CHUNK):
                self._draft(model, keys[start : start + CHUNK], drafts)
        for finish in finishers:
            finish(self)
        pks = sorted(drafts)
        for start in range(0, len(pks), CHUNK):
            write(self, [(self.records[pk], drafts[pk]) for pk in pks[start : start + CHUNK]])

    def _draft(self, model: type[Recorded], keys: list[int], drafts: dict[int, Draft]) -> None:
        coder = codec(model)
        rows = read_again(coder, keys)
        records = {row.pk: self._record_of(model, row) for row in rows}
        standing = self._standing(coder, {pk: self.day(each) for pk, each in records.items()})
        for row in rows:
            draft = drafts.setdefault(records[row.pk].pk, Draft())
            day, before, now = self.day(records[row.pk]), standing.get(row.pk, []), coder.state(row)
            if before and before[0].effective <= day and not changed(before[-1].state, now):
                continue
            states = restated(standing=before, new=now, effective=day)
            draft.changes.append(self._change(coder, row, before, states[0].state, day))
            draft.snapshots += [(coder, row.pk, dated) for dated in states]
            if before and before[-1].effective > day:
                self._stand(
                    coder, row.pk, now, states[-1] if states[-1].effective >= before[-1].effective else before[-1]
                )

    def _stand(self, coder: Codec, key: int, now: State, last: Dated) -> None:
        """A field that a later day had already settled goes back to what that day said."""
        if differing := changed(now, last.state):
            values = coder.values(last.state)
            columns = [field.attname for field in coder.fields if field.name in differing]
            models.QuerySet(coder.model).filter(pk=key).update(**{column: values[column] for column in columns})

    def _standing(self, coder: Codec, days: dict[int, date]) -> dict[int, list[Dated]]:
        """By key the states so far, one a day, oldest first. Only the last one where nothing is backdated.

        days: by key the day from which its row was written. Nothing stood of rows that were made here.
        """
        keys = [key for key in days if (coder.model, key) not in self.made]
        if not keys:
            return {}
        ranked = Snapshot.objects.filter(model=coder.label, key__in=keys)
        last = ranked.filter(
            pk=models.Subquery(
                Snapshot.objects.filter(model=coder.label, key=models.OuterRef("key"))
                .order_by("-effective", "-sequence")
                .values("pk")[:1]
            )
        )
        found: dict[int, list[Dated]] = {}
        late = []
        for shot in last:
            found[shot.key] = [Dated(shot.effective, coder.opened(shot.facts, shot.words))]
            if shot.effective > days[shot.key]:
                late.append(shot.key)
        if late:
            every = ranked.filter(key__in=late).order_by("key", "effective", "sequence")
            for key, shots in groupby(every, key=lambda shot: shot.key):
                by_day = {shot.effective: shot for shot in shots}
                found[key] = [Dated(day, coder.opened(shot.facts, shot.words)) for day, shot in by_day.items()]
        return found

    def _record_of(self, model: type[Recorded], row: Recorded) -> Chained:
        root, column = chain_root(model)
        pk = getattr(row, column)
        if pk in self.records and self.record_model is root:
            return self.records[pk]
        if isinstance(row, Chained) and not row.head_sequence and self.record_model in (None, root):
            self.record_model, self.records[pk] = root, row
            return row
        made = self.keys(root)
        if pk in made and self.record_model in (None, root):
            record = root._base_manager.get(pk=pk)
            if not record.head_sequence:
                self.record_model, self.records[pk] = root, record
                return record
        raise UnrecordedWrite(
            f"{model.__name__} {row.pk} belongs to {root.__name__} {pk}, which this recording does not hold"
        )

    def _change(self, coder: Codec, row: Recorded, before: list[Dated], now: State, day: date) -> dict[str, Any]:
        change: dict[str, Any] = {"model": coder.label, "key": row.pk, "label": history_label(row)}
        if not before:
            return change | {"new": True}
        base = next((dated.state for dated in reversed(before) if dated.effective <= day), before[0].state)
        fields = []
        for name in changed(base, now):
            if (coder.label, row.pk, name) in self.redacted:
                fields.append({"field": name, "redacted": True})
            else:
                old, new = shown(base, name), shown(now, name)
                fields.append({"field": name, "old": old, "new": new, "word": name in coder.words})
        return change | {"fields": fields}


def read_again(coder: Codec, keys: Sequence[int]) -> list[Recorded]:
    """Rows as they stand, in the order of their keys, each with what its labels name.

    Few come with their labels in one query; of many, who share them, what they name is read once for all.
    """
    found = coder.model._base_manager.filter(pk__in=keys).order_by("pk")
    if len(keys) <= FEW and coder.labels:  # without a label select_related() would join all
        return list(found.select_related(*coder.labels))
    rows = list(found)
    for name in coder.labels:
        field: Any = coder.model._meta.get_field(name)
        numbers = {getattr(row, field.attname) for row in rows} - {None}
        named = {each.pk: each for each in field.related_model._base_manager.filter(pk__in=numbers)}
        for row in rows:
            if (number := getattr(row, field.attname)) is not None:
                setattr(row, name, named[number])
    return rows


def shown(state: State, name: str) -> Any:
    """A value as a reader of history wants it: the label of a post rather than its number."""
    return state.get(f"{name}_label", state[name]) if state.get(name) is not None else None
