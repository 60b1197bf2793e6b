"""A tracker kept as a sheet: one row a recommendation, its columns known by what they are called. Pure."""

import re
from collections.abc import Sequence
from functools import lru_cache

from candour.kernel.intake.document import Row, Table
from candour.kernel.intake.mapping import Column, Headings, Told, shape_of

from .labels import PERIOD, label_of

_SAME = {
    "audit": "audit|audit title|report|report title|audit report|review|audit name|name of audit|audit area|"
    "internal audit report|"
    "source report|audit review|title of audit|title of report|inspection",
    "opinion": "opinion|assurance|assurance level|assurance opinion|audit opinion|overall opinion|level of "
    "assurance|assurance rating",
    "audit_date": "audit date|report date|date of report|date of audit|final report date|date issued|report issued|"
    "date of final report|"
    "date reported|issued",
    "reference": "reference|ref|ref no|rec ref|recommendation reference|rec no|rec number|recommendation no|"
    "recommendation number|no|number|"
    "id|rec|recommendation ref|action ref|unique reference|para|paragraph|section recommendation reference|rec id",
    "heading": "heading|title|recommendation title|subject|area|issue|summary|headline|rec title",
    "text": "recommendation|recommendations|agreed action|recommendation made|action|action required|"
    "recommendation text|agreed actions|"
    "description|details of recommendation|recommendation detail|agreed recommendation|full recommendation|"
    "what was recommended|recommendation agreed|agreed recommendation action|recommendation details",
    "finding": "finding|findings|observation|weakness|audit finding",
    "priority": "priority|grade|grading|rating|risk|priority rating|rec priority|risk rating|priority score|"
    "category|priority grade|"
    "recommendation priority|importance|severity",
    "response_text": "response|management response|management comments|management comment|initial management response|"
    "management action|agreed management action|client response|management s response",
    "owner": "owner|responsible officer|responsible person|action owner|business owner|lead|lead officer|"
    "responsibility|responsible owner|"
    "responsible post|manager responsible|assigned to|accountable officer|officer|officer responsible|owners|"
    "responsible manager|"
    "responsible lead|recommendation owner|responsible|"
    "who|by whom|owned by|lead manager|action lead|named officer|action by|post responsible",
    "original_target": "original target|original target date|original due date|target|target date|due date|"
    "original date|"
    "implementation date|agreed date|original completion date|timescale|deadline|completion date|date due|target "
    "completion date|"
    "original implementation date|target implementation date|agreed implementation date|agreed timescale|due|"
    "when|by when|target for completion|date for completion|date agreed|original deadline|date for implementation",
    "current_target": "current target|current target date|revised target|revised target date|revised date|revised "
    "due date|new target date|"
    "latest target|latest target date|revised implementation date|revised completion date|extended date|new date|"
    "current due date|"
    "revised deadline|current date|"
    "revised|date revised|latest date|revised timescale|revised target completion date|second date",
    "status": "status|current status|position|state|implementation status|rec status|outcome|open closed|action status|"
    "proposed closed|closed|closure|proposed for closure|proposed closure|recommendation status|completed",
    "updates": "update|updates|latest update|progress|progress update|comments|commentary|current position|"
    "management update|"
    "progress to date|latest position|owner update|action plan updates|business owner action plan updates|update "
    "comments|"
    "progress comments|narrative|notes|"
    "progress comment|progress note|progress notes|progress report|progress made|auditee update|officer update|owner comments|"
    "position statement|current progress|latest comments|latest progress|follow up comments",
    "achieved": "achieved|what has been achieved|completed to date|achievements|what has been completed",
    "left": "left|what is left to complete|left to do|outstanding|outstanding actions|remaining|what is left|"
    "remaining work|next steps",
    "barriers": "barriers|barriers to completion|any barriers to completion|obstacles|blockers|issues and barriers",
    "repeat_of": "repeat|repeat of|repeat recommendation|previous recommendation|previously raised|repeats|earlier "
    "recommendation",
    "updated": "update date|date of update|updated|date updated|last updated|update given|update period",
    "evidence": "evidence|evidence provided|supporting evidence",
}
_EXACT = {name: field for field, names in _SAME.items() for name in names.split("|")}
# What a person may say that a column holds, and in which words.
FIELDS = (
    ("audit", "Audit, or report"),
    ("opinion", "Opinion"),
    ("audit_date", "Date of the report"),
    ("reference", "Reference"),
    ("heading", "Heading"),
    ("text", "Recommendation"),
    ("finding", "Finding"),
    ("priority", "Priority"),
    ("response_text", "Management response"),
    ("owner", "Owner"),
    ("original_target", "Original target"),
    ("current_target", "Current target"),
    ("status", "Status, or proposed closed"),
    ("updates", "Update"),
    ("updated", "Date of the update"),
    ("achieved", "What has been achieved"),
    ("left", "What is left"),
    ("barriers", "Barriers"),
    ("repeat_of", "Repeats"),
    ("evidence", "Evidence"),
)
# "Position at January 2025", "Progress to 31/03/24": an update, whose period is in the heading.
_POSITION = re.compile(
    rf"^(?:(?:current|latest)\s+)?(?:position|progress|comments?)\s+(?:as\s+)?(?:at|of|to|in|for)\s+(?P<period>{PERIOD})$",
    re.IGNORECASE,
)
STRONG = frozenset(
    {
        "priority",
        "owner",
        "original_target",
        "current_target",
        "status",
        "updates",
        "response_text",
        "audit",
        "opinion",
        "left",
    }
)
MANY = frozenset({"updates"})


