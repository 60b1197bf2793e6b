"""The charts of finance, for pages and for papers, and what each says in words."""

from collections.abc import Sequence

from candour.finance import rules
from candour.finance.queries.rows import BudgetWhole, SchemeWhole
from candour.finance.queries.schemes import Together
from candour.kernel.money import pounds
from candour.kernel.web.drawing import Chart, Table
from candour.kernel.web.planned import Bar, bars

MOST = 12  # headings in a chart: the table has them all


def tick(value: float) -> str:
    """A number at the axis: pence as £0, £50m."""
    return rules.saying.short(round(value)) if value else "£0"


def budget_chart(whole: BudgetWhole, *, key: str) -> Chart:
    """Budget against forecast by heading, the greatest overspend first."""
    shown = whole.headings[:MOST]
    rows = [
        Bar(name, one.budget, one.forecast, rules.saying.over(one.variance), late=(one.variance or 0) > 0)
        for name, one in shown
    ]
    cells = tuple(
        (name, pounds(one.budget), pounds(one.forecast), rules.saying.over(one.variance), pounds(one.actual))
        for name, one in (*whole.headings, ("All headings", whole.whole))
    )
    heads = ("Heading", "Budget", "Forecast", "Variance", "Actual to date")
    return bars(
        rows,
        names=("Budget", "Forecast"),
        tick=tick,
        table=Table(heads, cells),
        key=key,
        title=f"Budget against forecast {rules.say_year(whole.year)}",
        desc=budget_words(whole),
    )


def budget_words(whole: BudgetWhole) -> str:
    """What the chart of the budget shows, as somebody would say it who sees it."""
    if not whole.headings:
        return "No revenue budget has been loaded."
    said = [f"Against a budget of {rules.saying.short(whole.whole.budget)}"]
    said.append(f"{rules.saying.short(whole.whole.forecast)} is forecast, {rules.saying.over(whole.whole.variance)}.")
    over = [name for name, one in whole.headings if (one.variance or 0) > 0]
    if over:
        first = whole.headings[0]
        said.append(
            f"{len(over)} of {len(whole.headings)} headings are over; the furthest is {first[0]}, "
            f"{rules.saying.over(first[1].variance)}."
        )
    else:
        said.append("No heading is over its budget.")
    return ", ".join(said[:2]) + " " + " ".join(said[2:])


def reserves_chart(whole: BudgetWhole, *, key: str) -> Chart:
    """Each reserve as it closes, beside what the chief finance officer advises that it keeps."""
    rows = [
        Bar(
            one.name,
            one.minimum,
            one.closing,
            f"{rules.saying.short(one.short)} too little" if one.short else rules.saying.short(one.closing),
            late=bool(one.short),
        )
        for one in whole.reserves
    ]
    cells = tuple(
        (one.name, *(pounds(value) for value in (one.opening, one.movement, one.closing, one.minimum)))
        for one in whole.reserves
    )
    heads = ("Reserve", "Opening", "Planned movement", "Closing", "Advised minimum")
    return bars(
        rows,
        names=("Advised minimum", "Closing"),
        tick=tick,
        table=Table(heads, cells),
        key=key,
        title=f"Reserves at the end of {rules.say_year(whole.year)}",
        desc=reserves_words(whole),
    )


def reserves_words(whole: BudgetWhole) -> str:
    if not whole.reserves:
        return "No reserves have been loaded."
    opening, closing = rules.saying.short(whole.opening), rules.saying.short(whole.closing)
    said = f"Reserves open at {opening} and close at {closing}."
    short = [one for one in whole.reserves if one.short]
    if not short:
        return f"{said} None closes below its advised minimum."
    named = ", ".join(f"{one.name} by {rules.saying.short(one.short)}" for one in short)
    return f"{said} Below their advised minimum: {named}."


def gap_chart(whole: BudgetWhole, *, key: str) -> Chart:
    """The gap of each year of the medium-term plan."""
    rows = [
        Bar(rules.say_year(one.year), None, one.gap, rules.saying.gap(one.gap), late=(one.gap or 0) > 0)
        for one in whole.plan
    ]
    cells = tuple(
        (rules.say_year(one.year), *(pounds(value) for value in (one.income, one.spending, one.gap, one.whole_gap)))
        for one in whole.plan
    )
    return bars(
        rows,
        names=("", "Gap: spending less income"),
        tick=tick,
        table=Table(("Year", "Income", "Spending", "Gap", "Gap so far"), cells),
        key=key,
        title="Gap of the medium-term plan by year",
        desc=gap_words(whole),
    )


