"""The demo's boards, set up and planned, with the agendas of the meetings that were and the one that is being built."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from candour.boards import commands
from candour.boards.commands import BoardFacts, NewDecision, StandingFacts, Taken
from candour.boards.models import BoardAction, Item, Meeting, StandingItem
from candour.boards.queries.forward import standing_of
from candour.boards.rules.agenda import later as later_by
from candour.boards.rules.standing import due_at
from candour.boards.rules.states import clear_days_before
from candour.config.demo.boards import BOARDS, BoardTale, Comes
from candour.config.demo.minuted import SAID, Said
from candour.config.demo.stage import Event, Stage
from candour.config.demo.timeline import WEEKS, Timeline
from candour.kernel.access import CANDOUR
from candour.kernel.actions.commands import finish_action
from candour.kernel.calendar import add_working_days, financial_year, is_working_day

YEAR_BACK = 60  # weeks of meetings behind today
AHEAD = 5  # meetings that are planned
# what is decided, a post or a board, up to how many pounds
LIMITS = (
    ("Contracts", "ce", "", Decimal(50_000)),
    ("Contracts", "", "cgb", None),
    ("Grants", "ce", "", Decimal(20_000)),
    ("Grants", "", "cgb", None),
    ("Projects", "cfo", "", Decimal(250_000)),
    ("Projects", "ce", "", Decimal(1_000_000)),
    ("Projects", "", "cgb", None),
)
BEFORE = 42  # days from which a board is there before it first meets


@dataclass(frozen=True)
class Sat:
    """One meeting of the demo: its board, its day, and its place among the meetings of its financial year."""

    tale: BoardTale
    day: date
    place: int
    of_year: tuple[date, ...]

    @property
    def key(self) -> tuple[str, date]:
        return self.tale.code, self.day


def boards(stage: Stage) -> list[Event]:
    """Every board with its seats, terms, standing items and meetings, as events."""
    timeline = stage.timeline
    events = [Event(timeline.back(WEEKS * 7), 3, partial(set_up, stage, tale)) for tale in BOARDS]
    events.append(Event(timeline.back(WEEKS * 7), 4, partial(set_limits, stage)))
    for tale in BOARDS:
        for week, by_whom, text in tale.terms:
            events.append(Event(timeline.day(week, tale.code), 4, partial(agree_terms, stage, tale, by_whom, text)))
        for sat in meetings_of(tale, timeline):
            events += meeting_events(sat, stage)
    return events


def meetings_of(tale: BoardTale, timeline: Timeline) -> list[Sat]:
    """The days on which a board met and will meet, oldest first; the panel's are those of its papers."""
    first = timeline.back(WEEKS * 7) + timedelta(days=BEFORE)
    days = sorted(day for day in _days(tale, timeline) if day > first)
    found = []
    for day in days:
        of_year = tuple(each for each in days if financial_year(each) == financial_year(day))
        found.append(Sat(tale, day, of_year.index(day), of_year))
    return found


