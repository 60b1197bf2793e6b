"""What goes on in the agreements that were kept before: payments, returns, outcomes; and the priorities that are served."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Sum

from candour.commissioning import commands
from candour.commissioning.commands import follow
from candour.commissioning.models import Agreement, Payment, PlanMeasure, Return
from candour.config.demo.agreed import by
from candour.config.demo.brought import Kept, working
from candour.config.demo.planned import BEGUN
from candour.config.demo.stage import Event, Stage
from candour.kernel.calendar import add_months
from candour.plan.models import Priority

PAID = (300, 210, 120, 30)  # days back on which what was kept before was paid, a quarter of a year’s value each
ASKED = 395  # days back on which returns were asked of some of it
FOLLOWED = 36  # how many
CAME = (190, 14)  # days back on which their returns had come
# by stream: the numbers of the priorities of the plan that it serves; another as well for one agreement in five
SERVES = {
    "VS": "1", "DA": "1", "SV": "1", "SF": "2", "NB": "2", "RO": "2", "RS": "2", "VR": "3", "YP": "3", "RR": "3", "MH": "3",
}  # fmt: skip
TOO = {"1": "3", "2": "3", "3": "1"}
# by stream: the measure of the plan to which it brings something, what, and a figure for each half-year
BRINGS = {
    "DA": ("People who are safer after support", "Safe after support of", 34),
    "SV": ("People who are safer after support", "Helped by", 28),
    "YP": ("Young people who stay out of violence", "Mentored by", 17),
    "NB": ("Neighbourhoods where people feel safer", "Made better by", 2),
}
NEAR = ("record__organisation", "provider", "stream")


def continued(stage: Stage, kept: Kept) -> list[Event]:
    """All of it, as events."""
    last = stage.timeline.last_working_day()

    def on(days: int, act: Any, rank: int) -> Event:
        return Event(min(working(stage.timeline.back(days)), last), rank, act)

    events = [on(days, partial(pay_all, stage, kept, quarter), 8) for quarter, days in enumerate(PAID)]
    events.append(on(ASKED, partial(ask_some, stage, kept), 8))
    events += [on(days, partial(receive_some, stage, kept), 9) for days in CAME]
    return [*events, *(on(days, partial(serve_all, stage, kept), 9) for days in (BEGUN - 10, 25))]


def running(kept: Kept, day: date) -> list[tuple[int, Agreement]]:
    """What was brought in, both have signed, and runs on a day, with its place among all."""
    numbers = [one.pk for one in kept.made]
    rows = Agreement.objects.select_related(*NEAR).filter(pk__in=numbers, record__closed_on=None, starts__lte=day)
    found = (
        rows.exclude(office_signed_on=None).exclude(provider_signed_on=None).exclude(specification="").exclude(kpis="")
    )
    by_number = {one.pk: one for one in found}
    return [(place, by_number[pk]) for place, pk in enumerate(numbers) if pk in by_number]


def yearly(agreement: Agreement) -> int:
    """Its value for a year, in pence."""
    if not (agreement.starts and agreement.ends and agreement.value):
        return 0
    return agreement.value * 12 // max(12, round((agreement.ends - agreement.starts).days / 30.4))


def pay_all(stage: Stage, kept: Kept, quarter: int, at: datetime) -> None:
    """A quarter of a year's value to each that runs and has not come to its end."""
    day = at.date()
    found = [
        Payment(
            agreement=one, number=f"V{60_000 + place * 10 + quarter}", on=day, amount=yearly(one) // 400 * 100,
            purpose=f"{one.service}, by invoice",
        )
        for place, one in running(kept, day)
        if one.ends and one.ends >= day and yearly(one) >= 40_000 and place % 11
    ]  # fmt: skip
    said = by(stage, at, "The quarter’s invoices, from the ledger")
    commands.bring_in_payments(found, organisation=stage.bodies["office"], **said)


def followed(kept: Kept, day: date) -> list[tuple[int, Agreement]]:
    """Those of which returns are asked."""
    found = [(place, one) for place, one in running(kept, day) if place % 3 == 1 and one.monitoring]
    return found[-FOLLOWED:]


