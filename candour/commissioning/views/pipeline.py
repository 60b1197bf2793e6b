"""The pipeline: what ends when, as a chart of twelve months with its table."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.commissioning import rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.queries.pipeline import Pipeline, pipeline
from candour.commissioning.queries.rows import AgreementRow
from candour.kernel.calendar import MONTHS, say_date
from candour.kernel.records.pages import marking_of
from candour.kernel.web.charts import Chart, Table
from candour.kernel.web.gantt import Bar, Weight, gantt
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page

SIZE = 50


@dataclass(frozen=True)
class Ending:
    """A row of the pipeline with what the page adds to it."""

    row: AgreementRow
    href: str
    tone: str
    late: bool
    begin: date | None
    behind: bool  # work should have begun, and nobody has decided what comes next


@page(CommissioningPermission.SEE, kept=True)
def agreements_pipeline(request: Request) -> HttpResponse:
    """The running agreements that end within ten months, the first to end first, and by when work must begin."""
    asked = request.GET.get("page", "1")
    first = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    behind = request.GET.get("begin") == "late"
    found = pipeline(request.actor, today=request.today, offset=(max(first, 1) - 1) * SIZE, size=SIZE, behind=behind)
    rows = [_ending(row, begin, request.today) for row, begin in found.rows]
    context = {
        "rows": rows,
        "page": Page.read(request.GET, count=found.total, size=SIZE),
        "undated": found.undated,
        "begun": found.begun,
        "behind": behind,
        "steps_set": any(one.begin for one in rows),
        "chart": _chart(found, rows, request.today),
        "marking": marking_of(row.sensitivity for row, _ in found.rows),
    }
    return render(request, "commissioning/pipeline.html", context)


def _ending(row: AgreementRow, begin: date | None, today: date) -> Ending:
    late = any(one.check.name in ("next", "expired") for one in row.failing)
    href = reverse("agreement", args=[row.organisation_code, row.reference])
    behind = begin is not None and begin <= today and not row.line.follows
    return Ending(row, href, rules.STATE_TONES[row.state], late, begin, behind)


def _chart(found: Pipeline, rows: list[Ending], today: date) -> Chart:
    figures = tuple(
        (
            f"{MONTHS[month.first.month - 1]} {month.first.year}",
            str(month.agreements),
            rules.pounds(month.value),
            str(month.begin),
        )
        for month in found.months
    )
    said = "; ".join(f"{one.row.title} ends on {say_date(one.row.line.ends)}" for one in rows if one.row.line.ends)
    return gantt(
        [_bar(one, today, found.months[0].first) for one in rows],
        first=found.months[0].first,
        today=today,
        load=[Weight(month.agreements, str(month.agreements or "")) for month in found.months],
        load_label="Agreements that end",
        table=Table(("Month", "Agreements that end", "Value", "Work must begin"), figures),
        key="pipeline",
        title="What ends when",
        desc=f"{said or 'Nothing ends'}. Each date is in the table below.",
    )


def _bar(one: Ending, today: date, first: date) -> Bar:
    """So far, to its last day, and as a ghost to its last possible end."""
    line = one.row.line
    starts, ends = line.starts or line.ends, line.ends
    points = (("Last day to give notice", line.notice_on), ("Work must begin", None if line.follows else one.begin))
    word = "Decided" if line.follows else "Expired" if ends and ends < today else "Not decided"
    fact = (starts, min(today, ends)) if starts and ends and starts <= min(today, ends) else None
    plan = (starts, ends) if starts and ends else None
    now = (ends, line.last_end) if ends and line.last_end and line.last_end > ends else None
    held = tuple((what, day) for what, day in points if day and day >= first)
    return Bar(one.row.title, one.href, plan, fact, held, word, one.late, now)
