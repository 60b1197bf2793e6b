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
    "|accountable officer|executive lead|exec lead|strategic lead|accountable lead|gold lead|senior lead|chief "
    "officer lead|lead director"
    "|director|executive sponsor|senior responsible officer|senior responsible owner|force lead|opcc lead|who|"
    "responsibility|post responsible|business owner|responsible owner|owner lead|lead owner",
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
# What the words of a heading speak for where it is not known as a whole; by the first form that is found in it.
_SPEAKS = (
    ("owner", r"\bowners?\b|\bresponsib|\baccountab|\bsro\b|\bby whom\b|\bowned by\b|\bassigned to\b|\bwho\b"),
    ("lead", r"\bleads?\b|\bled by\b|\blead (?:officer|manager)\b|\b(?:officer|manager)$"),
    ("reference", r"\b(?:ref|reference|number|no|id|code|urn)$"),
    ("first_due", r"\b(?:baseline|original|initial|first) (?:finish|end|due|target|completion|delivery|deadline|date)\b"),
    ("revised", r"\b(?:forecast|revised|expected|anticipated|projected|new|current) (?:finish|end|due|target|completion|"
                r"delivery|deadline|date)\b"),
    ("start", r"\b(?:start|begin|commence)\w*\b"),
    ("due", r"\bdue\b|\b(?:target|due|completion|delivery|end) (?:quarter|month|period|year)\b|^(?:quarter|qtr|"
    r"timing)$|\bdeadlines?\b|\btime ?(?:scales?|frames?|lines?)\b|\bby when\b|\b(?:target|completion|delivery|end|"
            r"finish|implementation|complete by) (?:date|by)\b|\bfinish\b|\bcompletion$|\bwhen\b|\bto be completed\b"),
    ("updated", r"\bupdated\b|\b(?:date|time) (?:of|last)\b.*\bupdate|\breviewed\b"),
    ("brag", r"\bb?rag\b|\br a g\b|\brating\b|\bstatus$|\bhealth\b|\bdelivery confidence\b|\btraffic light"),
    ("left", r"\bnext (?:steps?|actions?|period|quarter)\b|\bleft to\b|\boutstanding\b|\bremaining\b|\bplanned work\b"),
    ("barriers", r"\bbarriers?\b|\bblockers?\b|\bissues?\b|\brisks?\b|\breasons? for\b|\bconstraints?\b|\bexception"),
    ("progress", r"\bprogress\b|\bupdates?\b|\bcommentary\b|\bcomments?\b|\bposition\b|\bnarrative\b|\bstatus of\b|\bnotes\b|"
                 r"\bhow (?:is|are) (?:it|we)\b|\bactivity to date\b|\bdelivered (?:so far|to date)\b"),
    ("success", r"\bsuccess\b|\boutcomes?\b|\bmeasures?\b|\bmeasured\b|\bkpis?\b|\bindicators?\b|\bbenefits?\b|\bgood looks?\b|"
                r"\bhow (?:we|will we)\b.*\bknow\b|\bevidence of\b|\bresults?\b|\bimpact\b"),
    ("activity", r"\bactions?\b|\bactivit|\btasks?\b|\bdeliverables?\b|\bmilestones?\b|\binitiatives?\b|\bwhat (?:we|will)\b|"
                 r"\bhow (?:we|will we)\b|\binterventions?\b|\bkey steps?\b|\bwork package|\bdelivery step"),
    ("objective", r"\bobjectives?\b|\baims?\b|\bgoals?\b|\bcommitments?\b|\bambitions?\b|\bpledges?\b|\bpromises?\b|"
    r"\bwe will\b"),
    ("priority", r"\bpriorit|\bthemes?\b|\bpillars?\b|\bwork ?streams?\b|\bprogramme\b|\bmissions?\b|\bstrand"),
)  # fmt: skip
_FORMS = tuple((field, re.compile(form)) for field, form in _SPEAKS)
_MOST = 8  # words of a heading that is not known as a whole
_KNOWN = {word: field for field, words in _WORDS.items() for word in words.split("|")}
LONGEST = 60
_NAMED = re.compile(
    r"^(?:title|name|description|details?|item|project(?: name| title)?|scheme|task name|subject)$", re.IGNORECASE
)
_SENTENCE = 30  # signs of what is no rating
_GRADE = re.compile(r"^(?:very )?(?:high|medium|low|critical|[1-5]|h|m|l)$", re.IGNORECASE)
_TIME = re.compile(
    r"\d|\btb[cad]\b|on-?going|continuous|complete|annual|quarter|month|immediate|n/?a|spring|summer|autumn|winter|[-–—]|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
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


@lru_cache(maxsize=2048)
def spoken_of(heading: str) -> str | None:
    """The field that the words of a heading speak for, where it is not known as a whole; None where none do."""
    words = re.findall(r"[a-z0-9]+", re.sub(r"\([^)]*\)", " ", heading.casefold().replace("’", "").replace("'", "")))
    if not words or len(words) > _MOST or len(heading) > LONGEST or heading.rstrip().endswith((".", ";")):
        return None
    return next((field for field, form in _FORMS if form.search(" ".join(words))), None)


def fields_of(labels: Sequence[str], told: Told | None = None, below: Sequence[Row] = ()) -> list[str | None]:
    """The field of each column, by its heading and by what it holds. A second column of one field is kept as printed; an owner
    may be called lead.

    below: the rows under the headings.
    """
    answer = (told or {}).get(shape_of(labels))
    if answer is not None:
        return [(answer[n] or None) if n < len(answer) else None for n in range(len(labels))]
    found: list[str | None] = [_held(field_of(label), n, below) for n, label in enumerate(labels)]
    found = [None if field in found[:n] else field for n, field in enumerate(found)]
    for n, label in enumerate(labels):
        if found[n] is None and label and field_of(label) not in ("reference",):
            field = _held(spoken_of(label), n, below)
            found[n] = None if field in found else field
    if "owner" not in found and "lead" in found:
        found[found.index("lead")] = "owner"
    if "activity" not in found and "objective" in found:
        found[found.index("objective")] = "activity"
    if "activity" not in found:  # what a list is of may be called by no more than that
        named = (n for n, label in enumerate(labels) if found[n] is None and _NAMED.match(label.strip()))
        found = [("activity" if n == at else field) for at in [next(named, None)] for n, field in enumerate(found)]
    if "brag" not in found and "state" in found:
        found[found.index("state")] = "brag"
    if "due" not in found and "revised" in found:
        found[found.index("revised")] = "due"
    return found


def _held(field: str | None, n: int, below: Sequence[Row]) -> str | None:
    """The field of a column by what it holds: a status in sentences tells of progress, grades are no priority of a plan."""
    held = [row.texts[n] for row in below[:40] if n < len(row.cells) and row.texts[n]]
    if not held:
        return field
    if field == "brag" and sum(map(len, held)) > _SENTENCE * len(held):
        return "progress"
    if field == "priority" and sum(_GRADE.match(text) is not None for text in held) * 2 >= len(held):
        return None
    if field in ("start", "due", "first_due", "revised", "updated") and not any(map(_TIME.search, held)):
        return None
    return field


def is_header(labels: Sequence[str], told: Told | None = None) -> bool:
    """Three known headings, half of all, with what is done and who, by when, how it stands or how it went.

    Of headings that only speak for a field most must, and for more of what only a plan has.
    """
    texts = [text for text in labels if text]
    if told and len(texts) >= 2 and shape_of(labels) in told:
        return True
    if len(texts) < 3 or any(len(text) > LONGEST for text in texts):
        return False
    found = {field for field in fields_of(texts) if field}
    told_of = found & {"owner", "due", "brag", "progress", "achieved"}
    if "activity" not in found or len(found) < 3 or len(found) * 2 < len(set(texts)) or len(told_of) < 2:
        return False
    wide = len(found) >= 7  # an export has as many columns again that tell nothing
    return surely(texts) or (len(found) >= 4 and (wide or len(found) * 3 >= len(set(texts)) * 2))


def surely(labels: Sequence[str]) -> bool:
    """Whether headings are known as wholes to be those of a plan: three of them, what is done among them."""
    texts = [text for text in labels if text]
    known = {field_of(text) for text in texts} - {None}
    told_of = known & {"owner", "lead", "due", "brag", "progress", "achieved"}
    return bool({"activity", "objective"} & known) and len(known) * 2 >= len(set(texts)) and len(told_of) >= 2


def head_of(rows: Sequence[Row], told: Told | None = None) -> int | None:
    """The row of headings of a table, by its number from 0."""
    return next((n for n, row in enumerate(rows[:SEARCHED]) if row.width and is_header(row.texts, told)), None)
