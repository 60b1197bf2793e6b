"""Age: for how many years recommendations have been open since they were first reported."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse

from candour.kernel.records.pages import marking_of
from candour.kernel.web.page import Request, page
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.rules import AGE_WORDS
from candour.recommendations.views.figures.frame import (
    OF,
    Cross,
    CrossRow,
    FiguresAsked,
    bars,
    most_first,
    opened,
    shown,
)
from candour.recommendations.views.frame import listed

OLDEST = 10
COLUMNS: dict[str, dict[str, str]] = {words: {"age": age} for age, words in AGE_WORDS.items()} | {"All open": {}}


@page(RecommendationPermission.SEE, kept=True)
def age(request: Request) -> HttpResponse:
    """Open recommendations by years since first reported, for each priority and directorate; and the oldest."""
    asked, context = opened(request, title="Recommendations: age", here="recommendations-age")
    return shown(request, "recommendations/age.html", asked, context, lambda: _figures(asked))


def _figures(asked: FiguresAsked) -> dict[str, Any]:
    rank = {word: place for place, word in enumerate(asked.source.priorities())}
    rows = sorted(asked.groups(COLUMNS, by="priority"), key=lambda row: rank.get(row.key, len(rank)))
    total = asked.whole(COLUMNS, rows)
    if not total["All open"].count:
        return {"total": 0}
    directorates = asked.groups(COLUMNS, by="directorate")
    title = "Open recommendations by years since they were first reported"
    foot = CrossRow("All", tuple(total.values()))
    wanted = asked.filter({})
    oldest = asked.source.page(wanted, sort="age", offset=0, size=OLDEST, total=total["All open"].count).rows
    own = asked.body.pk if asked.body else asked.actor.organisation
    return {
        "total": total["All open"].count,
        "cross": _cross(title, "priority", rows, foot),
        "directorates": _cross(f"{title}, by directorate", "directorate", most_first(directorates, -1), foot),
        "figs": [(total[words], words) for words in reversed([*AGE_WORDS.values()])],
        "oldest": [listed(row, day=asked.day, own=own, after=asked.as_at.query) for row in oldest],
        "by_age": asked.href(sort="age"),
        "marking": marking_of(row.sensitivity for row in oldest),
    }


def _cross(title: str, by: str, rows: Sequence[CrossRow], foot: CrossRow) -> Cross:
    chart = bars(rows, list(AGE_WORDS.values()), key="age" if by == "priority" else f"age-{by}", title=title, of=OF[by])
    return Cross(title, OF[by], tuple(COLUMNS), tuple(rows), foot, chart)
