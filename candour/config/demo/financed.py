"""The demo's money loaded from the workbooks that its finance team sends, and its projects and collaborations, as events."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from candour.boards.queries.decided import decisions_of
from candour.config.demo.finances import first_of_year, workbook
from candour.config.demo.projected import JOINED, PROJECTS, JoinedTale, ProjectTale
from candour.config.demo.stage import START, Event, Stage
from candour.config.demo.timeline import WEEKS
from candour.finance import commands
from candour.finance.models import Benefit, Collaboration, Project
from candour.finance.rules import Share
from candour.kernel.calendar import add_months, add_working_days, financial_year, is_working_day
from candour.kernel.intake.commands import load, read
from candour.kernel.intake.readers import read_document
from candour.kernel.scales.commands import bring_in_words
from candour.kernel.scales.models import Scale
from candour.kernel.scales.rules import Step, Words

RATINGS = Words(
    0,
    "Ratings of delivery",
    (
        Step(1, "Green", "It will be done as planned", "low"),
        Step(2, "Amber", "It is in doubt, and can be put right by who leads it", "medium"),
        Step(3, "Red", "It will not be done as planned without the board", "high"),
    ),
)
K = 100_000  # pence of a thousand pounds


def finances(stage: Stage) -> list[Event]:
    """Everything that happens to the demo's money and change, as events."""
    timeline = stage.timeline
    first, last = timeline.back(WEEKS * 7), timeline.last_working_day()
    events = [Event(first, 5, partial(set_up, stage))]
    newest = position_on(last)
    for position in positions_to(newest):
        day = _working(_loaded_on(position), last)
        events.append(Event(max(day, _working(first, last)), 6, partial(load_position, stage, position)))
    for tale in PROJECTS:
        events += _project(stage, tale)
    for joined in JOINED:
        events += _joined(stage, joined)
    return events


def position_on(day: date) -> date:
    """The newest quarter whose figures had been loaded by a day, as the first day of its last month."""
    month = add_months(day.replace(day=1), -1)
    while month.month % 3 or _loaded_on(month) > day:
        month = add_months(month, -1)
    return month


def positions_to(newest: date) -> list[date]:
    """The positions that were loaded, oldest first: the outturn of two years, one more, and the last two of this year."""
    begins = first_of_year(newest)
    ends = [add_months(begins, -months) for months in (13, 4, 1)]
    return ends + [day for day in (add_months(newest, -3), newest) if day >= begins]


def _loaded_on(position: date) -> date:
    return add_working_days(date.fromordinal(add_months(position, 1).toordinal() - 1), 15)


def _working(day: date, last: date) -> date:
    while not is_working_day(day):
        day += timedelta(days=1)
    return min(day, last)


def by(stage: Stage, at: datetime, reason: str, post: str = "cfo") -> dict[str, Any]:
    return {"actor": stage.actor(post, at), "at": at, "reason": reason}


def set_up(stage: Stage, at: datetime) -> None:
    """The scale of ratings, agreed by the board."""
    office, said = stage.bodies["office"], by(stage, at, "Agreed by the board", "policy")
    bring_in_words(RATINGS, kind=Scale.Kind.DELIVERY, organisation=office, starts=at.date(), **said)


def load_position(stage: Stage, position: date, at: datetime) -> None:
    """The workbook of a quarter, read and loaded as on the page."""
    middle = first_of_year(position_on(stage.timeline.last_working_day()))
    file = workbook(position, middle, dated=at.date())
    name = f"budget-monitoring-{financial_year(position).replace('/', '-')}-{position:%m}.xlsx"
    load(
        read(read_document(file, name), "finance"),
        organisation=stage.bodies["office"],
        actor=stage.actor("cfo", at),
        at=at,
        effective=at.date(),
    )


# Projects


