"""What the kernel must know to read a kind of paper in; apps register theirs in apps.py."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Protocol

from candour.kernel.access import Actor
from candour.kernel.intake.document import Document, Finding, Reading, Table
from candour.kernel.intake.mapping import Told
from candour.kernel.people.models import Organisation


@dataclass(frozen=True)
class Choice:
    """One way to settle a finding: the words of the choice, and the fields of the record that it changes."""

    value: str
    label: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    aside: bool = False  # the row is set aside


@dataclass(frozen=True)
class Match:
    """What saving a proposed row would do, in words: New, Same record, Restricted match. An empty plan changes nothing.

    conflicts: what the paper says otherwise than the register, for a person: saving leaves it as it is recorded.
    """

    reference: str
    match: str
    plan: tuple[str, ...]
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Saved:
    """What a load did: references of records made, changed, left as they were."""

    made: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    set_aside: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()  # left as recorded, for a person

    def told(self) -> str:
        """What was done, in one sentence."""
        counts = (
            ("made", self.made),
            ("changed", self.changed),
            ("left as they were", self.unchanged),
            ("set aside", self.set_aside),
        )
        done = ", ".join(f"{len(references)} {words}" for words, references in counts)
        return f"{done}; {len(self.conflicts)} left to decide" if self.conflicts else done

    def as_json(self) -> dict[str, list[str]]:
        found = {
            "made": list(self.made),
            "changed": list(self.changed),
            "unchanged": list(self.unchanged),
            "set_aside": list(self.set_aside),
        }
        return found | ({"conflicts": list(self.conflicts)} if self.conflicts else {})


class Save(Protocol):
    """Saves the records of a reading through commands, all or none."""

    def __call__(
        self,
        records: Sequence[Mapping[str, Any]],
        meta: Mapping[str, Any],
        *,
        organisation: Organisation,
        source: Mapping[str, str],
        effective: date | None,
        actor: Actor,
        at: datetime,
    ) -> Saved: ...


class Compare(Protocol):
    """What saving would do to each record, by reference."""

    def __call__(
        self, records: Sequence[Mapping[str, Any]], *, organisation: Organisation, effective: date | None, actor: Actor
    ) -> list[Match]: ...


@dataclass(frozen=True)
class PaperKind:
    """A kind of paper that can be read in.

    recognises: how surely a raw document is of this kind, 0 to 1. propose: the reading, with the columns that a person named
    by the shape of their headings. choices: the ways to settle a finding. fields: what a column may be named as, and in words.
    against: by the name of another kind of paper what the two print differently.
    """

    name: str
    label: str
    recognises: Callable[[Document], float]
    propose: Callable[[Document, Mapping[str, str], Told | None], Reading]
    choices: Callable[[Finding, Mapping[str, Any] | None], list[Choice]]
    compare: Compare | None = None  # without these two the paper is read and checked, and not saved
    save: Save | None = None
    fields: Sequence[tuple[str, str]] = ()
    against: Mapping[str, Callable[[Reading, Reading], list[Finding]]] = field(default_factory=dict)
    needs: frozenset[str] = frozenset()  # one of these columns at least makes a row a record
    order: int = (
        50  # of kinds that are equally sure of a paper, as where its headings are of no kind, the lowest is taken
    )


NOT_SAVED = "{}: this kind of paper is read and checked here, and not saved into a register"


class UnknownKind(LookupError):
    """No reader knows this kind of paper. The message says which kinds there are."""


_kinds: dict[str, PaperKind] = {}


def register(kind: PaperKind) -> None:
    """Make a kind of paper known."""
    _kinds[kind.name] = kind


def kinds() -> Collection[PaperKind]:
    """Every kind of paper, by name."""
    return [_kinds[name] for name in sorted(_kinds)]


def kind_of(document: Document, name: str | None = None) -> PaperKind:
    """The named kind, or the one that recognises the document most surely. Raises UnknownKind."""
    known = ", ".join(sorted(_kinds))
    if name:
        if name not in _kinds:
            raise UnknownKind(f"{name!r} is not a kind of paper that can be read: use one of {known}")
        return _kinds[name]
    sure, best = _likeliest(document)
    if sure < 0.5:
        raise UnknownKind(f"This does not look like a paper that can be read; name its kind, one of {known}")
    return _kinds[best]


def likeliest(document: Document) -> PaperKind:
    """The kind that a document looks most like, however little. Raises UnknownKind where there is none at all."""
    _sure, best = _likeliest(document)
    return kind_of(document, best or "none")


LOOKED_AT = 500  # rows of a table that tell what kind of paper it is


def _likeliest(document: Document) -> tuple[float, str]:
    cut = tuple(
        replace(block, rows=block.rows[:LOOKED_AT]) if isinstance(block, Table) else block for block in document.blocks
    )
    beginning = replace(document, blocks=cut)
    sure = [(kind.recognises(beginning), -kind.order, kind.name) for kind in kinds()]
    most, _, name = max(sure, default=(0.0, 0, ""))
    return most, name
