"""The paper of what changed in a register between two days: what every such paper has, whatever the register."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from candour.kernel.calendar import say_date
from candour.kernel.papers.audiences import COPY
from candour.kernel.papers.document import Block, Column, Document, Heading, Row, Table, bold, cell, fact, para

SUMMARY = "Changes by kind"
A = TypeVar("A")  # a change, as the app finds them


@dataclass(frozen=True)
class Register(Generic[A]):
    """How a register speaks of what changed in it.

    title: of the paper. name: "the audit plan". one, many: what changed, "audit" and "audits". as_at: the label of the later
    day. kinds: label by kind, in the order told. kind, number, restricted: of a change its kind, the number of its record,
    and whether that is restricted. table: the table of all changes of one kind, under its label.
    """

    title: str
    name: str
    one: str
    many: str
    as_at: str
    kinds: Mapping[str, str]
    kind: Callable[[A], str]
    number: Callable[[A], int]
    restricted: Callable[[A], bool]
    table: Callable[[str, str, Sequence[A]], Table]
    meeting: str = "Panel"


@dataclass(frozen=True)
class Told(Generic[A]):
    """What one copy tells: of which body, for which panel, written on which day, between which days.

    more: what is said in the summary beside the number that changed, a paragraph each. after: what follows the changes.
    """

    body: str
    panel: str
    dated: date
    since: date
    as_at: date
    changes: Sequence[A]
    more: Sequence[tuple[object, ...]] = ()
    after: Sequence[Block] = ()


def paper_of_changes(register: Register[A], told: Told[A], audience: str) -> Document:
    """The copy of one audience, as a draft. Raises KeyError for an audience that does not exist."""
    since, as_at = say_date(told.since), say_date(told.as_at)
    return Document(
        register.title,
        told.body,
        tuple(_blocks(register, told, since, as_at)),
        subtitle=f"{COPY[audience]}. From the end of {since} to the end of {as_at}",
        marking="OFFICIAL-SENSITIVE" if any(map(register.restricted, told.changes)) else "OFFICIAL",
        meta=(
            fact(register.meeting, told.panel),
            fact("Date", say_date(told.dated)),
            fact("Report of", told.body),
            fact("Subject", register.title),
            fact(register.as_at, as_at),
            fact("Compared with", since),
        ),
        date=told.dated,
    )


def _blocks(register: Register[A], told: Told[A], since: str, as_at: str) -> Iterator[Block]:
    yield Heading(1, "Purpose")
    yield para(f"To show what changed in {register.name} between {since} and {as_at}.", number=1)
    yield Heading(1, "Summary")
    if not told.changes:
        yield para("Nothing changed.", number=2)
        return
    number = len({register.number(one) for one in told.changes})
    what = register.one if number == 1 else register.many
    yield para(bold(f"{number:,}"), f" {what} changed between {since} and {as_at}.", number=2)
    for place, parts in enumerate(told.more, 3):
        yield para(*parts, number=place)  # type: ignore[arg-type]
    counts = Counter(register.kind(one) for one in told.changes)
    rows = tuple(Row((cell(label), cell(f"{counts[kind]:,}"))) for kind, label in register.kinds.items())
    yield Table(SUMMARY, (Column("What", 30), Column("Changes", 12, "right", "number")), rows)
    yield Heading(1, "Changes")
    for kind, label in register.kinds.items():
        if of := [one for one in told.changes if register.kind(one) == kind]:
            yield register.table(kind, label, of)
    yield from told.after
