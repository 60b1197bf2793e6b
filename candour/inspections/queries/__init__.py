"""What can be asked about inspections."""

from candour.inspections.queries.items import (
    answers_of,
    asked_by,
    items_of,
    notes_of,
    records_of,
    to_answer,
    wanted,
    word_of,
)
from candour.inspections.queries.one import (
    grades_in,
    grades_of,
    happened_to,
    in_full,
    inspection_at,
    inspections_of,
    inspectorates,
)
from candour.inspections.queries.past import inspections_on, shown_on, stood_on
from candour.inspections.queries.register import (
    SORTS,
    VIEWS,
    InspectionFilter,
    ListPage,
    Place,
    counts_of,
    matches,
    page_of,
    places,
    rows_shown,
)
from candour.inspections.queries.rows import InspectionRow, StepLine, Whole
from candour.inspections.queries.statement import StatedRow

__all__ = [
    "SORTS",
    "VIEWS",
    "InspectionFilter",
    "InspectionRow",
    "ListPage",
    "Place",
    "StatedRow",
    "StepLine",
    "Whole",
    "answers_of",
    "asked_by",
    "counts_of",
    "grades_in",
    "grades_of",
    "happened_to",
    "in_full",
    "inspection_at",
    "inspections_of",
    "inspections_on",
    "inspectorates",
    "items_of",
    "matches",
    "notes_of",
    "page_of",
    "places",
    "records_of",
    "rows_shown",
    "shown_on",
    "stood_on",
    "to_answer",
    "wanted",
    "word_of",
]
