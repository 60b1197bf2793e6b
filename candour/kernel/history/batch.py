"""An open recording: which records it holds locked, which rows it touched, and how it is settled into entries."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, Protocol

from django.db import models
from django.db.models.functions import Cast

from candour.kernel.history.canonical import spoken
from candour.kernel.history.codec import Codec, chain_root, codec
from candour.kernel.history.models import Chained, Recorded, Snapshot
from candour.kernel.history.reading import read_again
from candour.kernel.history.restate import Dated, State, changed, restated
from candour.kernel.history.state import UnrecordedWrite
from candour.kernel.history.written import Draft, history_label, write

CHUNK = 500
STATE = ("key", "effective", "facts", Cast("words", models.TextField()))  # what is read of a state; its words as text
finishers: list[Callable[["Batch"], None]] = []  # run when rows and entries stand as they will


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
    # Rows that did not stand before, as they were made; None for one that was written again since.
    made: dict[tuple[type[Recorded], int], Recorded | None] = field(default_factory=dict)
    redacted: set[tuple[str, int, str]] = field(default_factory=set)  # (model, key, field) whose words go
    removed: list[str] = field(default_factory=list)  # commitments whose words were removed

    def touch(self, model: type[Recorded], keys: Iterable[int], *, made: Sequence[Recorded] | None = None) -> None:
        """Remember rows that were written; their state is read once, when the block ends. made: those that are new."""
        keys = list(keys)
        self.touched[model].update(dict.fromkeys(keys))
        if made is not None:
            self.made.update(((model, row.pk), row) for row in made)
        else:
            self.made.update(((model, key), None) for key in keys if (model, key) in self.made)

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
        pks = sorted(drafts)
        for start in range(0, len(pks), CHUNK):
            write(self, [(self.records[pk], drafts[pk]) for pk in pks[start : start + CHUNK]])
        for finish in finishers:
            finish(self)

    def _draft(self, model: type[Recorded], keys: list[int], drafts: dict[int, Draft]) -> None:
        coder = codec(model)
        rows = read_again(coder, keys, self.made)
        holders = {key: self._holder(model, row) for key, row, _ in rows}
        days = {key: self.days.get(holder, self.effective) for key, holder in holders.items()}
        standing = self._standing(coder, days)
        for key, row, now in rows:
            if (draft := drafts.get(holders[key])) is None:
                draft = drafts[holders[key]] = Draft()
            day, before = days[key], standing.get(key, [])
            if before and before[0].effective <= day and not changed(before[-1].state, now):
                continue
            states = restated(standing=before, new=now, effective=day)
            draft.changes.append(self._change(coder, key, row, before, states[0].state, day=day))
            draft.snapshots += [(coder, key, dated) for dated in states]
            if before and before[-1].effective > day:
                self._stand(coder, key, now, states[-1] if states[-1].effective >= before[-1].effective else before[-1])

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
        for key, day, facts, words in last.values_list(*STATE):
            found[key] = [Dated(day, coder.opened(facts, spoken(words)))]
            if day > days[key]:
                late.append(key)
        if late:
            every = ranked.filter(key__in=late).order_by("key", "effective", "sequence").values_list(*STATE)
            for key, shots in groupby(every, key=itemgetter(0)):
                by_day = {day: (facts, words) for _, day, facts, words in shots}
                found[key] = [Dated(day, coder.opened(facts, spoken(words))) for day, (facts, words) in by_day.items()]
        return found

    def _holder(self, model: type[Recorded], row: Recorded) -> int:
        """The number of the record that a row belongs to, which this recording holds or has made."""
        root, column = chain_root(model)
        pk: int = getattr(row, column)
        if pk in self.records and self.record_model is root:
            return pk
        if isinstance(row, Chained) and not row.head_sequence and self.record_model in (None, root):
            self.record_model, self.records[pk] = root, copy(row)  # whoever made it goes on with one that was not read
            return pk
        made = self.keys(root)
        if pk in made and self.record_model in (None, root):
            record = root._base_manager.get(pk=pk)
            if not record.head_sequence:
                self.record_model, self.records[pk] = root, record
                return pk
        raise UnrecordedWrite(
            f"{model.__name__} {row.pk} belongs to {root.__name__} {pk}, which this recording does not hold"
        )

    def _change(
        self, coder: Codec, key: int, row: Recorded, before: list[Dated], now: State, *, day: date
    ) -> dict[str, Any]:
        change: dict[str, Any] = {"model": coder.label, "key": key, "label": history_label(row)}
        if not before:
            return change | {"new": True}
        base = next((dated.state for dated in reversed(before) if dated.effective <= day), before[0].state)
        fields = []
        for name in changed(base, now):
            if (coder.label, key, name) in self.redacted:
                fields.append({"field": name, "redacted": True})
            else:
                old, new = shown(base, name), shown(now, name)
                fields.append({"field": name, "old": old, "new": new, "word": name in coder.words})
        return change | {"fields": fields}


def shown(state: State, name: str) -> Any:
    """A value as a reader of history wants it: the label of a post rather than its number."""
    return state.get(f"{name}_label", state[name]) if state.get(name) is not None else None
