"""The demo's plan written, carried out and updated over a year, through the usual commands."""

from datetime import date, datetime, timedelta
from functools import partial
from io import BytesIO
from typing import Any

from candour.config.demo.exhibits import pdf_bytes
from candour.config.demo.plans import PLAN, SAID, ActivityTale, ObjectiveTale
from candour.config.demo.stage import START, Event, Stage
from candour.kernel.calendar import add_months, add_working_days, is_working_day
from candour.kernel.evidence.commands import add_file
from candour.kernel.people.models import Post
from candour.kernel.records.commands import link
from candour.kernel.records.models import Record
from candour.plan import commands
from candour.plan.models import Activity, Objective, Priority

BEGUN = 400  # days back on which the plan was published
ROUNDS = (290, 200, 110, 20)  # days back on which owners said what moved
BLUE, RED, AMBER, GREEN, UNSTARTED = 1, 2, 3, 4, 5
RATED = {"on": GREEN, "risk": AMBER, "off": RED, "late": GREEN, "slipped": GREEN, "unstarted": UNSTARTED}
# What was said in each of the rounds of a shape; what is not there kept silent.
OVER = {
    "on": ("", "on", "on", "on"),
    "risk": ("on", "", "on", "risk"),
    "off": ("on", "risk", "off", "off"),
    "late": ("on", "", "late", ""),
    "done": ("on", "on", "done", ""),
    "proposed": ("", "on", "on", "done"),
    "unstarted": ("", "", "unstarted", ""),
    "slipped": ("", "on", "risk", "slipped"),
}


def plan(stage: Stage) -> list[Event]:
    """Everything that happens to the demo's plan, as events."""
    first, last = stage.timeline.back(BEGUN), stage.timeline.last_working_day()
    events = [Event(first, 4, partial(write, stage))]
    for number, days in enumerate(ROUNDS):
        day = _working(stage.timeline.back(days), last)
        events.append(Event(day, 6, partial(update_all, stage, number)))
    events.append(Event(_working(stage.timeline.back(100), last), 7, partial(agree_all, stage)))
    events.append(Event(_working(stage.timeline.back(60), last), 7, partial(dive, stage, "Calls are answered", 15, "")))
    answer = "Waits are longest on Saturday nights. Two of the five districts make half of all calls that are given up."
    events.append(Event(_working(stage.timeline.back(45), last), 7, partial(answered, stage, answer)))
    asked = (("Work goes on past the grant", 12), ("Every victim is offered support within 48 hours", 20))
    events += [Event(last, 9, partial(dive, stage, title, days, "")) for title, days in asked]
    events.append(
        Event(
            _working(stage.timeline.back(30), last),
            7,
            partial(dive, stage, "A balanced budget for three years", 10, ""),
        )
    )
    return events


def _working(day: date, last: date) -> date:
    while not is_working_day(day):
        day += timedelta(days=1)
    return min(day, last)


def by(stage: Stage, at: datetime, reason: str, post: str = "performance") -> dict[str, Any]:
    return {"actor": stage.actor(post, at), "at": at, "reason": reason}


def write(stage: Stage, at: datetime) -> None:
    """The plan as it was published, with all that stands under it."""
    year = at.year if at.month >= 4 else at.year - 1
    said = by(stage, at, START)
    made = commands.set_up_plan(
        organisation=stage.bodies["office"],
        title=f"Police and Crime Plan {year} to {year + 4}",
        aim="To keep people safe, put victims first, and show what public money buys.",
        starts=date(year, 4, 1),
        ends=date(year + 4, 3, 31),
        owner=stage.posts["commissioner"],
        reference=f"PCP{year % 100}",
        sensitivity="public",
        **said,
    )
    for number, tale in enumerate(PLAN, start=1):
        one = commands.add_priority(made, number=str(number), title=tale.title, lead=stage.posts[tale.lead], **said)
        for place, each in enumerate(tale.objectives, start=1):
            objective(stage, one, f"{number}.{place}", each, at)
    commands.publish_plan(made, on=at.date(), **said)


