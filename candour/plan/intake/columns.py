"""What the columns of a delivery plan are called, and which row of a table holds them. Pure."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from candour.kernel.intake.document import Row
from candour.kernel.intake.mapping import Told, shape_of

LABELS: Mapping[str, str] = {
    "reference": "Reference",
    "priority": "Priority",
    "objective": "Objective",
    "activity": "Activity",
    "owner": "Owner",
    "lead": "Lead",
    "start": "Begins",
    "due": "To be done by",
    "first_due": "First date",
    "revised": "New date",
    "brag": "BRAG",
    "state": "State",
    "progress": "Progress",
    "achieved": "Achieved",
    "left": "Left to do",
    "barriers": "In the way",
    "success": "Measure of success",
    "updated": "Updated on",
}
FIELDS = tuple(LABELS.items())
_WORDS: Mapping[str, str] = {
    "reference": "ref|reference|no|number|id|activity ref|action ref|activity no|action no|action number|activity number|urn",
    "priority": "priority|priorities|strategic priority|plan priority|theme|pillar|workstream|work stream|priority area",
    "objective": "objective|objectives|strategic objective|aim|plan objective|goal|commitment|we will|pledge|sub objective",
    "activity": "activity|activities|action|actions|task|tasks|deliverable|deliverables|what we will do|action required"
    "|milestone|key activity|key activities|key actions|initiative|actions to deliver|how we will do it"
    "|activity description|what",
    "owner": "owner|action owner|activity owner|responsible|responsible person|responsible officer|accountable|owned by|sro"
    "|accountable officer|who|responsibility|post responsible|business owner|responsible owner|owner lead|lead owner",
    "lead": "lead|lead officer|delivery lead|action lead|activity lead|led by|tactical lead|project lead|lead person",
    "start": "start|start date|begins|from|begin|commence|commencement|starts|planned start",
    "due": "due|due date|target date|deadline|completion date|by when|timescale|timescales|end date|delivery date|when|target"
    "|complete by|due by|date due|to be done by|completion|planned end|target completion date|end|finish date",
    "first_due": "first due|first date|original date|original due date|original target date|baseline date",
    "revised": "revised date|revised due date|new date|revised target date|revised completion date|forecast date",
    "brag": "brag|rag|brag status|rag status|brag rating|rag rating|rating|status|brag rag|current rag|current brag|rag brag",
    "state": "state|how it stands",
    "progress": "progress|update|updates|latest update|progress update|commentary|comments|position|current position|narrative"
    "|progress to date|quarterly update|latest progress|status update|update narrative",
    "achieved": "achieved|what has been achieved|achievements|done so far|completed so far",
    "left": "left to do|left|what is left to do|what is left to complete|outstanding|next steps|remaining|still to do",
    "barriers": "barriers|any barriers to completion|any barriers|what is in the way|issues|blockers|barriers to completion"
    "|risks and issues|issues and barriers|in the way",
    "success": "measure of success|measures of success|success measure|success measures|kpi|outcome measure|success criteria"
    "|how we will know|how will we know|what good looks like|measure|measures|expected outcome|outcome|outcomes",
    "updated": "updated on|last updated|date updated|date of update|updated",
}
_KNOWN = {word: field for field, words in _WORDS.items() for word in words.split("|")}
LONGEST = 60
SEARCHED = 60  # rows of a table in which its headings are looked for


@lru_cache(maxsize=2048)
def field_of(heading: str) -> str | None:
    """The field that a heading stands for; None for a heading that is not known."""
    if not heading.strip() or len(heading) > LONGEST:
        return None
    plain = re.sub(r"\([^)]*\)", " ", heading.casefold().replace("’", "").replace("'", ""))
    words = re.findall(r"[a-z0-9]+", plain)
    for drop in ((), ("the", "of", "and", "or", "a", "date"), ("the", "key", "current", "opcc", "force", "plan")):
        if found := _KNOWN.get(" ".join(word for word in words if word not in drop)):
            return found
    return None


def fields_of(labels: Sequence[str], told: Told | None = None) -> list[str | None]:
    """The field of each column. A second column of one field is kept as printed; an owner may be called lead."""
    answer = (told or {}).get(shape_of(labels))
    if answer is not None:
        return [(answer[n] or None) if n < len(answer) else None for n in range(len(labels))]
    found: list[str | None] = []
    for label in labels:
        field = field_of(label)
        found.append(None if field in found else field)
    if "owner" not in found and "lead" in found:
        found[found.index("lead")] = "owner"
    if "activity" not in found and "objective" in found:
        found[found.index("objective")] = "activity"
    if "brag" not in found and "state" in found:
        found[found.index("state")] = "brag"
    if "due" not in found and "revised" in found:
        found[found.index("revised")] = "due"
    return found


def is_header(labels: Sequence[str], told: Told | None = None) -> bool:
    """Three known headings, half of all, with what is done and who, by when, how it stands or how it went."""
    texts = [text for text in labels if text]
    if told and len(texts) >= 2 and shape_of(labels) in told:
        return True
    if len(texts) < 3 or any(len(text) > LONGEST for text in texts):
        return False
    found = {field for field in fields_of(texts) if field}
    told_of = found & {"owner", "due", "brag", "progress", "achieved"}
    return "activity" in found and len(found) >= 3 and len(found) * 2 >= len(set(texts)) and len(told_of) >= 2


def head_of(rows: Sequence[Row], told: Told | None = None) -> int | None:
    """The row of headings of a table, by its number from 0."""
    return next((n for n, row in enumerate(rows[:SEARCHED]) if row.width and is_header(row.texts, told)), None)
