"""The statutory clock of an inspection report: its steps, what is known of it (the read line), and the state that follows.

Source: Police Act 1996, section 55, as amended by the Policing and Crime Act 2017, section 37. The local policing body
publishes its comments, those of the chief officer and its response to each of them before the end of 56 days beginning with
the day on which the report is published; for each recommendation what is done, or why nothing is; and sends copies to the
inspectorate and the Secretary of State. The law names the last day alone: the days of the other steps are the body’s own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from candour.kernel.calendar import statutory_deadline
from candour.kernel.rules import TODAY, Condition, Op, Rule, Table, read, table

LAW = "publish"  # the step whose day is the law’s
REMIND = 14  # days before its day on which a step is reminded of


@dataclass(frozen=True)
class StepKind:
    """A step of the response. days: after the report’s publication, as the body sets them unless somebody moves one."""

    words: str
    done: str
    days: int


STEPS: Mapping[str, StepKind] = {
    "invite": StepKind("Invite the chief officer’s comments", "Comments invited", 7),
    "comments": StepKind("Receive the chief officer’s comments", "Comments received", 28),
    "draft": StepKind("Draft the response", "Response drafted", 42),
    "approve": StepKind("Approve the response", "Response approved", 49),
    LAW: StepKind("Publish the response", "Response published", 55),
    "copy-inspectorate": StepKind("Send the inspectorate its copy", "Copy sent to the inspectorate", 62),
    "copy-secretary": StepKind("Send the Secretary of State a copy", "Copy sent to the Secretary of State", 62),
    "copy-force": StepKind("Send the force its copy", "Copy sent to the force", 62),
}
COPIES: Mapping[str, str] = {
    "copy-inspectorate": "The inspectorate",
    "copy-secretary": "The Secretary of State",
    "copy-force": "The force",
}


@dataclass(frozen=True)
class Step:
    """A step of one response: its last day, and the day on which it was done."""

    which: str
    due: date
    done_on: date | None = None


@dataclass(frozen=True)
class Facts:
    """What the inspection’s own rows say. organisation, inspectorate: ids. linked: another report’s response answers it."""

    organisation: int
    sensitivity: str
    kind: str
    inspectorate: int
    statutory: bool
    linked: bool = False
    closed_on: date | None = None
    notified_on: date | None = None
    fieldwork_on: date | None = None
    debrief_on: date | None = None
    published_on: date | None = None


@dataclass(frozen=True)
class Line:
    """The read line. response_due: the law’s last day, None where no response of its own is due.

    answered_on: the response was published. next_step, next_due: the first step that is not done, by its day.
    """

    organisation: int
    sensitivity: str
    kind: str
    inspectorate: int
    statutory: bool
    linked: bool
    closed_on: date | None
    notified_on: date | None
    fieldwork_on: date | None
    debrief_on: date | None
    published_on: date | None
    response_due: date | None
    answered_on: date | None
    next_step: str
    next_due: date | None


def clock(published: date) -> tuple[Step, ...]:
    """The steps of a response with their days, none done, from the day on which the report was published."""
    return tuple(
        Step(which, statutory_deadline(published) if which == LAW else published + timedelta(days=kind.days))
        for which, kind in STEPS.items()
    )


def line(facts: Facts, steps: Sequence[Step]) -> Line:
    """The read line of an inspection from its rows. Without a report, a law or a response of its own no step is due."""
    due = facts.published_on if facts.statutory and not facts.linked else None
    there = {step.which: step for step in steps}
    left = [step for step in steps if step.done_on is None] if due else []
    following = min(left, key=lambda step: (step.due, list(STEPS).index(step.which)), default=None)
    return Line(
        **vars(facts),
        response_due=statutory_deadline(due) if due else None,
        answered_on=there[LAW].done_on if LAW in there else None,
        next_step=following.which if following else "",
        next_due=following.due if following else None,
    )


def _when(outcome: str, *asked: tuple[str, Op] | tuple[str, Op, object]) -> Rule:
    return Rule(outcome, tuple(Condition(*each) for each in asked))


UNANSWERED: tuple[str, Op] = ("answered_on", "is none")
STATE: Table = table(
    _when("Closed", ("closed_on", "is not none")),
    _when("Report awaited", ("published_on", "is none"), ("debrief_on", "<=", TODAY)),
    _when("Fieldwork", ("published_on", "is none"), ("fieldwork_on", "<=", TODAY)),
    _when("Notified", ("published_on", "is none")),
    _when("No response of its own", ("response_due", "is none")),
    _when("Response overdue", UNANSWERED, ("response_due", "<", TODAY)),
    _when("Step overdue", ("next_due", "<", TODAY)),
    _when("Clock running", UNANSWERED),
    _when("Copies to send", ("next_due", "is not none")),
    Rule("Answered"),
)
# In the order in which a board wants to hear of them.
ORDER = (
    *("Response overdue", "Step overdue", "Clock running", "Copies to send", "Report awaited", "Fieldwork", "Notified"),
    *("Answered", "No response of its own", "Closed"),
)
RANK: Table = table(*(Rule(f"{ORDER.index(rule.outcome):02}", rule.when) for rule in STATE))

STATE_WORDS: Mapping[str, str] = {
    "Response overdue": "The law’s last day for publishing the response has passed.",
    "Step overdue": "The response still has time, and a step on the way to it is late.",
    "Clock running": "The report is out, and the response to it is still to be published.",
    "Copies to send": "The response is published, and a copy of it is still to be sent.",
    "Report awaited": "The inspectors have told what they found, and the report is still to come.",
    "Fieldwork": "The inspectors are at work.",
    "Notified": "The inspectorate has said that it will come.",
    "Answered": "The response is published and its copies are sent. What the report asks for goes on.",
    "No response of its own": "The law asks for no response to this report, or another report’s response answers it too.",
    "Closed": "Nothing of it is open any more.",
}


def state(line: Line, today: date) -> str:
    """Derived from the line, never typed."""
    return read(STATE, line, today)


def said_left(due: date, today: date) -> str:
    """How long a day is off, in words: 12 days left, last day today, 3 days late."""
    days = (due - today).days
    if days == 0:
        return "last day today"
    count, end = abs(days), "left" if days > 0 else "late"
    return f"{count} {'day' if count == 1 else 'days'} {end}"


def waits(which: str, steps: Mapping[str, Step]) -> str:
    """What stands before a step, in words; "" where it can be done. Each step needs those that the law builds it on."""
    if which not in steps:
        return "Record the publication of the report first: the clock begins with it"
    if steps[which].done_on is not None and which not in ("comments", "draft"):
        return f"This was done already: {STEPS[which].done.lower()}"
    before = LAW if which in COPIES else {"comments": "invite", "approve": "draft", LAW: "approve"}.get(which)
    if before is not None and steps[before].done_on is None:
        return f"{STEPS[before].words} first"
    return ""
