"""What the publication scheme says of a duty on a day (pure). In prose: docs/rules/publication.md."""

from dataclasses import dataclass
from datetime import date

from candour.kernel.calendar import add_months

SOON = 21  # days before its day from which a duty is due soon


@dataclass(frozen=True)
class Standing:
    """How a duty stands: its state, when it must be published next, and when it last was.

    state: "Never published", "Late", "Due soon", "Up to date"; "As it arises" for what has no rhythm.
    """

    state: str
    due: date | None
    last: date | None


def standing(*, months: int, starts: date, last: date | None, today: date) -> Standing:
    """A duty to publish each so many months (0: as it arises), kept since a day, last fulfilled on a day.

    What was never published is due so many months after the duty began, and is told apart until it is late.
    """
    if not months:
        return Standing("As it arises" if last else "Never published", None, last)
    due = add_months(last or starts, months)
    if today > due:
        return Standing("Late", due, last)
    if last is None:
        return Standing("Never published", due, None)
    return Standing("Due soon" if (due - today).days <= SOON else "Up to date", due, last)
