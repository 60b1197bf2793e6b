"""The report on inspections as the kernel's papers know it: asked of the database once, written and checked from that."""

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings

from candour.inspections.access import InspectionPermission
from candour.inspections.papers.paper import Stock, inspections_paper
from candour.inspections.queries import InspectionFilter, inspections_on
from candour.inspections.queries.rows import TEXTS
from candour.inspections.queries.statement import statement_on
from candour.inspections.rules.items import CAUSE
from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.papers.document import Document
from candour.kernel.papers.kinds import Check, PaperKind
from candour.kernel.papers.leaks import Told, leak_checks
from candour.kernel.people.models import Organisation
from candour.kernel.records.raised import RaisedThen, raised_then


def gather(actor: Actor, *, organisation: Organisation, as_at: date, since: date, at: datetime) -> Stock:
    """The inspections of a body at the end of a day, from what had been recorded by `at` and the actor may see."""
    wanted = InspectionFilter(organisation=organisation.pk)
    wholes = inspections_on(actor, wanted, as_at=as_at, known_on=at)
    items = raised_then([one.row.pk for one in wholes], actor=actor, day=as_at)
    causes = [one.pk for rows in items.values() for one in rows if one.sort == CAUSE]
    return Stock(
        body=organisation.name,
        panel=settings.PANEL_NAME,
        as_at=as_at,
        since=since,
        dated=local_date(at),
        wholes=tuple(wholes),
        items=items,
        below=raised_then(causes, actor=actor, day=as_at) if causes else {},
        stated=tuple(statement_on(actor, None, as_at=as_at, organisation=organisation.pk, known_on=at)),
    )


def checks(stock: Stock, audience: str, document: Document) -> tuple[Check, ...]:
    """Nothing hidden may stand in a copy, which stops its issue; no response is overdue; each cause has a recommendation."""
    copy = stock.copy(audience)
    late = [one.row.reference for one in copy.wholes if one.row.state == "Response overdue"]
    bare = copy.bare
    own = (
        Check(not late, "No response is overdue" if not late else "A response is overdue", ", ".join(late)),
        Check(
            not bare,
            "Each cause of concern has a recommendation" if not bare else "A cause of concern has no recommendation",
            ", ".join(one.reference for one in bare),
        ),
    )
    if audience == "panel":
        return own
    hidden = stock.hidden(audience)
    return (*leak_checks(document, hidden=[*told(hidden)], shown=[*told(copy)], what="inspections"), *own)


def told(stock: Stock) -> Sequence[Told]:
    """What the records of a stock say in words."""
    items: list[RaisedThen] = [one for rows in (*stock.items.values(), *stock.below.values()) for one in rows]
    return [
        *(Told(one.row.reference, one.row.title, tuple(one.row.texts[name] for name in TEXTS)) for one in stock.wholes),
        *(Told(one.reference, one.title, (one.text, one.finding, one.risk, one.response)) for one in items),
        *(
            Told(one.reference, one.title, (one.asked, *(each["text"] for each in one.progress)))
            for one in stock.stated
        ),
    ]


INSPECTIONS = PaperKind(
    name="inspections",
    label="Inspection report",
    permission=InspectionPermission.SEE,
    gather=gather,
    write=inspections_paper,
    check=checks,
)
