"""Registers as a meeting sees them: apps say where theirs is read as at a day, and what changed between two."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse


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


def as_paper(kind: str) -> tuple[Callable[[date], str], Callable[[date, date], str]]:
    """The two addresses of a register that is read as a paper: on a page, and from there in each form."""

    def at(day: date) -> str:
        return f"{reverse('paper-draft', args=[kind])}?as_at={day.isoformat()}"

    return at, lambda since, day: f"{at(day)}&since={since.isoformat()}"


def registers() -> list[Register]:
    """Every register, in order."""
    return sorted(_registers.values(), key=lambda each: (each.order, each.label))
