"""What can be asked about audits."""

from candour.audits.queries.measures import Case, MeasureRow, record_of
from candour.audits.queries.one import (
    Move,
    Slip,
    audit_at,
    auditors,
    carried_of,
    happened_to,
    in_full,
    ledger_of,
    next_reference,
)
from candour.audits.queries.plan import (
    SORTS,
    AuditFilter,
    Load,
    Place,
    PlanPage,
    load_on,
    narrowed,
    page_of,
    places,
    plan_on,
    rows_for,
    year_shown,
)
from candour.audits.queries.rows import AuditRow, StageRow

__all__ = [
    "SORTS",
    "AuditFilter",
    "AuditRow",
    "Case",
    "Load",
    "MeasureRow",
    "Move",
    "Place",
    "PlanPage",
    "Slip",
    "StageRow",
    "audit_at",
    "auditors",
    "carried_of",
    "happened_to",
    "in_full",
    "ledger_of",
    "load_on",
    "narrowed",
    "next_reference",
    "page_of",
    "places",
    "plan_on",
    "record_of",
    "rows_for",
    "year_shown",
]
