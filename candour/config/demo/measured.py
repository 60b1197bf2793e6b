"""The demo's measures defined, loaded from the workbooks that the force sends, and explained, through the usual commands."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from candour.config.demo.measures import MEASURES, MONTHS_OF_DEMO, MeasureTale, workbook
from candour.config.demo.stage import START, Event, Stage
from candour.config.demo.timeline import WEEKS
from candour.kernel.calendar import add_months, add_working_days, is_working_day, say_date
from candour.kernel.intake.commands import load, read
from candour.kernel.intake.readers import read_document
from candour.performance import commands
from candour.performance.models import Explanation, Measure
from candour.performance.queries import in_full

BASED = frozenset(
    {"falling", "better", "worse", "rising", "spike"}
)  # shapes whose limits are set from before the change
# Days back on which a workbook was loaded; each holds every month that was due by then.
LOADS = (200, 60)


def measures(stage: Stage) -> list[Event]:
    """Everything that happens to the demo's measures, as events."""
    first, last = stage.timeline.back(WEEKS * 7), stage.timeline.last_working_day()
    events = [Event(first, 4, partial(define, stage))]
    days = [*(stage.timeline.back(days) for days in LOADS), last - timedelta(days=4)]
    events += [Event(_working(day, last), 4, partial(load_all, stage)) for day in days]
    ask, answer = _working(stage.timeline.back(34), last), _working(stage.timeline.back(26), last)
    events.append(Event(ask, 5, partial(ask_about, stage, "Referrals to services taken up", 5)))
    events.append(Event(answer, 5, partial(explain, stage)))
    events.append(Event(ask, 6, partial(ask_about, stage, "Vetting renewed before it ends", 10)))
    events.append(Event(ask, 7, partial(set_anew, stage)))
    events.append(Event(last, 8, partial(ask_about, stage, "Knife crime", 6)))
    return events


def _working(day: date, last: date) -> date:
    while not is_working_day(day):
        day += timedelta(days=1)
    return min(day, last)


def by(stage: Stage, at: datetime, reason: str, post: str = "performance") -> dict[str, Any]:
    return {"actor": stage.actor(post, at), "at": at, "reason": reason}


def define(stage: Stage, at: datetime) -> None:
    for tale in MEASURES:
        commands.define_measure(
            organisation=stage.bodies["office"],
            title=tale.title,
            owner=stage.posts[tale.owner],
            sensitivity=tale.sensitivity,
            **_facts(stage, tale),
            **by(stage, at, START),
        )


def _facts(stage: Stage, tale: MeasureTale) -> dict[str, Any]:
    target = (
        {"target": str(tale.target), "target_by": date(stage.timeline.today.year + 1, 3, 31)} if tale.target else {}
    )
    first = add_months(last_month(stage), 1 - MONTHS_OF_DEMO)
    base = {"baseline_first": first, "baseline_last": add_months(first, 14)} if tale.shape in BASED else {}
    return (
        target
        | base
        | {
            "counts": tale.counts,
            "topic": tale.topic,
            "unit": tale.unit,
            "places": 2 if tale.unit in ("rate", "days") else 1 if tale.unit in ("percent", "minutes") else 0,
            "better": tale.better,
            "source": "Taken from the force’s systems by its performance unit",
            "revisions": "The newest month is provisional, and is revised with the next load",
            "mean": "weighted" if tale.base else "simple",
            "smallest": 5 if tale.shape == "small" else 0,
        }
    )


def last_month(stage: Stage) -> date:
    """The newest month with figures today: the last one whose figures were due before the last working day."""
    return month_due(stage.timeline.last_working_day())


def month_due(day: date) -> date:
    """The newest month whose figures were due, ten working days after its end, by a day."""
    month = add_months(day.replace(day=1), -1)
    ends = day.replace(day=1) - timedelta(days=1)
    return month if add_working_days(ends, 10) <= day else add_months(month, -1)


def load_all(stage: Stage, at: datetime) -> None:
    """A workbook of all months so far, whose newest is provisional."""
    newest, newest_today = month_due(at.date()), last_month(stage)
    months = [add_months(newest_today, -n) for n in reversed(range(MONTHS_OF_DEMO))]
    months = [month for month in months if month <= newest]
    file = workbook(months, newest_today, dated=say_date(at.date()))
    name = f"performance-{newest:%Y-%m}.xlsx"
    load(
        read(read_document(file, name), "measures"),
        organisation=stage.bodies["office"],
        actor=stage.actor("performance", at),
        at=at,
        effective=at.date(),
    )


def it(title: str) -> Measure:
    return Measure.objects.select_related("record__organisation", "record__owner").get(record__title=title)


def ask_about(stage: Stage, title: str, days: int, at: datetime) -> None:
    """Ask the owner of a measure about its newest figure."""
    measure, actor = it(title), stage.actor("performance", at)
    whole = in_full(measure, actor=actor, today=at.date())
    if whole is None or whole.row.line.last_period is None or measure.record.owner is None:
        raise LookupError(f"the demo has no figure of {title}")
    commands.ask_explanation(
        measure,
        period=whole.row.line.last_period,
        signal=whole.row.variation if whole.row.line.signal else "The target will not be met as things are",
        post=measure.record.owner,
        asked="What lies behind it, what is being done, and when should the figure recover?",
        due=add_working_days(at.date(), days),
        **by(stage, at, ""),
    )


def explain(stage: Stage, at: datetime) -> None:
    """The answer of the commissioning officer, and the recovery that is expected."""
    one = Explanation.objects.select_related("measure__record").get(measure=it("Referrals to services taken up").pk)
    commands.answer_explanation(
        one,
        answer="Two services closed their lists in the spring. One has opened again; the other is recommissioned, and "
        "referrals go to a third meanwhile.",
        recovers_on=add_months(one.period, 3),
        **by(stage, at, "", "commissioning"),
    )


def set_anew(stage: Stage, at: datetime) -> None:
    measure = it("Time of ward officers on the beat")
    period = add_months(last_month(stage), -11)
    why = "Hours are taken from radios and no longer from rosters"
    commands.break_limits(measure, period=period, why=why, **by(stage, at, ""))
