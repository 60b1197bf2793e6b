"""What agreements offer to be published: contracts and grants as they stand, spend of each whole month."""

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

from django.conf import settings
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from candour.commissioning.access import CommissioningPermission
from candour.commissioning.models import AgreementLine, Payment, Withheld
from candour.commissioning.papers.opendata import giving, ocds, spend
from candour.commissioning.papers.opendata.documents import contracts_document, grants_document, spend_document
from candour.commissioning.queries.publishable import public_lines, publishable, publisher_of
from candour.commissioning.rules.publishing import PROCURED, Publishable, Publisher
from candour.kernel.access import Actor
from candour.kernel.calendar import MONTHS, add_months, local_date
from candour.kernel.papers.document import Document
from candour.kernel.papers.kinds import Check
from candour.kernel.papers.leaks import Told, document_text, find_leaks
from candour.kernel.people.models import Organisation
from candour.kernel.publication.sources import Copy, Ready, Source

KEPT = 12  # whole months back whose spend is offered
SEE = CommissioningPermission.SEE
Files = dict[str, bytes]


def key_for(day: date) -> str:
    return day.isoformat()[:7]


def named(what: str, first: date) -> str:
    return f"{what}, {MONTHS[first.month - 1]} {first.year}"


def contracts_ready(organisation: int, actor: Actor, today: date) -> list[Ready]:
    """The contracts of this month, where there is one over the threshold. One query."""
    over = Coalesce(F("organisation__publishing__contracts_over"), Value(10_000_00))
    begun = Coalesce("record__agreement__awarded_on", "signed_on", "starts")
    rows = public_lines(actor, organisation).filter(kind__in=PROCURED, value__gt=over).annotate(begun=begun)
    found = rows.filter(begun__lte=today).exists()
    return [Ready(key_for(today), named("Contracts", today), today)] if found else []


def grants_ready(organisation: int, actor: Actor, today: date) -> list[Ready]:
    """The grants of this month, where one was decided and has a value. One query."""
    decided = Coalesce("record__agreement__awarded_on", "office_signed_on")
    kept = Withheld.objects.filter(ended_on=None).values("agreement")
    rows = public_lines(actor, organisation).filter(kind="grant", value__isnull=False).annotate(decided=decided)
    found = rows.filter(decided__lte=today).exclude(pk__in=kept).exists()
    return [Ready(key_for(today), named("Grants", today), today)] if found else []


def spend_ready(organisation: int, actor: Actor, today: date) -> list[Ready]:
    """Each of the last whole months with a payment over the threshold, newest first. One query."""
    over = Coalesce(F("agreement__record__organisation__publishing__spend_over"), Value(500_00))
    end = today.replace(day=1)
    rows = Payment.objects.filter(
        agreement__in=public_lines(actor, organisation).values("pk"), on__gte=add_months(end, -KEPT), on__lt=end
    ).filter(amount__gt=over)
    months = rows.dates("on", "month", order="DESC")
    return [Ready(key_for(first), named("Spend", first), spend.month_of(key_for(first))[1]) for first in months]


def write(make: "Make", organisation: int, key: str, actor: Actor, at: datetime) -> Copy:
    """The public copy of a month with its files. Raises LookupError for what is no month, is to come, or holds nothing."""
    body = Organisation.objects.get(pk=organisation)
    try:
        first, last = spend.month_of(key)
    except ValueError as error:
        raise LookupError(str(error)) from None
    today = local_date(at)
    if first > today:
        raise LookupError(f"{key} is still to come")
    rows = publishable(public_lines(actor, organisation))
    made = make(rows, publisher_of(body), first, min(last, today))
    if made is None:
        raise LookupError(f"nothing of {key} is to be published")
    title, document, files = made
    return Copy(title, min(last, today), document, _checks(document, files, organisation), {"month": key}, files)


Make = Callable[[list[Publishable], Publisher, date, date], tuple[str, Document, Files] | None]


def _moment(day: date) -> datetime:
    """The moment that files of a day say: its first, so that looking and publishing give the same."""
    return datetime.fromisoformat(f"{day.isoformat()}T00:00:00+00:00")


def _mark(data: object) -> str:
    """What tells two sets of data apart, whenever they are written."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def contracts(rows: list[Publishable], body: Publisher, first: date, until: date) -> tuple[str, Document, Files] | None:
    shown = ocds.published(rows, body, until=until)
    if not shown:
        return None
    at, home = _moment(until), f"{settings.SITE}/public/data/{body.code}"
    releases = ocds.release_package(rows, body, until=until, at=at, address=f"{home}/ocds-releases.json")
    records = ocds.record_package(rows, body, until=until, at=at, address=f"{home}/ocds-records.json")
    files = {
        "ocds-releases.json": ocds.as_bytes(releases),
        "ocds-records.json": ocds.as_bytes(records),
        "kpis.csv": spend.kpi_csv(shown, body, until=until),
    }
    title = named("Contracts", first)
    mark = _mark([releases["releases"], files["kpis.csv"].decode()])
    return title, contracts_document(title, shown, body, first=first, until=until, mark=mark), files


def grants(rows: list[Publishable], body: Publisher, first: date, until: date) -> tuple[str, Document, Files] | None:
    shown = giving.published_grants(rows, body, until=until)
    if not shown:
        return None
    address = f"{settings.SITE}/public/data/{body.code}/360giving.json"
    package = giving.grant_package(rows, body, until=until, at=_moment(until), address=address)
    files = {"360giving.json": giving.as_bytes(package), "360giving.xlsx": giving.workbook(package)}
    title = named("Grants", first)
    document = grants_document(title, shown, body, first=first, until=until, mark=_mark(package["grants"]))
    return title, document, files


def spent(rows: list[Publishable], body: Publisher, first: date, until: date) -> tuple[str, Document, Files] | None:
    shown = spend.items(rows, body, first=first, last=until)
    if not shown:
        return None
    content, title = spend.spend_csv(shown, body), named("Spend", first)
    document = spend_document(title, shown, body, first=first, mark=_mark(content.decode()))
    return title, document, {f"spend-{key_for(first)}.csv": content}


def _checks(document: Document, files: Files, organisation: int) -> tuple[Check, ...]:
    """Nothing of an agreement that may not be published stands in the copy or in its data, which stops it."""
    rows = AgreementLine.objects.filter(organisation=organisation).exclude(sensitivity="public")
    texts = ("record__agreement__specification", "record__agreement__monitoring", "record__agreement__management")
    hidden = [
        Told(reference, title, tuple(text or "" for text in said))
        for reference, title, *said in rows.values_list("reference", "record__title", *texts)
    ]
    data = [content.decode() for name, content in files.items() if not name.endswith(".xlsx")]
    leaks = find_leaks("\n".join([document_text(document), *data]), hidden)
    named_ = [str(one) for one in leaks if one.what != "words"]
    said = [str(one) for one in leaks if one.what == "words"]
    return (
        Check(not named_, "Leak check: references and titles, data too", "; ".join(named_[:6]), stops=True),
        Check(not said, "Leak check: sentences of hidden agreements", "; ".join(said[:6])),
    )


CONTRACTS = Source("contracts", "Contracts", "Contracts", SEE, contracts_ready, partial(write, contracts))
GRANTS = Source("grants", "Grants", "Grants", SEE, grants_ready, partial(write, grants))
SPEND = Source("spend", "Spend", "Spend", SEE, spend_ready, partial(write, spent))
SOURCES: Sequence[Source] = (CONTRACTS, GRANTS, SPEND)
