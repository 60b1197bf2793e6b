"""The money of one agreement: paid, spent, forecast and unspent by year; underspends and what becomes of them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from candour.commissioning import rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.commands import follow as commands
from candour.commissioning.forms.follow import AskBackForm, CarryForm, ForecastForm, SettleForm
from candour.commissioning.models import Agreement, Underspend
from candour.commissioning.papers.follow.charts import spend_chart
from candour.commissioning.queries.follow import followed_then, spend_of, underspends_of
from candour.commissioning.rules import follow
from candour.commissioning.views.changing import change, opened
from candour.commissioning.views.follow.frame import BOTH, MANAGE, SEE, chosen, framed, not_then, verb_on
from candour.commissioning.views.frame import found
from candour.kernel.access import allowed
from candour.kernel.calendar import financial_year, say_date
from candour.kernel.web.asat import as_at_of
from candour.kernel.web.page import Request, page

HERE = "agreement-money"
verb = verb_on(HERE)
CARRY = CommissioningPermission.CARRY
TONES = {"Asked for": "amber", "Agreed": "amber", "Late": "red", "Paid back": "green", "Carried over": "plum"}


@page(SEE)
def agreement_money(request: Request, organisation: str, reference: str) -> HttpResponse:
    """What was paid and spent against the value, by financial year, and what is to come back."""
    it, as_at = found(request, organisation, reference), as_at_of(request)
    then = followed_then(it, actor=request.actor, day=as_at.day) if as_at.day else None
    if as_at.day and then is None:
        return not_then(request, it, as_at)
    if then:
        rows, spend = then.underspends, then.spend
    else:
        value, ends = _facts(it)
        rows = underspends_of(it, today=request.today)
        spend = spend_of(it, value=value, ends=ends, underspends=rows)
    value, money = spend.value, follow.money(spend, as_at.day or request.today)
    context = framed(request, it, HERE, as_at, then) | {
        "money": money,
        "value": rules.pounds(value),
        "paid": rules.pounds(money.paid),
        "left": rules.pounds(abs(money.left)) if money.left is not None else "",
        "spent": rules.pounds(money.spent) if money.spent is not None else "",
        "ahead": rules.pounds(money.forecast) if money.forecast else "",
        "unspent": rules.pounds(money.unspent) if money.unspent and money.unspent > 0 else "",
        "held": [(one.year, rules.pounds(one.unspent)) for one in money.years if one.unspent and one.unspent > 0],
        "chart": spend_chart(money, value) if money.years else None,
        "rows": [
            (row, TONES[row.state], rules.pounds(row.amount), rules.pounds(row.agreed) if row.agreed else "")
            for row in rows
        ],
        "unsettled": any(not row.settled for row in rows),
        "may_carry": then is None and allowed(request.actor, CARRY, it.record),
    }
    return render(request, "commissioning/follow/money.html", context)


def _facts(it: Agreement) -> tuple[int | None, Any]:
    """Value and last day as varied. One query."""
    value, ends = it.value, it.ends
    for one in it.variations.order_by("on", "pk"):
        value = None if value is None else value + one.change
        ends = one.new_end or ends
    return value, ends


def _unsettled(it: Agreement) -> list[Underspend]:
    rows = it.underspends.filter(received_on=None, carried_on=None).select_related("agreement__record")
    return list(rows.order_by("pk"))


def _words(rows: list[Underspend]) -> list[tuple[int, str]]:
    return [
        (row.pk, f"{row.year or 'At the end'}: {rules.pounds(row.agreed or row.amount)}, by {say_date(row.by)}")
        for row in rows
    ]


def _first(rows: list[Underspend]) -> str:
    return str(rows[0].pk) if rows else ""


@page(MANAGE, methods=BOTH)
def forecast(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = ForecastForm(**opened(request, it, MANAGE), initial={"year": financial_year(request.today)})
    saving = ("It takes the place of the last forecast of that year.", "It stands beside what was paid and spent.")
    page = verb(it, "Forecast a year", "Save the forecast", saving, "The forecast of {reference} is saved")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.forecast(it, year=given["year"], value=rules.pence(given["value"]) or 0, **said)

    return change(request, it, page, form, do)


@page(MANAGE, methods=BOTH)
def ask_back(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = AskBackForm(**opened(request, it, MANAGE), initial={"year": request.GET.get("year", "")})
    page = verb(
        it, "Ask for an underspend back", "Record what was asked",
        (
            "It is late once its day has passed, until it is paid back or carried over.",
            "Who may carry it over is a chief officer, with a reason.",
        ),
        "The underspend of {reference} is asked back",
    )  # fmt: skip

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.ask_back(
            it, year=given["year"].strip(), value=rules.pence(given["value"]) or 0, by=given["by"], **said
        )

    return change(request, it, page, form, do)


@page(MANAGE, methods=BOTH)
def settle_underspend(request: Request, organisation: str, reference: str) -> HttpResponse:
    """What both agreed, or that it came back."""
    it = found(request, organisation, reference)
    begun, rows = opened(request, it, MANAGE), _unsettled(it)
    form = SettleForm(**begun, initial={"on": request.today, "underspend": _first(rows)}, rows=_words(rows))
    page = verb(
        it, "Record what came of an underspend", "Save what came of it",
        ("What is paid back is recorded as a payment below nothing: it counts against what was paid.",),
        "The underspend of {reference} is recorded",
    )  # fmt: skip

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        row = chosen(rows, given["underspend"])
        if given["what"] == "agreed":
            commands.agree_back(row, value=rules.pence(given["value"]) or 0, **said)
        else:
            commands.receive_back(row, number=given["number"], on=given["on"], **said)

    return change(request, it, page, form, do)


@page(CARRY, methods=BOTH)
def carry_over(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    begun, rows = opened(request, it, CARRY), _unsettled(it)
    form = CarryForm(**begun, initial={"underspend": _first(rows)}, rows=_words(rows))
    saving = (
        "The provider keeps it for that year.",
        "Your post, who approved it and your reason stand in the history.",
    )
    page = verb(it, "Carry an underspend over", "Carry it over", saving, "The underspend of {reference} is kept")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.carry_over(chosen(rows, given["underspend"]), year=given["year"].strip(), **said)

    return change(request, it, page, form, do)