def gap_words(whole: BudgetWhole) -> str:
    if not whole.plan:
        return "No medium-term plan has been loaded."
    first, last = whole.plan[0], whole.plan[-1]
    said = f"{rules.say_year(first.year)} to {rules.say_year(last.year)}. "
    years = "; ".join(f"{rules.say_year(one.year)} {rules.saying.gap(one.gap)}" for one in whole.plan)
    return f"{said}{years}. All years together {rules.saying.gap(last.whole_gap)}."


def trail_chart(whole: BudgetWhole, *, key: str) -> Chart:
    """What was forecast at each position: both of a month 6 and a month 9 are kept."""
    rows = [
        Bar(
            rules.say_position(one.month),
            one.amounts.budget,
            one.amounts.forecast,
            rules.saying.over(one.amounts.variance),
            late=(one.amounts.variance or 0) > 0,
        )
        for one in whole.trail
    ]
    cells = tuple(
        (
            rules.say_position(one.month),
            pounds(one.amounts.budget),
            pounds(one.amounts.forecast),
            rules.saying.over(one.amounts.variance),
            pounds(one.amounts.actual),
        )
        for one in whole.trail
    )
    return bars(
        rows,
        names=("Budget", "Forecast for the year"),
        tick=tick,
        table=Table(("Position", "Budget", "Forecast", "Variance", "Actual to date"), cells),
        key=key,
        title=f"How the forecast for {rules.say_year(whole.year)} moved",
        desc=f"The forecast at {len(whole.trail)} positions.",
    )


def scheme_chart(whole: SchemeWhole, *, key: str) -> Chart:
    """A scheme by year: its budget or plan, and what is forecast or delivered."""
    saves = whole.row.line.sort == "saving"
    names = rules.PARTS[whole.row.line.sort]
    rows = [
        Bar(rules.say_year(one.year), one.amounts.budget, _now(one.amounts), _said(one, saves), _late(one, saves))
        for one in whole.years
    ]
    cells = tuple(
        (rules.say_year(one.year), *(pounds(getattr(one.amounts, name)) for name in ("budget", "forecast", "actual")))
        for one in whole.years
    )
    return bars(
        rows,
        names=(names["budget"], names["forecast"]),
        tick=tick,
        table=Table(("Year", *names.values()), cells),
        key=key,
        title=f"{whole.row.title} by year",
        desc="; ".join(f"{rules.say_year(one.year)} {_said(one, saves)}" for one in whole.years) + ".",
    )


def _now(amounts: rules.Amounts) -> int | None:
    return amounts.forecast if amounts.forecast is not None else amounts.actual


def _said(one: object, saves: bool) -> str:
    variance = one.amounts.variance  # type: ignore[attr-defined]
    return rules.saying.behind(variance) if saves else rules.saying.over(variance)


def _late(one: object, saves: bool) -> bool:
    variance = one.amounts.variance or 0  # type: ignore[attr-defined]
    return variance < 0 if saves else variance > 0


def savings_words(found: Together, year: str) -> str:
    """What the savings plan of a year comes to."""
    if not found.count:
        return f"No saving has figures for {year}."
    amounts = found.amounts
    share = f", {amounts.share}% of the plan" if amounts.share is not None else ""
    forecast = (
        f" {rules.saying.short(amounts.forecast)} is forecast for the year." if amounts.forecast is not None else ""
    )
    return (
        f"{found.count} {'scheme plans' if found.count == 1 else 'schemes plan'} to save "
        f"{rules.saying.short(amounts.budget)} in {year}. {rules.saying.short(amounts.actual)} is delivered so far{share}."
        f"{forecast}"
    )


def capital_words(found: Together, year: str) -> str:
    """What the capital programme of a year comes to."""
    if not found.count:
        return f"No capital scheme has figures for {year}."
    amounts = found.amounts
    slipped = f" {rules.saying.short(found.slipped)} slips to later years." if found.slipped > 0 else " Nothing slips."
    return (
        f"{found.count} {'scheme has' if found.count == 1 else 'schemes have'} a budget of "
        f"{rules.saying.short(amounts.budget)} in {year}. {rules.saying.short(amounts.forecast)} is forecast.{slipped}"
    )


def positions_said(whole: BudgetWhole, parts: Sequence[str]) -> str:
    """The position of the first of some parts that was loaded, in words."""
    months = [whole.positions[part] for part in parts if part in whole.positions]
    return rules.say_position(months[0]) if months else ""
