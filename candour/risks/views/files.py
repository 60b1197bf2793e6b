"""A register as a file to download: CSV as it is read, line by line, or a workbook."""

from collections.abc import Iterable
from datetime import date

from django.http import HttpResponse, StreamingHttpResponse

from candour.risks.papers.flat import csv_lines
from candour.risks.papers.workbook.write import workbook_of
from candour.risks.queries import RiskRow
from candour.risks.queries.export import Stock

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
