"""Where risks stand against what their body tolerates: in a list, in a past day's rows, for one risk."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
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


class Against:
    """What each stand against the appetite of its category asks of a line on a day: "within", "at" or "over".

    scales: every matrix by number. The first stand that is asked for costs one query.
    """

    def __init__(self, today: date, scales: Mapping[int, Matrix]) -> None:
        self.today, self.scales = today, scales

    def __call__(self, stand: str) -> Q:
        asked = Q(pk__in=[])
        for organisation, category, alike, highest in self.sees:
            asked |= Q(organisation=organisation, category_key=category, scale__in=alike, **{LOOKUPS[stand]: highest})
        return asked

    @cached_property
    def sees(self) -> tuple[tuple[int, str, tuple[int, ...], int], ...]:
        """Of each body and category the scales on which its appetite is said, and the highest score that it takes: all that
        decides in which words it is asked."""
        sizes: dict[tuple[int, int], list[int]] = {}
        for pk, matrix in self.scales.items():
            sizes.setdefault(matrix.size, []).append(pk)
        held = appetites_on(self.today).held.items()
        return tuple((*of, tuple(sizes.get(each.size, ())), each.highest) for of, each in held)


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
