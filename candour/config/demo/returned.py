"""What follows the demo's agreements: returns that come, go back or do not, outcomes, issues, underspends, exit interviews."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from candour.commissioning.commands import follow
from candour.commissioning.models import PlanMeasure, Return
from candour.config.demo.agreed import BOARD, begins_on, by, ends_on, it
from candour.config.demo.agreements import AGREEMENTS, AgreementTale
from candour.config.demo.stage import Event, Stage
from candour.config.demo.timeline import WEEKS
from candour.kernel.calendar import add_months, financial_year, is_working_day

UNASKED = frozenset({"monitoring", "dates", "draft", "unsigned", "override", "one signature", "specification", "kpis"})
PRIORITY = "Victims are heard and helped"
# name, unit, whether figures add up, target, priority
PLAN = (
    ("People who are safer after support", "people", True, 2400, PRIORITY),
    ("People who cope better, as they say", "%", False, 80, PRIORITY),
    ("Young people who stay out of violence", "people", True, 900, "Less violence"),
    ("Neighbourhoods where people feel safer", "places", True, 30, "Safe places"),
)
# by service: measure of the plan, what comes about, a figure for each quarter, share
BROUGHT = {
    "Advocacy after domestic abuse": (0, "Safe from a partner who hurt them", 96, 60),
    "Safe rooms in homes": (0, "Safe from a partner who hurt them", 40, 40),
    "Support for victims of crime": (0, "Helped after a crime", 210, 100),
    "Counselling after sexual violence": (0, "Helped after sexual violence", 74, 100),
    "Support in court": (0, "Helped through a trial", 52, 100),
    "Outreach on weekend nights": (2, "Reached and not arrested within six months", 61, 100),
    "Mentors in custody": (2, "Left custody with a plan and kept it", 33, 100),
    "Boxing club on two evenings": (3, "Streets with fewer calls", 2, 100),
    "Mediation between neighbours": (3, "Disputes settled", 3, 100),
}
CUSTODY = "Nurses in custody"
UNASKED_BACK = ("Mediation between neighbours",)  # so that one is still held


def following(stage: Stage) -> list[Event]:
    """All that follows agreements, as events. Nothing happens on a day to come."""
    first = stage.timeline.back(WEEKS * 7)
    events = [Event(first, 4, partial(set_plan, stage))]
    for number, tale in enumerate(AGREEMENTS):
        if UNASKED.isdisjoint(tale.flaws) and tale.begins > 0 and tale.value:
            events += _of_one(stage, number, tale)
    return events


def _of_one(stage: Stage, number: int, tale: AgreementTale) -> list[Event]:
    begins, ends, last = begins_on(stage, tale), ends_on(stage, tale), stage.timeline.last_working_day()
    events: list[Event] = []

    def on(day: date, act: Any, rank: int = 9) -> None:
        while not is_working_day(day):
            day += timedelta(days=1)
        if day <= last:
            events.append(Event(day, rank, partial(act, stage, number, tale)))

    on(max(begins, stage.timeline.back(WEEKS * 7)) + timedelta(days=3), ask)
    if tale.service in BROUGHT:
        on(begins + timedelta(days=4), bring)
    after = ends + timedelta(days=1)  # the last period is cut at the end of the agreement
    quarters = [min(add_months(begins, 3 * (n + 1)), after) for n in range(4) if add_months(begins, 3 * n) <= ends]
    over = [n for n, day in enumerate(quarters) if day + timedelta(days=11) <= last]
    for n in over:
        fate = number % 6 if n == over[-1] and "ended" not in tale.flaws else 5
        if fate == 0:  # the last one has not come
            continue
        on(quarters[n] + timedelta(days=8), partial(receive, quarter=n))
        if tale.service in BROUGHT:
            on(quarters[n] + timedelta(days=8), partial(report, quarter=n))
        if fate == 1:
            on(quarters[n] + timedelta(days=17), partial(assess, verdict="back"))
        elif fate != 2:  # else nobody has assessed it
            on(quarters[n] + timedelta(days=17), partial(assess, verdict="satisfactory"))
    if "ended" in tale.flaws:
        on(ends + timedelta(days=21), hold_exit)
        if tale.kind == "grant" and tale.service not in UNASKED_BACK:
            on(ends + timedelta(days=40), ask_back)
            on(ends + timedelta(days=60), carry if tale.stream == "VS" else pay_back)
    if tale.service == CUSTODY:
        on(begins + timedelta(days=95), meet)
        on(begins + timedelta(days=140), log_issue)
        on(begins + timedelta(days=170), give_notice)
        on(begins + timedelta(days=188), answer_notice)
        on(begins + timedelta(days=30), expect_spend)
    return events


def set_plan(stage: Stage, at: datetime) -> None:
    for name, unit, adds_up, target, priority in PLAN:
        follow.add_plan_measure(
            organisation=stage.bodies["office"], priority=priority, name=name, unit=unit, adds_up=adds_up,
            target=Decimal(target), **by(stage, at, "Police and crime plan"),
        )  # fmt: skip


def ask(stage: Stage, number: int, tale: AgreementTale, at: datetime) -> None:
    follow.ask_returns(
        it(stage, number), asks="Figures of the KPIs\nSpend from the first day\nOne case, without names", every=3,
        first=begins_on(stage, tale), days=10, assessor=stage.posts[tale.lead], **by(stage, at, "Schedule of monitoring"),
    )  # fmt: skip


def _next(stage: Stage, number: int, **having: Any) -> Return:
    rows = Return.objects.select_related("schedule", "agreement__record")
    return rows.filter(agreement=stage.agreements[number], dropped_on=None, **having).order_by("starts")[0]


def receive(stage: Stage, number: int, tale: AgreementTale, at: datetime, *, quarter: int) -> None:
    """Nine tenths of a quarter's money are spent, by grants; all of it, by contracts."""
    agreement = it(stage, number)
    share = 90 if tale.kind == "grant" else 100
    expected = _next(stage, number, received_on=None, verdict="")
    given = agreement.indicators.values_list("pk", flat=True)
    figures = {pk: Decimal(91 + (number + quarter + place) % 7) for place, pk in enumerate(given)}
    follow.receive_return(
        expected, on=at.date(), spent=tale.value * 25 * (quarter + 1) * share // 100, figures=figures,
        narrative=f"Quarter {quarter + 1}. The service ran as planned; one post stood empty for three weeks.",
        **by(stage, at, ""),
    )  # fmt: skip


