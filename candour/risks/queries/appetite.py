"""Where risks stand against what their body tolerates: in a list, in a past day's rows, for one risk."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower

from candour.kernel.people.models import holding
from candour.kernel.scales.models import Appetite, matrix_from
from candour.kernel.scales.queries import AppetiteBook, appetites_on
from candour.kernel.scales.rules import Matrix, Stand, Tolerance, stands
from candour.risks.models import Risk
from candour.risks.queries.rows import RiskRow

LOOKUPS = {"within": "score__lt", "at": "score", "over": "score__gt"}


Against = Callable[[str], Q]  # what a stand against appetite asks of a line


def against_appetites(today: date, scales: Mapping[int, Matrix]) -> Against:
    """What each stand asks of a line on a day. The first that is asked for costs one query."""
    book: list[AppetiteBook] = []

    def against(stand: str) -> Q:
        if not book:
            book.append(appetites_on(today))
        return against_appetite(stand, book=book[0], scales=scales)

    return against


def against_appetite(stand: str, *, book: AppetiteBook, scales: Mapping[int, Matrix]) -> Q:
    """That a line stands so against the appetite of its category: "within", "at" or "over". No query of its own.

    book: the appetites of the day. scales: every matrix by number.
    """
    sizes: dict[tuple[int, int], list[int]] = {}
    for pk, matrix in scales.items():
        sizes.setdefault(matrix.size, []).append(pk)
    asked = Q(pk__in=[])
    for (organisation, category), held in book.held.items():
        alike = sizes.get(held.size, [])
        asked |= Q(organisation=organisation, category_key=category, scale__in=alike, **{LOOKUPS[stand]: held.highest})
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
