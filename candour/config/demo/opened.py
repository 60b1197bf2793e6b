"""Who signed in lately and opened restricted records: those who work on them, and one evening that wants asking about."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zlib import crc32

from candour.boards.models import Item, Pack
from candour.config.demo.stage import Event, Stage
from candour.kernel.history.models import Entry
from candour.kernel.opened.models import Opening
from candour.kernel.records.models import Record
from candour.kernel.signin.models import SignIn

LATELY = range(8, 0, -1)  # weeks
DESK, HOME, STRANGE = "192.0.2.24", "198.51.100.17", "203.0.113.64"  # kept for documentation: RFC 5737
OPENS, MINUTES = time(8, tzinfo=UTC), 540  # of a working day
Way = Opening.Way


@dataclass(frozen=True)
class Watched:
    """A restricted record, by its reference or its title, and those who open it in the course of their work."""

    kind: str
    called: str
    readers: tuple[str, ...]


WATCHED = (
    Watched("risk", "MPC025", ("chief.executive", "finance.officer", "policy.officer", "board.secretary")),
    Watched("risk", "MPC026", ("finance.officer", "chief.executive", "auditor")),
    Watched("risk", "MPC039", ("commissioner", "policy.officer", "auditor")),
    Watched("risk", "ST0205", ("force.risk", "force.assistant.chief", "deputy.chief.constable")),
    Watched("recommendation", "IA-25-04/1", ("policy.officer", "auditor", "chief.executive")),
    Watched("agreement", "Places in refuge", ("chief.executive", "finance.officer", "policy.officer")),
)
IN_PACKS = ("chief.executive", "commissioner", "finance.officer")
# One evening, by somebody whose work is none of it: minutes after it began, and what was opened.
WEEK, EVENING, BY_NIGHT = 2, time(21, 30, tzinfo=UTC), "administrator"
TRIED = ((-14, SignIn.Came.WRONG), (-13, SignIn.Came.WRONG), (-11, SignIn.Came.WRONG), (-2, SignIn.Came.IN))
AT_NIGHT = ((0, "risk", "MPC025"), (3, "risk", "MPC026"), (4, "agreement", "Places in refuge"), (9, "risk", "MPC025"))


def openings(stage: Stage) -> list[Event]:
    """Written together on the last day, each of its own moment: nothing else of the demo depends on them."""
    return [Event(stage.timeline.last_working_day(), 12, partial(write, stage))]


def write(stage: Stage, at: datetime) -> None:
    by_day = [*_at_work(stage), *_of_packs(stage)]
    found = sorted((row for row in [*by_day, *_by_night(stage)] if row.at < at), key=lambda row: row.at)
    Opening.objects.bulk_create(found)
    doors = [*_in_the_morning(by_day), *_at_the_door(stage)]
    SignIn.objects.bulk_create(sorted((row for row in doors if row.at < at), key=lambda row: row.at))


def _in_the_morning(openings: list[Opening]) -> Iterator[SignIn]:
    """Whoever opened something had signed in a little before, with a passkey or with a password and a second step."""
    firsts: dict[tuple[int | None, date], Opening] = {}
    for row in sorted(openings, key=lambda row: row.at):
        firsts.setdefault((row.person_id, row.at.date()), row)
    for number, row in enumerate(firsts.values()):
        way = SignIn.Way.SECOND if number % 3 == 0 else SignIn.Way.PASSKEY
        at = row.at - timedelta(minutes=4 + number % 9)
        yield SignIn(at=at, person=row.person, way=way, came=SignIn.Came.IN, address=row.address)


def _at_the_door(stage: Stage) -> Iterator[SignIn]:
    """Three wrong passwords before the evening, and then a right one."""
    begins = datetime.combine(stage.timeline.day(WEEK, BY_NIGHT), EVENING)
    for minutes, came in TRIED:
        way = SignIn.Way.SECOND if came == SignIn.Came.IN else SignIn.Way.PASSWORD
        at = begins + timedelta(minutes=minutes)
        yield SignIn(at=at, person=stage.people[BY_NIGHT], way=way, came=came, address=STRANGE)


def _at_work(stage: Stage) -> Iterator[Opening]:
    """In each week some of the readers of each record, at an hour that chance decides, the same in every demo."""
    for watched in WATCHED:
        record = _record(watched.kind, watched.called)
        place = {"record_kind": Record._meta.label_lower, "record_id": record.pk}
        begun = Entry.objects.get(**place, sequence=1).recorded_at
        for week in LATELY:
            for reader in watched.readers:
                lot = crc32(f"{watched.called} {week} {reader}".encode())
                day = datetime.combine(stage.timeline.day(week, reader), OPENS)
                moment = day + timedelta(minutes=lot // 3 % MINUTES)
                if lot % 3 == 0 and moment > begun:
                    yield _opening(stage, record, reader, moment, DESK if lot % 5 else HOME)


def _by_night(stage: Stage) -> Iterator[Opening]:
    begins = datetime.combine(stage.timeline.day(WEEK, BY_NIGHT), EVENING)
    for minutes, kind, called in AT_NIGHT:
        yield _opening(stage, _record(kind, called), BY_NIGHT, begins + timedelta(minutes=minutes), STRANGE)


def _of_packs(stage: Stage) -> Iterator[Opening]:
    """Members of a board who took the pack of its closed part: each has every item of it."""
    for pack in Pack.objects.filter(closed=True):
        for item in Item.objects.filter(meeting=pack.meeting_id, closed=True).select_related("record"):
            for number, reader in enumerate(IN_PACKS, 1):
                moment = pack.issued_at + timedelta(hours=2 * number - 1)
                yield _opening(stage, item.record, reader, moment, HOME, way=Way.PAPER, route="pack-file")


def _opening(
    stage: Stage, record: Record, reader: str, moment: datetime, address: str, *, way: str = Way.PAGE, route: str = ""
) -> Opening:
    by = stage.actor_named(reader, moment.date()).label
    told = {"person": stage.people[reader], "by": by, "address": address}
    return Opening(at=moment, record=record, way=way, route=route or record.kind, **told)


def _record(kind: str, called: str) -> Record:
    """By its reference, or the first whose title begins so."""
    rows = Record.objects.filter(kind=kind, sensitivity="restricted")
    return rows.filter(reference=called).first() or rows.filter(title__startswith=called).earliest("pk")
