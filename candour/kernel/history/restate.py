"""Backdating (pure): what a fact learnt late does to the states already recorded for later days."""

from dataclasses import dataclass
from datetime import date
from typing import Any

State = dict[str, Any]


@dataclass(frozen=True)
class Dated:
    """A state of one row and the day it took effect."""

    effective: date
    state: State


def changed(old: State, new: State) -> list[str]:
    """Names of the fields that differ, sorted; a label alone is not a change of the row."""
    return sorted(name for name in new if not name.endswith("_label") and old.get(name) != new[name])


def with_fields(state: State, names: list[str], source: State) -> State:
    """A state with the named fields, and their labels, taken from another."""
    taken = {name: source[name] for name in names}
    taken |= {f"{name}_label": source[f"{name}_label"] for name in names if f"{name}_label" in source}
    return state | taken


def restated(*, standing: list[Dated], new: State, effective: date) -> list[Dated]:
    """The states to record when `new` was learnt to hold from `effective`, oldest first; the last one is how the row stands.

    standing: the row's states so far, one a day, oldest first. Fields of `new` that differ from the last standing state are
    what was learnt. Each is carried into later states until one that had itself changed that field: what was said of a
    later day outlives what is learnt of an earlier one. A later state that repeats the value before it has not changed it.

    Before the first state the row was not known: it now stands from `effective` with what was learnt and, for the rest, as
    it first stood. The first state said every field that it filled, so only a field that it left empty is carried into it.
    """
    later = [dated for dated in standing if dated.effective > effective]
    earlier = [dated for dated in standing if dated.effective <= effective]
    if not later:
        return [Dated(effective, new)]
    carried = changed(standing[-1].state, new)
    previous = earlier[-1].state if earlier else later[0].state
    out = [Dated(effective, with_fields(previous, carried, new))]
    if not earlier:
        carried = [name for name in carried if previous.get(name) in (None, "")]
    for dated in later:
        carried = [name for name in carried if dated.state.get(name) == previous.get(name)]
        if not carried:
            break
        out.append(Dated(dated.effective, with_fields(dated.state, carried, new)))
        previous = dated.state
    return out
