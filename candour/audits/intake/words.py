"""The words of auditors: opinions, priorities, outcomes. No list of them is national, so forms are read, not names. Pure."""

import re
from dataclasses import dataclass

_OPINION = re.compile(
    r"^(?:overall\s+)?(?:(?:assurance\s+)?opinion\s*[:–-]\s*)?(?P<word>[A-Za-z]{2,20}(?:\s[A-Za-z]{2,20})?)\s+"
    r"(?:assurance|opinion|level of assurance)\b\W*$",
    re.IGNORECASE,
)
_PART = re.compile(r"[^()\[\]|;,–—]+?(?=\s-\s|[()\[\]|;,–—]|$)")
_FINER = re.compile(r"[^()\[\]|;,:–—]+?(?=\s-\s|[()\[\]|;,:–—]|$)")
_GIVEN = re.compile(
    r"^(?:overall )?(?:audit |assurance )?(?:opinion|assurance|assurance (?:level|rating)|level of assurance)\s*[:-]\s*"
    r"(?P<word>[A-Za-z]{2,20}(?: [A-Za-z]{2,14})?)(?: assurance| opinion)?$",
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
# Words that grade only where a value stands alone: they open no recommendation in running text.
_VALUE_WORDS = (
    "very low|extreme|severe|opportunity|improvement|needs attention|good practice|value for money|enhancement|oem|"
    "operational effectiveness matters?|grade ?[a-e]|level ?[1-5]|category ?[1-5a-e]"
)
_PRIORITY = re.compile(
    rf"^(?:(?:priority|grade|rating|level|category|risk)\b\W*)?(?P<word>{_VALUE_WORDS}|{PRIORITY_WORDS})"
    r"(?:\s*\((?P<name>[^()]+)\)|\s*[–:-]\s*(?P<called>[A-Za-z][A-Za-z ]{2,30}))?(?:\s+(?:priority|risk))?\W*$",
    re.IGNORECASE,
)
_ORDERED = re.compile(r"^\(?\d\)?[\s.:–-]+(?=[A-Za-z])")  # "(1) High": a choice of a list
_LETTERS = {"h": "High", "m": "Medium", "l": "Low", "vh": "Very high", "c": "Critical", "med": "Medium"}
# A status that is not yet what it names: "75% complete", "to be closed in May".
_NOT_YET = re.compile(
    r"\bnot (?:yet )?(?:closed|complete[d]?)\b|\bpropos|\b(?:part(?:ly|ially)?|nearly|almost|mostly|substantially|to be|"
    r"will be|should be|due to be|expected to be|until|once|before|(?:[1-9]|[1-9]\d)\s?%)\s+(?:complete[d]?|closed|done)\b|"
    r"\b(?:recommended|requested|submitted|ready)\b.{0,20}\bclos",
    re.IGNORECASE,
)
_OUTCOMES = (
    ("not_accepted", r"\bnot (?:accepted|adopted|agreed)\b|\brejected\b|\bdeclined\b"),
    ("superseded", r"\bsuperseded?\b|\breplaced by\b|\bno longer (?:applicable|relevant|required)\b"),
    ("risk_accepted", r"\brisk (?:is |was |has been )?(?:accepted|tolerated)\b|\btolerated\b"),
    ("not_implemented", r"\bnot (?:yet )?implemented\b"),
    ("partly_implemented", r"\bpart(?:ly|ially)? implemented\b|\bimplemented in part\b"),
    ("implemented", r"\bimplemented\b"),
    ("closed", r"\bclosed?\b|\bcomplete[d]?\b|\bdischarged\b|^\W*(?:done|actioned|cleared)\b"),
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


def opinion_among(text: str) -> tuple[str, str]:
    """(opinion, the text without it) of a title that holds one: "Payroll (Limited assurance)", "Fleet – Opinion: Reasonable".

    ("", the text) where it holds none.
    """
    for found in (*_PART.finditer(text), *_FINER.finditer(text)):
        part = found[0].strip(" -")
        word = read_opinion(part) or ((match := _GIVEN.match(part)) and match["word"].strip().capitalize())
        if word or ADVISORY.fullmatch(part):
            rest = f"{text[: found.start()]} | {text[found.end() :]}"
            return word or part.capitalize(), rest
    return "", text


def opinion_word(text: str) -> str | None:
    """The opinion of a value cell: "Moderate", "Limited Assurance", "Advisory"; None where it gives none."""
    words = text.strip().strip(".:")
    if ADVISORY.search(words) or not words or len(words) > 40:
        return None
    return read_opinion(words) or words.capitalize()


def read_priority(text: str) -> Priority | None:
    """The priority of a value: "High", "Medium Priority", "Priority 2 (Significant)", "3 (Housekeeping)"."""
    if letters := _LETTERS.get(text.strip(" .").casefold()):
        return Priority(letters, "", text.strip())
    found = _PRIORITY.match(text.strip()) or _PRIORITY.match(_ORDERED.sub("", text.strip()))
    if not found:
        return None
    word = re.sub(r"^(?:(?:priority|grade|level|category) ?|p(?=\d))", "", found["word"], flags=re.IGNORECASE)
    word = word if word == "OEM" else word.capitalize()
    return Priority(word, (found["name"] or found["called"] or "").strip().capitalize(), text.strip())


def read_outcome(text: str) -> str | None:
    """closed, not_accepted, superseded, risk_accepted, implemented ... from the words of a status; None where it is open."""
    if _NOT_YET.search(text):
        return None
    return next((name for name, pattern in _OUTCOMES if re.search(pattern, text, re.IGNORECASE)), None)
