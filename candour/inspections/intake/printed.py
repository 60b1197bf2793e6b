"""A row of a list of inspections as it is printed. Pure."""

from dataclasses import dataclass

from candour.kernel.intake.document import Place


@dataclass(frozen=True)
class Printed:
    """Its cells by field, where it stands, and under which heading."""

    cells: dict[str, str]
    place: Place
    section: str
