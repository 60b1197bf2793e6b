"""Measures and their figures for tests, made through the real commands."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from candour.kernel.access import CANDOUR
from candour.kernel.calendar import add_months
from candour.performance import commands
from candour.performance.commands import NewFigure
from candour.performance.models import Load, Measure
from tests.factories import NOW, House

BY: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
LAST = date(2026, 5, 1)  # the newest month that is due at the factories’ moment
STEADY = (81, 82, 80, 83, 82, 81, 80, 82, 81, 83, 80, 82)  # mean 81.4, no signal
WORSE = (*STEADY, 70)


def a_measure(house: House, **values: Any) -> Measure:
    """A number counted each month, higher is better, owned by the chief executive, for office and panel."""
    body = values.pop("organisation", house.office)
    given: dict[str, Any] = {
        "title": "Emergency calls answered within 10 seconds",
        "counts": "Calls answered in 10 seconds or less",
        "better": "higher",
        "owner": house.posts["chief"],
        "effective": date(2026, 1, 5),
    }
    return commands.define_measure(organisation=body, **(BY | given | values))


def months(count: int, last: date = LAST) -> list[date]:
    """So many months up to the last."""
    return [add_months(last, -number) for number in reversed(range(count))]


def loaded(measure: Measure, values: Sequence[Any], *, last: date = LAST, **more: Any) -> Load | None:
    """Load a figure a month up to the last one; None for a month without. more: of the command, and marks of the newest."""
    marks = {name: more.pop(name) for name in ("provisional", "suppressed", "area") if name in more}
    figures = [
        NewFigure(measure, month, value=Decimal(str(value)), **({"area": marks["area"]} if "area" in marks else {}))
        for month, value in zip(months(len(values), last), values, strict=True)
        if value is not None
    ]
    if "provisional" in marks or "suppressed" in marks:
        newest = figures[-1]
        figures[-1] = NewFigure(
            measure, newest.period, newest.area, newest.value,
            provisional=marks.get("provisional", False), suppressed=marks.get("suppressed", False),
        )  # fmt: skip
    return load(measure, figures, **more)


def load(measure: Measure, figures: Sequence[NewFigure], **more: Any) -> Load | None:
    """Load some figures of a measure."""
    given = {"organisation": measure.record.organisation, "file_name": "figures.xlsx", "sha256": ""}
    return commands.load_figures(figures, **(BY | given | more))


def part(measure: Measure, month: date, top: Any, bottom: Any, area: str = "") -> NewFigure:
    """A figure of parts."""
    numbers = {"numerator": Decimal(str(top)), "denominator": Decimal(str(bottom))}
    return NewFigure(measure, month, area, **numbers)  # type: ignore[arg-type]
