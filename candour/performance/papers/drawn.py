"""The chart of a measure, for its page and for papers, and what it says in words."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from candour.kernel.calendar import MONTHS, financial_year, say_date
from candour.kernel.web.control import Dot, Limit, Mark, control
from candour.kernel.web.drawing import Chart
from candour.performance import rules
from candour.performance.queries import MeasureRow, Whole

AGAINST = {
    "met": "The newest figure meets it",
    "within": "The newest figure is within tolerance of it",
    "missed": "The newest figure does not meet it",
}


def chart_of(whole: Whole, *, key: str) -> Chart:
    """The XmR chart of a measure with its table. key: unique on the page."""
    row, desc = whole.row, in_words(whole)
    status = {one.period: one.status for one in whole.series}
    aim = (float(row.line.target), short(row, row.line.target)) if row.line.target is not None else None
    title = f"XmR chart: {row.title}"
    return control_of(
        row, whole.process, breaks=whole.breaks, status=status, target=aim, key=key, title=title, desc=desc
    )


def control_of(
    row: MeasureRow,
    process: rules.Process,
    *,
    breaks: Sequence[Mapping[str, Any]],
    status: Mapping[date, str] | None = None,
    target: tuple[float, str] | None = None,
    key: str,
    title: str,
    desc: str,
) -> Chart:
    """The XmR chart of a series under its limits. status: of each period, where it is told."""
    places = {plotted.point.period: place for place, plotted in enumerate(process.points)}
    told = status or {}
    dots = [
        Dot(
            *_labels(plotted.point.period, row.line.frequency),
            name=row.say_period(plotted.point.period),
            value=None if plotted.point.value is None else float(plotted.point.value),
            said="not shown" if told.get(plotted.point.period) == "Not shown" else row.say(plotted.point.value),
            signal=rules.SIGNALS.get(plotted.signal, ""),
            provisional=plotted.point.provisional,
            status=told.get(plotted.point.period, "Missing" if status is not None else ""),
        )
        for plotted in process.points
    ]
    return control(
        dots,
        _bands(row, process, places),
        marks=_marks(row, breaks, places),
        target=target,
        tick=lambda value: _tick(row, value),
        heads=("Period", "Figure", "Signal", "Status"),
        key=key,
        title=title,
        desc=desc,
    )


def _bands(row: MeasureRow, process: rules.Process, places: Mapping[date, int]) -> list[Limit]:
    return [
        Limit(
            places[stretch.points[0].point.period],
            places[stretch.points[-1].point.period],
            float(stretch.limits.mean),
            float(stretch.limits.lower),
            float(stretch.limits.upper),
            (short(row, stretch.limits.mean), short(row, stretch.limits.lower), short(row, stretch.limits.upper)),
        )
        for stretch in process.stretches
        if stretch.limits is not None
    ]


def _marks(row: MeasureRow, breaks: Sequence[Mapping[str, Any]], places: Mapping[date, int]) -> list[Mark]:
    marks = [Mark(places[one["period"]], one["why"] or "Limits set anew") for one in breaks if one["period"] in places]
    if row.baseline and row.baseline[1] in places and not any(one["period"] <= row.baseline[1] for one in breaks):
        marks.append(Mark(places[row.baseline[1]] + 1, "Limits are set from what lies before"))
    return marks


def in_words(whole: Whole) -> str:
    """What the chart shows, as somebody would say it who sees it."""
    row, process = whole.row, whole.process
    points = [one for one in process.points if one.point.value is not None]
    if not points:
        return "No figures yet."
    first, last = (row.say_period(one.point.period) for one in (points[0], points[-1]))
    said = [f"{len(points)} figures from {first} to {last}."] if len(points) > 1 else [f"One figure, of {last}."]
    said.append(f"The last is {row.said}{', provisional' if row.line.provisional else ''}.")
    if by := process.limits:
        said.append(f"Mean {row.say(by.mean)}, limits {row.say(by.lower)} and {row.say(by.upper)}{trial(by)}.")
        signals = sum(bool(one.signal) for one in points)
        said.append(f"{signals} {'figure gives' if signals == 1 else 'figures give'} a signal.")
    else:
        said.append(f"Limits are drawn from {rules.FEWEST} figures.")
    missing = len(process.points) - len(points)
    if missing:
        said.append(f"{missing} {'period has' if missing == 1 else 'periods have'} no figure.")
    return " ".join(said)


def trial(by: rules.Limits) -> str:
    return f", on trial: set from {by.figures} figures, fewer than {rules.TRIAL}" if by.trial else ""


def signal_words(whole: Whole) -> str:
    """Why the newest figure is a signal, in a sentence; "" where it is none."""
    last, by, row = whole.process.last, whole.process.limits, whole.row
    if last is None or by is None or not last.signal:
        return ""
    side = "above" if last.side > 0 else "below"
    limit = row.say(by.upper if last.side > 0 else by.lower)
    return {
        "outside": f"{row.period} lies {side} the limit of {limit}.",
        "trend": f"The last {rules.RUN} or more figures each lie {_way(whole)} the one before.",
        "near": f"Two of the last three figures lie near the limit of {limit}.",
        "run": f"The last {rules.RUN} or more figures all lie {side} the mean of {row.say(by.mean)}.",
    }[last.signal]


def target_words(row: MeasureRow) -> str:
    """The target with its day and what the process makes of it."""
    line = row.line
    if line.target is None or line.target_by is None:
        return ""
    now = f". {AGAINST[row.against]}" if row.against else ""
    met = f". {row.assurance}, as things are" if row.assurance else ""
    return f"{row.target} by {say_date(line.target_by)}{now}{met}"


def _way(whole: Whole) -> str:
    values = [one.point.value for one in whole.process.points if one.point.value is not None]
    return "above" if values[-1] > values[-2] else "below"


def short(row: MeasureRow, value: Decimal | None) -> str:
    """A figure without the words of its unit, for an axis."""
    unit = row.line.unit if row.line.unit in ("percent", "pounds") else "number"
    return rules.say(value, unit, row.places)


def unit_words(row: MeasureRow) -> str:
    """What a figure is counted in, for a column beside figures that are written short."""
    if row.line.unit == "rate":
        return f"per {row.per:,}"
    return {"percent": "per cent"}.get(row.line.unit, row.line.unit)


def dated(row: MeasureRow) -> str:
    """The period of the newest figure, and whether the figure is provisional."""
    return f"{row.period}{', provisional' if row.line.provisional else ''}" if row.period else "none yet"


def _tick(row: MeasureRow, value: float) -> str:
    """A number at the axis with as many places as it needs, so that no two neighbours read the same."""
    exact = Decimal(str(round(value, 6))).normalize()
    exponent = exact.as_tuple().exponent
    unit = row.line.unit if row.line.unit in ("percent", "pounds") else "number"
    return rules.say(exact, unit, max(0, -exponent) if isinstance(exponent, int) else 0)


def _labels(period: date, frequency: str) -> tuple[str, str]:
    if frequency == "year":
        return financial_year(period), ""
    return MONTHS[period.month - 1][:3], str(period.year)
