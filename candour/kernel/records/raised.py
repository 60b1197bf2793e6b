"""What was raised from a record: recommendations from an audit. Kinds that come from others say how to find theirs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from candour.kernel.access import Actor
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record


@dataclass(frozen=True)
class Raised:
    """A record that came from another, as that one's page lists it.

    group: what it is counted by ("High"), in the order of `rank`; tone: of a tag. state: in words, with its own tone.
    pk: of its record. sort: what kind of thing it is, where its kind knows several ("cause of concern").
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
    pk: int = 0
    sort: str = ""
    closed_on: date | None = None
    sensitivity: str = "office"
    owner_id: int | None = None


@dataclass(frozen=True)
class Answered:
    """Who answers for what was raised, and by when: a day, or the words in its place."""

    post: str
    due: date | None = None
    words: str = ""


@dataclass(frozen=True)
class RaisedThen:
    """A record that came from another, in full and as it stood on a day: what a paper prints of it."""

    reference: str
    title: str
    group: str
    rank: int
    tone: str
    state: str
    sensitivity: str
    text: str = ""
    finding: str = ""
    risk: str = ""
    response: str = ""
    owners: tuple[Answered, ...] = ()
    pk: int = 0
    sort: str = ""
    closed_on: date | None = None


@dataclass(frozen=True)
class NewRaised:
    """Something to raise from a record, as a paper lists it. sort: as in Raised; outcome: closed, where it is over."""

    reference: str
    title: str
    sort: str
    origin: Record
    text: str = ""
    printed: str = ""
    owner: Post | None = None
    due: date | None = None
    due_text: str = ""
    reported_on: date | None = None
    closed: bool = False
    priority: str = ""
    response: str = ""


# (numbers of records, actor, day) -> by number what was raised from it, visible to the actor, in order. One query each.
Source = Callable[[Sequence[int], Actor, date], Mapping[int, Sequence[Raised]]]

SourceThen = Callable[[Sequence[int], Actor, date], Mapping[int, Sequence[RaisedThen]]]

# (what to raise, said: body, actor, moment, reason, day) -> the records made. Through the kind’s own command.
Maker = Callable[..., Sequence[Record]]

_makers: list[Maker] = []
_sources: dict[str, Source] = {}
_then: dict[str, SourceThen] = {}


def register(kind: str, source: Source, *, then: SourceThen | None = None) -> None:
    """Say how the records of a kind are found by what they came from, and as they stood on a past day (then).

    Raises ValueError for a kind that is taken.
    """
    if kind in _sources:
        raise ValueError(f"how {kind!r} is raised is registered twice")
    _sources[kind] = source
    if then is not None:
        _then[kind] = then


def register_maker(make: Maker) -> None:
    """Say by what command things are raised from a record that another app read out of a paper."""
    _makers.append(make)


def raise_from(
    found: Sequence[NewRaised],
    *,
    organisation: Organisation,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> list[Record]:
    """Raise many things of one body, each from its record; none where no app raises any. Raises what the command raises."""
    said = {"organisation": organisation, "actor": actor, "at": at, "reason": reason, "effective": effective}
    return [record for make in _makers if found for record in make(found, **said)]


def raised_from(records: Sequence[int], *, actor: Actor, today: date) -> dict[int, tuple[Raised, ...]]:
    """By record everything that was raised from it and the actor may see, by group and then by reference.

    What is counted is what is listed: a count is the length of these. One query for each kind that was registered.
    """
    found: dict[int, list[Raised]] = {}
    for _, source in sorted(_sources.items()):
        for pk, rows in source(records, actor, today).items():
            found.setdefault(pk, []).extend(rows)
    return {pk: tuple(sorted(rows, key=lambda row: (row.rank, row.reference))) for pk, rows in found.items()}


def raised_then(records: Sequence[int], *, actor: Actor, day: date) -> dict[int, tuple[RaisedThen, ...]]:
    """The same as at the end of a day, in full: what had been raised by then, by group and then by reference."""
    found: dict[int, list[RaisedThen]] = {}
    for _, source in sorted(_then.items()):
        for pk, rows in source(records, actor, day).items():
            found.setdefault(pk, []).extend(rows)
    return {pk: tuple(sorted(rows, key=lambda row: (row.rank, row.reference))) for pk, rows in found.items()}


def tallied(rows: Sequence[Raised | RaisedThen]) -> list[tuple[str, str, int]]:
    """How many there are in each group, as (group, tone, count), in the order of the groups."""
    groups: dict[str, tuple[str, int]] = {}
    for row in rows:
        groups[row.group] = (row.tone, groups.get(row.group, ("", 0))[1] + 1)
    return [(group, tone, count) for group, (tone, count) in groups.items()]
