"""The read line of a recommendation, and the tables that say on a day how it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from candour.kernel.calendar import days_late
from candour.kernel.rules import TODAY, Condition, Rule, Table, Today, read, table
from candour.recommendations.rules.ledger import REPEATED, Ledger, Target, ledger

NO_PRIORITY = 99  # where lists put what has none: after every step of any scale


@dataclass(frozen=True)
class Facts:
    """What the recommendation's own row says. organisation is an id; priority is the step on its scale, 1 the highest."""

    organisation: int
    sensitivity: str
    source: str
    response: str
    reported_on: date
    first_reported: date
    outcome: str
    closed_on: date | None
    rank: int = NO_PRIORITY
    priority: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Closure:
    """One proposal to close: answered by the panel or not yet ("" or agreed or sent back), verified or not yet."""

    proposed_on: date
    answered_on: date | None = None
    answer: str = ""
    verdict: str = ""
    lapsed_on: date | None = None


@dataclass(frozen=True)
class Line:
    """What a list shows of a recommendation and what does not depend on today.

    priority is its word and tone what that asks for; rank orders them. proposed_on is None unless a proposal waits for
    the panel. sent_back_on is None once the owner has answered again. verdict is of the closure that stands.
    """

    organisation: int
    sensitivity: str
    source: str
    response: str
    rank: int
    priority: str
    tone: str
    reported_on: date
    first_reported: date
    owners: int
    original_due: date | None
    due: date | None
    slips: int
    in_words: bool
    last_update: date | None
    proposed_on: date | None
    sent_back_on: date | None
    outcome: str
    verdict: str
    closed_on: date | None


def asks(rule: Rule, name: str) -> bool:
    """Whether a rule asks a field of the line."""
    return any(condition.field == name for condition in rule.when)


STATUS: Table = table(
    Rule("Not Accepted", (Condition("outcome", "==", "not accepted"),)),
    Rule("Risk Accepted", (Condition("outcome", "==", "risk accepted"),)),
    Rule("Superseded", (Condition("outcome", "==", "superseded"),)),
    Rule("Superseded", (Condition("closed_on", "is not none"), Condition("verdict", "==", "superseded"))),
    Rule("Verified", (Condition("closed_on", "is not none"), Condition("verdict", "==", "implemented"))),
    Rule("Fell Short", (Condition("closed_on", "is not none"), Condition("verdict", "==", "in part"))),
    Rule("Fell Short", (Condition("closed_on", "is not none"), Condition("verdict", "==", "not"))),
    Rule("Closed", (Condition("closed_on", "is not none"),)),
    Rule("Proposed Closed", (Condition("proposed_on", "is not none"),)),
    Rule("Awaiting Response", (Condition("response", "==", ""),)),
    Rule("Overdue", (Condition("due", "<", TODAY),)),
    Rule("Sent Back", (Condition("sent_back_on", "is not none"),)),
    Rule("No Date", (Condition("due", "is none"),)),
    Rule("Due Soon", (Condition("due", "<=", Today(30)),)),
    Rule("Open"),
)

# What no day changes is kept on the line as its standing: the first rule of STATUS that does not ask when it is due. The
# standing and when it is due then decide the status, so that lines alike in these two are counted together.
BY_DAY = "due"
STANDING: Table = Table(rule for rule in STATUS if not asks(rule, BY_DAY))
DATED: Table = Table(
    dict.fromkeys(
        Rule(rule.outcome, (Condition("standing", "==", rule.outcome),))
        if rule.when and not asks(rule, BY_DAY)
        else rule
        for rule in STATUS
    )
)
SETTLED: tuple[str, ...] = tuple(rule.outcome for rule in takewhile(lambda rule: not asks(rule, BY_DAY), DATED))
UNSETTLED: tuple[str, ...] = tuple(dict.fromkeys(rule.outcome for rule in STANDING if rule.outcome not in SETTLED))

