"""A paper as JSON and back, and its fingerprint. Pure Python.

Each block is an object with "is" (its kind) and those fields that differ from their defaults: a field added later
leaves the fingerprints of papers issued before it as they were. Numbers are whole: there are no floats to round.
"""

import hashlib
import json
from dataclasses import MISSING, fields, replace
from datetime import date
from typing import Any

from candour.kernel.papers import blocks
from candour.kernel.papers.document import Document

FORMAT = "candour-paper-1"
_PARTS: dict[str, Any] = {
    kind.__name__.lower(): kind
    for kind in (
        blocks.Bullets,
        blocks.Cell,
        blocks.Column,
        blocks.Detail,
        blocks.Fact,
        blocks.Facts,
        blocks.Figure,
        blocks.Group,
        blocks.Heading,
        blocks.Item,
        blocks.Note,
        blocks.PageBreak,
        blocks.Paragraph,
        blocks.Row,
        blocks.Run,
        blocks.Table,
        Document,
    )
}
_FIELDS = {
    kind: tuple((field.name, () if field.default is MISSING else (field.default,)) for field in fields(kind))
    for kind in _PARTS.values()
}


def to_json(document: Document) -> dict[str, Any]:
    """The paper as plain dicts, lists, strings, whole numbers and booleans."""
    return {"format": FORMAT, **_encode(document)}


def from_json(data: dict[str, Any]) -> Document:
    """The exact inverse of to_json. ValueError where the data is no paper."""
    if not isinstance(data, dict) or data.get("format") != FORMAT or data.get("is") != "document":
        raise ValueError(f"this is not a paper in the format {FORMAT}")
    try:
        return _decode({key: value for key, value in data.items() if key != "format"})
    except (TypeError, AttributeError) as error:
        raise ValueError(f"this is not a paper in the format {FORMAT}: {error}") from error


def canonical(document: Document) -> bytes:
    """UTF-8 JSON with sorted keys and no spaces: the same paper gives the same bytes."""
    return json.dumps(to_json(document), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def read_canonical(data: bytes) -> Document:
    """The inverse of canonical."""
    return from_json(json.loads(data))


def fingerprint(document: Document) -> str:
    """SHA-256 (hex) of the canonical JSON without the seal, which prints this very fingerprint."""
    return hashlib.sha256(canonical(replace(document, seal=()))).hexdigest()


def _encode(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_encode(member) for member in value]
    if isinstance(value, date):
        return value.isoformat()
    known = _FIELDS.get(type(value))
    if known is None:
        return value
    found: dict[str, Any] = {"is": type(value).__name__.lower()}
    for name, default in known:
        member = getattr(value, name)
        if not default or member != default[0]:
            found[name] = _encode(member)
    return found


def _decode(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_decode(member) for member in value)
    if not isinstance(value, dict):
        return value
    kind = _PARTS.get(value.get("is", ""))
    if kind is None:
        raise ValueError(f"a paper has no part {value.get('is')!r}")
    given = {name: _decode(member) for name, member in value.items() if name != "is"}
    if kind is Document and "date" in given:
        given["date"] = date.fromisoformat(given["date"])
    return kind(**given)
