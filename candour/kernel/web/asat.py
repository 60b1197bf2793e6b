"""The past day that an address asks for, and the choices that a page offers as links."""

from dataclasses import dataclass
from datetime import date

from candour.kernel.calendar import read_date, say_date
from candour.kernel.web.forms import Problem
from candour.kernel.web.page import Request

AS_AT_ID = "as-at"
SINCE_ID = "since"


@dataclass(frozen=True)
class Choice:
    """One place of a switch, a list of views, or a list of past days."""

    label: str
    href: str
    current: bool = False
    count: int | None = None
    day: date | None = None


@dataclass(frozen=True)
class AsAt:
    """The past day that the address asks for: none for today, or a problem where it cannot be shown."""

    typed: str = ""
    day: date | None = None
    problem: str = ""

    @property
    def problems(self) -> list[Problem]:
        return [Problem(AS_AT_ID, self.problem)] if self.problem else []

    @property
    def query(self) -> str:
        """What a link adds so that it stays on the day."""
        return f"?as_at={self.day.isoformat()}" if self.day else ""


def as_at_of(request: Request) -> AsAt:
    """The day of ?as_at=. Today itself is today; a day to come, or no real day, is a problem that says how to mend it."""
    typed = request.GET.get("as_at", "").strip()
    today = request.today
    if not typed:
        return AsAt()
    day = read_date(typed, today=today)
    if day is None:
        shown = typed if len(typed) <= 40 else typed[:39] + "…"
        return AsAt(
            typed, problem=f"‘{shown}’ is not a date. Enter the day to show, for example 26 October 2023 or 26/10/23"
        )
    if day > today:
        return AsAt(
            typed, problem=f"{say_date(day)} is still to come. Enter today, {say_date(today)}, or a day before it"
        )
    return AsAt(typed, None if day == today else day)


def kept_with_day(request: Request) -> list[tuple[str, str]]:
    """Everything of the address that the as-at form must carry along."""
    return _kept(request, "as_at")


def kept_with_since(request: Request) -> list[tuple[str, str]]:
    """Everything of the address that the form of the day to compare with must carry along."""
    return _kept(request, "since")


def _kept(request: Request, asked: str) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.GET.lists() if name not in {asked, "page"} for value in values]


@dataclass(frozen=True)
class Since:
    """The day that movement is measured from: the one of ?since=, or the usual one; a problem where it cannot be read."""

    day: date
    typed: str = ""
    problem: str = ""

    @property
    def problems(self) -> list[Problem]:
        return [Problem(SINCE_ID, self.problem)] if self.problem else []


def since_before(request: Request, day: date, *, usual: date) -> Since:
    """The day of ?since=, which must be before the day shown; `usual` where the address names none."""
    typed = request.GET.get("since", "").strip()
    if not typed:
        return Since(usual)
    found = read_date(typed, today=request.today)
    if found is None:
        shown = typed if len(typed) <= 40 else typed[:39] + "…"
        return Since(
            usual, typed, f"‘{shown}’ is not a date. Enter the day to compare with, for example 26 October 2023"
        )
    if found >= day:
        return Since(usual, typed, f"Enter a day to compare with that is before {say_date(day)}")
    return Since(found, typed)