def _days(tale: BoardTale, timeline: Timeline) -> Iterator[date]:
    for number in range(-AHEAD + 1, YEAR_BACK // tale.weeks + 1):
        week = tale.first + number * tale.weeks
        day = timeline.monday - timedelta(days=week * 7 - tale.weekday)
        while not is_working_day(day):
            day += timedelta(days=1)
        yield day


def meeting_events(sat: Sat, stage: Stage) -> list[Event]:
    """A meeting is planned, its agenda built and sent out in time; of the one that comes next it is still being built."""
    timeline = stage.timeline
    last = timeline.last_working_day()
    planned = min(max(timeline.back(WEEKS * 7), sat.day - timedelta(days=200)), last)
    events = [Event(planned, 5, partial(plan, stage, sat))]
    built = min(sat.day - timedelta(days=28), last)
    if sat.day - timedelta(days=42) > timeline.today:
        return events
    events.append(Event(max(built, planned), 6, partial(build, stage, sat)))
    sent = clear_days_before(sat.day, 5)
    if sent <= last:
        events.append(Event(sent, 7, partial(send, stage, sat)))
    if sat.day <= last:
        written = min(add_working_days(sat.day, 3), last)
        events.append(Event(written, 8, partial(hold, stage, sat)))
        later = next((each for each in meetings_of(sat.tale, timeline) if each.day > sat.day), None)
        if later is not None and add_working_days(later.day, 3) <= last:
            events.append(Event(add_working_days(later.day, 3), 9, partial(agree, stage, sat, later)))
    return events


def by(stage: Stage, tale: BoardTale, at: datetime) -> dict[str, Any]:
    """Whoever is the board's secretary that day."""
    return {"actor": stage.actor(tale.secretary, at), "at": at}


def set_up(stage: Stage, tale: BoardTale, at: datetime) -> None:
    """A board, its seats and what comes to it, as the rest of what Candour started with."""
    said: dict[str, Any] = {"actor": CANDOUR, "at": at, "reason": "Laid down in the scheme of governance"}
    facts = BoardFacts(
        name=tale.name, starts_at=tale.starts_at, remit=tale.remit, secretary=stage.posts[tale.secretary],
        parent=stage.boards.get(tale.parent), reports=tale.reports, months=max(1, round(tale.weeks / 4.3)),
        lasts=tale.lasts, venue=tale.venue, quorum=tale.quorum, in_public=tale.in_public,
        pre_meeting=tale.pre_meeting, pre_minutes=tale.pre_minutes,
    )  # fmt: skip
    board = commands.set_up_board(facts, organisation=stage.bodies[tale.body], code=tale.code, **said)
    stage.boards[tale.code] = board
    for post, role, substitute in tale.seats:
        commands.give_seat(
            board, post=stage.posts[post], role=role, starts=at.date(),
            substitute=stage.posts.get(substitute), **said,
        )  # fmt: skip
    for comes in tale.comes:
        row = commands.add_standing(board, facts_of(stage, comes), **said)
        stage.standing[tale.code, comes.title] = row


def set_limits(stage: Stage, at: datetime) -> None:
    """Who may decide what, as the scheme of consent lays it down."""
    said: dict[str, Any] = {"actor": CANDOUR, "at": at, "reason": "Scheme of consent"}
    for what, post, board, up_to in LIMITS:
        commands.set_limit(
            organisation=stage.bodies["office"], what=what, post=stage.posts.get(post), board=stage.boards.get(board),
            up_to=up_to, starts=at.date(), **said,
        )  # fmt: skip


def facts_of(stage: Stage, comes: Comes) -> StandingFacts:
    return StandingFacts(
        title=comes.title, sort=comes.sort, purpose=comes.purpose, lead=stage.posts.get(comes.lead),
        minutes=comes.minutes, closed=bool(comes.closed), ground=comes.closed, every=comes.every, month=comes.month,
        must_by=comes.must, law=comes.law, paper=comes.paper,
    )  # fmt: skip


def agree_terms(stage: Stage, tale: BoardTale, by_whom: str, text: str, at: datetime) -> None:
    commands.agree_terms(
        stage.boards[tale.code], text=text, agreed_on=at.date(), agreed_by=by_whom,
        reason="Agreed at the yearly review of the scheme of governance",
        actor=CANDOUR, at=at,
    )  # fmt: skip


def plan(stage: Stage, sat: Sat, at: datetime) -> None:
    board = stage.boards[sat.tale.code]
    stage.meetings[sat.key] = commands.plan_meeting(board, held_on=sat.day, **by(stage, sat.tale, at))


def build(stage: Stage, sat: Sat, at: datetime) -> None:
    """The agenda takes up what is due at the meeting, but for the last item of one that is still to come."""
    meeting, said = stage.meetings[sat.key], by(stage, sat.tale, at)
    due = [row for row in _standing(stage, sat.tale) if due_at(standing_of(row), sat.of_year, sat.place)]
    if sat.day > stage.timeline.today:
        due = due[:-2] or due
    commands.take_up(meeting, standing=due, asks=[], **said)


def _standing(stage: Stage, tale: BoardTale) -> list[StandingItem]:
    return [stage.standing[tale.code, comes.title] for comes in tale.comes]


def send(stage: Stage, sat: Sat, at: datetime) -> None:
    commands.issue_agenda(stage.meetings[sat.key], **by(stage, sat.tale, at))


def hold(stage: Stage, sat: Sat, at: datetime) -> None:
    """The meeting is written up: opened, attended, minuted item by item, decided, closed."""
    meeting, said = stage.meetings[sat.key], by(stage, sat.tale, at)
    commands.open_meeting(meeting, started=sat.tale.starts_at, **said)
    commands.take_attendance(meeting, list(_attendance(stage, sat)), **said)
    rows = Item.objects.filter(meeting=meeting, withdrawn_on=None)
    for item in rows.select_related("record", "standing", "meeting__board", "meeting__record").order_by("position"):
        minute(stage, item, SAID[item.record.title], said)
    meeting = Meeting.objects.select_related("record", "board").get(pk=meeting.pk)
    ends = later_by(sat.tale.starts_at, sat.tale.lasts - 10)
    stage.meetings[sat.key] = commands.close_meeting(meeting, finished=ends, **said)


def _attendance(stage: Stage, sat: Sat) -> Iterator[Taken]:
    """Everybody is there, but that at every third meeting one member sends apologies or a substitute."""
    seated = {post for post, _, _ in sat.tale.seats}
    for number, (post, role, substitute) in enumerate(sat.tale.seats):
        away = role != "chair" and (sat.day.toordinal() // 7 + number) % 7 == 0
        if away and substitute and substitute not in seated:
            yield Taken(stage.posts[post], "substitute", stage.posts[substitute])
        else:
            yield Taken(stage.posts[post], "apologies" if away else "present")


def minute(stage: Stage, item: Item, words: Said, said: dict[str, Any]) -> None:
    """The minute of one item, with its decision and its action."""
    commands.write_minute(item, text=words.minute, summary=words.summary, started_at=None, **said)
    if words.decided:
        new = NewDecision(words.decided, reasons=words.reasons, key=words.key)
        commands.decide(item, new, **said)
    if words.action:
        text, owner, weeks = words.action
        due = item.meeting.held_on + timedelta(weeks=weeks)
        commands.set_action(item, text=text, owner=stage.posts[owner], due=due, **said)


def agree(stage: Stage, sat: Sat, later: Sat, at: datetime) -> None:
    """The next meeting agrees the minutes, and its chair signs them; what was set is done by then, but for the last year."""
    commands.sign_off(
        stage.meetings[sat.key],
        agreed_at=stage.meetings[later.key],
        by=stage.posts[sat.tale.seats[0][0]],
        **by(stage, sat.tale, at),
    )
    rows = BoardAction.objects.filter(item__meeting__board=stage.boards[sat.tale.code], action__done_on=None)
    for row in rows.filter(action__due__lte=at.date()).select_related("action__record").order_by("pk"):
        if int(row.number[-2:]) % 5 or later.day < stage.timeline.back(20 * 7):
            finish_action(row.action, outcome="Reported to the board.", **by(stage, sat.tale, at))
