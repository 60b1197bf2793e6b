"""The columns of a log of actions, known by what they are called. Pure."""

import re
from collections.abc import Sequence
from functools import lru_cache

from candour.kernel.intake.document import Row, Table
from candour.kernel.intake.mapping import Column, Headings, Told, shape_of

_SAME = {
    "reference": "number|no|ref|reference|ref no|reference number|action no|action number|action ref|action reference|"
    "action id|id|item|item no|minute|minute ref|minute no|log no",
    "board": "board|meeting name|committee|forum|group|source",
    "text": "action|actions|action required|action agreed|actions agreed|agreed action|agreed actions|action point|"
    "action points|description|description of action|details|action details|task|what|action to be taken|action and detail",
    "owner": "post|owner|action owner|owners|responsible|responsible officer|responsible person|lead|lead officer|who|"
    "by whom|assigned to|action by|officer|allocated to|responsibility|action lead|person responsible",
    "set_on": "set|set on|raised|date raised|date set|meeting|meeting date|date of meeting|date of action|agreed on|"
    "date agreed|date opened|opened|date added|date",
    "first": "first date|original date|original due date|original target|original target date|original deadline|"
    "first agreed|date first agreed|original completion date",
    "due": "date now|due|due date|date due|target|target date|deadline|by when|when|revised date|revised due date|"
    "current date|current due date|timescale|completion due|due by|revised target date|target completion date|"
    "completion date|date for completion|revised deadline",
    "done_on": "done on|date done|completed on|date completed|date closed|closed on|actual completion date|"
    "date of completion|closed date|completed date|date discharged",
    "state": "state|status|what came of it|position|action status|open closed|progress status|completed|current status|"
    "rag|rag status",
    "update": "update|updates|latest update|progress|progress update|comments|commentary|notes|outcome|comment|"
    "current position|progress to date|update since last meeting|narrative|response",
}
_EXACT = {name: field for field, names in _SAME.items() for name in names.split("|")}
# What a person may say that a column holds, and in which words.
FIELDS = (
    ("reference", "Number, or reference"),
    ("board", "Board"),
    ("text", "Action"),
    ("owner", "Post, or owner"),
    ("set_on", "Day on which it was set"),
    ("first", "Date first agreed"),
    ("due", "Date that stands"),
    ("done_on", "Day on which it was done"),
    ("state", "State, or what came of it"),
    ("update", "Update"),
)
TIED = frozenset({"owner", "due", "first", "state", "done_on"})  # what a log has and a list of things to do has not


@lru_cache(maxsize=2048)
def field_of(heading: str) -> str | None:
    """The field that a heading stands for: "Action Owner" is owner, "By when?" due."""
    if len(heading) > 60:
        return None
    return _EXACT.get(" ".join(re.findall(r"[a-z0-9]+", heading.casefold().replace("’", "").replace("'", ""))))


def is_header(row: Row, told: Told | None = None) -> bool:
    """The action among at least three known headings, half of all, with two of what only a log has; or mapped by a person."""
    texts = [text for text in row.texts if text]
    if told and len(texts) >= 2 and shape_of(row.texts[: row.width]) in told:
        return True
    known = {field for text in texts if (field := field_of(text))}
    return "text" in known and len(known) >= 3 and len(known) * 2 >= len(texts) and len(known & TIED) >= 2


def header_of(table: Table, told: Told | None = None) -> int | None:
    """The row of headings of a table that holds a log, by its number from 0."""
    return next((n for n, row in enumerate(table.rows[:40]) if is_header(row, told)), None)


def headings_of(row: Row, below: Sequence[Row], told: Told | None = None) -> Headings:
    """The columns under a row of headings. A second column of one field is kept as printed, and asked about."""
    labels = list(row.texts[: max([row.width, *(one.width for one in below)])])
    answer = (told or {}).get(shape_of(labels))
    columns: list[Column] = []
    for n, label in enumerate(labels):
        name = (answer[n] or None if n < len(answer) else None) if answer is not None else field_of(label)
        twice = answer is None and name is not None and any(one.field == name for one in columns)
        held = dict.fromkeys(one.texts[n][:120] for one in below if n < len(one.cells) and one.texts[n])
        sure = "told" if answer is not None else "sure" if name and not twice else "unsure"
        columns.append(Column(label, None if twice else name, sure, tuple(held)[:3]))  # type: ignore[arg-type]
    ask = answer is None and any(one.sure == "unsure" and field_of(one.heading) for one in columns)
    return Headings(tuple(columns), row.place, ask)
