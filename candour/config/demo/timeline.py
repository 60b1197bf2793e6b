"""The demo's calendar: weeks counted back from today become days, so that the demo never ages (pure)."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from zlib import crc32

from candour.kernel.calendar import MONTHS, add_months, financial_year, is_working_day

BEGINS = date(
    2024, 11, 1
)  # nothing of the demo is older, so that an older paper loaded into it stands alone on its day
EARLIEST = date(2025, 8, 1)  # the first today for which the recent weeks still fit after BEGINS
WEEKS = 105
RECENT = 245  # days that always run at their true pace; what is older draws together if it would begin too soon
LAST_PANEL, BETWEEN_PANELS = 6, 13  # weeks
PLACE = re.compile(r"\{(m|fy)([+-]\d+)?\}")


@dataclass(frozen=True)
class Timeline:
    """Days of the demo as they fall for one today. Raises ValueError for a today before EARLIEST."""

    today: date

    def __post_init__(self) -> None:
        if self.today < EARLIEST:
            raise ValueError(f"the demo begins on {BEGINS:%d/%m/%Y} and needs a today of {EARLIEST:%d/%m/%Y} or later")

    @property
    def monday(self) -> date:
        """Monday of this week."""
        return self.today - timedelta(days=self.today.weekday())

    def back(self, days: int) -> date:
        """The day so many days before this week's Monday, drawn nearer where it would lie before BEGINS."""
        room, longest = (self.monday - BEGINS).days, WEEKS * 7
        if days > RECENT and longest > room:
            days = RECENT + (days - RECENT) * (room - RECENT) // (longest - RECENT)
        return self.monday - timedelta(days=days)

    def day(self, week: int, key: str = "") -> date:
        """A working day of a week, Monday to Thursday by the key, or the next one after it; before today always."""
        day = self.back(week * 7 - crc32(f"{key} {week}".encode()) % 4)
        while not is_working_day(day):
            day += timedelta(days=1)
        return min(day, self.last_working_day())

    def due(self, week: int) -> date:
        """The Friday of a week: what is due in it is due then."""
        return self.long_ago(week) + timedelta(days=4) if week > WEEKS else self.back(week * 7 - 4)

    def long_ago(self, week: int) -> date:
        """The Monday of a week, at its true distance where the demo had not begun: of what was brought in with its dates."""
        return self.monday - timedelta(weeks=week) if week > WEEKS else self.back(week * 7)

    def last_working_day(self) -> date:
        """The working day before today: the demo never writes in the day it is made."""
        day = self.today - timedelta(days=1)
        while not is_working_day(day):
            day -= timedelta(days=1)
        return day

    def panels(self) -> list[date]:
        """Thursdays on which the panel met, oldest first. The last lies about six weeks back."""
        weeks = range(LAST_PANEL, WEEKS, BETWEEN_PANELS)
        return sorted(self.back(week * 7 - 3) for week in weeks)

    def next_panel(self) -> date:
        """The Thursday of the next meeting, about seven weeks ahead."""
        return self.back((LAST_PANEL - BETWEEN_PANELS) * 7 - 3)


def worded(text: str, day: date) -> str:
    """A text with its months and financial years written for the day it is dated: {m+1} is next month with its year."""

    def written(found: re.Match[str]) -> str:
        shift = int(found[2] or 0)
        if found[1] == "fy":
            return financial_year(add_months(day, shift * 12))
        month = add_months(day, shift)
        return f"{MONTHS[month.month - 1]} {month.year}"

    return PLACE.sub(written, text)
