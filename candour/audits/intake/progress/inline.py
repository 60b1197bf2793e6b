"""What one line of a report holds whole: a label with its words, counts by priority, what ends the reports. Pure."""

import re

from candour.audits.intake.words import read_priority
from candour.kernel.intake.lines import Line

from .labels import part_of

_LABELLED = re.compile(r"^(?P<label>[A-Z][^:.?]{2,44}?)\s*:\s*(?P<rest>\S.*)$")
_WHO = re.compile(
    r"^(?:(?:responsible|action|accountable|lead) )?(?:officer|owner|manager|person|lead|post)s?(?: responsible)?$|"
    r"^(?:responsible|responsibility|by whom)$",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"^(?:(?:agreed|original|target|implementation|completion|due|action) )*(?:date|deadline|timescale|target|due)s?"
    r"(?: for (?:implementation|completion))?$",
    re.IGNORECASE,
)
_OTHERS = {
    "response": re.compile(
        r"^(?:initial )?(?:management|client|agreed|auditee)(?:['’]s)? (?:response|comments?|actions?)$", re.IGNORECASE
    ),
    "finding": re.compile(r"^(?:key |audit )?(?:finding|observation|issue|weakness)s?$", re.IGNORECASE),
    "risk": re.compile(r"^(?:risk|implication)s?(?: and implications?)?$", re.IGNORECASE),
    "text": re.compile(r"^(?:agreed )?recommendation$", re.IGNORECASE),
}
_GRADE = r"[A-Za-z][A-Za-z ]{0,22}?(?: ?[1-5])?"
_PAIRS = (
    re.compile(rf"(?P<grade>{_GRADE})\s*[:=–-]\s*(?P<number>\d{{1,3}}|nil|none)\b[\s,;|]*", re.IGNORECASE),
    re.compile(
        rf"(?P<number>\d{{1,3}}|nil|no)\s+(?P<grade>{_GRADE})(?: priority)?(?:[,;|]\s*|\s+and\s+|\W*$)", re.IGNORECASE
    ),
)
_LED = re.compile(
    r"^(?:(?:number of )?(?:recommendations?|actions?)(?: (?:made|raised|agreed|by priority))?\s*[:–-]\s*)",
    re.IGNORECASE,
)
# A section that follows the reports, by what it is about.
_SECTION = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]?\s+)?(?:(?:internal )?audit )?(?:plan|key performance|performance|definitions?|next steps|"
    r"work in progress|audits? in progress|remaining audits?|progress against|other (?:work|matters)|follow[- ]?up|"
    r"conclusions?)\b",
    re.IGNORECASE,
)


def labelled(words: str) -> tuple[str, str] | None:
    """(the part, its words) of a line that begins with its label: "Management response: Agreed."; None of any other."""
    found = _LABELLED.match(words)
    if not found:
        return None
    label = found["label"].strip()
    if _WHO.match(label) or _WHEN.match(label):
        return "timescale", found["rest"].strip()
    part = next((name for name, form in _OTHERS.items() if form.match(label)), None) or part_of(label)
    return (part, found["rest"].strip()) if part else None


def counts_in(words: str) -> dict[str, int]:
    """The counts of a line that holds nothing else: "High: 0 Medium: 1 Low: 1", "2 High, 3 Medium"; {} of any other."""
    said = _LED.sub("", words.strip(" ."))
    for form in _PAIRS:
        hits = list(form.finditer(said))
        read = [read_priority(hit["grade"].strip()) for hit in hits]
        if len(hits) > 1 and all(read) and not form.sub("", said).strip(" ,;|"):
            return {
                one.word: int(hit["number"]) if hit["number"].isdigit() else 0
                for one, hit in zip(read, hits, strict=True)
                if one
            }
    return {}


def ends_reports(line: Line) -> bool:
    """Whether a line heads a section that is no report."""
    heads = line.kind == "heading" or bool(line.number and line.words.isupper())
    return heads and len(line.words) <= 80 and bool(_SECTION.match(line.words))
