"""Where risks stand against what their body tolerates: in a list, in a past day's rows, for one risk."""

from collections.abc import Iterable
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from candour.kernel.scales.queries import AppetiteBook, appetites_on, matrices
from candour.kernel.scales.rules import Stand, Tolerance, stands
from candour.risks.models import Assessment, RiskLine
from candour.risks.queries.rows import RiskRow

LOOKUPS = {"within": "score__lt", "at": "score", "over": "score__gt"}


def last_scale() -> Subquery:
    """The scale that the score of a line was given on."""
    scored = Assessment.objects.filter(
        risk=OuterRef("pk"),
        purpose=Assessment.Purpose.CURRENT,
        proposed=False,
        withdrawn_on=None,
        scored_on=OuterRef("scored_on"),
    )
    return Subquery(scored.order_by("-pk").values("scale")[:1])


def against_appetite(rows: QuerySet[RiskLine], stand: str, *, today: date) -> QuerySet[RiskLine]:
    """The lines that stand so against the appetite of their category: "within", "at" or "over". Two queries beside."""
    book, scales = appetites_on(today), matrices()
    asked = Q(pk__in=[])
    for (organisation, _), held in book.held.items():
        of_category = Q(organisation=organisation, record__risk__category__iexact=held.category)
        alike = [pk for pk, matrix in scales.items() if matrix.size == held.size]
        asked |= of_category & Q(**{LOOKUPS[stand]: held.highest}, scored_scale__in=alike)
    return rows.alias(scored_scale=last_scale()).filter(asked)


def stand_of(row: RiskRow, book: AppetiteBook) -> Stand | None:
    """Where one risk stands against the appetite of its category."""
    return stands(row.line.score, row.matrix, book.of(row.organisation_id, row.category))


def tolerated(row: RiskRow, *, day: date) -> tuple[Tolerance, Stand | None] | None:
    """What the body tolerates on a day in a risk's category, and where its score stands; None where it has not said.

    One query, none for a risk without a category.
    """
    held = (
        appetites_on(day, organisation=row.organisation_id).of(row.organisation_id, row.category)
        if row.category
        else None
    )
    return (held, stands(row.line.score, row.matrix, held)) if held else None


def rows_against(rows: Iterable[RiskRow], stand: str, *, day: date) -> list[RiskRow]:
    """The rows of a past day that stand so against the appetite of that day. One query."""
    book = appetites_on(day)
    return [row for row in rows if stand_of(row, book) == stand]
