"""The tracker of a body as a file of rows, for `candour export recommendations`."""

from datetime import date, datetime

from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.papers.exports import Export
from candour.kernel.people.models import Organisation
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.papers.flat import csv_lines, json_of
from candour.recommendations.papers.workbook.write import workbook_of
from candour.recommendations.queries.export import stock_of, whole_tracker


def write(actor: Actor, *, organisation: Organisation, as_at: date | None, at: datetime, suffix: str) -> bytes:
    """Every open recommendation of a body that the actor may see, as it stood on a day."""
    today = local_date(at)
    day = as_at or today
    past = None if day == today else day
    rows = whole_tracker(actor, organisation=organisation.pk, today=today, as_at=past)
    if suffix == ".xlsx":
        return workbook_of(stock_of(rows, actor, as_at=day, past=past is not None))
    return (json_of(rows, day) if suffix == ".json" else "".join(csv_lines(rows, day))).encode()


RECOMMENDATION_EXPORT = Export(
    "recommendations", "Recommendations", RecommendationPermission.SEE, (".xlsx", ".csv", ".json"), write
)
