"""The chart of a plan: each audit as it was first planned and as it went, and the days of each month."""

from collections.abc import Sequence
from datetime import date

from candour.audits.queries import AuditRow, Load
from candour.kernel.calendar import MONTHS, say_date
from candour.kernel.web.charts import Chart, Table
from candour.kernel.web.gantt import SPAN, Bar, Weight, gantt

WORK = ("brief", "fieldwork", "exit", "draft", "responses", "final")  # what a bar runs over: until the report is out


def year_chart(rows: Sequence[AuditRow], hrefs: Sequence[str], load: Load, *, year: str, day: date) -> Chart:
    """The audits of one page of a plan; the load is of the whole plan."""
    bars = [_bar(row, href, day) for row, href in zip(rows, hrefs, strict=True)]
    weights = [
        Weight(month.days, f"{month.days} d" if month.days else str(month.audits or "")) for month in load.months
    ]
    figures = tuple(
        (f"{MONTHS[month.first.month - 1]} {month.first.year}", str(month.audits), str(month.days))
        for month in load.months
    )
    rest = (("Another time, or no date yet", str(load.elsewhere), str(load.elsewhere_days)),) if load.elsewhere else ()
    said = "; ".join(f"{row.title}: {_said(row)}" for row in rows)
    return gantt(
        bars,
        first=load.months[0].first,
        today=day,
        load=weights,
        load_label="Days, by start of fieldwork",
        table=Table(("Fieldwork begins in", "Audits", "Planned days"), figures + rest),
        key="year",
        title=f"Audit plan {year} by month",
        desc=f"{said or 'No audit'}. Each date is in the table below.",
    )


def _bar(row: AuditRow, href: str, day: date) -> Bar:
    stages = [row.dates[which] for which in WORK]
    reached = [(stage.word, stage.actual) for stage in stages if stage.actual]
    final = row.dates["final"].actual
    fact: SPAN | None = None
    if reached:
        end = final or (row.line.closed_on if row.line.left else None) or day
        fact = (min(each for _, each in reached), max(end, *(each for _, each in reached)))
    planned = [stage.first_planned for stage in stages if stage.first_planned]
    plan = (min(planned), max(planned)) if planned else None
    standing = [stage.planned for stage in stages if stage.planned]
    moved = any(stage.moved for stage in stages) and standing and not row.line.left and not final
    now = (min(standing), max(standing)) if moved else None
    return Bar(row.title, href, plan, fact, tuple(reached), _word(row), row.state == "Late", now)


def _word(row: AuditRow) -> str:
    late = row.late
    if late:
        return f"{late.word.removesuffix(' report').removesuffix(' meeting')} late"
    return row.reached_word if row.state in {"Under way", "Draft"} else row.state


def _said(row: AuditRow) -> str:
    late = row.late
    if late and late.planned:
        return f"late, {late.word.lower()} was planned for {say_date(late.planned)}"
    return row.state.lower()
