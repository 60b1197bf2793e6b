"""The list of everything public as CSV and JSON: a row an edition that stands."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from typing import Any

from candour.kernel.calendar import local_date
from candour.kernel.publication.models import Published
from candour.kernel.publication.sources import source_named

COLUMNS = ("body", "kind", "key", "title", "dated", "published", "edition", "correction", "fingerprint", "address")
Rows = Sequence[tuple[Published, str]]


def values(row: Published, address: str) -> dict[str, Any]:
    """One publication as open data. Days are ISO."""
    return {
        "body": row.organisation.name,
        "kind": source_named(row.source).word,
        "key": row.key,
        "title": row.title,
        "dated": row.dated.isoformat(),
        "published": local_date(row.published_at).isoformat(),
        "edition": row.edition,
        "correction": row.note,
        "fingerprint": row.fingerprint,
        "address": address,
    }


def as_csv(rows: Rows) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets read it; a text that would be a formula is quoted as text."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for row, address in rows:
        writer.writerow({name: _plain(value) for name, value in values(row, address).items()})
    return out.getvalue().encode("utf-8-sig")


def as_json(rows: Rows) -> bytes:
    """One object: {"published": [...]}, with the facts of each beside its values."""
    found = [values(row, address) | {"facts": row.facts} for row, address in rows]
    return json.dumps({"published": found}, ensure_ascii=False, indent=1).encode()


def _plain(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


DATA: dict[str, tuple[str, Callable[[Rows], bytes]]] = {
    "published.csv": ("text/csv; charset=utf-8", as_csv),
    "published.json": ("application/json", as_json),
}
