"""The tracker to list, live or on a past day, asked in the same words: who owns, how many, which page."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from candour.kernel.access import Actor
from candour.kernel.records.search import begins_every
from candour.recommendations.models import Assignment
from candour.recommendations.queries.conditions import NONE, directorate
from candour.recommendations.queries.filters import RecommendationFilter
from candour.recommendations.queries.lists import (
    RecommendationPage,
    counts,
    owners_in_use,
    page_of,
    priorities_in_use,
)
from candour.recommendations.queries.orders import Named
from candour.recommendations.queries.register import register
from candour.recommendations.queries.rows import RecommendationRow
from candour.recommendations.queries.then import dated_then, directorates_then, owners_then

Key = TypeVar("Key", bound=Hashable)


@dataclass
class LiveTracker:
    """The tracker as it stands."""

    actor: Actor
    organisation: int | None
    today: date
    in_use: Named = ()  # the posts that answer for what is listed, where they were asked for
    counted: dict[Any, Any] = field(default_factory=dict)  # what figures of one page have in common

    def owners(self, *, ended: bool = False) -> list[tuple[int, str]]:
        return owners_in_use(self.actor, self.organisation, ended=ended)

    @cached_property
    def words_of_priority(self) -> list[str]:
        return priorities_in_use(self.actor, self.organisation)

    def priorities(self) -> list[str]:
        return self.words_of_priority

    def counts(self, wanted: Mapping[Key, RecommendationFilter]) -> dict[Key, int]:
        return counts(self.actor, wanted, today=self.today)

    def page(
        self, wanted: RecommendationFilter, *, sort: str, offset: int, size: int, total: int
    ) -> RecommendationPage:
        place: dict[str, Any] = {"sort": sort, "offset": offset, "size": size, "total": total, "owners": self.in_use}
        return page_of(self.actor, wanted, today=self.today, **place)


@dataclass
class PastTracker:
    """The tracker as it stood at the end of a past day. Eight queries, whatever is asked of it; one more for directorates."""

    actor: Actor
    organisation: int | None
    today: date

    @cached_property
    def every(self) -> list[RecommendationRow]:
        said: dict[str, Any] = {"today": self.today, "as_at": self.today, "organisation": self.organisation}
        return register(self.actor, closed_since=date.min, texts=True, **said)

    @cached_property
    def directorates(self) -> dict[int, str]:
        """By post its directorate, else the post that it answers to, as the chart stands now. One query."""
        named = {owner.owner_id for row in self.every for owner in row.owners if owner.owner_id is not None}
        rows = Assignment.objects.filter(owner__in=named).order_by().annotate(directorate=directorate("owner__"))
        return dict(rows.filter(directorate__isnull=False).values_list("owner", "directorate").distinct())

    def owners(self, *, ended: bool = False) -> list[tuple[int, str]]:
        live = (row for row in self.every if ended or row.line.closed_on is None)
        found = {owner.owner_id: owner.owner for row in live for owner in row.owners if owner.owner_id is not None}
        return sorted(found.items(), key=lambda pair: pair[1])

    def priorities(self) -> list[str]:
        ranked = sorted({(row.line.rank, row.line.priority) for row in self.every if row.line.priority})
        return list(dict.fromkeys(word for _, word in ranked))

    def counts(self, wanted: Mapping[Key, RecommendationFilter]) -> dict[Key, int]:
        return {key: len(self.matching(each)) for key, each in wanted.items()}

    def page(
        self, wanted: RecommendationFilter, *, sort: str, offset: int, size: int, total: int
    ) -> RecommendationPage:
        found = ordered(self.matching(wanted), sort)
        return RecommendationPage(tuple(found[offset : offset + size]), total)

    def matching(self, wanted: RecommendationFilter) -> list[RecommendationRow]:
        """The rows of that day that a list wants."""
        return [row for row in self.every if self.holds(row, wanted)]

    def holds(self, row: RecommendationRow, wanted: RecommendationFilter) -> bool:
        """Whether a row of that day is one that a list wants."""
        if wanted.directorate and _given(wanted.directorate, "") not in directorates_then(row, self.directorates):
            return False
        return matches(row, wanted, self.today)


Tracker = LiveTracker | PastTracker


def open_tracker(actor: Actor, *, organisation: int | None, today: date, as_at: date | None) -> Tracker:
    """The tracker of today or of a past day."""
    return PastTracker(actor, organisation, as_at) if as_at else LiveTracker(actor, organisation, today)


def matches(row: RecommendationRow, wanted: RecommendationFilter, today: date) -> bool:
    """Whether a row of a past day is one that a list wants, as lists.asked() decides for the live tracker."""
    line = row.line
    ended = line.closed_on is not None
    same = (
        (ended if wanted.ended is None else wanted.ended, ended),
        (wanted.organisation or row.organisation_id, row.organisation_id),
        (wanted.status or row.status, row.status),
        (_given(wanted.priority, line.priority), line.priority),
        (wanted.source or line.source, line.source),
        (wanted.sensitivity or row.sensitivity, row.sensitivity),
        (_given(wanted.audit, row.audit), row.audit),
    )
    if any(want != has for want, has in same) or not dated_then(row, wanted, today):
        return False
    if wanted.owners and not {key for key, _ in owners_then(row)} & set(wanted.owners):
        return False
    return begins_every(wanted.words, said_of(row))


def _given(wanted: str, has: str) -> str:
    return "" if wanted == NONE else wanted or has


def said_of(row: RecommendationRow) -> str:
    """What the words of a past day's list are looked for in."""
    said = [text for update in row.updates for text in (update.achieved, update.left, update.barriers, update.text)]
    own = (row.reference, row.title, row.audit, row.printed, row.text, row.finding, row.risk, row.response_text)
    return "\n".join((*own, *said))


KEYS: Mapping[str, Callable[[RecommendationRow], Any]] = {
    "priority": lambda row: row.line.rank,
    "reference": lambda row: row.reference,
    "title": lambda row: row.title,
    "owner": lambda row: row.owner or None,
    "status": lambda row: row.status,
    "first": lambda row: row.line.original_due,
    "due": lambda row: row.line.due,
    "slips": lambda row: row.line.slips,
    "age": lambda row: row.line.first_reported,
}


def ordered(rows: Iterable[RecommendationRow], sort: str) -> list[RecommendationRow]:
    """Rows of a past day in an order of page_of: ties by first date and reference, rows without a value last."""
    key = KEYS.get(sort.lstrip("-"), KEYS["priority"])
    tied = sorted(rows, key=lambda row: (row.line.original_due or date.max, row.reference, row.pk))
    present = sorted((row for row in tied if key(row) is not None), key=key, reverse=sort.startswith("-"))
    return present + [row for row in tied if key(row) is None]
