"""The register of agreements as the kernel's papers know it: asked of the database once, written and checked from that."""

from datetime import date, datetime

from django.conf import settings

from candour.commissioning.access import CommissioningPermission
from candour.commissioning.models import FundingStream
from candour.commissioning.papers.paper import Stock, StreamThen, agreements_paper
from candour.commissioning.queries import AgreementFilter, AgreementRow, register_on
from candour.commissioning.queries.rows import TEXTS
from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.history.queries import as_at as states_on
from candour.kernel.papers.document import Document
from candour.kernel.papers.kinds import Check, PaperKind
from candour.kernel.papers.leaks import Told, leak_checks
from candour.kernel.people.models import Organisation


def gather(actor: Actor, *, organisation: Organisation, as_at: date, since: date, at: datetime) -> Stock:
    """The agreements of a body at the end of a day, from what had been recorded by `at` and the actor may see."""
    streams = states_on(FundingStream.objects.filter(organisation=organisation), as_at, known_on=at)
    then = [StreamThen(one["code"], one["name"], one["year"], one["budget"]) for one in streams]
    return Stock(
        body=organisation.name,
        panel=settings.PANEL_NAME,
        as_at=as_at,
        dated=local_date(at),
        rows=tuple(register_on(actor, AgreementFilter(organisation=organisation.pk), as_at=as_at, known_on=at)),
        streams=tuple(sorted(then, key=lambda one: (one.name, one.year))),
    )


def checks(stock: Stock, audience: str, document: Document) -> tuple[Check, ...]:
    """Nothing of a hidden agreement may stand in a copy, which stops its issue; and each agreement has a lead."""
    running = [row for row in stock.shown(audience) if row.state != "Ended"]
    ownerless = [row.reference for row in running if not row.owner]
    led = Check(
        not ownerless,
        "Every agreement has a lead" if not ownerless else "An agreement has no lead",
        ", ".join(ownerless),
    )
    if audience == "panel":
        return (led,)
    hidden, shown = map(told, stock.hidden(audience)), map(told, stock.shown(audience))
    return (*leak_checks(document, hidden=hidden, shown=shown, what="agreements"), led)


def told(row: AgreementRow) -> Told:
    """What an agreement says in words."""
    return Told(row.reference, row.title, tuple(row.texts[name] for name in TEXTS))


AGREEMENTS = PaperKind(
    name="agreements",
    label="Register of agreements",
    permission=CommissioningPermission.SEE,
    gather=gather,
    write=agreements_paper,
    check=checks,
)
