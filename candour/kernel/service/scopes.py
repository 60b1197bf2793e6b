"""What a token can be let into, as apps say it in apps.py: each register to read, and where scripts write, to write."""

from collections.abc import Iterable
from dataclasses import dataclass

from candour.kernel.history.access import HistoryPermission
from candour.kernel.records.access import RecordPermission

ALWAYS = frozenset(
    {RecordPermission.SEE_RESTRICTED, HistoryPermission.SEE}
)  # of a post that has them, whatever is read


@dataclass(frozen=True)
class Register:
    """A register of the API. see: the permission that its rows ask for. writes: those that its writes ask for, none where
    scripts only read."""

    name: str
    label: str
    see: str
    writes: frozenset[str] = frozenset()
    order: int = 50


@dataclass(frozen=True)
class Scope:
    """One of the things that a token may be let into: "risks:read"."""

    name: str
    words: str
    permissions: frozenset[str]


_registers: dict[str, Register] = {}


def register(found: Register) -> None:
    """Make a register known. Raises ValueError for a name that is taken."""
    if found.name in _registers:
        raise ValueError(f"the register {found.name!r} is registered twice")
    _registers[found.name] = found


def registers() -> list[Register]:
    """Every register, in order."""
    return sorted(_registers.values(), key=lambda each: (each.order, each.name))


def scopes() -> dict[str, Scope]:
    """Every scope by its name. One that writes reads too: what was written is answered with how it stands."""
    found = []
    for each in registers():
        see = frozenset({each.see})
        found.append(Scope(f"{each.name}:read", f"{each.label}: read", see))
        if each.writes:
            found.append(Scope(f"{each.name}:write", f"{each.label}: write", see | each.writes))
    return {scope.name: scope for scope in found}


def permissions_of(names: Iterable[str]) -> frozenset[str]:
    """What some scopes permit together. A scope that is no more permits nothing."""
    known = scopes()
    found = [known[name].permissions for name in names if name in known]
    return frozenset().union(*found, ALWAYS) if found else frozenset()
