"""Which field a printed heading or label stands for: by synonyms, and by qualifier and base for scores. Pure."""

import re
from functools import lru_cache

from .grammar import composed
from .known_labels import SAME

_EXACT = {name: field for field, names in SAME.items() for name in names.split("|")}


def _words(by_field: dict[str, str]) -> dict[str, str]:
    return {word: field for field, words in by_field.items() for word in words.split()}


_BASES = _words(
    {
        "impact": "impact impacts severity consequence consequences imp sev magnitude impct",
        "likelihood": "likelihood likelyhood likehood probability frequency lhood prob chance lik likeli lklhd likl",
        "score": "score scores rating ratings grade grading scoring exposure ranking",
    }
)
# Under a spanning heading (Inherent, Residual) one letter is enough.
_LETTERS = {"i": "impact", "l": "likelihood", "p": "likelihood", "c": "impact", "s": "score", "r": "score"}
_QUALIFIERS = _words(
    {
        "inherent_": "inherent gross initial uncontrolled raw original unmitigated untreated starting pre premitigation "
        "precontrol baseline absolute",
        "": "residual net nett current controlled mitigated now treated remaining latest post postmitigation "
        "postcontrol todays managed live final closing",
        "target_": "target desired tolerable goal aspirational tolerated wanted optimum optimal projected expected "
        "anticipated future",
        "previous_": "previous was last prior former earlier",
        "proposed_": "proposed",
    }
)
_FILLER = {str(n) for n in range(1, 37)} | {
    *("risk", "risks", "overall", "level", "the", "total", "x", "and", "i", "l", "s", "c", "p", "word", "of", "matrix",
    "assessment", "value", "mitigation", "control", "controls", "quarter", "period", "with", "before", "after", "factor",
    "product", "at", "closure", "figure", "numeric", "numerical", "calculated", "adjusted", "assessed", "a", "out", "to",
    "from", "per")
}  # fmt: skip
# "Trend since the last meeting" is the trend.
_SINCE = re.compile(
    r"(?<=[a-z]) (?:since|from) (?:the )?(?:last|previous|prior) (?:meeting|report|review|quarter|month|period)$"
)
_JOINED = re.compile(r"(?<=[a-z])(?=[A-Z][a-z]|[A-Z]{2}\b)")  # RiskOwner, RiskID
_OF_TABLE = re.compile(r"^'?[\w ]+'?\[([^\[\]]+)\]$")  # Risks[Risk ID], of a chart that was exported
_AGGREGATE = re.compile(r"^(?:sum|first|earliest|latest) of (?=\S)", re.IGNORECASE)
_FACTORS = re.compile(r"([ic]|[lp])x([ic]|[lp])")
LISTS = ("controls", "pending_controls", "updates")
# What a person may say that a column holds, and in which words.
FIELDS = (
    ("reference", "Reference"),
    ("title", "Title of the risk"),
    ("summary", "Description, or the event"),
    ("source", "Cause, or source"),
    ("effect", "Effect, or consequence in words"),
    ("information", "Background"),
    ("category", "Category"),
    ("owner", "Owner"),
    ("responsible_officer", "Responsible officer"),
    ("status", "Status"),
    *(
        (f"{prefix}{base}", f"{words}{name}" if words else name.capitalize())
        for prefix, words in (("inherent_", "Inherent "), ("", ""), ("target_", "Target "))
        for base, name in (("impact", "impact"), ("likelihood", "likelihood"), ("score", "score"))
    ),
    ("previous_score", "Score before this paper"),
    ("proposed_score", "Score proposed"),
    ("band", "Band, or RAG"),
    ("direction", "Direction of travel"),
    ("appetite", "Appetite"),
    ("response", "Response"),
    ("proximity", "Proximity"),
    ("controls", "Controls in place"),
    ("pending_controls", "Controls still to come"),
    ("updates", "Updates, or progress"),
    ("update_date", "Day of the update beside it"),
    ("score_set", "Which scores a row gives: inherent, residual, target"),
    ("first_recorded", "Day first recorded"),
    ("last_review", "Day of the last review"),
    ("next_review", "Day of the next review"),
    ("next_key_date", "Next key date"),
    ("joint_reference", "Reference in the other organisation"),
)


