"""What an answer of a board carries out in a register: apps register their acts, and boards know them by name alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from candour.boards.models import Decision
from candour.kernel.access import Actor
from candour.kernel.records.models import Record


@dataclass(frozen=True)
class Due:
    """What a register says is due for a board: about which record, which act is asked for, and in a sentence why.

    since: the day from which it waits; restricted: it belongs to the closed part.
    """

    about: int
    reference: str
    title: str
    address: str
    act: str
    asks: str
    since: date | None = None
    restricted: bool = False


@dataclass(frozen=True)
class Act:
    """An act of a register that a board's answer carries out.

    label: "Close the recommendation"; heading: of an item that asks it of several, "Recommendations proposed closed".
    asks(numbers of records, actor, today) -> by number what is asked, with the figures as they stand. carry_out(record,
    answer=, decision=, why=, actor=, at=): "agreed" or "sent back", through the register's own command, which requires its
    own permission and may raise Refused; the decision is recorded in the same transaction. due(organisation, actor, today)
    -> what waits for a board now, as far as the actor may see it: one query.
    """

    name: str
    label: str
    permission: str
    asks: Callable[[Sequence[int], Actor, date], dict[int, str]]
    carry_out: Callable[..., Any]
    due: Callable[[int, Actor, date], Sequence[Due]]
    heading: str = ""


_acts: dict[str, Act] = {}


def register(act: Act) -> None:
    """Make an act known. Raises ValueError for a name that is taken."""
    if act.name in _acts:
        raise ValueError(f"the act {act.name!r} is registered twice")
    _acts[act.name] = act


def acts() -> list[Act]:
    """Every act, by name."""
    return [_acts[name] for name in sorted(_acts)]


def act_named(name: str) -> Act:
    """The act of that name. Raises KeyError."""
    return _acts[name]


def headings() -> frozenset[str]:
    """What items are called that registers bring, in either part."""
    return frozenset(act.heading or act.label for act in _acts.values())


def carry_out(
    name: str, record: Record, *, answer: str, decision: Decision, why: str, actor: Actor, at: datetime
) -> None:
    """Carry out the act of an answer. Raises what the register's own command raises."""
    act_named(name).carry_out(record, answer=answer, decision=decision, why=why, actor=actor, at=at)