def ask_some(stage: Stage, kept: Kept, at: datetime) -> None:
    """A return each half-year, from the one that runs; of some streams an outcome of the plan too."""
    day = at.date()
    for place, one in followed(kept, day):
        first = one.starts or day
        while add_months(first, 6) <= day:
            first = add_months(first, 6)
        if one.ends is None or one.ends <= day:
            continue
        follow.ask_returns(
            one, asks="Figures of the KPIs\nSpend from the first day", every=6, first=first, days=15,
            assessor=stage.posts["commissioning" if place % 2 else "director"], **by(stage, at, "Schedule of monitoring"),
        )  # fmt: skip
        if one.stream.code in BRINGS:
            name, what, figure = BRINGS[one.stream.code]
            follow.set_outcome(
                Agreement.objects.select_related(*NEAR).get(pk=one.pk), measure=PlanMeasure.objects.get(name=name),
                what=f"{what} {one.provider.name}, {one.service[0].lower()}{one.service[1:]}", target=Decimal(figure * 3),
                share=100, **by(stage, at, "Schedule of outcomes"),
            )  # fmt: skip


def receive_some(stage: Stage, kept: Kept, at: datetime) -> None:
    """What was due by then: most came and were assessed; of nine one did not come, one waits, and one went back."""
    day, places = at.date(), {one.pk: place for place, one in enumerate(kept.made)}
    rows = Return.objects.filter(agreement__in=list(places), dropped_on=None, first_received_on=None, ends__lt=day)
    for pk in rows.order_by("agreement", "starts").values_list("pk", flat=True):
        row = Return.objects.select_related("schedule", *(f"agreement__{name}" for name in NEAR)).get(pk=pk)
        one, fate = row.agreement, places[row.agreement_id] // 3 % 9
        if fate == 0 or one.record.closed_on is not None:
            continue
        paid = Payment.objects.filter(agreement=one, on__lte=row.ends).aggregate(sum=Sum("amount"))["sum"] or 0
        spent = paid * (92 if one.kind == "grant" else 100) // 100
        words = "The service ran as planned. Referrals rose in the last two months."
        follow.receive_return(row, on=day, spent=spent, narrative=words, **by(stage, at, ""))
        if fate in (1, 2):
            back: dict[str, Any] = {"verdict": "back", "wanted": "Figures by district", "due": day + timedelta(days=28)}
            if fate == 2:
                follow.assess_return(_again(row), **back, **by(stage, at, ""))
        else:
            follow.assess_return(_again(row), verdict="satisfactory", **by(stage, at, ""))
            outcome = one.outcomes.select_related("agreement__record").first()
            if outcome is not None:
                amount = Decimal(BRINGS[one.stream.code][2] + places[one.pk] % 7)
                said = by(stage, at, "From its return")
                follow.report_outcome(outcome, starts=row.starts, ends=row.ends, amount=amount, **said)


def _again(row: Return) -> Return:
    return Return.objects.select_related("schedule", "agreement__record").get(pk=row.pk)


def serve_all(stage: Stage, kept: Kept, at: datetime) -> None:
    """What runs says which priorities of the plan it serves, but for one in eight that nobody has asked yet."""
    known = dict(Priority.objects.filter(plan__record__organisation=stage.bodies["office"]).values_list("number", "pk"))
    numbers = [*stage.agreements.values(), *(one.pk for one in kept.made)]
    rows = Agreement.objects.select_related(*NEAR).filter(pk__in=numbers, record__closed_on=None, servings=None)
    found = {one.pk: one for one in rows}
    for place, pk in enumerate(numbers):
        one = found.get(pk)
        number = SERVES.get(one.stream.code, "") if one else ""
        if one is not None and number and place % 8 != 3:
            serves = [known[number], *([known[TOO[number]]] if place % 5 == 2 else [])]
            commands.serve(one, serves=serves, **by(stage, at, "As the decision to fund it says"))
