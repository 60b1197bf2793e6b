"""How an action of a board stands, and how far past its first date it is (pure). It is read from dates and never typed."""

from datetime import date

from candour.kernel.calendar import days_late

SOON = 14  # days before its date from which an action is due soon; as the kernel's own actions count it
STATES = ("late", "due soon", "open", "done", "superseded", "dropped")  # most pressing first; the first three are to do
STATE_WORDS = {
    "late": "Late",
    "due soon": "Due soon",
    "open": "Open",
    "done": "Done",
    "superseded": "Replaced",
    "dropped": "Dropped",
}
AGES = {"in time": "Not past it", "30": "Up to 30 days", "90": "31 to 90 days", "over": "Over 90 days"}


def state_of(due: date, done_on: date | None, removed_on: date | None, today: date, *, superseded: bool = False) -> str:
    """One of STATES. On its date it is not late yet."""
    if superseded:
        return "superseded"
    if removed_on is not None:
        return "dropped"
    if done_on is not None:
        return "done"
    if due < today:
        return "late"
    return "due soon" if (due - today).days <= SOON else "open"


def age_of(first: date, today: date) -> str:
    """One of AGES: how many days past the date first agreed it is. A later date makes it no younger."""
    late = days_late(first, today)
    if not late:
        return "in time"
    return "30" if late <= 30 else "90" if late <= 90 else "over"
