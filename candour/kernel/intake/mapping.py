"""Which column of a table holds which field: what a reader makes of the headings, and what a person has said of them.

Pure. A mapping that a person gave is remembered for the shape of the headings, so that the next such paper asks nothing.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from .document import NOWHERE, Place

Sure = Literal["told", "sure", "likely", "unsure"]
# Shape of the headings -> the field of each column, "" for a column that is kept as printed and read as nothing.
Told = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Column:
    """A column: its heading as printed, the field that it is read as (None: kept as printed), and how sure that is."""

    heading: str
    field: str | None = None
    sure: Sure = "unsure"
    samples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Headings:
    """The headings of a table, with its columns. `ask`: a person should look before the rows are trusted."""

    columns: tuple[Column, ...]
    place: Place = NOWHERE
    ask: bool = False

    @property
    def shape(self) -> str:
        return shape_of([column.heading for column in self.columns])

    def as_json(self) -> dict[str, Any]:
        return {
            "place": str(self.place),
            "shape": self.shape,
            "ask": self.ask,
            "columns": [
                {"heading": one.heading, "field": one.field, "sure": one.sure, "samples": list(one.samples)}
                for one in self.columns
            ],
        }


def shape_of(headings: Sequence[str]) -> str:
    """What two tables with the same headings share, whatever their case, spacing and signs: 64 hexadecimal digits."""
    words = [" ".join(re.findall(r"[^\W_]+", heading.casefold())) for heading in headings]
    while words and not words[-1]:
        words.pop()
    return hashlib.sha256("\n".join(words).encode()).hexdigest()
