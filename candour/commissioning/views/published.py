"""What of one agreement is published: payments, KPIs with their ratings, what is withheld; and the pages that change it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import render

from candour.commissioning import commands, rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.forms.publishing import (
    AgainForm,
    EndIndicatorForm,
    IndicatorForm,
    PayForm,
    RateForm,
    WithholdForm,
)
from candour.commissioning.models import Agreement, Indicator, Payment, Withheld
from candour.commissioning.queries import line_now
from candour.commissioning.queries.opendata import faults_of
from candour.commissioning.queries.publishable import hanging_on, published_of, publisher_of
from candour.commissioning.rules.publishing import PARTS, RATINGS, REASONS
from candour.commissioning.views.changing import change, opened, verb_of
from candour.commissioning.views.frame import address, found
from candour.commissioning.views.opendata import mend_at
from candour.kernel.access import allowed
from candour.kernel.records.pages import marking_of
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page

BOTH = ("GET", "POST")
SIZE = 50
SEE, MANAGE = CommissioningPermission.SEE, CommissioningPermission.MANAGE
RATING_TONES = {"good": "green", "approaching": "amber", "improvement": "red", "inadequate": "red", "other": ""}


@page(SEE)
def published(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Payments newest first, KPIs with their last ratings, what is withheld, and what the standards lack of it."""
    it = found(request, organisation, reference)
    may = allowed(request.actor, MANAGE, it.record)
    payments = Payment.objects.filter(agreement=it).select_related("order").order_by("-on", "-pk")
    paid = payments.order_by().aggregate(n=Count("pk"), worth=Sum("amount"))
    paging = Page.read(request.GET, count=paid["n"], size=SIZE)
    hanging = hanging_on([it.pk], payments=False)
    public = it.record.sensitivity == "public"
    row = published_of(it, hanging)
    faults = faults_of(row, publisher_of(it.record.organisation), request.today) if public else ()
    context = {
        "agreement": it,
        "payments": [(one, rules.pounds(one.amount), REASONS.get(one.withheld, "")) for one in paging.of(payments)],
        "page": paging,
        "paid": rules.pounds(paid["worth"] or 0),
        "kpis": _kpis(hanging, it.pk),
        "withheld": [
            (PARTS[one["part"]], REASONS[one["ground"]], one["on"]) for one in hanging["withheld"].get(it.pk, ())
        ],
        "lacks": [(fault, mend_at(row, fault) if may else "") for fault in faults],
        "public": public,
        "may": may,
        "home": address(it),
        "marking": marking_of([it.record.sensitivity]),
    }
    return render(request, "commissioning/published.html", context)


def _kpis(hanging: Mapping[str, Mapping[int, Any]], pk: int) -> list[tuple[Any, Any, str, str]]:
    """Each KPI that is measured with its last rating, in words and with its tone."""
    rows = []
    for one in hanging["indicators"].get(pk, ()):
        rating = one["ratings"][-1] if one["ratings"] else None
        words, tone = (
            ("Not rated yet", "line") if rating is None else (RATINGS[rating["rating"]], RATING_TONES[rating["rating"]])
        )
        rows.append((one, rating, words, tone))
    return rows


def _standing(it: Agreement) -> list[Withheld]:
    return list(Withheld.objects.filter(agreement=it, ended_on=None).order_by("pk"))


def _measured(it: Agreement) -> list[Indicator]:
    rows = Indicator.objects.select_related("agreement__record__organisation")
    return list(rows.filter(agreement=it, ended_on=None).order_by("pk"))


