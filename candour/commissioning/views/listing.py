"""The register: its views and filters, the streams against their budgets, and its agreements, live or as at a past day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.commissioning import rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.forms import RegisterFilters
from candour.commissioning.papers.export import csv_of, workbook_of
from candour.commissioning.queries import (
    SORTS,
    VIEWS,
    AgreementFilter,
    AgreementRow,
    StreamTotal,
    counts_of,
    lines,
    matches,
    page_of,
    places,
    register_on,
    rows_for,
    shown_on,
    streams_of,
)
from candour.commissioning.queries.register import in_order, narrowed, of_view
from candour.kernel.access import allowed, restricted
from candour.kernel.records.pages import marking_of
from candour.kernel.web.asat import AsAt, Choice, as_at_of, kept_with_day
from candour.kernel.web.kept import answered
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page, Sort, query_string

SIZE = 50
FILES = {"agreements-workbook": "Excel", "agreements-csv": "CSV"}


@dataclass(frozen=True)
class Listed:
    """A row of the register with what the page adds to it."""

    row: AgreementRow
    href: str
    tone: str


@dataclass(frozen=True)
class Against:
    """A stream with its total against its budget. parts: of the bar, which is of the budget, or of more where it is over."""

    stream: StreamTotal
    budget: str
    value: str
    ordered: str
    left: str
    over: bool
    parts: tuple[tuple[str, int], ...]
    said: str
    home: str  # the page of the stream


@page(CommissioningPermission.SEE, kept=True)
def agreements(request: Request) -> HttpResponse:
    """Filters, views, streams and agreements."""
    place, as_at = places(request.actor), as_at_of(request)
    day = as_at.day or request.today
    filters = RegisterFilters(request.GET, place=place, today=request.today)
    may = allowed(request.actor, CommissioningPermission.MANAGE) and as_at.day is None
    context: dict[str, Any] = {
        "filters": filters,
        "as_at": as_at,
        "day": day,
        "keep": kept_with_day(request),
        "back": query_string(request.GET, as_at=None, page=None),
        "past_days": past_days(request, day),
        "problems": [*as_at.problems, *filters.problems],
        "has_errors": bool(as_at.problem or filters.errors),
        "may_manage": may,
        "files": [(words, reverse(name) + query_string(request.GET, page=None)) for name, words in FILES.items()],
    }
    if not context["has_errors"]:
        wanted = filters.wanted(request.GET.get("view", ""))
        context |= _shown(request, wanted, as_at)
    return render(request, "commissioning/register.html", context)


def _shown(request: Request, wanted: AgreementFilter, as_at: AsAt) -> dict[str, Any]:
    day, sort = as_at.day or request.today, Sort.read(request.GET, columns=SORTS, default="stream")
    if as_at.day:
        every = shown_on(register_on(request.actor, wanted, as_at=day), wanted)
        views = {name: sum(matches(row, name, day) for row in every) for name in VIEWS}
        told = [row for row in every if matches(row, wanted.view, day)]
        paging = Page.read(request.GET, count=len(told), size=SIZE)
        rows, value = tuple(paging.of(told)), rules.total(row.line.value for row in told)
    else:
        order = ("-" if sort.descending else "") + sort.column
        asked = request.GET.get("page", "1")
        first = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
        counts = answered(request, ("agreements counted", wanted), lambda: counts_of(request.actor, wanted, today=day))
        place: dict[str, Any] = {"offset": (max(first, 1) - 1) * SIZE, "size": SIZE, "counts": counts}
        found = page_of(request.actor, wanted, today=day, sort=order, **place)
        paging = Page.read(request.GET, count=found.total, size=SIZE)
        rows, value, views = found.rows, found.value, found.views
    streams = () if as_at.day else _streams(request, wanted)
    # Without a choice of year or stream, those of the last year that has any; the others are one step away.
    chosen = bool(wanted.year or wanted.stream)
    latest = {one.year for one in streams} if chosen else {max((one.year for one in streams), default="")}
    return {
        "rows": [_listed(row, as_at.query) for row in rows],
        "sort": sort if as_at.day is None else None,
        "page": paging,
        "value": rules.pounds(value),
        "views": _views(request, views, wanted),
        "view": wanted.view,
        "streams": [_against(stream) for stream in streams if stream.year in latest],
        "earlier": [_against(stream) for stream in streams if stream.year not in latest],
        "marking": marking_of(row.sensitivity for row in rows),
    }


def _streams(request: Request, wanted: AgreementFilter) -> tuple[StreamTotal, ...]:
    """The streams with what the reader sees of each, alike on every page and in every order of the register."""
    by: dict[str, Any] = {"year": wanted.year, "code": wanted.stream}
    return answered(request, ("agreements by stream", by), lambda: streams_of(request.actor, **by))


def _listed(row: AgreementRow, past: str) -> Listed:
    href = reverse("agreement", args=[row.organisation_code, row.reference]) + past
    return Listed(row, href, rules.STATE_TONES[row.state])


def _views(request: Request, counts: dict[str, int], wanted: AgreementFilter) -> list[Choice]:
    """Each view as a link; those that hold nothing are left out, but for the first and the one that is shown."""
    return [
        Choice(label, query_string(request.GET, view=name, page=None), name == wanted.view, counts[name])
        for name, label in VIEWS.items()
        if counts[name] or name in ("running", wanted.view)
    ]


def _against(stream: StreamTotal) -> Against:
    over = stream.left < 0
    rest = max(stream.left, 0)
    said = f"{rules.pounds(stream.value)} of {rules.pounds(stream.budget)}"
    parts = (("red" if over else "brand", stream.value), ("", rest))
    return Against(
        stream,
        rules.pounds(stream.budget),
        rules.pounds(stream.value),
        rules.pounds(stream.ordered),
        rules.pounds(abs(stream.left)),
        over,
        parts,
        said,
        reverse("stream", args=[stream.pk]),
    )


@page(CommissioningPermission.SEE, limit="papers")
def agreements_file(request: Request, ending: str) -> HttpResponse:
    """The agreements of the address's filters and view as a workbook or CSV, today or as at a day."""
    place, as_at = places(request.actor), as_at_of(request)
    filters = RegisterFilters(request.GET, place=place, today=request.today)
    day = as_at.day or request.today
    rows: list[AgreementRow] = []
    if filters.is_valid() and not as_at.problem:
        wanted = filters.wanted(request.GET.get("view", ""))
        if as_at.day:
            rows = [
                row
                for row in shown_on(register_on(request.actor, wanted, as_at=day), wanted)
                if matches(row, wanted.view, day)
            ]
        else:
            found = narrowed(lines(request.actor), wanted, day).filter(of_view(wanted.view, day))
            rows = list(rows_for(list(in_order(found, "stream", day)), today=day))
    kinds = {
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "csv": "text/csv; charset=utf-8",
    }
    restricted.give(rows)
    content = workbook_of(rows, day) if ending == "xlsx" else csv_of(rows, day)
    response = HttpResponse(content, content_type=kinds[ending])
    response["Content-Disposition"] = f'attachment; filename="agreements-{day.isoformat()}.{ending}"'
    return response


def past_days(request: Request, day: date) -> list[Choice]:
    """The ends of the last quarters, for the as-at control."""
    today, found = request.today, []
    for year in (today.year, today.year - 1):
        found += [date(year, month, last) for month, last in ((12, 31), (9, 30), (6, 30), (3, 31))]
    return [
        Choice(
            "End of the quarter", query_string(request.GET, as_at=each.isoformat(), page=None), each == day, day=each
        )
        for each in found
        if each < today
    ][:4]
