"""What the changed cells of a workbook would do to the register as it stands. Pure.

A cell has three values: what was downloaded, what the workbook says now, and what the register says now. Where the
register moved too, and to something else, a person chooses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from candour.kernel.intake.back.read import Fault

State = Literal["changes", "conflicts", "stands"]
Choices = Mapping[tuple[str, str], str]  # by row and cell, as the page names them: "workbook" or "register"
Wanted = TypeVar("Wanted")


@dataclass(frozen=True)
class CellChange:
    """One changed cell, or several that are one change together.

    state: it changes, it conflicts with a change of the register, or the register says so already. theirs and ours: the
    words of the two choices. both: what is said of a conflict. does: what it does, where "Changes" says too little.
    notes: what to look at, which refuses nothing.
    """

    key: str
    heading: str
    downloaded: str
    workbook: str
    register: str
    state: State
    chosen: str = ""
    fault: str = ""
    theirs: str = "The register’s"
    ours: str = "The workbook’s"
    both: str = "Both changed"
    does: str = "Changes"
    notes: tuple[str, ...] = ()

    @property
    def takes(self) -> bool:
        """Whether the workbook's value goes in."""
        return self.state == "changes" or (self.state == "conflicts" and self.chosen == "workbook")


@dataclass(frozen=True)
class RowChange(Generic[Wanted]):
    """A row of the register with its changed cells. name: what the fields of its choices are called by.

    seen: the sequence of the last entry of its record (pk), as it was looked at. wanted: what a command is asked for; None
    where nothing of it goes in.
    """

    number: int
    name: str
    pk: int
    reference: str
    address: str
    sensitivity: str
    seen: int
    cells: tuple[CellChange, ...]
    wanted: Wanted | None
    about: str = ""


@dataclass(frozen=True)
class Plan(Generic[Wanted]):
    """What the workbook would do. faults: why it cannot, in the order of its rows. counts: what there is of each, in words."""

    rows: tuple[RowChange[Wanted], ...]
    faults: tuple[Fault, ...]
    counts: tuple[tuple[str, int], ...] = ()

    @property
    def wanted(self) -> list[Wanted]:
        return [row.wanted for row in self.rows if row.wanted is not None]

    @property
    def conflicts(self) -> list[tuple[RowChange[Wanted], CellChange]]:
        return [(row, cell) for row in self.rows for cell in row.cells if cell.state == "conflicts"]

    @property
    def undecided(self) -> list[tuple[RowChange[Wanted], CellChange]]:
        return [(row, cell) for row, cell in self.conflicts if cell.chosen not in ("workbook", "register")]

    @property
    def seen(self) -> dict[int, int]:
        """By record the sequence of its last entry, as it was looked at."""
        return {row.pk: row.seen for row in self.rows}


def compared(*, downloaded: Any, workbook: Any, register: Any) -> State:
    """What becomes of a cell, by its three values."""
    if workbook == register:
        return "stands"
    return "changes" if register == downloaded else "conflicts"


def in_order(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(faults, key=lambda fault: fault.row))