@lru_cache(maxsize=4096)
def field_of(label: str) -> str | None:
    """The field that a heading or label stands for, or None. Scores come with their qualifier: inherent_score."""
    if len(label) > 60:
        return None
    label = _JOINED.sub(" ", _AGGREGATE.sub("", _OF_TABLE.sub(r"\1", label.strip())).replace("_", " "))
    words = re.findall(
        r"[a-z0-9]+", label.casefold().replace("×", " x ").replace("#", " no ").replace("’", "").replace("'", "")
    )
    key = _SINCE.sub("", " ".join(words))
    if key in _EXACT:
        return _EXACT[key] if _EXACT[key] != "matrix_factors" else "score"
    return (
        _qualified(_spelled(words))
        or _banded(words)
        or _EXACT.get(" ".join(word for word in words if word not in ("s", "the")))
        or _EXACT.get(" ".join(re.findall(r"[a-z0-9]+", re.sub(r"\([^()]*\)", " ", label.casefold()))))
        or _EXACT.get("".join(words))
        or ("(" in label and _qualified(re.findall(r"[a-z0-9]+", re.sub(r"\([^()]*\)", " ", label.casefold()))))
        or composed(words)
        or None
    )


def _spelled(words: list[str]) -> list[str]:
    """Words with "ixl" as the impact and likelihood that it stands for."""
    return [part for word in words for part in (_FACTORS.split(word)[1:3] if _FACTORS.fullmatch(word) else [word])]


def letter_field(text: str) -> str | None:
    """impact, likelihood or score from one letter: I, L, S."""
    return _LETTERS.get(text.casefold().strip(" ."))


def is_current(label: str) -> bool:
    """Whether a heading says outright that it is the score as it stands: residual, net, current."""
    words = re.findall(r"[a-z]+", label.casefold())
    return any(_QUALIFIERS.get(word) == "" for word in words)


def _before_or_after(words: list[str]) -> set[str]:
    """Scores before controls are inherent ones, with or after controls residual ones."""
    told = {"before", "after", "with", "pre", "post"} & set(words)
    if not told or not {"controls", "mitigation", "control"} & set(words):
        return set()
    return {"inherent_"} if told & {"before", "pre"} else {""}


def _qualified(words: list[str]) -> str | None:
    bases = [_BASES[word] for word in words if word in _BASES]
    if not bases and {"i", "c"} & set(words) and {"l", "p"} & set(words):
        bases = ["score"]  # "I/L/S current": three numbers in one cell
    qualifiers = list(_before_or_after(words)) or [_QUALIFIERS[word] for word in words if word in _QUALIFIERS]
    if not bases and qualifiers and len(letters := [word for word in words if word in _LETTERS]) == 1:
        bases = [_LETTERS[letters[0]]]  # "Current L", "Target I"
        words = [word for word in words if word not in _LETTERS]
    known = all(word in _BASES or word in _QUALIFIERS or word in _FILLER for word in words)
    if (
        not known or not bases or len(set(qualifiers)) > 1 or words[0].isdigit()
    ):  # "15 (impact 5, likelihood 3)" is a score
        return None
    both = {"impact", "likelihood"} <= set(bases)
    base = "score" if both else next((one for one in bases if one != "score"), "score")
    return (qualifiers[0] if qualifiers else "") + base


_BANDED = {"level", "band", "rag", "priority", "colour", "banding"}


def _banded(words: list[str]) -> str | None:
    """inherent_band of "Risk level (initial)", band of "Current RAG": a qualifier beside a word for the band, nothing else."""
    kinds = {_QUALIFIERS[word] for word in words if word in _QUALIFIERS}
    rest = {word for word in words if word not in _QUALIFIERS and word not in ("of", "the", "status")}
    band = rest <= _BANDED | {"risk"} and bool(rest & _BANDED) and rest != {"level"}
    return f"{kinds.pop()}band" if band and len(kinds) == 1 else None


@lru_cache(maxsize=1024)
def qualifier_of(label: str) -> str | None:
    """The qualifier that a spanning heading gives to the columns below it: "inherent_", "target_", "" for residual."""
    words = re.findall(r"[a-z]+", label.casefold())
    found = _before_or_after(words) or {_QUALIFIERS[word] for word in words if word in _QUALIFIERS}
    fits = words and all(word in _QUALIFIERS or word in _BASES or word in _FILLER for word in words)
    return found.pop() if fits and len(found) == 1 else None


@lru_cache(maxsize=1024)
def fields_merged(label: str) -> tuple[str, str] | None:
    """The two fields of a label in which two labels ran together ("Information Controls"), or None."""
    if field_of(label) or len(label) > 60:
        return None
    words = label.split()
    for n in range(1, len(words)):
        first, second = field_of(" ".join(words[:n])), field_of(" ".join(words[n:]))
        if first and second and first != second:
            return first, second
    return None


def factors_order(label: str) -> str:
    """Which factor comes first in a cell such as "5 x 2 = 10": "impact", "likelihood", or "" where not said."""
    words = re.findall(r"impact|likelihood|severity|probability|consequence", label.casefold())
    if words:
        return "likelihood" if words[0] in ("likelihood", "probability") else "impact"
    short = re.search(r"\b([ilcps])\s*[x×*]\s*([ilcps])\b", label.casefold())
    return {"l": "likelihood", "p": "likelihood"}.get(short[1], "impact") if short else ""
