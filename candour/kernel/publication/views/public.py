"""What everybody may read: the list of what is public, each publication with its editions, the scheme, the open data."""

from django.core.cache import cache
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe

from candour.kernel.papers.html import fragment
from candour.kernel.papers.render import CONTENT_TYPES, RENDERERS
from candour.kernel.papers.render import render as rendered
from candour.kernel.papers.showing import FORMATS
from candour.kernel.papers.typesetting import PaperFailed
from candour.kernel.people.models import Organisation
from candour.kernel.publication.forms import PublicFilters
from candour.kernel.publication.models import Published, PublishedFile
from candour.kernel.publication.opendata import DATA
from candour.kernel.publication.queries import (
    Wanted,
    document_of,
    editions_of,
    files_of,
    latest_file,
    public_rows,
    published_at,
    scheme,
    years_public,
)
from candour.kernel.publication.sources import open_pages, source_named, sources
from candour.kernel.web.page import ANYONE, Request, page
from candour.kernel.web.tables import Page

SIZE = 25
HOUR = 3600  # seconds
MOST_KEPT = 2_000_000  # bytes of one file
DATA_TYPES = {
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TONES = {"Late": "red", "Never published": "amber", "Due soon": "amber", "Up to date": "green", "As it arises": "line"}


@page(ANYONE)
def public(request: Request) -> HttpResponse:
    """Everything that is public, newest first."""
    bodies = list(Organisation.objects.filter(published__isnull=False).distinct().order_by("name"))
    filters = PublicFilters(
        request.GET,
        sources=[(source.name, source.plural) for source in sources()],
        bodies=[(body.code, body.name) for body in bodies],
        years=years_public(),
        today=request.today,
    )
    rows: QuerySet[Published] = Published.objects.none()
    if filters.is_valid():
        given = filters.cleaned_data
        year = int(given["year"]) if given["year"] else None
        rows = public_rows(Wanted(given["body"], given["source"], year, given["q"]))
    paging = Page.read(request.GET, count=rows.count(), size=SIZE)
    context = {
        "filters": filters,
        "page": paging,
        "rows": [(row, source_named(row.source).word, public_address(row)) for row in paging.of(rows)],
        "data": [(name, words, reverse("public-data", args=[name])) for name, words in FORMATS_OF_DATA],
        "open_pages": [(words, reverse(route)) for words, route in open_pages()],
    }
    return render(request, "publication/public.html", context)


FORMATS_OF_DATA = (("published.csv", "Everything published, CSV"), ("published.json", "The same as JSON"))


@page(ANYONE)
def public_copy(request: Request, organisation: str, source: str, key: str) -> HttpResponse:
    """A publication in its last edition, or in that of ?edition=. What was withdrawn says so, and nothing of what it held."""
    asked = request.GET.get("edition", "")
    if asked and not (asked.isdecimal() and len(asked) < 5):
        raise Http404
    found = found_at(organisation, source, key, int(asked) if asked else None)
    editions = editions_of(found)
    context = {"found": found, "word": source_named(source).word, "editions": editions, "latest": editions[0]}
    if found.withdrawn_on is not None:
        return render(request, "publication/withdrawn.html", context, status=410)
    context |= {
        "data": [(one.name, data_address(found, one.name)) for one in files_of([found]).get(found.pk, [])],
        "paper": mark_safe(fragment(document_of(found), level=2)),  # noqa: S308  the renderer escapes every text
        "files": [(label, file_address(found, suffix)) for suffix, label in FORMATS.items()],
        "corrected": [edition for edition in editions if edition.note],
    }
    return render(request, "publication/copy.html", context)


@page(ANYONE, limit="papers")
def public_file(
    request: Request, *, organisation: str, source: str, key: str, edition: int, suffix: str
) -> HttpResponse:
    """One edition as a file: the same bytes each time. One that was withdrawn is gone."""
    if suffix not in RENDERERS:
        raise Http404
    found = found_at(organisation, source, key, edition)
    if found.withdrawn_on is not None:
        return render(request, "publication/withdrawn.html", {"found": found, "latest": found}, status=410)
    try:
        content = _file(found, suffix)
    except PaperFailed:
        said = f"The {FORMATS[suffix]} file could not be made. The other formats hold the same text."
        return HttpResponse(said, status=503, content_type="text/plain; charset=utf-8")
    response = HttpResponse(content, content_type=CONTENT_TYPES[suffix])
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(found, suffix)}"'
    return response


