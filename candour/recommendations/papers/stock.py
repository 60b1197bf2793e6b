"""What a tracker paper is made from, and what of it each audience may see. Pure: rows in, rows out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from candour.kernel.papers.audiences import READ_BY, may_read
from candour.kernel.scales.rules import Words
from candour.recommendations import rules
from candour.recommendations.queries.near import Near
from candour.recommendations.queries.rows import RecommendationRow, UpdateRow

Rows = tuple[RecommendationRow, ...]


@dataclass(frozen=True)
class Stock:
    """The tracker of one body as it stood on a day, and how it stood on another: every copy is made from it.

    rows: every recommendation that was live on as_at, or that ended or was verified after since, highest priority first.
    before: the numbers of those that were live at the end of since. near: other records by number.
    files: how many stand as evidence, by number of the recommendation, where there are any.
    """

    body: str
    panel: str
    as_at: date
    since: date
    dated: date
    rows: Rows
    before: frozenset[int] = frozenset()
    near: Mapping[int, Near] = field(default_factory=dict)
    files: Mapping[int, int] = field(default_factory=dict)
    priorities: Words | None = None
    opinions: Words | None = None
    admit_redacted: bool = True


@dataclass(frozen=True)
class Part:
    """What one audience may see of the rows, what is admitted as REDACTED (references, in order), and what is hidden."""

    rows: Rows
    redacted: tuple[str, ...]
    hidden: Rows


def for_audience(rows: Iterable[RecommendationRow], audience: str, *, admit_redacted: bool) -> Part:
    """The one place where it is decided what a copy holds. Rows keep their order.

    Whatever an audience may not read is not in the copy at all. A live one that is restricted may be admitted as its
    reference, sorted by reference. Raises ValueError for an audience that does not exist.
    """
    readable, rows = may_read(audience), tuple(rows)
    shown = tuple(row for row in rows if row.sensitivity in readable)
    hidden = tuple(row for row in rows if row.sensitivity not in readable)
    admitted = (row.reference for row in hidden if admit_redacted and row.restricted and row.line.closed_on is None)
    return Part(shown, tuple(sorted(admitted)), hidden)


@dataclass(frozen=True)
class Copy:
    """One audience's copy, sorted into what its sections show. Every figure of the paper is the length of one of these.

    ended: left the tracker after since. verified: found so by the auditor after since, whenever they closed. moved: live,
    past the first date or given another; late: those of them past it. quiet: live, and silent since. words: a date that
    stands is in words.
    """

    stock: Stock
    audience: str
    live: Rows
    ended: Rows
    verified: Rows
    raised: Rows
    proposed: Rows
    moved: Rows
    late: Rows
    quiet: Rows
    flagged: Rows
    repeats: Rows
    words: Rows
    redacted: tuple[str, ...]
    hidden: Rows

    @property
    def shown(self) -> Rows:
        """Every recommendation of the copy, once."""
        return tuple({row.pk: row for row in (*self.live, *self.ended, *self.verified)}.values())

    @property
    def restricted(self) -> Rows:
        return tuple(row for row in self.shown if row.restricted)

    def near(self, pk: int | None) -> Near | None:
        """Another record that a recommendation names, where this audience may read of it."""
        found = self.stock.near.get(pk or 0)
        return found if found and found.sensitivity in READ_BY[self.audience] else None


def copy_of(stock: Stock, audience: str) -> Copy:
    """The copy of an audience. Raises ValueError for an audience that does not exist."""
    part = for_audience(stock.rows, audience, admit_redacted=stock.admit_redacted)
    live = tuple(row for row in part.rows if row.line.closed_on is None)
    ended = tuple(row for row in part.rows if row.line.closed_on and row.line.closed_on > stock.since)
    moved = [row for row in live if row.late.original or row.line.slips]
    return Copy(
        stock=stock,
        audience=audience,
        live=live,
        ended=ended,
        verified=tuple(row for row in part.rows if verified_since(row, stock.since)),
        raised=tuple(row for row in (*live, *ended) if row.pk not in stock.before),
        proposed=tuple(row for row in live if row.line.proposed_on),
        moved=tuple(sorted(moved, key=lambda row: (-row.late.original, row.reference))),
        late=tuple(row for row in live if row.late.original),
        quiet=tuple(row for row in live if not said_since(row, stock.since) and row.pk in stock.before),
        flagged=tuple(row for row in live if row.flagged),
        repeats=tuple(row for row in live if is_repeat(row)),
        words=tuple(row for row in live if row.line.in_words),
        redacted=part.redacted,
        hidden=part.hidden,
    )


def said_since(row: RecommendationRow, since: date) -> tuple[UpdateRow, ...]:
    """Its updates dated after a day, oldest first."""
    return tuple(update for update in row.updates if update.dated > since)


def verified_since(row: RecommendationRow, since: date) -> bool:
    """Whether the auditor found anything of its closure after a day."""
    closure = row.closure
    return bool(row.line.closed_on and closure and closure.verified_on and closure.verified_on > since)


def is_repeat(row: RecommendationRow) -> bool:
    """Whether it repeats an earlier one: known from its own row, whoever may read the other."""
    return row.repeat_of_id is not None or row.line.first_reported < row.line.reported_on


def failed_checks(row: RecommendationRow, copy: Copy) -> tuple[rules.Check, ...]:
    """The checks that the newest update fails, read as the one behind a proposal to close, whether it made it itself or not."""
    if not row.updates:
        return ()
    before = row.updates[-2].answers if len(row.updates) > 1 else None
    files = copy.stock.files.get(row.pk, 0)
    found = rules.checks(replace(row.updates[-1].answers, proposes_closure=True), before=before, files=files)
    return tuple(check for check in found if not check.passed)
