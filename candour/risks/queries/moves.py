"""Which risks stand in another cell of the matrix, or on another matrix, than on the day compared with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from candour.kernel.access import Actor
from candour.kernel.scales.queries import ScaleBook
from candour.kernel.scales.rules import Band, Matrix
from candour.risks import rules
from candour.risks.queries.appetite import Against
from candour.risks.queries.lists import RiskFilter, lines, narrowed
from candour.risks.queries.movement import standing
from candour.risks.queries.rows import RiskRow
from candour.risks.queries.sources import PastRegister, Source


@dataclass(frozen=True)
class Spot:
    """A cell of a matrix."""

    impact: int
    likelihood: int
    matrix: Matrix

    @property
    def score(self) -> int:
        return self.impact * self.likelihood

    @property
    def band(self) -> Band:
        return self.matrix.band(self.score)

    def __str__(self) -> str:
        return f"{self.impact} × {self.likelihood}"


@dataclass(frozen=True)
class Moved:
    """A risk, where it stood on the day compared with, and where it stands."""

    reference: str
    organisation_code: str
    title: str
    sensitivity: str
    was: Spot
    now: Spot

    @property
    def direction(self) -> str:
        """up, down, same (another cell of the same score) or rescaled."""
        if self.was.matrix.id != self.now.matrix.id:
            return "rescaled"
        return rules.direction(self.now.score, self.was.score, date.min, date.max)

    @property
    def words(self) -> str:
        """ "from 3 × 3 to 4 × 3"; across two scales both are named, and nothing is compared."""
        if self.direction == "rescaled":
            return f"from {self.was} on {self.was.matrix.name} to {self.now} on {self.now.matrix.name}"
        return f"from {self.was} to {self.now}"


def moves_of(source: Source, wanted: RiskFilter) -> list[Moved]:
    """The risks of a register that moved since its day, highest score first. One query live, none more on a past day."""
    if isinstance(source, PastRegister):
        return [moved for row in source.matching(wanted) if (moved := _of_row(row))]
    return _live(source.actor, wanted, today=source.today, since=source.since, book=source.book)


def _live(actor: Actor, wanted: RiskFilter, *, today: date, since: date, book: ScaleBook) -> list[Moved]:
    found = narrowed(lines(actor, wanted), wanted, today=today, since=since, against=Against(today, book.matrices))
    # Only what was scored after that day can have moved, so the other rows are asked nothing.
    rows = found.filter(scored_on__gt=since).annotate(
        **{f"was_{name}": standing(name, since) for name in ("impact", "likelihood", "scale")},
    )
    told = rows.order_by(F("score").desc(nulls_last=True), "reference").values_list(
        *("reference", "organisation__code", "record__title", "sensitivity"),
        *("was_impact", "was_likelihood", "was_scale", "impact", "likelihood", "scale"),
    )
    moved = []
    for reference, code, title, sensitivity, *cells in told:
        was, now = cells[:3], cells[3:]
        if was[0] is not None and was != now:
            moved.append(Moved(reference, code, title, sensitivity, _spot(was, book), _spot(now, book)))
    return moved


def _spot(cells: Sequence[Any], book: ScaleBook) -> Spot:
    impact, likelihood, scale = cells
    return Spot(impact, likelihood, book.matrices[scale])


def _of_row(row: RiskRow) -> Moved | None:
    was, line = row.was, row.line
    if was is None or row.matrix is None or line.impact is None or line.likelihood is None:
        return None
    then = Spot(was.impact, was.likelihood, was.matrix)
    now = Spot(line.impact, line.likelihood, row.matrix)
    if (then.impact, then.likelihood, then.matrix.id) == (now.impact, now.likelihood, now.matrix.id):
        return None
    return Moved(row.reference, row.organisation_code, row.title, row.sensitivity, then, now)
