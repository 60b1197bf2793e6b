"""The words of auditors: opinions, priorities, outcomes. No list of them is national, so forms are read, not names. Pure."""

import re
from dataclasses import dataclass

_OPINION = re.compile(
    r"^(?:overall\s+)?(?:(?:assurance\s+)?opinion\s*[:–-]\s*)?(?P<word>[A-Za-z]{2,20}(?:\s[A-Za-z]{2,20})?)\s+"
    r"(?:assurance|opinion|level of assurance)\b\W*$",
    re.IGNORECASE,
)
_NO_OPINION_WORDS = {
    "overall",
    "of",
    "the",
    "levels",
    "an",
    "our",
    "internal",
    "audit",
    "your",
    "definitions",
    "assurance",
}
ADVISORY = re.compile(r"\badvisory\b|\bno opinion\b|^n/?a$", re.IGNORECASE)
# The words that auditors grade recommendations with; figures beside them.
PRIORITY_WORDS = (
    "critical|very high|high|medium|low|urgent|important|routine|essential|desirable|significant|fundamental|major|"
    "moderate|minor|housekeeping|advisory|merits attention|best practice|priority ?[1-5]|[1-5]|red|amber|green|p[1-5]"
)
_PRIORITY = re.compile(
    rf"^(?:priority\W*)?(?P<word>{PRIORITY_WORDS})(?:\s*\((?P<name>[^()]+)\))?(?:\s+priority)?\W*$", re.IGNORECASE
)
_OUTCOMES = (
    ("not_accepted", r"\bnot (?:accepted|adopted|agreed)\b|\brejected\b|\bdeclined\b"),
    ("superseded", r"\bsuperseded?\b|\breplaced by\b|\bno longer (?:applicable|relevant|required)\b"),
    ("risk_accepted", r"\brisk (?:is |was |has been )?(?:accepted|tolerated)\b|\btolerated\b"),
    ("not_implemented", r"\bnot (?:yet )?implemented\b"),
    ("partly_implemented", r"\bpart(?:ly|ially)? implemented\b|\bimplemented in part\b"),
    ("implemented", r"\bimplemented\b"),
    ("closed", r"\bclosed?\b|\bcomplete[d]?\b|\bdischarged\b"),
)


@dataclass(frozen=True)
class Priority:
    """High, or 1 with its name Fundamental; text as printed."""

    word: str
    name: str = ""
    text: str = ""


def read_opinion(line: str) -> str | None:
    """Satisfactory from "SATISFACTORY ASSURANCE" or "Limited opinion"; None for any other line."""
    found = _OPINION.match(line.strip())
    if not found or set(found["word"].casefold().split()) & _NO_OPINION_WORDS or len(line) > 60:
        return None
    return found["word"].capitalize()


def opinion_word(text: str) -> str | None:
    """The opinion of a value cell: "Moderate", "Limited Assurance", "Advisory"; None where it gives none."""
    words = text.strip().strip(".:")
    if ADVISORY.search(words) or not words or len(words) > 40:
        return None
    return read_opinion(words) or words.capitalize()


def read_priority(text: str) -> Priority | None:
    """The priority of a value: "High", "Medium Priority", "Priority 2 (Significant)", "3 (Housekeeping)"."""
    found = _PRIORITY.match(text.strip())
    if not found:
        return None
    word = re.sub(r"^(?:priority ?|p(?=\d))", "", found["word"], flags=re.IGNORECASE)
    return Priority(word.capitalize(), (found["name"] or "").strip().capitalize(), text.strip())


def read_outcome(text: str) -> str | None:
    """closed, not_accepted, superseded, risk_accepted, implemented ... from the words of a status; None where it is open."""
    if re.search(r"\bnot (?:yet )?(?:closed|complete[d]?)\b|\bpropos", text, re.IGNORECASE):
        return None
    return next((name for name, pattern in _OUTCOMES if re.search(pattern, text, re.IGNORECASE)), None)
