"""A figure as a file gives it."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from candour.performance.models import Measure

Key = tuple[int, str, str, date]  # measure, other body, area, period


class NewFigure(NamedTuple):
    """A figure as a file gives it. area: "" for the whole. suppressed: the file hides it.

    body: another body whose figure it is; "" for one's own. Figures of others are of a whole.
    """

    measure: Measure
    period: date
    area: str = ""
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    provisional: bool = False
    suppressed: bool = False
    body: str = ""

    @property
    def key(self) -> "Key":
        return self.measure.pk, self.body, self.area, self.period
