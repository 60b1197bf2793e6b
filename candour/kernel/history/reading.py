"""Rows read again at the end of a recording, with the states that they were left in."""

from collections.abc import Mapping, Sequence
from typing import Any

from candour.kernel.history.codec import Codec
from candour.kernel.history.models import Recorded
from candour.kernel.history.restate import State
from candour.kernel.history.rows import among

FEW = 20  # rows that come with their labels in one query
Made = Mapping[tuple[type[Recorded], int], Recorded | None]


def read_again(coder: Codec, keys: Sequence[int], made: Made) -> list[tuple[int, Recorded, State]]:
    """Rows of a model as they stand, in the order of their keys: (key, row, state).

    Few come with their labels in one query. Of many, who share them, what they name is read once for all; and of many that
    were just made only the values are read again, as the rows are at hand.
    """
    found = coder.model._base_manager.filter(among(keys)).order_by("pk").defer(*coder.model.unrecorded)
    if len(keys) <= FEW:  # without a label select_related() would join all
        few = found.select_related(*coder.labels) if coder.labels else found
        return [(row.pk, row, coder.state(row)) for row in few]
    ordered = sorted(keys)
    rows = [row for key in ordered if (row := made.get((coder.model, key))) is not None]
    if len(rows) == len(keys):
        values: list[Any] = list(found.values_list(*coder.columns))
    else:
        rows = list(found)
        ordered = [row.pk for row in rows]
        values = [[getattr(row, column) for column in coder.columns] for row in rows]
    states = [coder.stated(of_row) for of_row in values]
    for name in coder.labels:
        _label(name, coder, rows, states)
    return list(zip(ordered, rows, states, strict=True))


def _label(name: str, coder: Codec, rows: Sequence[Recorded], states: Sequence[State]) -> None:
    """Put the label of what the rows name into their states, and what they name into rows that do not hold it."""
    field: Any = coder.model._meta.get_field(name)
    numbers = {number for state in states if (number := state[name]) is not None}
    named = {each.pk: each for each in field.related_model._base_manager.filter(pk__in=numbers)} if numbers else {}
    labels = {number: str(each) for number, each in named.items()}
    for row, state in zip(rows, states, strict=True):
        number = state[name]
        state[f"{name}_label"] = labels[number] if number is not None else ""
        if number is not None and not field.is_cached(row):
            field.set_cached_value(row, named[number])
