"""The register as a file to download, live or as at a past day: CSV as it is read, line by line, or a workbook."""

from collections.abc import Iterable
from datetime import date

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from candour.kernel.access import restricted
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Sort, query_string
from candour.risks.access import RiskPermission
from candour.risks.papers.flat import csv_lines
from candour.risks.papers.workbook.write import workbook_of
from candour.risks.queries import RiskRow
from candour.risks.queries.export import Stock, full_rows, stock_of
from candour.risks.queries.lists import SORTS
from candour.risks.views.asked import asked_of
from candour.risks.views.listing import key

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(RiskPermission.SEE, limit="papers")  # type: ignore[arg-type]  # a stream answers as any page does
def download(request: Request) -> HttpResponseBase:
    """What the list shows, every page of it, as CSV. What the list cannot read is said there."""
    asked = asked_of(request)
    if asked.problems:
        return redirect(reverse("risks") + query_string(request.GET))
    sort = Sort.read(request.GET, columns=SORTS, default="-score")
    rows = asked.source.rows(asked.form.wanted(asked.base), sort=key(sort))
    return csv_of(restricted.passing(rows), name=f"{asked.level}-risks-{asked.day.isoformat()}.csv", day=asked.day)


@page(RiskPermission.SEE, report=True)
def workbook(request: Request) -> HttpResponse:
    """What the list shows, every page of it, in full, as a workbook."""
    asked = asked_of(request, texts=True)
    if asked.problems:
        return redirect(reverse("risks") + query_string(request.GET))
    sort = Sort.read(request.GET, columns=SORTS, default="-score")
    rows = full_rows(asked.source, asked.form.wanted(asked.base), sort=key(sort))
    restricted.give(rows)
    stock = stock_of(rows, request.actor, as_at=asked.day, past=asked.as_at.day is not None, book=asked.book)
    return workbook_response(stock, name=f"{asked.level}-risks-{asked.day.isoformat()}.xlsx")


def csv_of(rows: Iterable[RiskRow], *, name: str, day: date) -> StreamingHttpResponse:
    """The rows as a file to download, UTF-8 with a byte order mark, dates as ISO."""
    response = StreamingHttpResponse(csv_lines(rows, day), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def workbook_response(stock: Stock, *, name: str) -> HttpResponse:
    """The rows as a workbook to download."""
    response = HttpResponse(workbook_of(stock), content_type=WORKBOOK)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
