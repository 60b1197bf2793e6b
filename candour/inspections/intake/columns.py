"""The columns of inspection lists, known by what they are called. Pure."""

from collections.abc import Sequence

from candour.kernel.intake.document import Row, Table
from candour.kernel.intake.mapping import Column, Headings, Told, shape_of
from candour.kernel.intake.printed import words_key

_NAMES = {
    "inspection": "inspection|report|inspection report|name of inspection|inspection title|report title|inspection name|"
    "hmicfrs report|source|title of report|programme",
    "date": "date|published|date published|publication date|report date|date of report|report published|date of publication",
    "area": "area|inspection area|question|area inspected|peel area|graded area|pillar",
    "grade": "grade|graded|judgement|judgment|grading|peel grade|rating",
    "number": "number|no|ref|reference|rec no|recommendation number|hmicfrs ref|item|reference number|rec ref|portal number",
    "kind": "kind|type|recommendation type|category|rec afi coc|classification|rec or afi|rec afi",
    "text": "recommendation|text|recommendation afi cause of concern|what is asked|recommendation or afi|description|detail|"
    "area for improvement|cause of concern|recommendation text|recommendation area for improvement|wording|requirement",
    "owner": "owner|lead|responsible|strategic lead|action owner|lead officer|post|business lead",
    "due": "due|due date|deadline|target date|target|by when|completion date|date due|to be done by",
    "status": "status|state|position|progress status|rag status|portal status|current status",
}
_EXACT = {name: field for field, names in _NAMES.items() for name in names.split("|")}
LABELS = {
    "inspection": "Inspection", "date": "Date of its report", "area": "Area that is graded", "grade": "Grade",
    "number": "Number", "kind": "Recommendation, area for improvement or cause of concern", "text": "What is asked",
    "owner": "Owner", "due": "Due", "status": "Status",
}  # fmt: skip
FIELDS = tuple(LABELS.items())


def field_of(heading: str) -> str | None:
    """The field of a heading; None for one that is not known."""
    return _EXACT.get(words_key(heading))


def is_header(labels: Sequence[str], told: Told | None = None) -> bool:
    """A grade with its area, or what is asked with two more; or headings that a person mapped."""
    if told and shape_of(labels) in told:
        return True
    found = {field for label in labels if label and (field := field_of(label))}
    return {"area", "grade"} <= found or ("text" in found and len(found) >= 3)


def head_of(table: Table, told: Told | None = None) -> int | None:
    """The row of headings of a table, by its number from 0; None for a table that is no list of inspections."""
    return next((n for n, row in enumerate(table.rows[:40]) if row.width and is_header(row.texts, told)), None)


def columns_of(row: Row, below: Sequence[Row], told: Told | None) -> Headings:
    """The columns under headings, each with samples; the second of one field is kept as printed."""
    labels = list(row.texts)
    answer = (told or {}).get(shape_of(labels))
    columns: list[Column] = []
    for n, label in enumerate(labels):
        name = (answer[n] or None if n < len(answer) else None) if answer is not None else field_of(label)
        if answer is None and any(one.field == name for one in columns):
            name = None
        held = dict.fromkeys(each.texts[n][:120] for each in below[:30] if n < len(each.cells) and each.texts[n])
        sure = "told" if answer is not None else "sure" if name else "unsure"
        columns.append(Column(label, name, sure, tuple(held)[:3]))  # type: ignore[arg-type]
    return Headings(tuple(columns), row.place)
