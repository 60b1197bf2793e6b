"""The headings of a table of audits, in one row or two: which column names the audit, its stages, its opinion, its
counts. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from candour.audits.intake.words import opinion_word, read_priority
from candour.kernel.intake.document import Row

# A heading names the audit where it has one of the first words and, beside it, only some of the second.
_CORE_WORDS = (
    "audit audits auditable review reviews assignment assignments engagement engagements area areas "
    "project projects job system systems subject topic title report reports"
)
_CORE = frozenset(_CORE_WORDS.split())
_BESIDE_WORDS = (
    "internal planned name of title the key core proposed for in plan activity work area issued individual and or "
    "collaborative collaboration joint regional scheduled agreed"
)
_BESIDE = frozenset(_BESIDE_WORDS.split())
# Words that need no more columns to tell a plan: "Subject" beside "Progress of ..." is a fact of the paper.
_SURE_WORDS = (
    "audit audits auditable review reviews assignment assignments engagement engagements report reports area areas"
)
_SURE = frozenset(_SURE_WORDS.split())
_STRONG_WORDS = "audit audits review reviews assignment assignments engagement engagements"
_STRONG = frozenset(_STRONG_WORDS.split())
_STAGES = (
    ("terms_of_reference", r"terms of reference|\btor\b|\bapm\b|\bbrief\b|scop(?:e|ing)|planning"),
    (
        "fieldwork",
        r"fieldwork|\bstart|\bquarter$|\bqtr$|^timing$|^planned (?:for|timing|quarter|date|month)$|^(?:proposed|indicative|"
        r"planned|scheduled) (?:timing|date|month)$|^month$|on[- ]?site|^testing$",
    ),
    ("exit_meeting", r"exit|close-?out|debrief|closing meeting|wash[- ]?up"),
    ("draft_report", r"draft"),
    ("response", r"response"),
    ("final_report", r"final|^report(?:ing)?(?: issued)?$"),
    ("meeting", r"target|committee|panel|jarap|jarac|\bjac\b|meeting|board"),
)
ORDER = tuple(name for name, _form in _STAGES)
_COLUMNS = {
    "forces": r"^(?:forces?\b|bodies\b|organisations?\b|partners?\b)",
    "days": r"\bdays\b",
    "reference": r"^(?:audit |job |assignment |plan |report )?(?:ref(?:erence)?|no|number|id|code)\b",
}
_STATUS = re.compile(r"status|progress|position|^(?:current )?stage$|^state$", re.IGNORECASE)
_SAID = re.compile(
    r"comments?|\bnotes?\b|commentary|remarks?|narrative|\bupdate\b|^reasons?\b|^further information", re.IGNORECASE
)
_OPINION = re.compile(
    r"opinion|assurance|^(?:overall |report |audit )?(?:rating|evaluation|conclusion)\b", re.IGNORECASE
)
_HALF = re.compile(
    r"^(?:control |controls? )?(?:design|effectiveness|compliance|result|outcome|grading|grade)\b", re.IGNORECASE
)
_OF_OPINION_WORDS = (
    "substantial significant full high strong good adequate reasonable moderate satisfactory some partial "
    "limited minimal weak low no nil unsatisfactory inadequate advisory"
)
_OF_OPINION = frozenset(_OF_OPINION_WORDS.split())
_ASKED = re.compile(r"^(?:agreed |audit )?(?:recommendations?|actions? required|findings?)\W*$", re.IGNORECASE)
_COUNTED = re.compile(
    r"^(?:(?:no|number)\W* of )?(?P<word>.+?)(?: (?:recommendations?|recs?|actions?|findings?|issues))?\W*$",
    re.IGNORECASE,
)
_ACTUAL = re.compile(r"\bactual\b|\breached\b", re.IGNORECASE)
_SIGNS = 45  # of the longest lower heading


@dataclass(frozen=True)
class Head:
    """The columns of a table of audits, by their numbers from 0. rows: how many rows the headings take.

    actual: columns that hold the day on which a stage was reached where another holds the day planned. labels: of each column.
    """

    title: int
    stages: Mapping[int, str]
    actual: frozenset[int]
    status: int | None
    said: Sequence[int]
    opinions: Sequence[int]
    counts: Mapping[int, str]
    columns: Mapping[str, int | None]
    labels: Sequence[str]
    rows: int = 1

    @property
    def plans(self) -> bool:
        told = self.status is not None or bool(self.said)
        return len(self.stages) >= 2 or told or (bool(self.stages) and self.columns["days"] is not None)

    @property
    def grades(self) -> bool:
        return bool(self.opinions) and (bool(self.counts) or not self.plans or len(self.stages) < 7)

    @property
    def counts_only(self) -> bool:
        """A table that only counts recommendations by audit."""
        return len(self.counts) >= 2 and not self.plans and not self.opinions


def head_at(rows: Sequence[Row], n: int) -> Head | None:
    """The headings that begin at a row, with the row below where that heads parts of what it spans; None where there
    are none."""
    labels = [text.rstrip(" :") for text in rows[n].texts[: rows[n].width]]
    one = _head(labels, rows[n + 1 :])
    lower = _lower(rows[n], rows[n + 1]) if n + 1 < len(rows) else None
    both = _head(lower, rows[n + 2 :], taken=2) if lower else None
    if both and (one is None or _known(both) >= _known(one)):
        return both
    return one


def _known(head: Head) -> int:
    return len(head.stages) + len(head.counts) + len(head.opinions) + len(head.said) + (head.status is not None)


def _lower(upper: Row, below: Row) -> list[str] | None:
    """The labels of two rows of headings as one row; None where the lower row is no heading."""
    filled = [k for k, text in enumerate(below.texts) if text]
    if not upper.cells:
        return None
    if len(filled) < 2 or (below.texts[0] and below.cells[0].rows != 0 and below.texts[0] != upper.texts[0]):
        return None
    heads = all(len(below.texts[k]) <= _SIGNS and not re.search(r"\d{2}", below.texts[k]) for k in filled)
    spanned = any(k < len(upper.cells) and (not upper.texts[k] or upper.cells[k].columns > 1) for k in filled)
    if not heads or not spanned:
        return None
    wide = max(upper.width, below.width)
    return [below.texts[k] if k in filled else upper.texts[k] if k < len(upper.cells) else "" for k in range(wide)]


def is_title(text: str) -> bool:
    """Whether a heading names the audit: "Audit", "Name of review", "Planned audit assignment"."""
    words = re.findall(r"[a-z]+", re.sub(r"\([^()]*\)", " ", text.casefold()))
    return bool(set(words) & _CORE) and set(words) <= _CORE | _BESIDE and len(words) <= 6


def _head(texts: Sequence[str], below: Sequence[Row], taken: int = 1) -> Head | None:
    named = [k for k, text in enumerate(texts[:5]) if is_title(text)]
    title = next((k for k in named if set(re.findall(r"[a-z]+", texts[k].casefold())) & _STRONG), None)
    title = title if title is not None else next(iter(named), None)
    if title is None:
        return None
    sure = bool(set(re.findall(r"[a-z]+", texts[title].casefold())) & _SURE)
    if len(texts) < (2 if sure else 3):
        return None
    others = [k for k in range(len(texts)) if k != title and texts[k]]
    if any(_ASKED.match(texts[k]) and _sentences(below, k) for k in others):
        return None
    counts = {k: word for k in others if (word := _grade(texts[k]))}
    opinions = [
        k for k in others if k not in counts and (_OPINION.search(texts[k]) or _holds_opinions(texts[k], below, k))
    ]
    told = [k for k in others if _STATUS.search(texts[k]) and k not in counts]
    status = next(iter(told), None)
    said = [k for k in others if k not in opinions and k != status and (k in told or _SAID.search(texts[k]))]
    if status is None and said:
        status, said = said[0], said[1:]
    rest = [k for k in others if k not in counts and k not in opinions and k != status and k not in said]
    stages = {k: name for k in rest for name, form in reversed(_STAGES) if re.search(form, texts[k], re.IGNORECASE)}
    stages = {k: _stage(texts[k]) for k in stages}
    columns = {
        name: next((k for k in others if k not in stages and re.search(form, texts[k], re.IGNORECASE)), None)
        for name, form in _COLUMNS.items()
    }
    twice = {k for k, name in stages.items() if _ACTUAL.search(texts[k]) and list(stages.values()).count(name) > 1}
    return Head(title, stages, frozenset(twice), status, said, opinions, counts, columns, texts, taken)


def _stage(label: str) -> str:
    return next(name for name, form in _STAGES if re.search(form, label, re.IGNORECASE))


def _sentences(below: Sequence[Row], k: int) -> bool:
    held = [row.texts[k] for row in below[:20] if k < len(row.cells) and row.texts[k]]
    return sum(len(text.split()) >= 4 for text in held) * 2 > len(held) > 0


def _grade(label: str) -> str:
    """The grade that a column counts: "High", "P1", "No. of medium recommendations"; "" for any other heading."""
    text = label.rstrip(" :")
    read = read_priority(text) or ((found := _COUNTED.match(text)) and read_priority(found["word"]))
    return read.word if read else ""


def _holds_opinions(label: str, below: Sequence[Row], k: int) -> bool:
    if not _HALF.match(label):
        return False
    held = [row.texts[k] for row in below[:30] if k < len(row.cells) and row.texts[k]]
    words = [(opinion_word(text) or text).casefold() for text in held]
    return bool(held) and sum(word in _OF_OPINION for word in words) * 5 >= len(held) * 4