STATUS_WORDS: Mapping[str, str] = {
    "Awaiting Response": "It is reported, and whether it is accepted has not been said.",
    "Overdue": "The date that stands today has passed for at least one owner.",
    "Sent Back": "The panel did not agree to close it, and the owner has not answered since.",
    "No Date": "No owner has a date that a calendar knows: there is none, or it is in words.",
    "Due Soon": "A date falls within thirty days.",
    "Open": "It has a date, more than thirty days away.",
    "Proposed Closed": "The owner has proposed to close it, and the panel has not answered.",
    "Closed": "The panel agreed to close it, and the auditor has not looked yet.",
    "Verified": "The auditor found it implemented.",
    "Fell Short": "The panel closed it, and the auditor found it implemented in part or not at all.",
    "Not Accepted": "The body did not accept it.",
    "Risk Accepted": "The body accepts the risk of not doing it.",
    "Superseded": "Another recommendation, or a change of circumstances, took its place.",
}
ENDED = frozenset({"Closed", "Verified", "Fell Short", "Not Accepted", "Risk Accepted", "Superseded"})

PAST: Table = table(
    Rule("no date", (Condition("original_due", "is none"),)),
    Rule("over a year", (Condition("original_due", "<", Today(-365)),)),
    Rule("6 to 12 months", (Condition("original_due", "<", Today(-182)),)),
    Rule("to 6 months", (Condition("original_due", "<", TODAY),)),
    Rule("not yet"),
)

PAST_WORDS: Mapping[str, str] = {
    "not yet": "First date still to come",
    "to 6 months": "Up to 6 months past it",
    "6 to 12 months": "6 to 12 months past it",
    "over a year": "Over a year past it",
    "no date": "No first date",
}


def line(
    facts: Facts, *, targets: Iterable[Target], owners: int, closures: Iterable[Closure], updates: Iterable[date]
) -> Line:
    """The read line from the row, the targets of the owners that stand, the proposals, and the days of the updates."""
    held: Ledger = ledger(targets)
    proposals = [each for each in closures if each.lapsed_on is None]
    last = proposals[-1] if proposals else None
    last_update = max(updates, default=None)
    sent_back = last.answered_on if last and last.answer == "sent back" else None
    answered = sent_back is not None and last_update is not None and last_update > sent_back
    return Line(
        organisation=facts.organisation,
        sensitivity=facts.sensitivity,
        source=facts.source,
        response=facts.response,
        rank=facts.rank,
        priority=facts.priority,
        tone=facts.tone,
        reported_on=facts.reported_on,
        first_reported=facts.first_reported,
        owners=owners,
        original_due=held.original_due,
        due=held.due,
        slips=held.slips,
        in_words=held.in_words,
        last_update=last_update,
        proposed_on=last.proposed_on if last and not last.answer and facts.closed_on is None else None,
        sent_back_on=None if answered else sent_back,
        outcome=facts.outcome,
        verdict=last.verdict if last and facts.outcome == "closed" else "",
        closed_on=facts.closed_on,
    )


def status(line: Line, today: date) -> str:
    """The status of a recommendation on a day: derived from its line, never typed."""
    return read(STATUS, line, today)


def standing(line: Line) -> str:
    """The status as far as no day decides it: "Open" or "Sent Back" where the date that stands does."""
    return read(STANDING, line, date.min)


def past(line: Line, today: date) -> str:
    """How long past its first date it is on a day, as a key of PAST_WORDS."""
    return read(PAST, line, today)


@dataclass(frozen=True)
class Late:
    """Calendar days late: against the date that stands today, and against the first. 0 where a date is none or to come."""

    current: int
    original: int


def late(line: Line, today: date) -> Late:
    """How late it is; one that has ended counts to the day on which it did."""
    day = min(line.closed_on or today, today)
    return Late(*(days_late(due, day) if due else 0 for due in (line.due, line.original_due)))


def flagged(line: Line) -> bool:
    """Whether its slips are to be named to the panel: a second slip, or a later one."""
    return line.slips >= REPEATED


def months_old(first_reported: date, day: date) -> int:
    """Whole months from the first report of it, or of the first that it repeats, to a day."""
    months = (day.year - first_reported.year) * 12 + day.month - first_reported.month
    return max(0, months - (day.day < first_reported.day))


def age(first_reported: date, day: date) -> str:
    """ "7 years 2 months", "3 months", "under a month"."""
    years, months = divmod(months_old(first_reported, day), 12)
    parts = [(years, "year"), (months, "month")]
    said = " ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in parts if count)
    return said or "under a month"
