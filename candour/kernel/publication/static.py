"""The public site as files: every publication with its editions, lists, scheme and open data, from frozen copies alone.

Links are relative, so that the folder can be put anywhere. Pages need no script.
"""

from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path

from django.template.loader import render_to_string

from candour.kernel.papers.render import render as rendered
from candour.kernel.publication.models import Published, PublishedFile
from candour.kernel.publication.opendata import DATA
from candour.kernel.publication.queries import (
    Wanted,
    document_of,
    files_of,
    latest_editions,
    latest_file,
    public_rows,
    scheme,
)
from candour.kernel.publication.sources import source_named

MARK = ".candour-public"  # what shows that a folder is one of ours, and may be written anew
SUFFIXES = (".html", ".pdf", ".docx", ".txt", ".json")


class NotOurs(ValueError):
    """The folder holds something that an earlier run did not write."""


def write_site(folder: Path, *, today: date, site: str) -> int:
    """Write the site into a folder; gives how many files it holds. site: the address that open data names.

    What an earlier run wrote and is not public any more is removed. Raises NotOurs, before anything is written, for a folder
    with other things in it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()) and not (folder / MARK).exists():
        raise NotOurs(f"{folder} is not empty and was not written by `candour publish`: choose another folder")
    (folder / MARK).write_text("Written by candour publish. Everything in this folder is written anew each time.\n")
    written = {folder / MARK}
    for path, content in _files(today, site.rstrip("/")):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.read_bytes() != content:
            target.write_bytes(content)
        written.add(target)
    for stale in sorted(folder.rglob("*"), reverse=True):
        if stale.is_file() and stale not in written:
            stale.unlink()
        elif stale.is_dir() and not any(stale.iterdir()):
            stale.rmdir()
    return len(written) - 1


def _files(today: date, site: str) -> Iterator[tuple[str, bytes]]:
    yield "site.css", files("candour.kernel.papers").joinpath("paper.css").read_bytes()
    latest = list(latest_editions())
    rows = [(row, source_named(row.source).word, f"{place(row)}/index.html") for row in latest if not row.withdrawn_on]
    yield "index.html", _page("site_index", {"rows": rows, "data": [(name, f"data/{name}") for name in DATA]})
    duties = [(row, f"{place(row.last)}/index.html" if row.last else "") for row in scheme(today=today)]
    yield "scheme.html", _page("site_scheme", {"rows": duties})
    for row in latest:
        yield from _publication(row)
    named = [(row, f"{site}/{place(row)}/") for row in public_rows(Wanted())]
    for name, (_, write) in DATA.items():
        yield f"data/{name}", write(named)
    standing = PublishedFile.objects.filter(published__withdrawn_on=None).order_by()
    for code, name in standing.values_list("published__organisation__code", "name").distinct():
        yield f"data/{code}/{_plain(name)}", bytes(latest_file(code, name).content)


def _publication(latest: Published) -> Iterator[tuple[str, bytes]]:
    home = place(latest)
    up = "../" * (home.count("/") + 1)
    if latest.withdrawn_on is not None:
        yield f"{home}/index.html", _page("site_withdrawn", {"row": latest, "up": up})
        return
    editions = list(
        Published.objects.filter(organisation=latest.organisation_id, source=latest.source, key=latest.key)
        .select_related("organisation")
        .filter(withdrawn_on=None)
        .order_by("-edition")
    )
    held = files_of(editions)
    for edition in editions:
        edition.data_files = held.get(edition.pk, [])  # type: ignore[attr-defined]
    shown = {
        "row": latest,
        "editions": editions,
        "up": up,
        "suffixes": SUFFIXES,
        "word": source_named(latest.source).word,
    }
    yield f"{home}/index.html", _page("site_copy", shown)
    for edition in editions:
        document = document_of(edition)
        for suffix in SUFFIXES:
            yield f"{home}/{edition.edition}/copy{suffix}", rendered(document, suffix)
        for file in held.get(edition.pk, []):
            yield f"{home}/{edition.edition}/data/{_plain(file.name)}", bytes(file.content)


def place(row: Published) -> str:
    """The folder of a publication within the site."""
    key = "/".join(_plain(part) for part in row.key.split("/"))
    return f"{row.organisation.code}/{row.source}/{key}"


def _page(name: str, context: dict[str, object]) -> bytes:
    return render_to_string(f"publication/{name}.html", context).encode()


def _plain(part: str) -> str:
    """A part of a key as the name of a folder: nothing that leads out of it."""
    return "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in part).strip(".") or "-"
