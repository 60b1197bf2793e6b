"""The plan: stages in their order, days of the calendar, what has no day or no status; rates of indicators. Pure."""

from collections.abc import Callable, Iterator
from itertools import pairwise

from candour.audits.intake.days import due_days, last_day
from candour.kernel.intake.document import Finding
from candour.kernel.intake.printed import blank

from ..cells import planned_in, reached_in, says_which
from ..paper import Paper
from ..plans import QUARTER
from ..tables import PlanRow


def check(paper: Paper) -> Iterator[Finding]:
    """Every row of both plans, then the indicators."""
    rows = [*paper.tables.plan, *paper.tables.collaboration_plan]
    for row in rows:
        yield from _stages(row)
    if any(row.status for row in rows):
        for row in rows:
            if not row.status and row.asked:
                message = f"The plan says nothing of how {row.title} stands."
                yield Finding("plan-status-missing", "note", row.place, row.title, "no status", "a status", message)
    for one in paper.tables.kpis:
        if (rate := one.rate) and rate["percent"] != "-" and int(rate["of"]):
            right = 100 * int(rate["done"]) / int(rate["of"])
            places = len(rate["percent"].partition(".")[2])
            if abs(float(rate["percent"]) - right) > 0.5 * 10**-places + 1e-9:
                message = (
                    f"Indicator {one.number or one.indicator} gives {rate[0]}; {rate['done']} of {rate['of']} is "
                    f"{right:.0f}%."
                )
                yield Finding("kpi-rate", "error", one.place, one.indicator, rate[0], f"{right:.0f}%", message)


def _stages(row: PlanRow) -> Iterator[Finding]:
    for _name, text, _day in row.stages:
        for day in due_days(text):
            if day.impossible:
                message = f"The plan gives {text} for {row.title}, which is no day."
                yield Finding(
                    "plan-date-invalid", "error", row.place, row.title, text, "a day of the calendar", message
                )
    for before, after in (*pairwise(_dated(row, planned_in)), *pairwise(_dated(row, reached_in))):
        if _last(after[2]) >= _first(before[2]):
            continue
        said, then = before[0].replace("_", " "), after[0].replace("_", " ")
        message = f"The plan puts the {then} of {row.title} ({after[1]}) before its {said} ({before[1]})."
        yield Finding("plan-order", "error", row.place, row.title, after[1], f"a day after {before[1]}", message)
    open_ = [text for _name, text, day in row.stages if day is None]
    if row.stages and not row.worded and len(open_) == len(row.stages) and any(blank(text) for text in open_):
        message = f"The plan gives no day for {row.title}."
        yield Finding(
            "plan-undated",
            "note",
            row.place,
            row.title,
            " ".join(filter(None, open_)),
            "days, or at least months",
            message,
        )


def _dated(row: PlanRow, part: Callable[[str], str]) -> list[tuple[str, str, str]]:
    """(stage, as printed, day) of the planned or of the reached days of an audit: each must run forward by itself."""
    found = []
    for name, text, day in row.stages:
        if QUARTER.match(text):  # it may be any day of it
            continue
        read = due_days(part(text)) if says_which(text) else []
        if read and read[0].date:
            found.append((name, read[0].text, read[0].date))
        elif day and part(text) and not says_which(text):
            found.append((name, text, day))
    return found


def _first(iso: str) -> str:
    return iso if len(iso) == 10 else f"{iso}-01"


def _last(iso: str) -> str:
    day = last_day(iso)
    return day.isoformat() if day else iso
