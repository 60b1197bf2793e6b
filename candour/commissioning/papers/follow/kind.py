"""The commissioning report and the value-for-money sheets as the kernel's papers know them."""

from datetime import date, datetime

from django.conf import settings

from candour.commissioning.access import CommissioningPermission
from candour.commissioning.models import FundingStream
from candour.commissioning.papers.follow.report import commissioning_report
from candour.commissioning.papers.follow.stock import Stock
from candour.commissioning.papers.follow.value import value_sheets
from candour.commissioning.papers.kind import told
from candour.commissioning.papers.paper import StreamThen
from candour.commissioning.queries.follow.reported import followed
from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.history.queries import as_at as states_on
from candour.kernel.papers.document import Document
from candour.kernel.papers.kinds import Check, PaperKind
from candour.kernel.papers.leaks import leak_checks
from candour.kernel.people.models import Organisation
from candour.kernel.records.priorities import priorities


def gather(
    actor: Actor, *, organisation: Organisation, as_at: date, since: date, at: datetime, only: int | None = None
) -> Stock:
    """The agreements of a body at the end of a day with what followed each, as the actor may see them."""
    rows, plan = followed(actor, organisation=organisation, as_at=as_at, at=at, only=only)
    streams = states_on(FundingStream.objects.filter(organisation=organisation), as_at, known_on=at)
    return Stock(
        body=organisation.name,
        panel=settings.PANEL_NAME,
        as_at=as_at,
        dated=local_date(at),
        rows=rows,
        plan=plan,
        streams=tuple(StreamThen(one["code"], one["name"], one["year"], one["budget"]) for one in streams),
        priorities=priorities(actor, as_at=as_at, known_on=at),
        only=only,
    )


def checks(stock: Stock, audience: str, document: Document) -> tuple[Check, ...]:
    """Nothing of an agreement that an audience may not read stands in its copy; and no return is late."""
    shown = stock.shown(audience)
    late = [one.row.reference for one in shown if one.late]
    came = Check(not late, "Every return has come in time" if not late else "Returns are late", ", ".join(late))
    if audience == "panel":
        return (came,)
    hidden = [told(one.row) for one in stock.rows if one not in shown]
    return (*leak_checks(document, hidden=hidden, shown=[told(one.row) for one in shown], what="agreements"), came)


COMMISSIONING = PaperKind(
    name="commissioning",
    label="Commissioning report",
    permission=CommissioningPermission.SEE,
    gather=gather,
    write=commissioning_report,
    check=checks,
)
VALUE = PaperKind(
    name="value-for-money",
    label="Value for money of agreements",
    permission=CommissioningPermission.SEE,
    gather=gather,
    write=value_sheets,
    check=checks,
)
