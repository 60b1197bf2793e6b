"""The forms of words of an auditor's progress report: what begins a report, a recommendation, a part of it. Pure."""

import re
from collections.abc import Sequence
from itertools import pairwise

from candour.kernel.intake.printed import NUMBER

_FLAGS = re.IGNORECASE
OPINION = re.compile(
    r"^(?:overall\s+)?(?:(?:audit |report )?assurance\s+(?:opinion|rating|level|assessment)|audit\s+opinion|level of assurance|"
    r"opinion(?: given)?|assurance(?=\s*[:–-])|overall assessment(?=\s*[:–-])|"
    r"conclusion(?=\s*[:–-]\s*\w+ (?:assurance|opinion)))"
    r"\s*[:–-]?\s*(?P<rest>[A-Za-z/ ]{0,40})$",
    _FLAGS,
)
YEAR = re.compile(r"\b(20)?(\d\d)\s?[/-]\s?(?:20)?(\d\d)\b")
CONTINUED = re.compile(r"\(?\bcontinued\b\)?", _FLAGS)
COLLABORATION = re.compile(r"^collaborat\w+(?: audit)?\s*[:–-]\s*", _FLAGS)
# Words of narrow columns are cut anywhere: "Recommen dation 3 (Priority 2)".
_WORD = r"\s?".join("recommendation")
ANCHOR = re.compile(
    rf"^{_WORD}\s*(?P<number>\d{{1,2}})\s*[:–-]?\s*\((?P<priority>(?:priority|grade)?\s*[\w "
    rf"]{{1,20}})\)\s*(?P<rest>.*)$",
    _FLAGS,
)
INSIDE = re.compile(
    rf"\b{_WORD}\s*(?P<number>\d{{1,2}})\b(?P<between>.{{0,40}}?)\(priority\s*(?P<priority>\w{{1,12}})\)", _FLAGS
)
RAISED = re.compile(r"\brais(?:ed|ing)\b|\bhighlighted\b|\bmade\b", _FLAGS)
BY_NUMBER = re.compile(rf"\b(?P<number>{NUMBER})\s+prior(?:it)?y\s+(?P<priority>\d|high|medium|low)\b", _FLAGS)
BY_NAME = re.compile(
    rf"\b(?P<number>{NUMBER})\s+(?P<name>fundamental|significant|housekeeping|high|medium|low|"
    rf"merits attention)\b",
    _FLAGS,
)
BRIEFLY = re.compile(
    r"\balso raised\b.*\brecommendations?\b|\bhousekeeping (?:nature|recommendations?|"
    r"points?)\b.*:$",
    _FLAGS,
)
AGREED = re.compile(r"^management (?:has |have )?(?:agreed|accepted)\b", _FLAGS)
ISSUED = re.compile(r"\bissued\b.*\bfollowing\b.*\breports?\b|\bfollowing\b.*\breports?\b.*\bissued\b", _FLAGS)
LISTED = re.compile(r"^(?P<title>.{3,90}?)\s*[(–-]\s*(?P<opinion>[A-Za-z/ ]{2,30})\)?$")
REPEAT = re.compile(
    r"\brepeat(?:ed)? (?:from|of) (?:the |an? )?(?P<what>[^\].;]{4,90})|\bprevious "
    r"(?P<audit>[A-Z][\w &-]{3,60}?) audit\b[^.]{0,50}?\bin (?P<when>[A-Z][a-z]+ "
    r"20\d\d)\b[^.]{0,40}\((?P<ref>\d[\d.]*)\)",
    _FLAGS,
)
_AUDITOR = re.compile(
    r"^auditor\s*[:–-]\s*(?P<own>.{2,80})$|\b(?:prepared|provided|delivered|performed|undertaken)\s+by\s+"
    r"(?P<name>(?-i:[A-Z])[\w’'.&-]*(?:\s+(?-i:&|[A-Z][\w’'.&-]*)){0,4})",
    _FLAGS,
)
# What stands between the heading of a report and its opinion: its reference, and the day on which it was issued.
KNOWN_BY = re.compile(r"^reference\s*:\s*(?P<reference>.{1,60})$|^final report issued on (?P<day>.{6,30})$", _FLAGS)
_PARTS = {
    "finding": "finding findings observation observations",
    "risk": "risk risks implication implications riskandimplication",
    "response": "response responses managementresponse responseresponse managementcomments",
    "timescale": "responsibility responsibility/timescale timescale responsibilityandtimescale responsibleofficer "
    "owner/timescale responsibilities",
    "text": "recommendation",
    "register": "reference",
    "status": "status",
}
_PART_OF = {word: part for part, words in _PARTS.items() for word in words.split()}


def part_of(words: str) -> str | None:
    """finding, risk, response, timescale, register, status, text for a line that is only the label of one, however cut."""
    if len(words) > 45:
        return None
    key = re.sub(r"\s|\(continued\)|[:–-]$", "", words.casefold())
    return _PART_OF.get(key)


def year_of(words: str) -> str | None:
    """2022/23 from "22/23", "2022/23" or "2022/2023"; None where no year of the kind is printed."""
    found = YEAR.search(words)
    if not found or (int(found[2]) + 1) % 100 != int(found[3]):
        return None
    return f"20{found[2]}/{found[3]}"


# What an auditor's own numbering looks like behind a title: "Vetting (2.25/26)", "Payroll - 03/24-25", "Fleet (IA2425-07)".
_NUMBERED = re.compile(
    r"\s*[-–(\[]\s*(?P<reference>\d{1,3}[./]\d\d\s?[/-]\s?\d\d|[A-Z]{2,6}[-/ ]?\d[\w./-]{1,12})\s*[)\]]?$"
)


def numbered(words: str) -> tuple[str, str]:
    """(title, the auditor's number behind it, "" where none is printed) of the cell that names an audit."""
    found = _NUMBERED.search(words)
    return (words[: found.start()].strip(), found["reference"]) if found and found.start() else (words.strip(), "")


def title_of(words: str) -> tuple[str, str | None, bool]:
    """(title without year and mark of continuation, year, whether it is a collaboration's) of the heading of a report."""
    words = numbered(words)[0]
    year = year_of(words)
    plain = CONTINUED.sub("", YEAR.sub("", words) if year else words)
    shared = COLLABORATION.match(plain.strip())
    plain = COLLABORATION.sub("", plain.strip())
    return re.sub(r"\(\s*\)", "", plain).strip(" :–-*#"), year, bool(shared)


def auditor_of(lines: Sequence[str]) -> str:
    """Who wrote a progress report, as it says itself: what follows "prepared by", or "Auditor:"; "" where it does not say."""
    for line, following in pairwise([*lines, ""]):
        if re.fullmatch(r"auditor\W*", line, _FLAGS):  # a fact in two cells
            return following.strip(" .")
        if found := _AUDITOR.search(line):
            return str(found["own"] or found["name"]).strip(" .")
    return ""
