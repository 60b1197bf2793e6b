"""The register as a list, live or as at a past day."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.kernel.access import allowed
from candour.kernel.calendar import say_date
from candour.kernel.records.pages import marking_of
from candour.kernel.records.saved import saved_views
from candour.kernel.web.asat import Choice, kept_with_day
from candour.kernel.web.kept import answered
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page, Sort, query_string
from candour.risks.access import RiskPermission
from candour.risks.forms import RiskFilters
from candour.risks.queries import RiskFilter, RiskPage, RiskRow
from candour.risks.queries.lists import SORTS
from candour.risks.queries.sources import PastRegister
from candour.risks.views.asked import Asked, asked_of
from candour.risks.views.columns import Column, columns_of, heading
from candour.risks.views.frame import Listed, past_choices
from candour.risks.views.saved import LIST, counts_of

SIZE = 50


@page(RiskPermission.SEE, kept=True)
def risks(request: Request) -> HttpResponse:
    """The list: views, filters, table, fifty rows at a time."""
    kept = saved_views(request.actor, LIST.of)
    first = next((view for view in kept if view.first and view.query), None)
    if first and not request.GET:
        return redirect(f"{reverse('risks')}?{first.query}")
    asked = asked_of(request)
    sort = Sort.read(request.GET, columns=SORTS, default="-score")
    views = _views(asked, whole="all" if first else None)
    shown = _shown(asked, sort)
    pages = Page.read(request.GET, count=shown.total, size=SIZE)
    counts, save = counts_of(kept, asked.source, asked.bodies), LIST.query_of(request.GET)
    columns = columns_of(request.GET.get("columns", ""))
    rows = [_listed(row, asked, columns) for row in shown.rows]
    problems = asked.problems
    context = common(asked, [row.row for row in rows]) | {
        "filters": asked.form,
        "views": LIST.row(request.GET, views, kept, counts),
        "kept": bool(kept),
        "save": f"{reverse('risk-view-save')}?{save}" if save else "",
        "all_live": views[0].count,
        "rows": rows,
        "total": shown.total,
        "bands": in_words(shown.bands, asked.band_names),
        "heads": [heading(column, sort) for column in columns],
        "sort": sort,
        "page": pages,
        "problems": problems,
        "has_errors": bool(problems),
        "dense": request.GET.get("rows") != "roomy",
        "densities": _densities(request),
        "choose": reverse("risk-columns") + query_string(request.GET, page=None),
        "faces": faces(asked, "list"),
        "may_review": not asked.as_at.day and allowed(asked.actor, RiskPermission.REVIEW),
        "may_raise": not asked.as_at.day and allowed(asked.actor, RiskPermission.RAISE),
        "may_change": not asked.as_at.day and allowed(asked.actor, RiskPermission.REVIEW),
    }
    return render(request, "risks/list.html", context)


def common(asked: Asked, rows: Iterable[RiskRow]) -> dict[str, object]:
    """What list and heat map share."""
    return {
        "asked": asked,
        "kicker": asked.body.name if asked.body else " and ".join(each.name for each in asked.bodies),
        "title": f"{asked.level_word} risks",
        "day": asked.day,
        "since": asked.since,
        "past": asked.as_at.query,
        "past_days": past_choices(asked.request),
        "keep": kept_with_day(asked.request),
        "back": query_string(asked.request.GET, as_at=None, page=None),
        "marking": marking_of(row.sensitivity for row in rows),
    }


def faces(asked: Asked, here: str) -> list[Choice]:
    """List or heat map, with the filters kept; ageing and changes, of the same register and day."""
    register = query_string(
        asked.request.GET, **dict.fromkeys([*RiskFilters.base_fields, "page", "sort", "rows", "since"])
    )
    kept = query_string(asked.request.GET, page=None, sort=None)
    return [
        Choice("List", reverse("risks") + kept, here == "list"),
        Choice("Heat map", reverse("risk-heat-map") + kept, here == "map"),
        Choice("Ageing", reverse("risk-ageing") + register, here == "ageing"),
        Choice("Changes", reverse("risk-changes") + register, here == "changes"),
    ]


def _shown(asked: Asked, sort: Sort) -> RiskPage:
    """The page of rows; none where a day or a filter cannot be read."""
    if asked.problems:
        return RiskPage((), 0)
    typed = asked.request.GET.get("page", "1")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 1
    offset = (max(number, 1) - 1) * SIZE
    return asked.source.page(asked.form.wanted(asked.base), sort=key(sort), offset=offset, size=SIZE)


def key(sort: Sort) -> str:
    """The order as queries take it: "-score" for the highest first."""
    return f"-{sort.column}" if sort.descending else sort.column


def _listed(row: RiskRow, asked: Asked, columns: Sequence[Column]) -> Listed:
    href = reverse("risk", kwargs={"organisation": row.organisation_code, "reference": row.reference})
    own = asked.body.pk if asked.body else asked.actor.organisation
    item = Listed(row, href + asked.as_at.query, row.organisation_id == own, asked.day)
    return replace(item, cells=tuple(column.cell(item) for column in columns))


def _views(asked: Asked, *, whole: str | None) -> list[Choice]:
    """The views that everybody has, with their counts. The one whose filters are exactly those in force is current.

    whole: what the address of the whole list says where the bare one opens with a view of one's own.
    """
    top = asked.bands[0].name if asked.bands else "High"
    moved = f"Changed since {asked.since.day} {say_date(asked.since).split()[1]}"
    views: dict[str, tuple[str, dict[str, Any]]] = {
        "all": ("All live", {}),
        "top": (top, {"band": top}),
        "overdue": ("Overdue Control", {"status": "Overdue Control"}),
        "awaiting": ("Awaiting Review", {"status": "Awaiting Review"}),
        "changed": (moved, {"movement": "changed"}),
        "restricted": ("Restricted", {"sensitivity": "restricted"}),
    }
    counts = _counts(asked, {name: replace(asked.base, **only) for name, (_, only) in views.items()})
    given = asked.request.GET
    in_force = {name: given[name] for name in RiskFilters.base_fields if given.get(name, "").strip()}
    return [
        Choice(label, asked.elsewhere(sort=None, **(only or {"view": whole})), in_force == only, counts[name])
        for name, (label, only) in views.items()
        if name != "restricted" or counts[name] or in_force == only
    ]


def _counts(asked: Asked, views: dict[str, RiskFilter]) -> dict[str, int]:
    """How many each view holds: counted once between two recordings, and what is listed with them."""
    source = asked.source
    if isinstance(source, PastRegister):
        return source.counts(views)

    def counted() -> tuple[dict[str, int], dict[RiskFilter, dict[str, int]]]:
        counts = source.counts(views, listed=None if asked.problems else asked.form.wanted(asked.base))
        return counts, {wanted: bands for wanted, bands in source.bands.items() if wanted == asked.base}

    counts, bands = answered(asked.request, ("risk views", tuple(views.items()), asked.since), counted)
    source.bands |= bands
    return counts


def in_words(bands: dict[str, int], order: list[str]) -> str:
    """ "1 critical, 13 high, 5 medium, 4 low": the bands in order, then what has no score."""
    said = [f"{bands[name]:,} {name.lower()}" for name in order if bands.get(name)]
    if bands.get(""):
        said.append(f"{bands['']:,} not scored yet")
    return ", ".join(said)


def _densities(request: Request) -> list[Choice]:
    roomy = request.GET.get("rows") == "roomy"
    return [
        Choice("Roomy", query_string(request.GET, rows="roomy"), roomy),
        Choice("Dense", query_string(request.GET, rows=None), not roomy),
    ]
