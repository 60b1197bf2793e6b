"""Where risks stand against what their body tolerates: in a list, in a past day's rows, for one risk."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from candour.kernel.people.models import holding
from candour.kernel.scales.models import Appetite, matrix_from
from candour.kernel.scales.queries import AppetiteBook, appetites_on, matrices
from candour.kernel.scales.rules import Stand, Tolerance, stands
from candour.risks.models import Assessment, Risk, RiskLine
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


def appetite_columns(day: date) -> dict[str, Subquery]:
    """What the body of a risk tolerates in its category on a day, as columns beside the risk's own."""
    held = Appetite.objects.filter(
        holding(day), organisation=OuterRef("record__organisation"), category__iexact=OuterRef("category")
    ).order_by("-starts", "-pk")
    paths = {"category": "category", "word": "word", "highest": "highest", "definition": "scale__definition"}
    return {f"appetite_{name}": Subquery(held.values(path)[:1]) for name, path in paths.items()}


def tolerated(risk: Risk, row: RiskRow, *, as_at: date | None) -> tuple[Tolerance, Stand | None] | None:
    """What the body tolerates in a risk's category, and where the score of its row stands; None where it has not said.

    risk: with its appetite_columns, which hold for today; a past day has a query of its own.
    """
    if as_at is not None:
        held = appetites_on(as_at, organisation=row.organisation_id).of(row.organisation_id, row.category)
    else:
        held = _held(risk)
    return (held, stands(row.line.score, row.matrix, held)) if held else None


def _held(risk: Any) -> Tolerance | None:
    if risk.appetite_word is None:
        return None
    size = matrix_from(0, "", risk.appetite_definition).size
    return Tolerance(risk.appetite_category, risk.appetite_word, risk.appetite_highest, size)


def rows_against(rows: Iterable[RiskRow], stand: str, *, day: date) -> list[RiskRow]:
    """The rows of a past day that stand so against the appetite of that day. One query."""
    book = appetites_on(day)
    return [row for row in rows if stand_of(row, book) == stand]
