"""A measure and the time of year: the same period of earlier years, and its chart with the seasons taken out."""

from decimal import Decimal

from candour.kernel.calendar import MONTHS
from candour.kernel.web.drawing import Chart
from candour.performance import rules
from candour.performance.papers.drawn import control_of, short
from candour.performance.queries import MeasureRow, Whole


def earlier_rows(whole: Whole) -> list[tuple[str, str, str]]:
    """(period, figure, how the newest differs from it) for each earlier year that has one, the last year first."""
    row = whole.row
    found = rules.same_earlier([one.point for one in whole.process.points], row.line.frequency)
    return [(row.say_period(one.period), row.say(one.value), difference(row, one.change)) for one in found]


def difference(row: MeasureRow, change: Decimal) -> str:
    """+3, −1.2 points, no difference: in the unit of the measure."""
    shown = short(row, abs(change))
    if not any(sign in "123456789" for sign in shown):
        return "no difference"
    said = f"{shown.rstrip('%')} points" if row.line.unit == "percent" else shown
    return f"{'+' if change > 0 else '−'}{said}"


def seasonal_chart(whole: Whole, *, key: str) -> tuple[Chart, str] | None:
    """The XmR chart of the figures less their seasons, with what its newest figure says; None without enough years."""
    row = whole.row
    found = rules.seasonal([one.point for one in whole.process.points], row.line.frequency)
    if found is None:
        return None
    first, last = row.baseline or (None, None)
    facts = rules.Facts(
        organisation=row.organisation_id,
        sensitivity=row.sensitivity,
        topic=row.line.topic,
        unit=row.line.unit,
        better=row.line.better,
        frequency=row.line.frequency,
        baseline_first=first,
        baseline_last=last,
    )
    process = rules.reading_of(facts, found.points, [one["period"] for one in whole.breaks])
    said = rules.variation(process.last, row.line.better) if process.limits else ""
    words = f"With the time of year taken out: {rules.VARIATION_WORDS[said].lower()}. {usual(row, found)}"
    title = f"{row.title}, less the time of year"
    return control_of(row, process, breaks=whole.breaks, key=key, title=title, desc=words), words


def usual(row: MeasureRow, found: rules.Seasonal) -> str:
    """Which periods usually lie highest and lowest against the trend."""
    high = max(found.factors, key=lambda month: found.factors[month])
    low = min(found.factors, key=lambda month: found.factors[month])
    lies = "lies" if row.line.frequency == "month" else "lie"
    return (
        f"{_named(row, high)} usually {lies} {_percent(found.factors[high])}, "
        f"{_named(row, low)} {_percent(found.factors[low])}."
    )


def _named(row: MeasureRow, month: int) -> str:
    """September; July to September."""
    last = MONTHS[(month + 1) % 12]
    return MONTHS[month - 1] if row.line.frequency == "month" else f"{MONTHS[month - 1]} to {last}"


def _percent(factor: Decimal) -> str:
    part = rules.say(abs(100 * factor - 100), "percent", 0)
    return f"{part} {'above' if factor >= 1 else 'below'} the trend" if part != "0%" else "at the trend"
