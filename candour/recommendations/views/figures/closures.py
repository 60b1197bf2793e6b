"""Closures: what was reported, closed, sent back and found implemented, by quarter, directorate and owner."""

from typing import Any

from django.http import HttpResponse

from candour.kernel.calendar import MONTHS, say_date
from candour.kernel.web.page import Request, page
from candour.recommendations import rules
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.rules import Span
from candour.recommendations.views.figures.frame import (
    OF,
    Cell,
    Cross,
    CrossRow,
    FiguresAsked,
    bars,
    most_first,
    opened,
    shown,
)

HAPPENED = {
    "Open on some day": "on hand",
    "Reported": "reported",
    "Closed": "closed",
    "Ended otherwise": "ended",
    "Sent back": "sent back",
    "Found implemented": "verified",
}
DRAWN = ("Closed", "Ended otherwise", "Sent back")  # what is found implemented was closed before
FIRST = list(HAPPENED).index("Closed")
YEAR = 4  # quarters counted for each directorate and owner
TITLES = {"directorate": "by directorate", "owner": "for each owner"}


@page(RecommendationPermission.SEE, kept=True)
def closures(request: Request) -> HttpResponse:
    """What became of recommendations in each of the last eight quarters, and by directorate and by owner in the last four."""
    asked, context = opened(request, title="Recommendations: closures", here="recommendations-closures", ended=True)
    return shown(request, "recommendations/closures.html", asked, context, lambda: _figures(asked))


def _figures(asked: FiguresAsked) -> dict[str, Any]:
    quarters = rules.quarters_to(asked.day, rules.QUARTERS)
    year = Span(quarters[-YEAR].first, asked.day)
    spans = {quarter_word(span): span for span in quarters} | {"year": year}
    columns = {f"{name} {head}": _answers(span, head) for name, span in spans.items() for head in HAPPENED}
    found = asked.figures(columns | {"ever": {"status": "any"}})
    if not found["ever"].count:
        return {"total": 0}

    def row(name: str) -> CrossRow:
        return with_rate(CrossRow(name, tuple(found[f"{name} {head}"] for head in HAPPENED)))

    rows = tuple(row(quarter_word(span)) for span in quarters)
    whole = CrossRow("All", row("year").cells)
    title = "What became of recommendations in each quarter"
    chart = bars(rows, DRAWN, key="closures", title=title, of="Quarter", first=FIRST)
    heads = (*HAPPENED, "Closed, of those open")
    return {
        "total": found["ever"].count,
        "cross": Cross(title, "Quarter", heads, rows, None, chart),
        "directorates": _parts(asked, year, heads, whole, by="directorate"),
        "owners": _parts(asked, year, heads, whole, by="owner"),
        "since": say_date(year.first) if year.first else "",
        "figs": [
            (cell, head)
            for cell, head in zip(whole.cells, HAPPENED, strict=False)
            if head in (*DRAWN, "Found implemented")
        ],
        "rate": whole.cells[-1].words,
    }


def _parts(asked: FiguresAsked, year: Span, heads: tuple[str, ...], whole: CrossRow, *, by: str) -> Cross:
    counted = asked.groups({head: _answers(year, head) for head in HAPPENED}, by=by)
    rows = tuple(with_rate(row) for row in most_first(counted, 0))
    title = f"What became of recommendations, {TITLES[by]}"
    chart = bars(rows, DRAWN, key=f"closures-{by}", title=title, of=OF[by], first=FIRST)
    return Cross(title, OF[by], heads, rows, whole, chart)


def _answers(span: Span, head: str) -> dict[str, str]:
    days = {"since": span.first, "until": span.last}
    held = {name: day.isoformat() for name, day in days.items() if day}
    return {"happened": HAPPENED[head], "status": "any"} | held


def with_rate(row: CrossRow) -> CrossRow:
    """The row with the share that closed of those that were open on some day of it."""
    closed = rules.share(row.cells[FIRST].count, row.cells[0].count)
    return CrossRow(row.label, (*row.cells, Cell(words="none" if closed is None else f"{closed}%")), row.key)


def quarter_word(span: Span) -> str:
    """ "April to June 2026"."""
    first, last = span.first, span.last
    return f"{MONTHS[first.month - 1]} to {MONTHS[last.month - 1]} {last.year}" if first and last else ""
