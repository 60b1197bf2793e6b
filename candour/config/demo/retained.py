"""How long the demo's bodies keep their records, what is held against that, and what was asked to be removed."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from candour.config.demo.stage import POLICY_POSTS, Event, Stage
from candour.kernel.records.models import Record
from candour.kernel.retention import commands
from candour.kernel.retention.models import Hold, Removal
from candour.kernel.retention.queries.removals import look_for
from candour.risks.commands import record_update

SCHEDULE = "Retention schedule, {}"
LIMITS = "Limitation Act 1980, section 5: six years to bring a claim about a contract"
# kind, years after it is closed (None: for ever), what that rests on
PERIODS: tuple[tuple[str, int | None, str], ...] = (
    ("risk", 6, SCHEDULE.format("3.1")),
    ("recommendation", 7, SCHEDULE.format("3.2")),
    ("audit", 6, SCHEDULE.format("3.3")),
    ("inspection", 10, SCHEDULE.format("3.4")),
    ("statement-item", 6, SCHEDULE.format("3.4")),
    ("measure", 10, SCHEDULE.format("1.4")),
    ("meeting", None, SCHEDULE.format("2.1: what was decided is a public record")),
    ("item", None, SCHEDULE.format("2.1: what was decided is a public record")),
    ("agreement", 6, LIMITS),
    ("round", 6, LIMITS),
    ("application", 3, SCHEDULE.format("4.2: applications, funded or not")),
    ("plan", 10, SCHEDULE.format("1.2")),
    ("objective", 10, SCHEDULE.format("1.2")),
    ("activity", 6, SCHEDULE.format("1.3")),
    ("budget", 6, SCHEDULE.format("5.1")),
    ("finance-scheme", 6, SCHEDULE.format("5.1")),
    ("project", 6, SCHEDULE.format("5.3")),
)
OF_FORCE = ("risk", "recommendation", "audit", "inspection", "statement-item", "measure")
SHORTER = ("recommendation", 5, "Review of the schedule: five years are enough once a panel has closed it")
TO_COME = ("application", 2, "Review of the schedule: two years after the round, as the privacy notice says")
AGREED, REVIEWED = 60, 26  # weeks
APRIL = 4


@dataclass(frozen=True)
class HoldTale:
    """A legal hold on a record. lifted: the week, and why."""

    kind: str
    ref: str
    week: int
    why: str
    lifted: tuple[int, str] | None = None


HOLDS = (
    HoldTale(
        *("risk", "MPC025", 4),
        "Letter before action: counsel asks that everything about the claim is kept as it is",
    ),
    HoldTale(
        *("recommendation", "IA-25-04/1", 7),
        "The Information Commissioner asked how complaints are kept; held until the answer is accepted",
    ),
    HoldTale(
        *("risk", "MPC039", 37),
        "A bidder announced a claim about the tender that was begun again",
        (12, "No claim was brought in the time that the rules give for one"),
    ),
)


@dataclass(frozen=True)
class RemovalTale:
    """Words of a risk that are asked to be removed. written: an update that says them, of the week before.

    decided: the week, whether they go, and why.
    """

    ref: str
    week: int
    words: str
    why: str
    written: str = ""
    decided: tuple[int, bool, str] | None = None


REMOVALS = (
    RemovalTale(
        *("MPC040", 17, "Robin Example of 12 Mill Row", "Names a member of the public, who asked to be forgotten"),
        "A trader, Robin Example of 12 Mill Row, wrote that two invoices were late. Both were paid the same day.",
        (16, True, "What is left says all that the risk needs"),
    ),
    RemovalTale(
        *("MPC026", 30, "treasurer", "Says of whom it was heard in confidence"),
        decided=(
            29,
            False,
            "It names a post and no person, as every record does, and the record is restricted already",
        ),
    ),
    RemovalTale(
        *("MPC023", 1, "Lee Sample", "Names a person: updates speak of posts and cases"),
        "Lee Sample, who waited five weeks for an answer, was written to and is content with it.",
    ),
)
# Records whose disposal was asked for, each with its week; it waits for the chief officer of its body.
DISPOSED = (
    ("recommendation", "IA-20-04/1", 1, "Closed by the panel more than five years ago, and no later report repeats it"),
)


def retained(stage: Stage) -> list[Event]:
    """The schedule and its review, holds, and removals that one asks for and another decides."""
    back, day = stage.timeline.back, stage.timeline.day
    events = [
        Event(back(AGREED * 7), 7, partial(schedule, stage)),
        Event(back(REVIEWED * 7), 7, partial(review, stage)),
    ]
    for hold in HOLDS:
        events.append(Event(day(hold.week, hold.ref), 8, partial(place, stage, hold)))
        if hold.lifted:
            events.append(Event(day(hold.lifted[0], hold.ref), 8, partial(lift, stage, hold)))
    for tale in REMOVALS:
        if tale.written:
            events.append(Event(day(tale.week + 1, tale.ref), 8, partial(write, stage, tale)))
        events.append(Event(day(tale.week, tale.ref), 8, partial(ask, stage, tale)))
        if tale.decided:
            events.append(Event(day(tale.decided[0], tale.ref), 9, partial(decide, stage, tale)))
    return events + [
        Event(day(week, ref), 8, partial(dispose, stage, kind, ref, why)) for kind, ref, week, why in DISPOSED
    ]


def schedule(stage: Stage, at: datetime) -> None:
    """How long each body keeps each kind, from the day on which it was agreed."""
    for code in stage.bodies:
        for kind, years, basis in PERIODS:
            if code == "office" or kind in OF_FORCE:
                _set(stage, code, (kind, years, basis), at, at.date())


def review(stage: Stage, at: datetime) -> None:
    """One period is shorter from that day on, another from the next financial year."""
    for code in stage.bodies:
        _set(stage, code, SHORTER, at, at.date())
    today = stage.timeline.today
    _set(stage, "office", TO_COME, at, date(today.year + (today.month >= APRIL), APRIL, 1))


def _set(stage: Stage, code: str, period: tuple[str, int | None, str], at: datetime, starts: date) -> None:
    kind, years, basis = period
    admin = stage.actor("admin", at)
    commands.set_period(stage.bodies[code], kind=kind, years=years, starts=starts, basis=basis, actor=admin, at=at)


def place(stage: Stage, tale: HoldTale, at: datetime) -> None:
    record = _record(tale.kind, tale.ref)
    commands.hold(record, actor=stage.actor(POLICY_POSTS[record.organisation.code], at), at=at, reason=tale.why)


def lift(stage: Stage, tale: HoldTale, at: datetime) -> None:
    held = Hold.objects.select_related("record__organisation")
    for standing in held.filter(record=_record(tale.kind, tale.ref), lifted_on=None):
        by = stage.actor(POLICY_POSTS[standing.record.organisation.code], at)
        commands.lift(standing, actor=by, at=at, reason=tale.lifted[1] if tale.lifted else "")


def write(stage: Stage, tale: RemovalTale, at: datetime) -> None:
    """An update that names somebody, by whoever writes for the risk."""
    risk = stage.risks[tale.ref]
    by = stage.actor(POLICY_POSTS[risk.record.organisation.code], at)
    record_update(risk, text=tale.written, effective=at.date(), actor=by, at=at, reason="Between reviews")


def ask(stage: Stage, tale: RemovalTale, at: datetime) -> None:
    """Every place of the risk and its past that has the words."""
    record = _record("risk", tale.ref)
    by = stage.actor(POLICY_POSTS[record.organisation.code], at)
    places = [row.code for row in look_for(record, tale.words).rows]
    commands.ask_removal(record, words=tale.words, places=places, files=[], actor=by, at=at, reason=tale.why)


def decide(stage: Stage, tale: RemovalTale, at: datetime) -> None:
    """The chief executive approves or refuses what waits."""
    _, goes, why = tale.decided or (0, False, "")
    act = commands.approve_removal if goes else commands.refuse_removal
    for waiting in Removal.objects.select_related("record__organisation").filter(
        record=_record("risk", tale.ref), outcome=Removal.Outcome.WAITING
    ):
        act(waiting, actor=stage.actor("ce", at), at=at, reason=why)


def dispose(stage: Stage, kind: str, ref: str, why: str, at: datetime) -> None:
    record = _record(kind, ref)
    commands.ask_disposal(record, actor=stage.actor(POLICY_POSTS[record.organisation.code], at), at=at, reason=why)


def _record(kind: str, ref: str) -> Record:
    return Record.objects.select_related("organisation").get(kind=kind, reference=ref)