def assess(stage: Stage, number: int, tale: AgreementTale, at: datetime, *, verdict: str) -> None:
    row = _next(stage, number, received_on__isnull=False, verdict="")
    wanted = "How many waited longer than two working days, and why" if verdict == "back" else ""
    due = at.date() + timedelta(days=21) if verdict == "back" else None
    follow.assess_return(row, verdict=verdict, wanted=wanted, due=due, **by(stage, at, ""))


def bring(stage: Stage, number: int, tale: AgreementTale, at: datetime) -> None:
    place, what, figure, share = BROUGHT[tale.service]
    measure = PlanMeasure.objects.get(name=PLAN[place][0])
    follow.set_outcome(
        it(stage, number), measure=measure, what=what, share=share, target=Decimal(figure * 4),
        **by(stage, at, "Schedule of outcomes"),
    )  # fmt: skip


def report(stage: Stage, number: int, tale: AgreementTale, at: datetime, *, quarter: int) -> None:
    outcome = it(stage, number).outcomes.select_related("agreement__record").get()
    begins = begins_on(stage, tale)
    starts, after = add_months(begins, 3 * quarter), add_months(begins, 3 * quarter + 3)
    after = min(after, ends_on(stage, tale) + timedelta(days=1))
    amount = Decimal(BROUGHT[tale.service][2] + (number + quarter) % 5)
    ends = after - timedelta(days=1)
    follow.report_outcome(outcome, starts=starts, ends=ends, amount=amount, **by(stage, at, "From its return"))


def hold_exit(stage: Stage, number: int, tale: AgreementTale, at: datetime) -> None:
    follow.hold_exit(
        it(stage, number), on=at.date(), present="Commissioning Officer, Service Director",
        notes="Referrals came late from two districts. The returns took too long to write.",
        lessons="Ask for four figures, not eleven. Name a contact in each district before the first day.",
        **by(stage, at, ""),
    )  # fmt: skip


def ask_back(stage: Stage, number: int, tale: AgreementTale, at: datetime) -> None:
    agreement = it(stage, number)
    by_then = at.date() + timedelta(days=60)
    why = "Its returns say that a tenth was not spent"
    follow.ask_back(agreement, year="", value=tale.value * 10, by=by_then, **by(stage, at, why))


def _underspend(stage: Stage, number: int) -> Any:
    return it(stage, number).underspends.select_related("agreement__record").get()


def pay_back(stage: Stage, number: int, tale: AgreementTale, at: datetime) -> None:
    one = _underspend(stage, number)
    follow.agree_back(one, value=one.amount, **by(stage, at, "By letter"))
    follow.receive_back(one, number=f"R{90_000 + number}", on=at.date(), **by(stage, at, "Paid into the bank"))


def carry(stage: Stage, number: int, tale: AgreementTale, at: datetime) -> None:
    said = by(stage, at, "The same group runs on, and began before the new grant came", "cfo") | {"approver": BOARD}
    follow.carry_over(_underspend(stage, number), year=financial_year(at.date()), **said)


def meet(stage: Stage, number: int, tale: AgreementTale, at: datetime) -> None:
    follow.hold_meeting(
        it(stage, number), on=at.date(), present="Commissioning Officer, Head of Custody, Service Director",
        notes="Cover at night is thin from May. The provider brings a plan to the next meeting.",
        next_on=at.date() + timedelta(days=91), **by(stage, at, ""),
    )  # fmt: skip


def log_issue(stage: Stage, number: int, tale: AgreementTale, at: datetime) -> None:
    follow.raise_issue(
        it(stage, number), on=at.date(), text="No nurse in one suite on four nights of the month", severity="high",
        owner=stage.posts["commissioning"], due=at.date() + timedelta(days=30), **by(stage, at, ""),
    )  # fmt: skip


def give_notice(stage: Stage, number: int, tale: AgreementTale, at: datetime) -> None:
    follow.give_notice(
        it(stage, number), on=at.date(), breach=True, response_due=at.date() + timedelta(days=14),
        about="Hours of cover kept fell below the level of the contract for two months. A plan to mend it is asked for.",
        **by(stage, at, ""),
    )  # fmt: skip


def answer_notice(stage: Stage, number: int, tale: AgreementTale, at: datetime) -> None:
    notice = it(stage, number).performance_notices.select_related("agreement__record").get()
    follow.answer_notice(
        notice, on=at.date(), **by(stage, at, "Two nurses begin in the next month; agency cover until then")
    )
    follow.publish_notice(notice, on=at.date(), **by(stage, at, "Contract performance notice"))


def expect_spend(stage: Stage, number: int, tale: AgreementTale, at: datetime) -> None:
    year = financial_year(at.date())
    why = "Profile of the contract, with agency cover"
    follow.forecast(it(stage, number), year=year, value=tale.value * 75, **by(stage, at, why))
