"""Projects: kinds of business case, who must approve, the stage, when a highlight report is due, the read line. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from candour.finance.rules.figures import ends_month
from candour.finance.rules.states import Rated
from candour.kernel.calendar import add_months, add_working_days
from candour.kernel.rules import TODAY, Condition, Field, Op, Rule, Table, read, table

# The three cases of the Treasury's Green Book, each the ground for the next.
CASES: Mapping[str, str] = {
    "strategic": "Strategic outline case",
    "outline": "Outline business case",
    "full": "Full business case",
}
ANSWERS: Mapping[str, str] = {"approved": "Approved", "refused": "Not approved"}
REPORT_DAYS = 10  # working days after a month ends by which its highlight report is due


@dataclass(frozen=True)
class Limit:
    """Up to which value somebody may approve: a post or a board by name. up_to: pence, None for any value."""

    who: str
    up_to: int | None


@dataclass(frozen=True)
class CaseFacts:
    """A business case as the stage of its project needs it."""

    kind: str
    answer: str
    needs: str
    submitted_on: date


@dataclass(frozen=True)
class Report:
    """A highlight report as the read line needs it: its month, its three words, what the whole is forecast to cost."""

    period: date
    time: Rated | None
    cost: Rated | None
    benefits: Rated | None
    forecast: int | None
    ends: date | None


@dataclass(frozen=True)
class ProjectFacts:
    """What the rules know of a project from its record and its row."""

    organisation: int
    sensitivity: str
    closed_on: date | None
    budget: int | None
    ends: date | None
    every: int
    begun_on: date


@dataclass(frozen=True)
class ProjectLine:
    """What lists need of a project and what does not depend on today. Amounts in pence.

    waiting: who must answer a business case, "" where none waits. worst: the tone of the word that asks for most attention.
    """

    organisation: int
    sensitivity: str
    closed_on: date | None
    stage: str
    waiting: str
    asked_on: date | None
    period: date | None
    report_due: date | None
    time_word: str
    time_tone: str
    cost_word: str
    cost_tone: str
    benefits_word: str
    benefits_tone: str
    worst: str
    budget: int | None
    forecast: int | None
    ends: date | None
    expected: date | None
    planned: int
    measured: int


def who_approves(value: int, limits: Iterable[Limit]) -> str:
    """Whoever may approve a value with the lowest limit that covers it; a limit that is below it does not count.

    "" where no limit covers it: then nobody is known to be able to. value: pence.
    """
    covering = [one for one in limits if one.up_to is None or one.up_to >= value]
    chosen = min(covering, key=lambda one: (one.up_to is None, one.up_to or 0, one.who), default=None)
    return chosen.who if chosen else ""


def stage_of(cases: Sequence[CaseFacts], closed_on: date | None) -> str:
    """Closed; Delivery once a full business case is approved; else the case that comes next, or Stopped."""
    if closed_on is not None:
        return "Closed"
    if any(one.kind == "full" and one.answer == "approved" for one in cases):
        return "Delivery"
    last = max(cases, key=lambda one: (one.submitted_on, list(CASES).index(one.kind)), default=None)
    if last is None:
        return "Idea"
    return "Not approved" if last.answer == "refused" else CASES[last.kind]


def report_due(period: date | None, begun_on: date, every: int) -> date:
    """The day by which the next highlight report is due: so many months after the last one, or of the first whole month."""
    month = add_months(period, every) if period else add_months(begun_on.replace(day=1), 1)
    return add_working_days(ends_month(month), REPORT_DAYS)


def project_line(
    facts: ProjectFacts,
    cases: Sequence[CaseFacts],
    reports: Sequence[Report],
    *,
    asked_on: date | None,
    benefits: Iterable[tuple[bool, int | None, int | None]],
) -> ProjectLine:
    """The read line of a project. asked_on: of a change that waits. benefits: (cashable, planned, measured), those standing."""
    stage = stage_of(cases, facts.closed_on)
    last = max(reports, key=lambda one: one.period, default=None)
    words = [getattr(last, name) if last else None for name in ("time", "cost", "benefits")]
    tones = [one.tone for one in words if one]
    cash = [(planned or 0, measured or 0) for cashable, planned, measured in benefits if cashable]
    waits = stage == "Delivery"
    return ProjectLine(
        organisation=facts.organisation,
        sensitivity=facts.sensitivity,
        closed_on=facts.closed_on,
        stage=stage,
        waiting=next((one.needs for one in cases if not one.answer), "") if facts.closed_on is None else "",
        asked_on=asked_on if facts.closed_on is None else None,
        period=last.period if last else None,
        report_due=report_due(last.period if last else None, facts.begun_on, facts.every) if waits else None,
        time_word=words[0].word if words[0] else "",
        time_tone=words[0].tone if words[0] else "",
        cost_word=words[1].word if words[1] else "",
        cost_tone=words[1].tone if words[1] else "",
        benefits_word=words[2].word if words[2] else "",
        benefits_tone=words[2].tone if words[2] else "",
        worst=next((tone for tone in ("high", "medium", "low") if tone in tones), ""),
        budget=facts.budget,
        forecast=last.forecast if last else None,
        ends=facts.ends,
        expected=last.ends if last and last.ends else facts.ends,
        planned=sum(planned for planned, _ in cash),
        measured=sum(measured for _, measured in cash),
    )


def _when(outcome: str, *asked: tuple[str, Op] | tuple[str, Op, object]) -> Rule:
    return Rule(outcome, tuple(Condition(*each) for each in asked))


PROJECT_STATE: Table = table(
    _when("Closed", ("closed_on", "is not none")),
    _when("Report late", ("report_due", "<", TODAY)),
    _when("Off track", ("worst", "==", "high")),
    _when("Past its end", ("expected", "<", TODAY)),
    _when("Over its budget", ("forecast", ">", Field("budget"))),
    _when("Change asked for", ("asked_on", "is not none")),
    _when("Awaits approval", ("waiting", ">", "")),
    _when("At risk", ("worst", "==", "medium")),
    _when("Not approved", ("stage", "==", "Not approved")),
    _when("Being prepared", ("report_due", "is none")),
    Rule("On track"),
)
PROJECT_ORDER = (
    *("Off track", "Over its budget", "Past its end", "Report late", "Change asked for", "Awaits approval", "At risk"),
    *("On track", "Being prepared", "Not approved", "Closed"),
)
PROJECT_RANK: Table = table(*(Rule(f"{PROJECT_ORDER.index(rule.outcome):02}", rule.when) for rule in PROJECT_STATE))
PROJECT_WORDS: Mapping[str, str] = {
    "Off track": "Its last highlight report rates time, cost or benefits with the word that asks for most attention.",
    "Over its budget": "It is forecast to cost more than was approved.",
    "Past its end": "The day by which it was expected to be done has passed.",
    "Report late": "Its highlight report was due, and has not been made.",
    "Change asked for": "A change of its cost or its end waits for an answer.",
    "Awaits approval": "A business case waits for an answer.",
    "At risk": "Its last highlight report rates time, cost or benefits with a word that asks for some attention.",
    "On track": "Its last highlight report asks for no attention.",
    "Being prepared": "No full business case has been approved yet, so nothing is reported.",
    "Not approved": "Its last business case was not approved.",
    "Closed": "It is closed. What it brought and what was learnt stay.",
}


def project_state(line: ProjectLine, today: date) -> str:
    """Derived from the line, never typed."""
    return read(PROJECT_STATE, line, today)
