"""What a tracker leaves the house as: its rows in full, one for each owner's part."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from candour.kernel.access import Actor
from candour.kernel.records.models import Record
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.queries.filters import RecommendationFilter, asked, lines
from candour.recommendations.queries.register import register
from candour.recommendations.queries.rows import OwnerRow, RecommendationRow
from candour.recommendations.queries.sources import PastTracker, Tracker, ordered


@dataclass(frozen=True)
class Part:
    """A recommendation as one of its owners answers for it. owner: None where no post was ever named."""

    it: RecommendationRow
    owner: OwnerRow | None

    @property
    def key(self) -> str:
        """What tells the part from all others: R and the recommendation, A and the owner's part."""
        return f"R{self.it.pk}A{self.owner.pk if self.owner else 0}"


@dataclass(frozen=True)
class Stock:
    """The rows of an export, and how they stood when. past: of another day than today.

    parts: one for each owner, those of some posts alone where the list asked for them. changeable: the bodies whose
    recommendations the reader may update.
    """

    rows: tuple[RecommendationRow, ...]
    parts: tuple[Part, ...]
    as_at: date
    past: bool
    changeable: frozenset[int] = frozenset()


def full_rows(source: Tracker, wanted: RecommendationFilter, *, sort: str) -> list[RecommendationRow]:
    """The rows of a list with wording and updates, in its order. Eight queries live; a past day is opened with them."""
    if isinstance(source, PastTracker):
        return ordered(source.matching(wanted), sort)
    found = lines(source.actor, wanted.organisation).filter(asked(wanted, source.today))
    only = Record.objects.filter(pk__in=found.order_by().values("pk"))
    said: dict[str, Any] = {"today": source.today, "closed_since": date.min, "texts": True, "only": only}
    return ordered(register(source.actor, **said), sort)


def whole_tracker(actor: Actor, *, organisation: int, today: date, as_at: date | None) -> list[RecommendationRow]:
    """Every open recommendation of a body that an actor may see, in full, highest priority first."""
    return register(actor, today=today, as_at=as_at, organisation=organisation, texts=True)


def stock_of(
    rows: Iterable[RecommendationRow], actor: Actor, *, as_at: date, past: bool, owners: Iterable[int] = ()
) -> Stock:
    """The rows with their parts. owners: the posts whose parts are wanted, all where none is named."""
    rows, wanted = tuple(rows), set(owners)
    parts = [Part(row, owner) for row in rows for owner in row.owners or (None,)]
    kept = tuple(part for part in parts if not wanted or (part.owner and part.owner.owner_id in wanted))
    bodies = {row.organisation_id for row in rows}
    may = frozenset() if past else frozenset(pk for pk in bodies if actor.holds(RecommendationPermission.UPDATE, pk))
    return Stock(rows, kept, as_at, past, may)
