"""What can be asked about agreements."""

from candour.commissioning.queries.one import (
    Whole,
    agreement_at,
    happened_to,
    in_full,
    line_now,
    next_reference,
    providers,
    streams_in,
    template_in_use,
    templates_of,
)
from candour.commissioning.queries.past import matches, register_on, shown_on, stood_on
from candour.commissioning.queries.register import (
    SORTS,
    VIEWS,
    AgreementFilter,
    Place,
    RegisterPage,
    StreamTotal,
    lines,
    page_of,
    places,
    rows_for,
    streams_of,
)
from candour.commissioning.queries.rows import AgreementRow, Hanging

__all__ = [
    "SORTS",
    "VIEWS",
    "AgreementFilter",
    "AgreementRow",
    "Hanging",
    "Place",
    "RegisterPage",
    "StreamTotal",
    "Whole",
    "agreement_at",
    "happened_to",
    "in_full",
    "line_now",
    "lines",
    "matches",
    "next_reference",
    "page_of",
    "places",
    "providers",
    "register_on",
    "rows_for",
    "shown_on",
    "stood_on",
    "streams_in",
    "streams_of",
    "template_in_use",
    "templates_of",
]
