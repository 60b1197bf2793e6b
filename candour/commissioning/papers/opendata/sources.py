"""What agreements offer to be published: contracts and grants as they stand, spend of each whole month."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, Value
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
KINDS = {"contracts": "Contracts", "grants": "Grants", "spend": "Spend"}
Files = dict[str, bytes]


def key_for(day: date) -> str:
    return day.isoformat()[:7]


def named(what: str, first: date) -> str:
    return f"{what}, {MONTHS[first.month - 1]} {first.year}"


def ready(organisation: int, actor: Actor, today: date) -> list[Ready]:
    """Contracts and grants of this month where there are any, and each of the last whole months with payments. Two queries."""
    over = Coalesce(F("organisation__publishing__contracts_over"), Value(10_000_00))
    begun = Coalesce("record__agreement__awarded_on", "signed_on", "starts")
    decided = Coalesce("record__agreement__awarded_on", "office_signed_on")
    kept = Withheld.objects.filter(agreement=OuterRef("pk"), ended_on=None)
    rows = public_lines(actor, organisation).annotate(
        over=over, begun=begun, decided=decided, whole=Exists(kept.filter(part="all")), part=Exists(kept)
    )
    let = Q(kind__in=PROCURED, value__gt=F("over"), begun__lte=today, whole=False)
    granted = Q(kind="grant", value__isnull=False, decided__lte=today, part=False)
    found = rows.order_by().aggregate(contracts=Count("pk", filter=let), grants=Count("pk", filter=granted))
    offered = [
        Ready(f"{name}/{key_for(today)}", named(KINDS[name], today), today)
        for name in ("contracts", "grants")
        if found[name]
    ]
    return offered + _months(organisation, actor, today)


def _months(organisation: int, actor: Actor, today: date) -> list[Ready]:
    """The last whole months with a payment over the threshold, newest first."""
    over = Coalesce(F("agreement__record__organisation__publishing__spend_over"), Value(500_00))
    end = today.replace(day=1)
    rows = Payment.objects.filter(
        agreement__in=public_lines(actor, organisation).values("pk"), on__gte=add_months(end, -KEPT), on__lt=end
    ).filter(amount__gt=over)
    months = rows.dates("on", "month", order="DESC")
    return [
        Ready(f"spend/{key_for(first)}", named(KINDS["spend"], first), spend.month_of(key_for(first))[1])
        for first in months
    ]


def write(organisation: int, key: str, actor: Actor, at: datetime) -> Copy:
    """The public copy of a month with its files. Raises LookupError for what is no month, is to come, or holds nothing."""
    body = Organisation.objects.get(pk=organisation)
    kind, _, month = key.partition("/")
    try:
        make, (first, last) = MAKERS[kind], spend.month_of(month)
    except (KeyError, ValueError):
        raise LookupError(f"{key!r} is no month of contracts, grants or spend") from None
    today = local_date(at)
    if first > today:
        raise LookupError(f"{key} is still to come")
    rows = publishable(public_lines(actor, organisation))
    made = make(rows, publisher_of(body), first, min(last, today))
    if made is None:
        raise LookupError(f"nothing of {key} is to be published")
    title, document, files = made
    return Copy(title, min(last, today), document, _checks(document, files, organisation), {"month": month}, files)


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
    texts = [f"record__agreement__{name}" for name in ("specification", "kpis", "monitoring", "management")]
    hidden: list[Told] = []
    shown: list[Told] = []
    rows = AgreementLine.objects.filter(organisation=organisation).order_by("pk")
    for sensitivity, reference, title, *said in rows.values_list("sensitivity", "reference", "record__title", *texts):
        told = Told(reference, title, tuple(text or "" for text in said))
        (shown if sensitivity == "public" else hidden).append(told)
    data = [content.decode() for name, content in files.items() if not name.endswith(".xlsx")]
    leaks = find_leaks("\n".join([document_text(document), *data]), hidden, shown=shown)
    names = [str(one) for one in leaks if one.what != "words"]
    words = [str(one) for one in leaks if one.what == "words"]
    return (
        Check(not names, "Leak check: references and titles, data too", "; ".join(names[:6]), stops=True),
        Check(not words, "Leak check: sentences of hidden agreements", "; ".join(words[:6])),
    )


MAKERS: Mapping[str, Make] = {"contracts": contracts, "grants": grants, "spend": spent}
OPEN_DATA = Source(
    "open-data",
    "Open data",
    "Open data",
    SEE,
    ready,
    write,
    parts=(("contracts", "Contracts"), ("grants", "Grants"), ("spend", "Spend")),
)