def objective(stage: Stage, one: Priority, number: str, tale: ObjectiveTale, at: datetime) -> None:
    said = by(stage, at, START)
    it = commands.add_objective(
        one, number=number, title=tale.title, outcome=tale.outcome, owner=_post(stage, tale.owner), **said
    )
    if tale.success:
        agreed: dict[str, Any] = {"agreed_on": at.date(), "agreed_by": "Corporate Governance Board"}
        agreed = agreed if number[-1] != "2" else {}  # a few are still to be agreed
        commands.agree_success(it.record, text=tale.success, **agreed, **said)
    for kind, names in (("measure", {"title__in": tale.measures}), ("risk", {"reference__in": tale.risks})):
        for record in Record.objects.filter(kind=kind, **names).order_by("pk"):
            link(it.record, to=record, how="bears on", **said)
    for place, each in enumerate(tale.activities):
        _add(stage, it, each, place, at)


def _add(stage: Stage, it: Objective, tale: ActivityTale, place: int, at: datetime) -> None:
    today = stage.timeline.today
    due = {"late": today - timedelta(days=24), "done": today - timedelta(days=80), "new": add_months(today, 9)}
    commands.add_activity(
        it,
        title=tale.title,
        owner=stage.posts[tale.owner] if tale.shape != "new" or place % 2 else None,
        starts=at.date(),
        due=due.get(tale.shape, add_months(today, 3 + 2 * place)),
        sensitivity=tale.sensitivity,
        **by(stage, at, START),
    )


def _post(stage: Stage, name: str) -> Post | None:
    return stage.posts[name] if name else None


def tales() -> list[ActivityTale]:
    return [each for tale in PLAN for one in tale.objectives for each in one.activities]


def rows(titles: set[str]) -> list[Activity]:
    found = Activity.objects.filter(record__title__in=titles, record__closed_on=None).order_by("pk")
    return list(found.select_related("record__organisation", "record__owner", "lead", "objective__record"))


def update_all(stage: Stage, round_: int, at: datetime) -> None:
    """What owners said in one of the rounds."""
    of = {each.title: each for each in tales()}
    for activity in rows(set(of)):
        tale = of[activity.record.title]
        what = OVER.get(tale.shape, ("", "", "", ""))[round_]
        if what:
            _say(stage, activity, tale, what, at)
    if round_ == 1:
        for activity in rows({title for title, each in of.items() if each.shape == "stopped"}):
            commands.stop_activity(
                activity, approver="Corporate Governance Board", **by(stage, at, "The fund is closed")
            )
    if round_ == 3:
        for activity in rows({title for title, each in of.items() if each.shape == "slipped"}):
            said = by(stage, at, "The supplier starts a quarter later", of[activity.record.title].owner)
            commands.move_due(activity, to=add_months(activity.due or at.date(), 3), approver="Chief Executive", **said)


def _say(stage: Stage, activity: Activity, tale: ActivityTale, what: str, at: datetime) -> None:
    achieved, left, barriers = SAID[what]
    said = by(stage, at, "", tale.owner)
    if what == "done":
        lines = [activity.record.title, "As reported to the Corporate Governance Board."]
        name = f"{activity.record.reference.replace('/', '-').lower()}-shown.pdf"
        add_file(activity.record, name=name, content=BytesIO(pdf_bytes(lines)), **said)
    rating = RATED.get(what, BLUE)
    commands.update_activity(activity, achieved=achieved, left=left, barriers=barriers, rating=rating, **said)


def agree_all(stage: Stage, at: datetime) -> None:
    """Whoever runs the plan agrees what is done."""
    for activity in rows({each.title for each in tales() if each.shape == "done"}):
        reason = "The file shows it, and the board has seen it"
        commands.agree_done(activity, approver="Corporate Governance Board", **by(stage, at, reason))


def _objective(title: str) -> Objective:
    return Objective.objects.select_related("record__organisation", "record__owner").get(record__title=title)


def dive(stage: Stage, title: str, days: int, reason: str, at: datetime) -> None:
    it = _objective(title)
    commands.ask_dive(
        it,
        asked_by="Corporate Governance Board",
        post=it.record.owner or stage.posts["performance"],
        asked="What do the last twelve months show, by district, and what will change in the next two quarters?",
        due=add_working_days(at.date(), days),
        **by(stage, at, reason, "policy"),
    )


def answered(stage: Stage, words: str, at: datetime) -> None:
    it = _objective("Calls are answered")
    one = it.dives.get()
    one.objective = it
    commands.answer_dive(one, answer=words, **by(stage, at, ""))