@lru_cache(maxsize=2048)
def field_of(heading: str) -> str | None:
    """The field that a heading stands for: "Target Date" is original_target, "Update April 2025" an update."""
    if len(heading) > 70:
        return None
    words = re.findall(r"[a-z0-9]+", heading.casefold().replace("’", "").replace("'", ""))
    key = " ".join(words)
    plain = " ".join(re.findall(r"[a-z0-9]+", re.sub(r"\([^()]*\)", " ", heading.casefold())))
    if found := _EXACT.get(key) or _EXACT.get(plain) or _EXACT.get(re.sub(r"^(?:the|a) | s$", "", key)):
        return found
    if _POSITION.match(heading):
        return "updates"
    label = label_of(heading, in_update=False)
    return "updates" if label and label.kind == "update" and not label.rest else None


def period_of(heading: str) -> str:
    """The period of the updates under a heading, as it is printed; "" where it names none."""
    if found := _POSITION.match(heading):
        return found["period"]
    label = label_of(heading, in_update=False)
    return label.period if label and label.kind == "update" else ""


def is_header(row: Row, told: Told | None = None) -> bool:
    """Most cells known, a recommendation or a reference among them, and what only a tracker has; or mapped by a person."""
    texts = [text for text in row.texts if text]
    if told and len(texts) >= 2 and shape_of(row.texts[: row.width]) in told:
        return True
    fields = [field_of(text) for text in texts]
    known = {field for field in fields if field}
    named = known & {"text", "heading", "reference"}
    return len(known) >= 3 and len(known) * 2 >= len(texts) and bool(named) and len(known & STRONG) >= 2


def headings_of(row: Row, below: Sequence[Row], told: Told | None = None) -> Headings:
    """The columns under a row of headings. A second column of one field is asked about, unless there may be many."""
    labels = list(row.texts[: max([row.width, *(one.width for one in below)])])
    answer = (told or {}).get(shape_of(labels))
    columns: list[Column] = []
    for n, label in enumerate(labels):
        name = (answer[n] or None if n < len(answer) else None) if answer is not None else field_of(label)
        held = dict.fromkeys(one.texts[n][:120] for one in below if n < len(one.cells) and one.texts[n])
        twice = answer is None and name is not None and name not in MANY and any(one.field == name for one in columns)
        if twice and name == "original_target" and not any(one.field == "current_target" for one in columns):
            name, twice = "current_target", False
        sure = "told" if answer is not None else "sure" if name and not twice else "unsure"
        columns.append(Column(label, None if twice else name, sure, tuple(held)[:3]))  # type: ignore[arg-type]
    fields = {one.field for one in columns}
    ask = answer is None and (
        not fields & {"text", "heading"} or any(one.sure == "unsure" and field_of(one.heading) for one in columns)
    )
    return Headings(tuple(columns), row.place, ask)


def header_of(table: Table, told: Told | None = None) -> int | None:
    """The row of headings of a table that holds a tracker, by its number from 0."""
    return next((n for n, row in enumerate(table.rows[:40]) if is_header(row, told)), None)
