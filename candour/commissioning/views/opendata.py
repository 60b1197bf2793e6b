"""Open data: what would be published, what is missing and where to mend it; what a body tells of itself."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.commissioning import commands, rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.forms.publishing import PublishingForm
from candour.commissioning.papers.opendata.sources import OPEN_DATA, key_for
from candour.commissioning.queries.opendata import lacking, lacking_page, overview
from candour.commissioning.queries.publishable import publisher_of
from candour.commissioning.rules.faults import Fault, body_faults
from candour.commissioning.rules.publishing import Publishable
from candour.commissioning.views.changing import by
from candour.kernel.access import allowed
from candour.kernel.calendar import MONTHS
from candour.kernel.people.models import Organisation
from candour.kernel.publication.access import PublicationPermission
from candour.kernel.publication.models import Published
from candour.kernel.publication.views.public import public_address
from candour.kernel.records.models import Record
from candour.kernel.records.pages import carried_out
from candour.kernel.records.queries import bodies
from candour.kernel.web.asat import Choice
from candour.kernel.web.kept import answered
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page, query_string

SIZE = 50
BOTH = ("GET", "POST")
SEE, MANAGE = CommissioningPermission.SEE, CommissioningPermission.MANAGE
SETTINGS = (
    *("ocid_prefix", "giving_prefix", "scheme", "number", "website", "licence", "contracts_over", "spend_over"),
)  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """One kind of open data on the page: its figures, what is out of it, and where it is published or corrected."""

    title: str
    figures: tuple[tuple[str, str], ...]
    last: Published | None
    address: str
    publish: str
    words: str


@dataclass(frozen=True)
class Missing:
    """An agreement that lacks something, with where each thing is mended."""

    row: Publishable
    href: str
    faults: tuple[tuple[Fault, str], ...]


@page(SEE, kept=True)
def open_data(request: Request) -> HttpResponse:
    """What would be published of a body today, and what keeps something from it."""
    seen = bodies(request.actor, SEE)
    body = next((each for each in seen if each.code == request.GET.get("body")), seen[0] if seen else None)
    if body is None:
        raise Http404
    publisher = publisher_of(body)
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and 0 < int(asked[:6]) < 100_000 else 1
    found = lacking_page(request.actor, body.pk, publisher, today=request.today, offset=(number - 1) * SIZE, size=SIZE)
    count = answered(request, ("open data lacks", body.pk), lambda: lacking(request.actor, body.pk, publisher).count())
    may = allowed(request.actor, MANAGE, Record(organisation=body))
    context = {
        "body": body,
        "switch": [
            Choice(each.short_name, query_string(request.GET, body=each.code, page=None), each == body) for each in seen
        ]
        if len(seen) > 1
        else [],
        "standing": _standing(request, body, publisher),
        "missing": [_missing(row, faults, may) for row, faults in found],
        "page": Page.read(request.GET, count=count, size=SIZE),
        "publisher": publisher,
        "told": list(body_faults(publisher)),
        "contracts_over": rules.pounds(publisher.contracts_over),
        "spend_over": rules.pounds(publisher.spend_over),
        "may_manage": may,
    }
    return render(request, "commissioning/open_data.html", context)


def _standing(request: Request, body: Organisation, publisher: Any) -> list[Standing]:
    found = answered(
        request,
        ("open data", body.pk),
        lambda: overview(request.actor, body.pk, publisher, today=request.today),
    )
    rows = Published.objects.filter(organisation=body, source=OPEN_DATA.name, withdrawn_on=None)
    newest: dict[str, Published] = {}
    for row in rows.select_related("organisation").defer("document", "checks").order_by("dated", "edition")[:500]:
        newest[row.key.partition("/")[0]] = row
    may = allowed(request.actor, PublicationPermission.PUBLISH, Record(organisation=body))
    month = f"{MONTHS[found.month.month - 1]} {found.month.year}"
    figures = {
        "contracts": (f"Contracts over {rules.pounds(publisher.contracts_over)}", _counts(found.contracts)),
        "grants": ("Grants", _counts(found.grants)),
        "spend": (
            f"Payments over {rules.pounds(publisher.spend_over)}, {month}",
            (
                ("Payments", str(found.payments)), ("Together", rules.pounds(found.spent)),
                ("Redacted", str(found.redacted)),
            ),
        ),
    }  # fmt: skip
    months = {"contracts": request.today, "grants": request.today, "spend": found.month}
    ready = {"contracts": found.contracts.published, "grants": found.grants.published, "spend": found.payments}
    standing = []
    for name, (title, told) in figures.items():
        last = newest.get(name)
        key = f"{name}/{key_for(months[name])}"
        out = last is not None and last.key == key
        publish = reverse("publish", args=[body.code, OPEN_DATA.name, key]) if may and ready[name] else ""
        address = public_address(last) if last else ""
        standing.append(
            Standing(title, told, last, address, publish, "Look and correct" if out else "Look and publish")
        )
    return standing


def _counts(counts: Any) -> tuple[tuple[str, str], ...]:
    words = (
        ("published", "Would be published"), ("waiting", "Not begun or decided yet"),
        ("left_out", "Left out: something is missing"),
        ("withheld", "Withheld"), ("not_public", "For office and panel alone"),
    )  # fmt: skip
    return tuple(
        (said, str(getattr(counts, name))) for name, said in words if getattr(counts, name) or name == "published"
    )


def _missing(row: Publishable, faults: tuple[Fault, ...], may: bool) -> Missing:
    place = [row.organisation, row.reference]
    return Missing(
        row, reverse("agreement", args=place), tuple((fault, mend_at(row, fault) if may else "") for fault in faults)
    )


def mend_at(row: Publishable, fault: Fault) -> str:
    """The page that mends a fault."""
    if fault.page == "provider":
        return reverse("provider-change", args=[row.supplier.pk])
    return reverse(f"agreement-{fault.page}", args=[row.organisation, row.reference])


@page(MANAGE, methods=BOTH)
def open_data_settings(request: Request) -> HttpResponse:
    """What a body tells the standards of itself."""
    may = bodies(request.actor, MANAGE)
    body = next((each for each in may if each.code == request.GET.get("body")), may[0])
    stands = publisher_of(body)
    start = {name: getattr(stands, name) for name in SETTINGS}
    start |= {name: rules.plain(start[name]) for name in ("contracts_over", "spend_over")}
    form = PublishingForm(request.POST if request.method == "POST" else None, initial=start, today=request.today)

    def act() -> None:
        given = {name: form.cleaned_data[name] for name in SETTINGS}
        given |= {name: rules.pence(given[name]) or 0 for name in ("contracts_over", "spend_over")}
        commands.set_publishing(organisation=body, **given, **by(request, form))

    home = reverse("open-data") + query_string(request.GET)
    if request.method == "POST" and form.is_valid() and carried_out(form, act):
        messages.success(request, "It is saved, and stands in what is published next")
        return redirect(home)
    context = {
        "form": form,
        "home": home,
        "title": f"What open data says of {body.short_name}",
        "submit": "Save the settings",
        "saving": (
            "What was published stays as it was; the next edition says this.",
            "Identifiers begin with the prefixes. Change them once, before anything is published.",
            "The thresholds of the law are £10,000 for contracts and £500 for payments.",
        ),
    }
    return render(request, "commissioning/ask.html", context, status=422 if form.errors else 200)
