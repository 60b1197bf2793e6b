"""What was raised from a record: recommendations from an audit. Kinds that come from others say how to find theirs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from candour.kernel.access import Actor


@dataclass(frozen=True)
class Raised:
    """A record that came from another, as that one's page lists it.

    group: what it is counted by ("High"), in the order of `rank`; tone: of a tag. state: in words, with its own tone.
    """

    reference: str
    title: str
    address: str
    group: str
    rank: int
    tone: str
    state: str
    state_tone: str
    owner: str = ""
    due: date | None = None


# (numbers of records, actor, day) -> by number what was raised from it, visible to the actor, in order. One query each.
Source = Callable[[Sequence[int], Actor, date], Mapping[int, Sequence[Raised]]]

_sources: dict[str, Source] = {}


def register(kind: str, source: Source) -> None:
    """Say how the records of a kind are found by what they came from. Raises ValueError for a kind that is taken."""
    if kind in _sources:
        raise ValueError(f"how {kind!r} is raised is registered twice")
    _sources[kind] = source


def raised_from(records: Sequence[int], *, actor: Actor, today: date) -> dict[int, tuple[Raised, ...]]:
    """By record everything that was raised from it and the actor may see, by group and then by reference.

    What is counted is what is listed: a count is the length of these. One query for each kind that was registered.
    """
    found: dict[int, list[Raised]] = {}
    for _, source in sorted(_sources.items()):
        for pk, rows in source(records, actor, today).items():
            found.setdefault(pk, []).extend(rows)
    return {pk: tuple(sorted(rows, key=lambda row: (row.rank, row.reference))) for pk, rows in found.items()}


def tallied(rows: Sequence[Raised]) -> list[tuple[str, str, int]]:
    """How many there are in each group, as (group, tone, count), in the order of the groups."""
    groups: dict[str, tuple[str, int]] = {}
    for row in rows:
        groups[row.group] = (row.tone, groups.get(row.group, ("", 0))[1] + 1)
    return [(group, tone, count) for group, (tone, count) in groups.items()]
