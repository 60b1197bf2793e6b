"""What waits for somebody and what stands out: the rows of a person's desk, in the same words from every app."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Need:
    """Something that a post of the reader has to do. by: its last day, None where none is set. about: what it is on,
    such as a record's reference. restricted: it names a restricted record."""

    title: str
    address: str
    about: str
    why: str
    by: date | None
    restricted: bool = False


@dataclass(frozen=True)
class Flag:
    """A figure to look at: how many, of what, and the list that holds exactly those. late: it should not be above 0.

    note: what the figure depends on, such as the day it is measured from.
    """

    count: int
    label: str
    address: str
    late: bool = True
    note: str = ""


def in_order(needs: list[Need]) -> list[Need]:
    """What has been late longest first; what has no day last."""
    return sorted(needs, key=lambda need: (need.by or date.max, need.about, need.title))
