"""The stages of an audit in their order, its read line, and the state that follows from them.

Each is explained in docs/rules/audits.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from candour.kernel.rules import TODAY, Condition, Rule, Table, read, table

STAGES: Mapping[str, str] = {
    "brief": "Brief",
    "fieldwork": "Fieldwork",
    "exit": "Exit meeting",
    "draft": "Draft report",
    "responses": "Responses",
    "final": "Final report",
    "panel": "Panel",
}
ORDER = tuple(STAGES)


@dataclass(frozen=True)
class Facts:
    """What the audit's own row says. organisation and provider are ids; left: "", "cancelled" or "deferred"."""

    organisation: int
    sensitivity: str
    provider: int
    year: str
    days: int | None = None
    left: str = ""
    closed_on: date | None = None
    advisory: bool = False
    opinion_scale: int | None = None
    opinion: int | None = None
    satisfaction: int | None = None


@dataclass(frozen=True)
class Stage:
    """A stage: the day it is planned for, the day first planned, the day it was reached; None where there is none."""

    which: str
    planned: date | None = None
    first_planned: date | None = None
    actual: date | None = None


@dataclass(frozen=True)
class Line:
    """What a plan shows of an audit and what does not depend on today: the read line.

    next_stage and next_due: of the stages before the panel that are still to come, the one that is planned first. "" and
    None where none is planned, and once the final report is out.
    """

    organisation: int
    sensitivity: str
    provider: int
    year: str
    days: int | None
    left: str
    closed_on: date | None
    advisory: bool
    opinion_scale: int | None
    opinion: int | None
    satisfaction: int | None
    brief_on: date | None
    fieldwork_on: date | None
    exit_on: date | None
    draft_on: date | None
    responses_on: date | None
    final_on: date | None
    panel_on: date | None
    fieldwork_planned: date | None
    panel_planned: date | None
    next_stage: str
    next_due: date | None


# The stages that make an audit under way, each a rule of its own: "either ... or".
STATE: Table = table(
    Rule("Cancelled", (Condition("left", "==", "cancelled"),)),
    Rule("Deferred", (Condition("left", "==", "deferred"),)),
    Rule("Final", (Condition("final_on", "is not none"),)),
    Rule("Late", (Condition("next_due", "<", TODAY),)),
    Rule("Draft", (Condition("draft_on", "is not none"),)),
    Rule("Draft", (Condition("responses_on", "is not none"),)),
    Rule("Under way", (Condition("brief_on", "is not none"),)),
    Rule("Under way", (Condition("fieldwork_on", "is not none"),)),
    Rule("Under way", (Condition("exit_on", "is not none"),)),
    Rule("Planned"),
)

STATE_WORDS: Mapping[str, str] = {
    "Planned": "No stage has been reached, and none has passed its date.",
    "Under way": "The brief is out, and no draft report yet.",
    "Draft": "The draft report is out, and the final one is to come.",
    "Final": "The final report is out.",
    "Late": "The next stage has passed the date that it is planned for.",
    "Deferred": "It was carried to the plan of a later year, with a reason.",
    "Cancelled": "It was taken out of the plan, with a reason.",
}


def line(facts: Facts, stages: Iterable[Stage]) -> Line:
    """The read line of an audit from its row and its stages; a stage that is not among them has no dates."""
    by = {stage.which: stage for stage in stages}
    found = {which: by.get(which, Stage(which)) for which in ORDER}
    after = max((ORDER.index(which) for which in ORDER if found[which].actual), default=-1) + 1
    to_come = [found[which] for which in ORDER[after : ORDER.index("panel")] if not found["final"].actual]
    coming = [(stage.planned, ORDER.index(stage.which), stage.which) for stage in to_come if stage.planned]
    due, _, which = min(coming, default=(None, 0, ""))
    dates: dict[str, Any] = {f"{name}_on": stage.actual for name, stage in found.items()}
    return Line(
        **vars(facts),
        **dates,
        fieldwork_planned=found["fieldwork"].planned,
        panel_planned=found["panel"].planned,
        next_stage=which,
        next_due=due,
    )


def state(line: Line, today: date) -> str:
    """Planned, Under way, Draft, Final, Late, Deferred or Cancelled: derived from the line, never typed."""
    return read(STATE, line, today)


def reached(line: Line) -> str:
    """The last stage in their order that was reached, "" where none was."""
    return next((which for which in reversed(ORDER) if getattr(line, f"{which}_on")), "")


def misplaced(days: Mapping[str, date | None]) -> tuple[str, str] | None:
    """The first pair of stages whose dates run backwards, as (earlier stage, later stage); None where none do.

    days: the date of each stage, None or nothing for one without; the same day for two is in order.
    """
    known = [(which, day) for which in ORDER if (day := days.get(which))]
    for (first, one), (second, other) in pairwise(known):
        if other < one:
            return first, second
    return None
