"""How far a meeting has come, and an item with its paper, from dates alone (pure). In prose: docs/rules/boards.md."""

from dataclasses import dataclass
from datetime import date

from candour.kernel.calendar import add_working_days
from candour.kernel.rules import TODAY, Condition, Rule, read, table


@dataclass(frozen=True)
class MeetingFacts:
    """What the state of a meeting depends on: the fields of its line that carry these names."""

    held_on: date
    issued_on: date | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    called_off_on: date | None = None
    signed_on: date | None = None


STATE = table(
    Rule("Called off", (Condition("called_off_on", "is not none"),)),
    Rule("Signed off", (Condition("signed_on", "is not none"),)),
    Rule("Minutes in draft", (Condition("closed_on", "is not none"),)),
    Rule("In session", (Condition("opened_on", "is not none"),)),
    Rule("To be minuted", (Condition("held_on", "<", TODAY),)),
    Rule("Agenda out", (Condition("issued_on", "is not none"),)),
    Rule("Planned"),
)
STATE_TONES = {  # of the tag that shows it
    "Planned": "",
    "Agenda out": "blue",
    "In session": "amber",
    "To be minuted": "red",
    "Minutes in draft": "amber",
    "Signed off": "green",
    "Called off": "line",
}
TO_COME = ("Planned", "Agenda out")
HELD = ("Minutes in draft", "Signed off")


def state(facts: object, today: date) -> str:
    """The outcome of STATE for a meeting (or its line) on a day."""
    return read(STATE, facts, today)


def clear_days_before(day: date, clear: int) -> date:
    """The last day for what must be there so many clear working days before a meeting.

    Clear days count neither the day it goes out nor the day of the meeting. Source: Local Government Act 1972, section
    100B(3), whose five clear days policing bodies take over in their standing orders; "clear" as in R v Turner [1910] 1 KB
    346. Five clear days before Thursday 30 October 2025 end on Wednesday 22 October.
    """
    return add_working_days(day, -(clear + 1))


def paper_state(*, verbal: bool, papers: int, drafts: int, due: date, today: date) -> str:
    """Of one item: "No paper" where it is spoken to, "In", "Draft", "Due" until the last day for reports, then "Late"."""
    if papers and not drafts:
        return "In"
    if drafts:
        return "Draft" if today <= due else "Late"
    if verbal:
        return "No paper"
    return "Due" if today <= due else "Late"
