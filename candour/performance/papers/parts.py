"""A figure by its areas or categories, for pages and papers: bars, a table with shares of what is shown, and words."""

from dataclasses import dataclass
from decimal import Decimal

from candour.kernel.web.bars import Bar, bars
from candour.kernel.web.drawing import Chart, Table
from candour.performance import rules
from candour.performance.queries import Broken, Figure, MeasureRow
from candour.performance.rules.figures import PARTS

MOST = 12  # parts that are drawn; more are told in the table alone


@dataclass(frozen=True)
class Drawn:
    """A breakdown as a page shows it. chart: None where there is nothing to draw, or too much."""

    title: str
    period: str
    table: Table
    chart: Chart | None
    note: str


def drawn_parts(row: MeasureRow, found: Broken, *, key: str) -> Drawn:
    """The parts of a figure, the largest first. Shares stand only where no part is hidden: they would give it away."""
    name = found.breakdown.casefold() or "area"
    period = row.say_period(found.period)
    ordered = sorted(found.parts, key=lambda part: (-(part[1].value or Decimal(0)), part[0].casefold()))
    hidden = sum(one.hidden for _, one in ordered)
    whole = _whole(row, [one for _, one in ordered]) if not hidden else None
    heads = (name.capitalize(), "Figure") + (("Share",) if whole else ())
    rows = tuple((part, _said(row, one)) + ((_share(one, whole),) if whole else ()) for part, one in ordered)
    note = (
        f"{hidden} {'figure is' if hidden == 1 else 'figures are'} not shown: small numbers, and what would give them away."
        if hidden
        else ""
    )
    title = f"By {name}"
    table = Table(heads, rows)
    chart = None
    if 1 < len(ordered) <= MOST:
        marks = [Bar(part, None if one.value is None else float(one.value), _said(row, one)) for part, one in ordered]
        said = "; ".join(f"{part}: {_said(row, one)}" for part, one in ordered)
        chart = bars(marks, table, key=key, title=f"{row.title} by {name}, {period}", desc=f"{said}.")
    return Drawn(title, period, table, chart, note)


def _whole(row: MeasureRow, parts: list[Figure]) -> Decimal | None:
    """What the parts add up to, of plain numbers; None for rates, whose shares say nothing."""
    if row.line.unit in PARTS:
        return None
    return rules.added(row.line.unit, [(one.value, one.numerator, one.denominator) for one in parts], row.per) or None


def _share(one: Figure, whole: Decimal | None) -> str:
    if whole is None or one.value is None:
        return "none"
    return rules.say(100 * one.value / whole, "percent", 0)


def _said(row: MeasureRow, one: Figure) -> str:
    return "not shown" if one.hidden else row.say(one.value)
