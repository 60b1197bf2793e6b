"""The rows of a delivery plan as they are printed, and what stands over them. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from candour.kernel.intake.document import Cell, Paragraph, Place, SetAside
from candour.kernel.intake.mapping import Headings

PRIORITY = re.compile(r"^(?:strategic )?(?:priority|theme|pillar)\b[\s:.–-]*(?P<number>\d+)?[\s:.–-]*", re.IGNORECASE)
OBJECTIVE = re.compile(
    r"^(?:(?:strategic )?(?:objective|aim|goal)\b[\s:.–-]*|(?P<plan>[A-Z][A-Z0-9]{1,11}/))(?P<number>\d+(?:\.\d+)*)?[\s:.–-]*",
    re.IGNORECASE,
)
_LONG = 160  # letters from which the words of one cell are a note and head no section


@dataclass(frozen=True)
class Printed:
    """A row as it is printed: its cells by field, what stands in columns that are not known, and what it stands under."""

    cells: dict[str, Cell]
    more: dict[str, str]
    place: Place
    priority: str
    objective: str
    columns_told: int
    columns_named: frozenset[str] = frozenset()

    def text(self, name: str) -> str:
        return self.cells[name].text.strip() if name in self.cells else ""

    def lines(self, name: str) -> list[str]:
        if name not in self.cells:
            return []
        return [part for item in self.cells[name].items for part in item.text.split("\n") if part.strip()]


@dataclass
class Found:
    """What the tables and paragraphs of a paper hold."""

    rows: list[Printed] = field(default_factory=list)
    columns: list[Headings] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    front: list[Paragraph] = field(default_factory=list)
    facts: list[tuple[str, str, Place]] = field(default_factory=list)
    priority: str = ""
    objective: str = ""
    section: str = ""

    def head(self, text: str) -> None:
        """What stands above the rows that follow: a priority, an objective, or a section of either."""
        if not text or len(text) > _LONG:
            return
        if found := PRIORITY.match(text):
            self.priority, self.objective = text if found["number"] else text[found.end() :] or text, ""
        elif (found := OBJECTIVE.match(text)) and (found["number"] or found[0].strip()):
            self.objective = text
        else:
            self.section = text


def printed(
    found: Found, cells: dict[str, Cell], more: dict[str, str], place: Place, names: Sequence[str | None]
) -> Printed:
    """A row with its priority and objective: its own, else those that it stands under."""

    def of(name: str) -> str:
        return cells[name].text.strip() if name in cells else ""

    priority = of("priority") or found.priority or ("" if found.objective else found.section)
    named = frozenset(filter(None, names))
    return Printed(cells, more, place, priority, of("objective") or found.objective, len(cells), named)
