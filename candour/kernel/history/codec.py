"""Rows to facts and back: one codec for each recorded model, worked out once from its fields."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Any

from django.db import models

from candour.kernel.history.canonical import open_word, parse, plain, seal_word
from candour.kernel.history.models import Chained, Recorded

REMOVED = "[removed]"  # what stands where a redacted word stood
HEAD = {"head_hash", "head_sequence"}


@dataclass(frozen=True)
class Codec:
    """How the rows of one model become facts (a dict by field name) and back."""

    model: type[Recorded]
    label: str
    fields: tuple[models.Field, ...]
    words: frozenset[str]
    labels: tuple[str, ...]
    names: tuple[str, ...]  # of the fields, in their order
    columns: tuple[str, ...]  # of the fields, in the same order
    read: tuple[
        tuple[str, Callable[[Any], Any]], ...
    ]  # (column, how its plain value is read), where it is not the value
    uneven: tuple[str, ...]  # of these fields: a live value of them is not yet plain
    held: Callable[[dict[str, Any]], tuple[Any, ...]]  # all that a whole state says, its labels too
    held_as: tuple[str, ...]  # as which columns
    key: str
    defaults: dict[str, Any]  # what a field reads as in a state recorded before the model had it

    def state(self, row: Recorded) -> dict[str, Any]:
        """The row as plain values by field name; a foreign key in `labels` also gives <name>_label."""
        state = self.stated([getattr(row, column) for column in self.columns])
        for name in self.labels:
            target = getattr(row, name)
            state[f"{name}_label"] = str(target) if target is not None else ""
        return state

    def stated(self, values: Sequence[Any]) -> dict[str, Any]:
        """The state of a row from the values of its columns, without its labels."""
        state = dict(zip(self.names, values, strict=True))
        for name in self.uneven:
            state[name] = plain(state[name])
        return state

    def sealed(self, state: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
        """(facts with commitments, salted words): empty words need no commitment, they say nothing."""
        facts, words = dict(state), {}
        for name in self.words:
            if state[name]:
                facts[name], words[name] = seal_word(state[name])
        return facts, words

    def opened(self, facts: str, words: dict[str, str]) -> dict[str, Any]:
        """The state that sealed() was given, with REMOVED where a word has been redacted since."""
        state = self.filled(parse(facts))
        for name in self.words:
            if isinstance(state[name], dict):  # a commitment: nothing else that is written as text is a dict
                state[name] = open_word(words[name]) if name in words else REMOVED
        return state

    def filled(self, facts: dict[str, Any]) -> dict[str, Any]:
        """Facts with the default of every field that the model gained after they were recorded."""
        return facts if self.defaults.keys() <= facts.keys() else self.defaults | facts

    def values(self, state: dict[str, Any]) -> dict[str, Any]:
        """A whole state as Python values by column (owner_id, not owner) with labels, as a live query's .values() gives."""
        values = dict(zip(self.held_as, self.held(state), strict=True))
        for column, read in self.read:
            if values[column] is not None:
                values[column] = read(values[column])
        values["pk"] = values[self.key]
        return values


@cache
def codec(model: type[Recorded]) -> Codec:
    """The codec of a recorded model. Raises TypeError for a column that has no canonical text."""
    skipped = set(model.unrecorded) | (HEAD if issubclass(model, Chained) else set())
    fields = tuple(field for field in model._meta.concrete_fields if field.name not in skipped)
    for field in fields:
        if isinstance(field, models.FloatField):
            raise TypeError(f"{model.__name__}.{field.name}: a float has no canonical text")
    names, columns = tuple(field.name for field in fields), tuple(field.attname for field in fields)
    read = tuple((field.attname, how) for field in fields if (how := reader(field)))
    uneven = tuple(field.name for field in fields if reader(field))
    key = model._meta.pk.attname
    defaults = {field.name: plain(field.get_default()) for field in fields}
    defaults |= {f"{name}_label": "" for name in model.labels}
    label = model._meta.label_lower
    words, labels = frozenset(model.words), tuple(model.labels)
    labelled = tuple(f"{name}_label" for name in labels)
    held, held_as = itemgetter(*names, *labelled), (*columns, *labelled)
    return Codec(model, label, fields, words, labels, names, columns, read, uneven, held, held_as, key, defaults)


def reader(field: models.Field) -> Callable[[Any], Any] | None:
    """How a field's plain value becomes its Python value; None where they are one."""
    target = field
    while isinstance(target, models.ForeignKey):  # what it points at, which may be a key to another itself
        target = target.target_field
    if isinstance(target, models.DateField) and not isinstance(target, models.DateTimeField):
        return date.fromisoformat
    if isinstance(target, (models.CharField, models.TextField, models.IntegerField, models.BooleanField)):
        return None
    read: Callable[[Any], Any] = target.to_python
    return read


@cache
def chain_root(model: type[Recorded]) -> tuple[type[Chained], str]:
    """(the Chained model, the column of `model` that holds its number)."""
    if not model.chain:
        if not issubclass(model, Chained):
            raise TypeError(f"{model.__name__} names no chain and is not Chained")
        return model, "pk"
    field: Any = model._meta.get_field(model.chain)
    parent: Any = field.related_model
    root = parent if issubclass(parent, Chained) else chain_root(parent)[0]
    if not issubclass(parent, Chained) and chain_root(parent)[1] != parent._meta.pk.attname:
        raise TypeError(f"{model.__name__}.{model.chain} must lead to a row that shares its record's primary key")
    return root, field.attname


@cache
def codecs() -> dict[str, Codec]:
    """The codec of every recorded model, by its label."""
    return {model._meta.label_lower: codec(model) for model in recorded_models()}


def recorded_models() -> list[type[Recorded]]:
    """Every concrete recorded model, by label."""
    from django.apps import apps

    found = [model for model in apps.get_models() if issubclass(model, Recorded)]
    return sorted(found, key=lambda model: model._meta.label_lower)
