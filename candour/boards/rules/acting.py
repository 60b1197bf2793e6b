"""How an action of a board stands, and how far past its first date it is (pure). It is read from dates and never typed."""

from datetime import date

from candour.kernel.actions.rules import TO_DO, Line, state
from candour.kernel.rules import TODAY, Condition, Rule, Today, read, table

STATES = (*TO_DO, "done", "superseded", "dropped")  # most pressing first
STATE_WORDS = {
    "late": "Late",
    "due soon": "Due soon",
    "open": "Open",
    "done": "Done",
    "superseded": "Replaced",
    "dropped": "Dropped",
}
AGES = {"in time": "Not past it", "30": "Up to 30 days", "90": "31 to 90 days", "over": "Over 90 days"}
# How many days past the date first agreed an action is. A later date makes it no younger.
AGE = table(
    Rule("over", (Condition("original_due", "<", Today(-90)),)),
    Rule("90", (Condition("original_due", "<", Today(-30)),)),
    Rule("30", (Condition("original_due", "<", TODAY),)),
    Rule("in time"),
)


def state_of(line: Line, today: date, *, superseded: bool) -> str:
    """One of STATES: that of the action itself, unless another took its place."""
    return "superseded" if superseded else state(line, today)


def age_of(line: Line, today: date) -> str:
    """One of AGES."""
    return read(AGE, line, today)
