"""The demo's boards, set up and planned, with the agendas of the meetings that were and the one that is being built."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from candour.boards import commands
from candour.boards.commands import BoardFacts, NewItem, StandingFacts
from candour.boards.models import StandingItem
from candour.boards.queries.due import standing_of
from candour.boards.rules.standing import due_at
from candour.boards.rules.states import clear_days_before
from candour.config.demo.boards import BOARDS, BoardTale, Comes
from candour.config.demo.stage import Event, Stage
from candour.config.demo.timeline import WEEKS, Timeline
from candour.kernel.access import CANDOUR
from candour.kernel.calendar import financial_year, is_working_day

YEAR_BACK = 60  # weeks of meetings behind today
AHEAD = 5  # meetings that are planned


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
    for tale in BOARDS:
        for week, by_whom, text in tale.terms:
            events.append(Event(timeline.day(week, tale.code), 4, partial(agree_terms, stage, tale, by_whom, text)))
        for sat in meetings_of(tale, timeline):
            events += meeting_events(sat, stage)
    return events


def meetings_of(tale: BoardTale, timeline: Timeline) -> list[Sat]:
    """The days on which a board met and will meet, oldest first; the panel's are those of its papers."""
    days = sorted(_days(tale, timeline))
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
    for row in due:
        commands.add_item(meeting, _item(row), standing=row, **said)


def _standing(stage: Stage, tale: BoardTale) -> list[StandingItem]:
    return [stage.standing[tale.code, comes.title] for comes in tale.comes]


def _item(row: StandingItem) -> NewItem:
    return NewItem(
        title=row.title, purpose=row.purpose, presenter=row.lead, minutes=row.minutes, closed=row.closed,
        ground=row.ground, verbal=row.sort == "business",
    )  # fmt: skip


def send(stage: Stage, sat: Sat, at: datetime) -> None:
    commands.issue_agenda(stage.meetings[sat.key], **by(stage, sat.tale, at))
