"""Slips: how often dates moved, by how much, and for whom."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse

from candour.kernel.web.page import Request, page
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.queries.figures import Spread, table_of_slips
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

COLUMNS: dict[str, dict[str, str]] = {
    "Never": {"slips": "0"},
    "Once": {"slips": "once"},
    "Twice or more": {"slips": "2"},
    "No approver": {"slips": "unapproved"},
}
DRAWN = ("Never", "Once", "Twice or more")
SLIPPED = ("Once", "Twice or more")
TITLES = {
    "directorate": "How often dates moved, by directorate",
    "owner": "How often dates moved, for each owner",
    "audit": "How often dates moved, for each report",
}


@page(RecommendationPermission.SEE, kept=True)
def slips(request: Request) -> HttpResponse:
    """Open recommendations by how often they slipped and by how many days, by directorate, owner and report."""
    asked, context = opened(request, title="Recommendations: slips", here="recommendations-slips")
    return shown(request, "recommendations/slips.html", asked, context, lambda: _figures(asked))


def _figures(asked: FiguresAsked) -> dict[str, Any]:
    total = asked.whole(COLUMNS, _counted(asked, "audit")[0])
    slipped = sum(total[name].count for name in SLIPPED)
    total |= {
        "Slipped": asked.cell(slipped, {"slips": "1"}),
        "All open": asked.cell(total["Never"].count + slipped, {}),
    }
    if not total["All open"].count:
        return {"total": 0}
    whole = table_of_slips(asked.source, asked.filters(COLUMNS, ""), asked.filter({}), by="")[1].get((None, ""))
    foot = CrossRow("All", (*(total[name] for name in COLUMNS), *_days(whole)))
    parts = [(by, cross) for by in TITLES if (cross := _cross(asked, by, foot)).tells]
    return {"total": total["All open"].count, "figs": total, "whole": whole, "parts": parts}


def _cross(asked: FiguresAsked, by: str, foot: CrossRow) -> Cross:
    found, moved = _counted(asked, by)
    counted = most_first(found, list(COLUMNS).index("Twice or more"))
    rows = tuple(replace(row, cells=(*row.cells, *_days(moved.get(row.key)))) for row in counted)
    chart = bars(rows, DRAWN, key=f"slips-{by}", title=TITLES[by], of=OF[by])
    heads = (*COLUMNS, "Median days", "Mean days")
    return Cross(TITLES[by], OF[by], heads, rows, foot, chart)


def _counted(asked: FiguresAsked, by: str) -> tuple[list[CrossRow], dict[Any, Spread]]:
    """A row for each group, and by its key by how many days its dates moved."""
    found, moved = table_of_slips(asked.source, asked.filters(COLUMNS, by), asked.filter({}, by), by=by)
    return asked.rows(found, COLUMNS, by=by), {key: spread for (key, _), spread in moved.items()}


def _days(spread: Spread | None) -> tuple[Cell, Cell]:
    if spread is None:
        return Cell(words="none"), Cell(words="none")
    return Cell(words=f"{spread.median:,}"), Cell(words=f"{spread.mean:,}")
