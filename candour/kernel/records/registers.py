"""Registers as a meeting sees them: apps say where theirs is read as at a day, and what changed between two."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Register:
    """One register. at(day) -> its address as it stood that day; changes(since, day) -> the address of what changed."""

    order: int
    label: str
    permission: str
    at: Callable[[date], str]
    changes: Callable[[date, date], str]


_registers: dict[str, Register] = {}


def register(found: Register) -> None:
    """Make a register known. Raises ValueError for a label that is taken."""
    if found.label in _registers:
        raise ValueError(f"the register {found.label!r} is registered twice")
    _registers[found.label] = found


def registers() -> list[Register]:
    """Every register, in order."""
    return sorted(_registers.values(), key=lambda each: (each.order, each.label))
