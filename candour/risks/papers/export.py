"""The register of a body as a file of rows, for `candour export risk-register`."""

from datetime import date, datetime

from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.papers.days import since_for
from candour.kernel.papers.exports import Export
from candour.kernel.papers.queries import issued_days
from candour.kernel.people.models import Organisation
from candour.kernel.scales.queries import scale_book
from candour.risks.access import RiskPermission
from candour.risks.papers.flat import csv_lines, json_of
from candour.risks.papers.workbook.write import workbook_of
from candour.risks.queries.export import stock_of, whole_register


def write(actor: Actor, *, organisation: Organisation, as_at: date | None, at: datetime, suffix: str) -> bytes:
    """Every live risk of a body that the actor may see, of all levels, as it stood on a day."""
    today = local_date(at)
    day = as_at or today
    since = since_for(issued_days("risk-register", organisation.pk), day)
    past = None if day == today else day
    rows = whole_register(actor, organisation=organisation.pk, today=today, as_at=past, since=since)
    if suffix == ".xlsx":
        return workbook_of(stock_of(rows, actor, as_at=day, past=past is not None, book=scale_book()))
    return (json_of(rows, day) if suffix == ".json" else "".join(csv_lines(rows, day))).encode()


RISK_EXPORT = Export("risk-register", "Risk register", RiskPermission.SEE, (".xlsx", ".csv", ".json"), write)
