"""Where risks stand against what their body tolerates: in a list, in a past day's rows, for one risk."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower

from candour.kernel.people.models import holding
from candour.kernel.scales.models import Appetite, matrix_from
from candour.kernel.scales.queries import AppetiteBook, appetites_on
from candour.kernel.scales.rules import Matrix, Stand, Tolerance, stands
from candour.risks.models import Assessment, Risk
from candour.risks.queries.rows import RiskRow

LOOKUPS = {"within": "highest__gt", "at": "highest", "over": "highest__lt"}


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


def against_appetite(stand: str, *, today: date, scales: Mapping[int, Matrix]) -> Q:
    """That a line stands so against the appetite of its category: "within", "at" or "over". No query of its own.

    The line has its last_scale() as `scored_scale`. scales: every matrix by number.
    """
    sizes: dict[tuple[int, int], list[int]] = {}
    for pk, matrix in scales.items():
        sizes.setdefault(matrix.size, []).append(pk)
    held = _holding(today, "organisation", "record__risk__category").filter(**{LOOKUPS[stand]: OuterRef("score")})
    asked = Q(pk__in=[])
    for alike in sizes.values():
        asked |= Q(Exists(held.filter(scale__in=alike)), scored_scale__in=alike)
    return asked


def stand_of(row: RiskRow, book: AppetiteBook) -> Stand | None:
    """Where one risk stands against the appetite of its category."""
    return stands(row.line.score, row.matrix, book.of(row.organisation_id, row.category))


def appetite_columns(day: date) -> dict[str, Subquery]:
    """What the body of a risk tolerates in its category on a day, as columns beside the risk's own."""
    held = _holding(day, "record__organisation", "category").order_by("-starts", "-pk")
    paths = {"category": "category", "word": "word", "highest": "highest", "definition": "scale__definition"}
    return {f"appetite_{name}": Subquery(held.values(path)[:1]) for name, path in paths.items()}


def _holding(day: date, organisation: str, category: str) -> QuerySet[Appetite]:
    """The appetites that hold on a day for the row outside, whose organisation and category are found by these paths."""
    said = Appetite.objects.alias(said=Lower("category")).filter(said=Lower(OuterRef(category)))
    return said.filter(holding(day), organisation=OuterRef(organisation))


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


def rows_against(rows: Iterable[RiskRow], stand: str, *, book: AppetiteBook) -> list[RiskRow]:
    """The rows of a past day that stand so against the appetites of that day."""
    return [row for row in rows if stand_of(row, book) == stand]