@page(MANAGE, methods=BOTH)
def pay(request: Request, organisation: str, reference: str) -> HttpResponse:
    """A payment, behind the gate."""
    it = found(request, organisation, reference)
    orders = list(it.orders.order_by("-on"))
    words = [(one.pk, f"{one.number}, {rules.pounds(one.value)}") for one in orders]
    form = PayForm(**opened(request, it, MANAGE), initial={"on": request.today, "back": "out"}, orders=words)
    missing = rules.gate(line_now(it))
    verb = verb_of(
        it, "Record a payment", "Save the payment",
        (
            f"{commands.shut(missing)} The payment is refused unless the gate is overridden on its day."
            if missing
            else "The gate is open: both have signed, and specification, dates and KPIs are there.",
            "It is published with the spend of its month where it is over the threshold and the agreement is public.",
        ),
        "The payment of {reference} is saved",
    )  # fmt: skip

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        pence = rules.pence(given["value"]) or 0
        chosen = next((one for one in orders if str(one.pk) == given["order"]), None)
        names = {name: given[name] for name in ("number", "on", "ground")} | {"purpose": given["paid_for"]}
        commands.pay(it, value=-pence if given["back"] == "back" else pence, order=chosen, **names, **said)

    return change(request, it, verb, form, do)


@page(MANAGE, methods=BOTH)
def withhold(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    verb = verb_of(
        it, "Withhold a part from publication", "Withhold it",
        (
            "The next edition leaves it out and names the exemption. What was published stays until it is corrected.",
            "A grant without its recipient or amount is no grant to the standard: it is left out.",
            "It does not change who sees the agreement here.",
        ),
        "It is withheld from what is published of {reference}",
    )  # fmt: skip
    form = WithholdForm(**opened(request, it, MANAGE))
    return change(
        request, it, verb, form, lambda g, said: commands.withhold(it, part=g["part"], ground=g["ground"], **said)
    )


@page(MANAGE, methods=BOTH)
def publish_again(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    verb = verb_of(
        it, "Publish a withheld part again", "Publish it again", ("The next edition tells it.",),
        "It is no longer withheld from what is published of {reference}",
    )  # fmt: skip
    form = AgainForm(**opened(request, it, MANAGE), parts=[(row.part, PARTS[row.part]) for row in _standing(it)])
    return change(request, it, verb, form, lambda g, said: commands.withhold_no_more(it, part=g["part"], **said))


@page(MANAGE, methods=BOTH)
def indicator(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    verb = verb_of(
        it, "Set a KPI", "Save the KPI",
        (
            "A contract worth more than £5 million has three at least, which are published before it is signed.",
            "Each is rated once in twelve months at least. Procurement Act 2023, sections 52 and 71.",
        ),
        "The KPI of {reference} is saved",
    )  # fmt: skip
    form = IndicatorForm(**opened(request, it, MANAGE))
    return change(
        request, it, verb, form, lambda g, said: commands.add_indicator(it, name=g["name"], target=g["target"], **said)
    )


@page(MANAGE, methods=BOTH)
def rate(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    held = _measured(it)
    verb = verb_of(
        it, "Rate a KPI", "Save the rating",
        (
            "The words are those of the Procurement Regulations 2024, regulation 39.",
            "Ratings of contracts over the threshold are published.",
        )
        if held
        else ("No KPI is set yet: set one first.",),
        "The rating of {reference} is saved",
    )  # fmt: skip
    form = RateForm(
        **opened(request, it, MANAGE), initial={"on": request.today}, indicators=[(one.pk, one.name) for one in held]
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        one = next(each for each in held if str(each.pk) == given["indicator"])
        commands.rate(one, on=given["on"], rating=given["rating"], said=given["said"], **said)

    return change(request, it, verb, form, do)


@page(MANAGE, methods=BOTH)
def end_indicator(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    held = _measured(it)
    verb = verb_of(
        it, "Stop measuring a KPI", "Stop measuring it", ("Its ratings stay in the history and in what was published.",),
        "The KPI of {reference} is measured no more",
    )  # fmt: skip
    form = EndIndicatorForm(**opened(request, it, MANAGE), indicators=[(one.pk, one.name) for one in held])

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.end_indicator(next(each for each in held if str(each.pk) == given["indicator"]), **said)

    return change(request, it, verb, form, do)
