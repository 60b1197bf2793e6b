"""Open data: every public measure at a stable address, as CSV with its metadata."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.kernel.web.page import ANYONE, Request, page
from candour.performance import rules
from candour.performance.models import Measure
from candour.performance.papers.opendata import about, csv_of
from candour.performance.queries import public_measure, public_measures


@page(ANYONE)
def open_measures(request: Request) -> HttpResponse:
    """Every public measure with its files."""
    rows = [
        {
            "reference": it.record.reference,
            "title": it.record.title,
            "body": it.record.organisation.name,
            "counts": it.counts,
            "every": rules.FREQUENCIES[it.frequency],
            "ended": it.record.closed_on,
            "csv": _place("open-measure-csv", it),
            "about": _place("open-measure-about", it),
        }
        for it in public_measures()
    ]
    return render(request, "performance/open.html", {"rows": rows})


@page(ANYONE)
def open_csv(request: Request, organisation: str, measure: str) -> HttpResponse:
    """The figures of a public measure."""
    it = _found(organisation, measure)
    response = HttpResponse(csv_of(it), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_file(it)}.csv"'
    response["Link"] = f'<{_place("open-measure-about", it)}>; rel="describedby"; type="application/csvm+json"'
    return response


@page(ANYONE)
def open_about(request: Request, organisation: str, measure: str) -> HttpResponse:
    """What the columns of that file mean."""
    it = _found(organisation, measure)
    address = request.build_absolute_uri(_place("open-measure-csv", it))
    return HttpResponse(about(it, address), content_type="application/csvm+json")


def _found(organisation: str, reference: str) -> Measure:
    try:
        return public_measure(organisation, reference)
    except Measure.DoesNotExist:
        raise Http404 from None


def _place(name: str, it: Measure) -> str:
    return reverse(name, args=[it.record.organisation.code, it.record.reference])


def _file(it: Measure) -> str:
    said = "".join(sign if sign.isalnum() else "-" for sign in it.record.reference.lower())
    return f"measure-{it.record.organisation.code}-{said}"