def _file(found: Published, suffix: str) -> bytes:
    """The bytes of a file, typeset once and kept for an hour: anybody may ask for it, and it never changes."""
    key = f"published-{found.pk}-{found.fingerprint}{suffix}"
    content: bytes | None = cache.get(key)
    if content is None:
        content = rendered(document_of(found), suffix)
        if len(content) <= MOST_KEPT:
            cache.set(key, content, HOUR)
    return content


@page(ANYONE)
def public_scheme(request: Request) -> HttpResponse:
    """What must be published, how often, when it last was, and what is late."""
    rows = scheme(today=request.today)
    kept = sum(row.standing.state in ("Up to date", "Due soon", "As it arises") for row in rows)
    found = [(row, TONES[row.standing.state], public_address(row.last) if row.last else "") for row in rows]
    return render(request, "publication/public_scheme.html", {"rows": found, "kept": kept, "count": len(rows)})


@page(ANYONE)
def data(request: Request, name: str) -> HttpResponse:
    """The list of everything public, as open data."""
    if name not in DATA:
        raise Http404
    content_type, write = DATA[name]
    site = request.build_absolute_uri("/").rstrip("/")
    rows = [(row, site + public_address(row)) for row in public_rows(Wanted())]
    response = HttpResponse(write(rows), content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page(ANYONE)
def public_data_file(
    request: Request, *, organisation: str, source: str, key: str, edition: int, name: str
) -> HttpResponse:
    """Data published beside one edition: the same bytes each time. What was withdrawn is gone."""
    found = found_at(organisation, source, key, edition)
    if found.withdrawn_on is not None:
        return render(request, "publication/withdrawn.html", {"found": found, "latest": found}, status=410)
    file = PublishedFile.objects.filter(published=found, name=name).first()
    if file is None:
        raise Http404
    return _data_file(file)


@page(ANYONE)
def latest_data_file(request: Request, organisation: str, name: str) -> HttpResponse:
    """The newest published data of a name, at an address that does not change."""
    try:
        return _data_file(latest_file(organisation, name))
    except PublishedFile.DoesNotExist:
        raise Http404 from None


def _data_file(file: PublishedFile) -> HttpResponse:
    suffix = f".{file.name.rpartition('.')[2]}"
    response = HttpResponse(bytes(file.content), content_type=DATA_TYPES.get(suffix, "application/octet-stream"))
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


def data_address(row: Published, name: str) -> str:
    """Where data published beside an edition is to be had."""
    return reverse("public-data-file", args=[row.organisation.code, row.source, row.key, row.edition, name])


def found_at(organisation: str, source: str, key: str, edition: int | None) -> Published:
    """The edition at an address. Raises Http404."""
    try:
        source_named(source)
        return published_at(organisation, source, key, edition)
    except (LookupError, Published.DoesNotExist):
        raise Http404 from None


def public_address(row: Published) -> str:
    """Where the public reads a publication."""
    return reverse("public-copy", args=[row.organisation.code, row.source, row.key])


def file_address(row: Published, suffix: str) -> str:
    """Where one edition is to be had as a file."""
    return reverse("public-file", args=[row.organisation.code, row.source, row.key, row.edition, suffix])


def file_name(row: Published, suffix: str) -> str:
    """decision-cgb-2026-02-3.pdf; a later edition says its number."""
    key = "".join(sign if sign.isalnum() else "-" for sign in row.key.lower())
    edition = f"-edition-{row.edition}" if row.edition > 1 else ""
    return f"{row.source}-{row.organisation.code}-{key}{edition}{suffix}"