def _project(stage: Stage, tale: ProjectTale) -> list[Event]:
    timeline = stage.timeline
    last = timeline.last_working_day()
    begun = timeline.day(tale.week, tale.title)
    events = [Event(begun, 5, partial(begin, stage, tale))]
    if tale.stage == "idea":
        return events
    submitted = _working(begun + timedelta(days=21), last)
    events.append(Event(submitted, 6, partial(submit, stage, tale)))
    if tale.stage == "waits":
        return events
    answered = _working(submitted + timedelta(days=28), last)
    events.append(Event(answered, 6, partial(answer, stage, tale)))
    if tale.stage == "refused":
        return events
    events.append(Event(_working(answered + timedelta(days=2), last), 6, partial(plan_benefit, stage, tale)))
    months = [add_months(last.replace(day=1), -n) for n in range(tale.last + 4, tale.last - 1, -1)]
    for number, month in enumerate(months):
        day = _working(add_months(month, 1) + timedelta(days=6), last)
        if day > answered:
            events.append(Event(day, 6, partial(report, stage, tale, month, number == len(months) - 1)))
    if tale.stage == "change":
        events.append(Event(timeline.day(1, tale.title), 7, partial(ask, stage, tale)))
    if tale.stage == "closed":
        events.append(Event(timeline.day(0, tale.title), 7, partial(measure, stage, tale)))
        events.append(Event(last, 8, partial(close, stage, tale)))
    return events


def it(tale: ProjectTale | JoinedTale) -> Any:
    model: Any = Project if isinstance(tale, ProjectTale) else Collaboration
    rows = model.objects.select_related("record__organisation", "record__owner")
    return rows.get(record__title=tale.title)


def begin(stage: Stage, tale: ProjectTale, at: datetime) -> None:
    commands.begin_project(
        organisation=stage.bodies["office"], title=tale.title, about=tale.about, owner=stage.posts[tale.owner],
        starts=at.date(), ends=add_months(stage.timeline.last_working_day().replace(day=1), 7 if tale.stage != "closed" else 1),
        sensitivity=tale.sensitivity, **by(stage, at, "Put forward by its lead"),
    )  # fmt: skip


def submit(stage: Stage, tale: ProjectTale, at: datetime) -> None:
    kind = "outline" if tale.stage == "waits" else "full"
    commands.submit_case(
        it(tale), kind=kind, value=tale.value * K, summary=f"{tale.about}. Options were costed and compared.",
        **by(stage, at, ""),
    )  # fmt: skip


def answer(stage: Stage, tale: ProjectTale, at: datetime) -> None:
    """Whoever the limits name answered, under the newest decision of the register where there is one."""
    project = it(tale)
    case = project.cases.select_related("project__record").get()
    refused = tale.stage == "refused"
    why = "The benefits do not bear the cost" if refused else "The case is made, and the money is in the plan"
    said = by(stage, at, why)
    decisions = decisions_of(project.record.organisation_id, actor=said["actor"], most=1)
    commands.answer_case(
        case, answer="refused" if refused else "approved", answered_by=case.needs,
        decision=decisions[0] if decisions and not refused else None, **said,
    )  # fmt: skip


def plan_benefit(stage: Stage, tale: ProjectTale, at: datetime) -> None:
    what, amount = tale.benefit
    due = add_months(stage.timeline.last_working_day(), 12 if tale.stage != "closed" else -1)
    commands.plan_benefit(it(tale), what=what, cashable=True, planned=amount * K, due=due, **by(stage, at, ""))
    commands.plan_benefit(it(tale), what="Hours given back to the public", due=due, **by(stage, at, ""))


def report(stage: Stage, tale: ProjectTale, month: date, last: bool, at: datetime) -> None:
    project = it(tale)
    words: dict[str, Any] = dict(zip(("time", "cost", "benefits"), tale.words if last else (1, 1, 1), strict=True))
    whole = tale.value * K * (100 + (tale.more if last else 0)) // 100
    red = last and 3 in tale.words
    commands.report_highlight(
        project, period=month, forecast=whole, spent=whole * 6 // 10, ends=project.ends,
        progress="The supplier missed the second test of the data, and the third is arranged." if red
        else "The work of the month was done; the next stage is agreed with those who use it.",
        next="Move the data of the first site, and train those who work there.",
        issues="The move depends on a link that is late. The board is asked to press its provider." if red else "",
        **words, **by(stage, at, "", tale.owner),
    )  # fmt: skip


