"""Which rows are headings, and what the columns under them hold. Pure."""

import re
from collections.abc import Sequence

from candour.kernel.intake.document import Row, Table

from .labels import field_of, qualifier_of
from .values import is_reference, read_day, read_direction, read_score

Columns = list[tuple[str | None, str]]


def is_header(row: Row) -> bool:
    """Whether a row holds the headings of a register: most cells known, three at least (two with a reference)."""
    texts = [text for text in row.texts if text]
    if len(texts) < 2 or any(len(text) > 60 for text in texts):
        return False
    known = {field for field in map(field_of, texts) if field}
    if is_pairs(row) or any(is_reference(text) and re.search(r"\d", text) for text in texts):
        return False
    enough = len(known) >= 3 or (len(known) == 2 and "reference" in known)
    return enough and len(known) * 2 >= len(texts)


def has_header(table: Table) -> bool:
    return any(is_header(row) for row in table.rows)


def is_pairs(row: Row) -> bool:
    """Label, value, label, value ..."""
    texts = row.texts[: row.width]
    if len(texts) < 4 or len(texts) > 12:
        return False
    labels = [text for text in texts[::2] if text]
    values = [text for text in texts[1::2] if text]
    return len(labels) >= 2 and all(field_of(text) for text in labels) and not any(field_of(text) for text in values)


def columns_of(row: Row, above: Row | None) -> Columns:
    """Field and heading per column; a spanning heading above (Inherent, Residual, Target) qualifies those below it."""
    columns: Columns = []
    span = ""
    for n, text in enumerate(row.texts):
        if above and n < len(above.cells) and above.texts[n]:
            span = above.texts[n]
        qualifier = qualifier_of(span) if span else None
        name = field_of(text)
        if qualifier and name in ("impact", "likelihood", "score"):
            name = qualifier + name
        label = f"{span} {text}".strip() if qualifier else text
        columns.append((name, label))
    return columns


def starts_with_label(row: Row) -> bool:
    return bool(row.width == 2 and field_of(row.texts[0]) and len(row.texts[0]) > 3) or is_pairs(row)


def guessed_columns(table: Table) -> Columns | None:
    """Columns of a table without headings, by what they hold: a reference in most rows is needed, four columns too."""
    rows = [row for row in table.rows if row.width >= 4]
    if not rows or len(rows) * 2 < len([row for row in table.rows if row.width]):
        return None
    width = max(row.width for row in rows)
    kinds = [_kind([row.texts[n] for row in rows if n < len(row.cells) and row.texts[n]]) for n in range(width)]
    if kinds.count("reference") < 1:
        return None
    names: Columns = []
    queue = {"day": ["first_recorded", "last_review", "next_review"], "words": ["title"], "reference": ["reference"]}
    queue |= {"direction": ["direction"], "score": ["score"]}
    for n, kind in enumerate(kinds, 1):
        left = queue.get(kind or "", [])
        names.append((left.pop(0) if left else None, f"column {n}"))
    return names if any(name == "title" for name, _label in names) else None


def _kind(texts: Sequence[str]) -> str | None:
    """What most of a column's values are."""
    tests = (
        ("day", lambda text: read_day(text) is not None),
        ("reference", lambda text: is_reference(text) and re.search(r"[A-Za-z]", text)),
        ("score", lambda text: read_score(text).value is not None),
        ("direction", lambda text: read_direction(text) and len(text) <= 12),
        ("words", lambda text: len(text.split()) >= 3),
    )
    for kind, fits in tests:
        if texts and sum(bool(fits(text)) for text in texts) * 5 >= len(texts) * 4:
            return kind
    return None
