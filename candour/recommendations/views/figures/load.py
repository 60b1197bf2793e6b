"""Dates to come: what is due in each of the next twelve months, and how far past slips say that a date moves."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.http import HttpResponse

from candour.kernel.calendar import MONTHS
from candour.kernel.web.page import Request, page
from candour.recommendations import rules
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.queries.figures import forecasts
from candour.recommendations.rules import Span
from candour.recommendations.views.figures.frame import (
    Cell,
    Cross,
    CrossRow,
    FiguresAsked,
    bars,
    most_first,
    opened,
    shown,
)

DRAWN = ("Never slipped", "Slipped before")
SLIPPED = {"Never slipped": "0", "Slipped before": "1"}


@page(RecommendationPermission.SEE, kept=True)
def load(request: Request) -> HttpResponse:
    """Open recommendations by the month in which they are due, and by owner with what the past slips foretell."""
    asked, context = opened(request, title="Recommendations: dates to come", here="recommendations-load")
    return shown(request, "recommendations/load.html", asked, context, lambda: _figures(asked))


def _figures(asked: FiguresAsked) -> dict[str, Any]:
    months = rules.months_from(asked.day, rules.MONTHS)
    ends = {"Late now": Span(None, asked.day - timedelta(1))}
    ends |= {f"{MONTHS[span.first.month - 1]} {span.first.year}": span for span in months if span.first}
    if months[-1].last:
        ends["Later"] = Span(months[-1].last + timedelta(1))
    rows = {name: _due(span) for name, span in ends.items()} | {"No day": {"happened": "undated"}}
    columns = {f"{name} {head}": given | {"slips": SLIPPED[head]} for name, given in rows.items() for head in DRAWN}
    found = asked.figures(columns | {f"{name} all": given for name, given in rows.items()} | {"All": {}})
    if not found["All"].count:
        return {"total": 0}
    made = tuple(CrossRow(name, tuple(found[f"{name} {head}"] for head in (*DRAWN, "all"))) for name in rows)
    title = "Open recommendations by the month in which they are due"
    chart = _by_month(made, title)
    busiest = max(made[1 : rules.MONTHS + 1], key=lambda row: row.cells[-1].count)
    year = _due(Span(asked.day, months[-1].last))
    return {
        "total": found["All"].count,
        "cross": Cross(title, "Due", (*DRAWN, "All"), made, None, chart),
        "late": made[0].cells[-1],
        "undated": made[-1].cells[-1],
        "busiest": busiest if busiest.cells[-1].count else None,
        "owners": _owners(asked, {"Late now": rows["Late now"], "Due in twelve months": year}),
        "least": rules.LEAST,
    }


def _by_month(rows: tuple[CrossRow, ...], title: str) -> Any:
    """The bars of the months alone: what is late or without a day would dwarf them, and stands in figures above."""
    return bars(rows[1 : rules.MONTHS + 1], DRAWN, key="load", title=title, of="Due")


def _due(span: Span) -> dict[str, str]:
    days = {"since": span.first, "until": span.last}
    return {"happened": "due"} | {name: day.isoformat() for name, day in days.items() if day}


def _owners(asked: FiguresAsked, columns: dict[str, dict[str, str]]) -> Cross:
    told = forecasts(asked.source)

    def foretold(row: CrossRow) -> CrossRow:
        found = told.get(row.key)
        words = (f"{found.days:,}", f"{found.slips:,}") if found else ("too few", "")
        return replace(row, cells=(*row.cells, *(Cell(words=each or f"under {rules.LEAST}") for each in words)))

    rows = tuple(foretold(row) for row in most_first(asked.groups(columns, by="owner"), 1))
    title = "Dates of each owner, and how far a date moved when it slipped"
    return Cross(title, "Owner", (*columns, "Days, if it slips", "From slips"), rows)
