"""What a report asks for: recommendations, causes of concern, areas for improvement. They live in another register.

Source: HMICFRS glossary: a cause of concern always comes with one recommendation or more. Police Act 1996, section 55: the
response says for each recommendation what is done, or why nothing is.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

# Kinds of inspection, in their words.
KINDS: Mapping[str, str] = {
    "peel": "PEEL",
    "thematic": "Thematic",
    "national": "National",
    "joint": "Joint",
    "other": "Other",
}
CAUSE, RECOMMENDATION, AFI = "cause of concern", "inspection", "afi"
# What the register of recommendations calls each, the gravest first, and how pages do.
SORTS: Mapping[str, str] = {
    CAUSE: "Cause of concern",
    RECOMMENDATION: "Recommendation",
    AFI: "Area for improvement",
}


@dataclass(frozen=True)
class Item:
    """Something that a report asks for. under: the cause of concern that it stands under, 0 for none. pk: of its record.

    status, level: of the inspectorate’s portal, in words; noted_on: when that was noted last. came: the report that it was
    first in, where it was carried over; gone: the report that took it over.
    """

    pk: int
    reference: str
    title: str
    address: str
    sort: str
    state: str
    state_tone: str
    owner: str
    owner_id: int | None
    due: date | None
    closed_on: date | None
    sensitivity: str
    under: int = 0
    status: str = ""
    level: str = ""
    noted_on: date | None = None
    note: str = ""
    came: str = ""
    gone: str = ""

    @property
    def open(self) -> bool:
        return self.closed_on is None

    @property
    def sort_words(self) -> str:
        return SORTS.get(self.sort, "Recommendation")

    @property
    def rank(self) -> int:
        order = list(SORTS)
        return order.index(self.sort) if self.sort in order else len(order)


def bare_causes(items: Sequence[Item]) -> list[Item]:
    """Causes of concern under which no recommendation stands: there must be one."""
    under = {item.under for item in items if item.sort != CAUSE}
    return [item for item in items if item.sort == CAUSE and item.pk not in under]


def first_to_answer(items: Iterable[Item], answered: set[int]) -> list[Item]:
    """Recommendations to which the response says nothing yet, by reference. answered: numbers of records."""
    left = [item for item in items if item.sort == RECOMMENDATION and item.pk not in answered]
    return sorted(left, key=lambda item: item.reference)


def counted(items: Iterable[Item]) -> list[tuple[str, int, int]]:
    """How many there are of each sort, and how many of them are open: (words, all, open), gravest first."""
    every: Counter[str] = Counter()
    still: Counter[str] = Counter()
    for item in items:
        every[item.sort_words] += 1
        still[item.sort_words] += item.open
    return [(words, every[words], still[words]) for words in dict.fromkeys(SORTS.values()) if every[words]]