def ask(stage: Stage, tale: ProjectTale, at: datetime) -> None:
    project = it(tale)
    ends = add_months(project.ends, 3)
    commands.ask_change(
        project, asked="Two more stations, which joined after the case was made", cost=25 * K, ends=ends,
        **by(stage, at, "", tale.owner),
    )  # fmt: skip


def measure(stage: Stage, tale: ProjectTale, at: datetime) -> None:
    for one in Benefit.objects.filter(record=it(tale).record).select_related("record").order_by("pk"):
        one.record.refresh_from_db()
        amount = one.planned * 94 // 100 if one.planned else None
        commands.measure_benefit(one, found="Read from the ledger of the year", measured=amount, **by(stage, at, ""))


def close(stage: Stage, tale: ProjectTale, at: datetime) -> None:
    commands.close_project(
        it(tale), on=at.date(), outcome="Both stores are given back, and every file is found in two minutes.",
        lessons="Sort before scanning: a third of the paper could have been destroyed under the schedule.",
        **by(stage, at, "All that was planned is done"),
    )  # fmt: skip


# Collaborations


def _joined(stage: Stage, tale: JoinedTale) -> list[Event]:
    timeline, last = stage.timeline, stage.timeline.last_working_day()
    first = _working(timeline.back(WEEKS * 7), last)
    events = [Event(first, 7, partial(enter, stage, tale))]
    year = first_of_year(last)
    for back in (1, 0):
        day = _working(max(add_months(year, -12 * back) + timedelta(days=20), first), last)
        events.append(Event(day, 7, partial(share, stage, tale, add_months(year, -12 * back), back)))
    if tale.reviewed:
        events.append(Event(timeline.day(tale.reviewed, tale.title), 7, partial(review, stage, tale)))
    return events


def enter(stage: Stage, tale: JoinedTale, at: datetime) -> None:
    today = stage.timeline.today
    made = commands.enter_collaboration(
        organisation=stage.bodies["office"], title=tale.title, about=tale.about, lead=tale.lead,
        owner=stage.posts[tale.owner], starts=date(2018, 4, 1), ends=today + timedelta(weeks=tale.ends),
        review_due=today + timedelta(weeks=tale.due), every=12, **by(stage, at, START),
    )  # fmt: skip
    what, planned, measured = tale.benefit
    if what:
        one = commands.plan_benefit(made, what=what, cashable=True, planned=planned * K, due=today, **by(stage, at, ""))
        one.record.refresh_from_db()
        commands.measure_benefit(one, found="Agreed by the members", measured=measured * K, **by(stage, at, ""))


def share(stage: Stage, tale: JoinedTale, year: date, back: int, at: datetime) -> None:
    shares = [Share(member, amount, number == 0) for number, (member, amount) in enumerate(tale.shares)]
    pence = tale.cost * K * (97 if back else 100) // 100
    commands.share_costs(it(tale), year=year, pence=pence, shares=shares, **by(stage, at, "As the members agreed"))


def review(stage: Stage, tale: JoinedTale, at: datetime) -> None:
    """The next review is due a year on, or when the tale says: the months between are set so that it falls there."""
    made = it(tale)
    due = stage.timeline.today + timedelta(weeks=tale.due)
    months = max(1, round((due - at.date()).days / 30.44))
    facts = {name: getattr(made, name) for name in ("about", "lead", "starts", "ends")}
    commands.change_collaboration(
        made, title=tale.title, owner=made.record.owner, every=months, **facts, **by(stage, at, "Reviewed as agreed")
    )
    commands.record_review(
        it(tale), on=at.date(), found="It brings what was planned, and is worth its cost. It goes on as it is.",
        **by(stage, at, ""),
    )  # fmt: skip
