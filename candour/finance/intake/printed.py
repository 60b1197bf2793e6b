"""A row of a finance workbook as it is printed, with its amounts. Pure."""

from dataclasses import dataclass
from datetime import date

from candour.kernel.intake.document import Place

NAMED = {"revenue": "Revenue", "reserve": "Reserve", "income": "Income", "spending": "Spending"}


@dataclass(frozen=True)
class Cell:
    """An amount of a row. pence: None where it cannot be read, with why. unit: pence of the last place printed."""

    what: str
    computed: str
    year: date | None
    pence: int | None
    text: str
    why: str = ""
    unit: int = 1
    way: str = ""


@dataclass(frozen=True)
class Printed:
    """A row as it is printed. part: of rules.PARTS, a plan by its sides. total: it adds others up. gap: "gap" or "whole"."""

    part: str
    reference: str
    name: str
    owner: str
    rating: str
    cashable: str
    source: str
    cells: tuple[Cell, ...]
    place: Place
    total: bool = False
    gap: str = ""
    sure: bool = False  # that it is on its side of a plan, by a word

    @property
    def key(self) -> str:
        """What names the row: a scheme by its reference, a heading by the part it stands in."""
        named = self.reference or self.name
        if self.part in ("saving", "capital"):
            return named
        if self.part == "funding":
            return f"{named} from {self.source}"
        return f"{NAMED[self.part]}: {self.name}"
