"""What can be asked about measures."""

from candour.performance.queries.one import (
    explanation_at,
    happened_to,
    in_full,
    measure_at,
    measures_named,
    public_measure,
    public_measures,
)
from candour.performance.queries.past import Whole, measures_on, shown_on, stood_on
from candour.performance.queries.register import (
    SORTS,
    VIEWS,
    ListPage,
    MeasureFilter,
    Place,
    in_order,
    lines,
    matches,
    narrowed,
    of_view,
    page_of,
    places,
    rows_for,
)
from candour.performance.queries.rows import MeasureRow
from candour.performance.queries.series import Figure, figures, points, rows_of, shape_of

__all__ = [
    "SORTS",
    "VIEWS",
    "Figure",
    "ListPage",
    "MeasureFilter",
    "MeasureRow",
    "Place",
    "Whole",
    "explanation_at",
    "figures",
    "happened_to",
    "in_full",
    "in_order",
    "lines",
    "matches",
    "measure_at",
    "measures_named",
    "measures_on",
    "narrowed",
    "of_view",
    "page_of",
    "places",
    "points",
    "public_measure",
    "public_measures",
    "rows_for",
    "rows_of",
    "shape_of",
    "shown_on",
    "stood_on",
]
