"""The year of a plan as a picture: each audit as planned and as it went, and the load of each month. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from textwrap import wrap

from candour.audits.papers.stock import Copy
from candour.audits.papers.words import status
from candour.audits.queries import AuditRow, Load, load_on
from candour.kernel.calendar import MONTHS, add_months, say_date
from candour.kernel.papers.document import Block, Column, Figure, Row, Table, bold, cell, para

LEFT, WIDTH, STEP, TOP, LOAD = 250.0, 1000.0, 28.0, 30.0, 70.0
INK, QUIET, RULE, PLANNED, DONE, LATE, TODAY = (
    "#15232b",
    "#47555f",
    "#d3dadd",
    "#b9c4c9",
    "#0b5c78",
    "#a8241c",
    "#7c1811",
)
WORK = ("brief", "fieldwork", "exit", "draft", "responses", "final")  # a bar runs until the report is out
FONT = 'font-family="Liberation Sans, Arial, sans-serif"'


def timeline(copy: Copy) -> Iterator[Block]:
    """The figure and its table; a sentence where the plan holds nothing."""
    rows = copy.year
    if not rows:
        yield para("There is nothing to draw.")
        return
    load = load_on(rows, copy.stock.year)
    yield Figure(
        picture(rows, load, day=copy.stock.as_at),
        f"Audit plan of {copy.stock.year} by month",
        f"Grey: from the first to the last day planned. Blue: from the first stage reached to the report, or to "
        f"{say_date(copy.stock.as_at)}; red where a stage is late. Beneath: planned days by the month in which fieldwork "
        f"begins. Every date stands in the tables above.",
        _table(load),
    )


def _table(load: Load) -> Table:
    """The months across, as the picture has them; the parts make the whole."""
    months = [f"{MONTHS[month.first.month - 1][:3]} {month.first.year % 100:02}" for month in load.months]
    audits = [*(month.audits for month in load.months), load.elsewhere]
    days = [*(month.days for month in load.months), load.elsewhere_days]
    columns = (
        Column("Fieldwork begins in", 16),
        *(Column(words, 7, "right", "number") for words in (*months, "No date, or another year", "Whole plan")),
    )
    rows = tuple(
        Row((cell(words), *(cell(each) for each in found), cell(bold(sum(found)))))
        for words, found in (("Audits", audits), ("Planned days", days))
    )
    return Table("Load by month; what was deferred or cancelled does not count", columns, rows)


def picture(rows: Sequence[AuditRow], load: Load, *, day: date) -> str:
    """An SVG of shapes and words alone, as papers may hold it."""
    first = load.months[0].first
    edges = [add_months(first, n) for n in range(13)]
    end, foot = edges[-1], TOP + STEP * len(rows)
    high = foot + LOAD + 30

    def x(when: date) -> float:
        return LEFT + (min(max(when, first), end) - first).days * (WIDTH - LEFT - 10) / (end - first).days

    drawn: list[str] = []
    for edge in edges[:-1]:
        drawn.append(_line(x(edge), TOP - 8, x(edge), foot + LOAD, RULE))
        drawn.append(_text(x(edge) + 4, 16, f"{MONTHS[edge.month - 1][:3]} {edge.year % 100:02}", QUIET))
    for place, row in enumerate(rows):
        drawn += _bars(row, TOP + STEP * place, x, day)
    drawn += _load(load, [x(edge) for edge in edges], foot)
    if first <= day < end:
        drawn.append(_line(x(day), TOP - 8, x(day), foot + LOAD, TODAY, dash=True))
        drawn.append(_text(x(day), high - 4, say_date(day), TODAY, anchor="middle" if x(day) < WIDTH - 60 else "end"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {high:.0f}" width="{WIDTH:.0f}" '
        f'height="{high:.0f}">{"".join(drawn)}</svg>'
    )


def _bars(row: AuditRow, top: float, x, day: date) -> Iterator[str]:  # type: ignore[no-untyped-def]
    lines = wrap(row.title, 36, max_lines=2, placeholder=" …")
    for number, line in enumerate(lines):
        yield _text(0, top + (9 + 13 * number if len(lines) > 1 else 15), line, INK)
    planned = [stage.planned for which in WORK if (stage := row.dates[which]).planned]
    reached = [stage.actual for which in WORK if (stage := row.dates[which]).actual]
    if planned:
        yield _rect(x(min(planned)), top + 14, x(max(planned)), 5, PLANNED)
    if reached:
        closed = row.line.closed_on if row.line.left else None
        until = row.line.final_on or closed or day
        colour = LATE if row.state == "Late" else DONE
        yield _rect(x(min(reached)), top + 4, x(max(until, *reached)), 9, colour)
    if row.line.left or not (planned or reached):
        yield _text(LEFT + 6, top + 13, status(row) if row.line.left else "No date", QUIET)


def _load(load: Load, edges: Sequence[float], foot: float) -> Iterator[str]:
    most = max((month.days for month in load.months), default=0) or 1
    yield _text(0, foot + LOAD - 6, "Planned days, by start of fieldwork", INK)
    for month, left, right in zip(load.months, edges, edges[1:], strict=False):
        height = (LOAD - 26) * month.days / most
        if month.days:
            yield _rect(left + 7, foot + LOAD - height, right - 7, height, PLANNED)
        said = str(month.days) if month.days else f"({month.audits})" if month.audits else ""
        yield _text((left + right) / 2, foot + LOAD - height - 4, said, INK, anchor="middle")
    yield _line(LEFT, foot + LOAD, edges[-1], foot + LOAD, QUIET)


def _text(x: float, y: float, words: str, colour: str, *, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {FONT} font-size="13" fill="{colour}" text-anchor="{anchor}">{escape(words)}</text>'


def _rect(left: float, top: float, right: float, height: float, colour: str) -> str:
    width = max(right - left, 3)
    return f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}"/>'


def _line(x: float, y: float, to_x: float, to_y: float, colour: str, *, dash: bool = False) -> str:
    dashed = ' stroke-dasharray="5 4"' if dash else ""
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" stroke="{colour}"{dashed}/>'
