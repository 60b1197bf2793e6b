"""A register to list, live or on a past day, asked in the same words: who owns, how many, which page, which cells."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from django.db.models import F

from candour.kernel.access import Actor
from candour.kernel.records.search import begins_every
from candour.kernel.scales.queries import AppetiteBook, ScaleBook, appetites_on
from candour.kernel.scales.rules import Matrix
from candour.risks.queries.appetite import Against, rows_against
from candour.risks.queries.lists import (
    RiskFilter,
    RiskPage,
    every_row,
    lines,
    narrowed,
    page_of,
    posts_in_use,
)
from candour.risks.queries.register import register
from candour.risks.queries.rows import RiskRow
from candour.risks.queries.tallies import countable, tallied


@dataclass(frozen=True)
class Placed:
    """A risk on the heat map. matrix is None, impact and likelihood too, for one that is not scored yet."""

    reference: str
    organisation_code: str
    title: str
    impact: int | None
    likelihood: int | None
    matrix: Matrix | None
    sensitivity: str


@dataclass
class LiveRegister:
    """The register as it stands."""

    actor: Actor
    base: RiskFilter
    today: date
    since: date
    book: ScaleBook
    bands: dict[RiskFilter, dict[str, int]] = field(default_factory=dict)  # what counts() has counted already
    in_use: Sequence[tuple[int, str]] = ()  # what owners() gave, where it was asked for already

    @cached_property
    def against(self) -> Against:
        return Against(self.today, self.book.matrices)

    def owners(self) -> list[tuple[int, str]]:
        return posts_in_use(self.actor, self.base)

    def counts(self, views: Mapping[str, RiskFilter], *, listed: RiskFilter | None = None) -> dict[str, int]:
        """How many each view holds. The bands of the list that will be asked for are counted in the same query."""
        asked: dict[tuple[str, str], RiskFilter] = {("view", name): wanted for name, wanted in views.items()}
        if listed and countable(listed):
            names = {band.name for matrix in self.book.matrices.values() for band in matrix.bands}
            asked |= {("band", name): replace(listed, band=name) for name in names if listed.band in {"", name}}
            asked["list", ""] = listed
        counts = tallied(self.actor, self.base, asked, today=self.today, since=self.since, against=self.against)
        if listed and countable(listed):
            bands = {name: count for (what, name), count in counts.items() if what == "band" and count}
            unscored = counts["list", ""] - sum(bands.values())
            self.bands[listed] = bands | ({"": unscored} if unscored else {})
        return {name: counts["view", name] for name in views}

    def page(self, wanted: RiskFilter, *, sort: str, offset: int, size: int) -> RiskPage:
        return page_of(
            self.actor,
            wanted,
            today=self.today,
            since=self.since,
            sort=sort,
            offset=offset,
            size=size,
            scales=self.book.matrices,
            bands=self.bands.get(wanted),
            against=self.against,
            owners=() if wanted.closed else self.in_use,
        )

    def rows(self, wanted: RiskFilter, *, sort: str) -> Iterator[RiskRow]:
        return every_row(self.actor, wanted, today=self.today, since=self.since, sort=sort, scales=self.book.matrices)

    def placed(self, wanted: RiskFilter) -> list[Placed]:
        """Every risk with the scale it was last scored on. One query."""
        known = self.book.matrices
        asked = lines(self.actor, wanted)
        found = narrowed(asked, wanted, today=self.today, since=self.since, against=self.against)
        rows = found.order_by(F("score").desc(nulls_last=True), "reference").values_list(
            "reference", "organisation__code", "record__title", "impact", "likelihood", "scale", "sensitivity"
        )
        return [Placed(*row[:5], known[row[5]] if row[5] else None, row[6]) for row in rows]


@dataclass
class PastRegister:
    """The register as it stood at the end of a past day. Six queries, whatever is asked of it; one more for appetite."""

    actor: Actor
    base: RiskFilter
    today: date
    since: date
    book: ScaleBook
    texts: bool = False

    @cached_property
    def every(self) -> list[RiskRow]:
        return register(
            self.actor,
            today=self.today,
            as_at=self.today,
            since=self.since,
            organisation=self.base.organisation,
            level=self.base.level,
            closed_since=date.min,
            texts=self.texts,
            scales=self.book.matrices,
        )

    @cached_property
    def appetites(self) -> AppetiteBook:
        return appetites_on(self.today)

    @property
    def live(self) -> list[RiskRow]:
        return [row for row in self.every if row.line.closed_on is None]

    def owners(self) -> list[tuple[int, str]]:
        found = {row.owner_id: row.owner for row in self.live if row.owner_id is not None}
        return sorted(found.items(), key=lambda pair: pair[1])

    def counts(self, views: Mapping[str, RiskFilter]) -> dict[str, int]:
        return {name: len(self.matching(wanted)) for name, wanted in views.items()}

    def matching(self, wanted: RiskFilter) -> list[RiskRow]:
        found = [row for row in self.every if matches(row, wanted)]
        return rows_against(found, wanted.appetite, book=self.appetites) if wanted.appetite else found

    def page(self, wanted: RiskFilter, *, sort: str, offset: int, size: int) -> RiskPage:
        found = self.matching(wanted)
        bands = Counter(row.line.band for row in found)
        return RiskPage(tuple(ordered(found, sort)[offset : offset + size]), len(found), dict(bands))

    def rows(self, wanted: RiskFilter, *, sort: str) -> Iterator[RiskRow]:
        return iter(ordered(self.matching(wanted), sort))

    def placed(self, wanted: RiskFilter) -> list[Placed]:
        return [
            Placed(
                row.reference,
                row.organisation_code,
                row.title,
                row.line.impact,
                row.line.likelihood,
                row.matrix,
                row.sensitivity,
            )
            for row in ordered(self.matching(wanted), "-score")
        ]


Source = LiveRegister | PastRegister


def open_register(
    actor: Actor,
    base: RiskFilter,
    *,
    today: date,
    as_at: date | None,
    since: date,
    book: ScaleBook,
    texts: bool = False,
) -> Source:
    """The register of today or of a past day. base: its level and organisation. texts: read its wording on a past day."""
    if as_at is None:
        return LiveRegister(actor, base, today, since, book)
    return PastRegister(actor, base, as_at, since, book, texts)


def matches(row: RiskRow, wanted: RiskFilter) -> bool:
    """Whether a row of a past day is one that a list wants, as narrowed() decides for the live register."""
    asked = (
        (wanted.closed, row.line.closed_on is not None),
        (wanted.owner or row.owner_id, row.owner_id),
        (wanted.status or row.status, row.status),
        (wanted.band or row.line.band, row.line.band),
        (wanted.sensitivity or row.sensitivity, row.sensitivity),
        (wanted.impact or row.line.impact, row.line.impact),
        (wanted.likelihood or row.line.likelihood, row.line.likelihood),
    )
    if any(want != has for want, has in asked):
        return False
    if wanted.movement == "changed" and row.direction == "same":
        return False
    if wanted.movement not in {"", "changed", row.direction}:
        return False
    return begins_every(wanted.words, said_of(row))


def said_of(row: RiskRow) -> str:
    """What the words of a past day's list are looked for in: reference, title, wording and the controls of that day."""
    texts = (
        row.reference,
        row.title,
        row.source,
        row.event,
        row.effect,
        row.context,
        row.category,
        row.joint_reference,
    )
    return "\n".join((*texts, *(control.text for control in row.controls if control.removed_on is None)))


KEYS = {
    "score": lambda row: row.line.score,
    "reference": lambda row: row.reference,
    "owner": lambda row: row.owner or None,
    "status": lambda row: row.status,
    "review": lambda row: row.line.review_due,
    "title": lambda row: row.title,
}


def ordered(rows: Iterable[RiskRow], sort: str) -> list[RiskRow]:
    """Rows of a past day in an order of page_of: ties by reference, rows without a value last."""
    key = KEYS.get(sort.lstrip("-"), KEYS["score"])
    tied = sorted(rows, key=lambda row: (row.reference, row.pk))
    present = sorted((row for row in tied if key(row) is not None), key=key, reverse=sort.startswith("-"))
    return present + [row for row in tied if key(row) is None]
