"""What the audit of a table is, from what stands above it: a heading, a line beside it, the name of its sheet. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from candour.audits.intake.days import due_days, without
from candour.audits.intake.words import ADVISORY, opinion_among, read_priority
from candour.kernel.intake.document import NOWHERE, Document, Paragraph, Place, Table

from .entries import Audit
from .labels import heading_of
from .sources import source_of

_CUTS = re.compile(r"(\s*[|()\[\]–—]+\s*|\s+-\s+|[;,]\s+)")
_BESIDE_DAY = re.compile(
    r"\b(?:final|draft|audit|report|reports|issued|published|dated?|date|of|on|in|the|month|reported|year)\b|[\W_]",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"^(?:(?:appendix|annex|section|part|table)\s+[A-Z0-9]{1,3}\b[:.\s–-]*)?(?:\d{1,2}(?:\.\d{1,2})*[.)]?\s+)?"
    r"(?:(?P<named>(?:internal )?audit(?: title| area| name)?|report(?: title)?|review(?: title| area)?|audit report|"
    r"assignment|engagement|project)\s*[:–-]\s*|"
    r"(?:internal )?(?:audit|review) of\s+(?:the\s+)?)?",
    re.IGNORECASE,
)
_TRAILS = re.compile(
    r"\s*[–:-]?\s*\b(?:audit )?(?:recommendations?|action plan|agreed actions?)(?: tracker| table)?\W*$", re.IGNORECASE
)
_GENERAL_WORDS = (
    "a action actions agreed all and annex appendix area areas as at audit audits b c cause causes closed closure "
    "committee complete completed concern contents current d dashboard data date detail details due e external f "
    "final follow for force fire from full further high hmicfrs implementation implemented improvement in "
    "inspection internal joint key last list live log low made main management master medium meeting monitoring new "
    "not of office on open opcc our outstanding overdue overview panel plan police position previous priority "
    "progress proposed quarter quarterly rag rec recommendation recommendations recs register report reporting "
    "reports risk schedule section sheet since status summary superseded table the to total tracker tracking tables "
    "update updates up year sheet1 sheet2 sheet3 period month annual board introduction below following set out are "
    "is these this with by each raised issued grading purpose background"
)
_GENERAL = frozenset(_GENERAL_WORDS.split())
_ENDED = re.compile(r"\b(?:closed|completed?|implemented|superseded|discharged)\b", re.IGNORECASE)
_NOT_ENDED = re.compile(r"\b(?:open|outstanding|overdue|not|in progress|live|status|all|and)\b", re.IGNORECASE)
_CODE = re.compile(r"^\d{1,3}\.\d\d\s?[/-]\s?\d\d$")
_PROPOSED = re.compile(r"\b(?:propos\w+|recommended|request\w*|submitted)\b.{0,25}\bclos", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?:recommendation|rec|action|finding)\s+(?:no\.?\s*)?[A-Z]{0,4}[-/ ]?\d", re.IGNORECASE)
_OWNED = re.compile(
    r"^(?:(?:action|responsible|accountable|lead|strategic|business|executive) )?(?:owner|officer|lead|manager|director)s?"
    r"\s*[:–-]\s*(?P<who>[A-Z].{2,60})$",
    re.IGNORECASE,
)
# "Partially implemented" over rows is the status of each of them.
_PARTLY = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]?\s+|recommendations?\s+)?(?P<how>(?:part(?:ly|ially)|not(?: yet)?)\s+"
    r"(?:implemented|completed?|closed))(?:\s+recommendations?)?\W*$",
    re.IGNORECASE,
)
_NEAR, _LONG = 6, 110  # lines above a table that may name its audit, and signs of one


@dataclass(frozen=True)
class Above:
    """What stands over a table. sure: it says that it is an audit, by an opinion, a month or its own word."""

    audit: Audit = field(default_factory=Audit)
    sure: bool = False
    status: str = ""
    source: str | None = None
    priority: str = ""
    owner: str = ""  # who answers for all of the table
    title: str = ""  # the line directly above, where it names one recommendation


def audit_from(text: str, place: Place = NOWHERE) -> tuple[Audit, bool]:
    """(the audit that a line names, whether it says so): "Payroll (Limited assurance) – March 2025"."""
    opinion, rest = opinion_among(text)
    date = date_text = ""
    kept: list[str] = []
    parts = _CUTS.split(rest)
    for n in range(0, len(parts), 2):
        days = due_days(parts[n])
        if _CODE.match(parts[n].strip()):  # the auditor's own number of it: "Payroll (3.24/25)"
            continue
        if days and days[-1].date and not _BESIDE_DAY.sub("", without(parts[n], days)):
            date, date_text = days[-1].date[:7], parts[n].strip()
        elif parts[n].strip():
            kept += [parts[n - 1] if n and kept else "", parts[n]]
    words = "".join(kept).strip(" |–—-:;,")
    leads = _LEADS.match(words)
    title = _TRAILS.sub("", words[leads.end() :] if leads else words).strip(" |–—-:;,(")
    said = bool(opinion or date or (leads and leads["named"]))
    title = title.rstrip(" )") if title.count(")") > title.count("(") else title
    advisory = bool(ADVISORY.search(opinion))
    audit = Audit(title, "", None if advisory else opinion or None, opinion, date or None, date_text, place)
    return audit, said


def tells(title: str) -> bool:
    """Whether a title says more than that recommendations follow."""
    words = re.findall(r"[A-Za-z][\w’'&-]*", title.casefold())
    return any(word not in _GENERAL for word in words)


def above_tables(document: Document) -> dict[Place, Above]:
    """What stands over each table, by the place of its first row."""
    found: dict[Place, Above] = {}
    stack: list[Paragraph] = []
    under: dict[int, list[str]] = {}  # the lines between each heading of the stack and what follows it, by its level
    since: list[Paragraph] = []
    last = Above()
    for block in document.blocks:
        if isinstance(block, Paragraph):
            numbers = (
                bool(_NUMBERED.match(block.text)) and len(block.text) <= _LONG
            )  # it heads one, not the audit of all
            since = [block] if block.kind == "heading" and not numbers else [*since, block]
            if block.kind == "heading" and not numbers:
                while stack and stack[-1].level >= block.level:
                    under.pop(stack.pop().level, None)
                stack.append(block)
                under[block.level] = []
            elif stack and not numbers and len(under[stack[-1].level]) < _NEAR:
                under[stack[-1].level].append(block.text)
            continue
        if since or (block.rows and block.rows[0].place.sheet != _sheet(last)):
            last = _above(block, since, stack, under)
        if block.rows:
            found[block.rows[0].place] = last
        since = []
    return found


def _sheet(above: Above) -> str:
    return above.audit.place.sheet


def _above(
    table: Table, since: Sequence[Paragraph], stack: Sequence[Paragraph], under: Mapping[int, Sequence[str]]
) -> Above:
    place = table.rows[0].place if table.rows else NOWHERE
    near = [one for one in since[-_NEAR:] if len(one.text) <= _LONG and not _NUMBERED.match(one.text)]
    said = [one for one in near if not one.text.rstrip().endswith((".", ";"))]
    candidates = [*(one for one in reversed(said) if one.kind != "heading"), *reversed(stack)]
    words = [one.text for one in candidates] + ([place.sheet] if place.sheet else [])
    best, sure = Audit(place=replace(NOWHERE, sheet=place.sheet)), False
    for text in words:
        audit, says = audit_from(text, place)
        if tells(audit.title) and not heading_of(audit.title) and not _sentence(audit.title):
            best, sure = audit, says
            break
    named = next((one for one in stack if best.title and audit_from(one.text)[0].title == best.title), None)
    beneath = [text for text in under.get(named.level, ()) if len(text) <= _LONG] if named else []
    for text in [*words, *beneath]:
        best, more = _with_facts(best, text)
        sure = sure or more
    titles = [*(one.text for one in reversed(stack)), place.sheet, *(one.text for one in said)]
    nearest = since[-1].text if since and len(since[-1].text) <= 2 * _LONG else ""
    title = nearest if heading_of(nearest) or _NUMBERED.match(nearest) else ""
    source = next(filter(None, map(source_of, titles)), None)
    grade = next(filter(None, map(grade_of, titles)), "")
    owner = next(filter(None, map(owner_in, titles)), "")
    best = replace(best, title="") if owner and owner_in(best.title) else best
    return Above(best, sure and bool(best.title), status_in(titles), source, grade, owner, title)


def _sentence(title: str) -> bool:
    return len(title.split()) > 12 or bool(
        re.match(r"^(?:the|this|these|we|it|there|a)\b.*\b(?:is|are|was|were|has|have|shows?)\b", title, re.IGNORECASE)
    )


def _with_facts(audit: Audit, text: str) -> tuple[Audit, bool]:
    """The audit with an opinion or month that another line gives: "Assurance opinion: Limited", "Issued: March 2025"."""
    other, _says = audit_from(
        text.replace(": ", " – ") if re.search(r"issued|report|date", text, re.IGNORECASE) else text
    )
    if tells(other.title) and other.title != audit.title:
        return audit, False
    if other.opinion_text and not audit.opinion_text:
        audit = replace(audit, opinion=other.opinion, opinion_text=other.opinion_text)
    if other.date and not audit.date and audit.title:
        audit = replace(audit, date=other.date, date_text=other.date_text)
    return audit, bool(other.opinion_text or other.date)


def grade_of(title: str) -> str:
    """The priority that a heading over recommendations names: "High priority recommendations"; "" where it names none."""
    plain = re.sub(
        r"\b(?:recommendations?|actions?|rated|graded|audit|outstanding|open|priority)\b",
        " ",
        title,
        flags=re.IGNORECASE,
    )
    read = read_priority(" ".join(plain.split()).strip(" :–-"))
    numbered = re.match(r"^priority\s+[1-5]\b", title.strip(), re.IGNORECASE)
    return "" if read is None or (read.word.isdigit() and not numbered) else read.word


def owner_in(title: str) -> str:
    """Who a heading says that all below it belongs to: "Owner: ACC Crime"; "" where it says nothing of it."""
    found = _OWNED.match(title)
    return found["who"].strip() if found else ""


def status_in(titles: Sequence[str]) -> str:
    """How the recommendations of a table ended, where the nearest heading says so: "Closed since the last meeting"."""
    for text in titles:
        if _PROPOSED.search(text):
            return "Proposed closed"
        if found := _PARTLY.match(text):
            return found["how"].capitalize()
        if (found := _ENDED.search(text)) and not _NOT_ENDED.search(text):
            return found[0].capitalize()
    return ""
