"""Which field a printed heading or label stands for: by synonyms, and by qualifier and base for scores. Pure."""

import re
from functools import lru_cache

_SAME = {
    "reference": "reference|ref|ref no|reference no|reference number|ref number|risk reference|risk ref|urn|"
    "risk ref no|"
    "risk urn|id|risk id|risk no|risk number|unique reference|unique reference number|risk reference number|no|number",
    "title": "title|risk title|risk|risk name|name|name of risk|short title|title of risk",
    "summary": "risk summary|summary|description|risk description|description of risk|summary of risk|event|risk event|"
    "cause and effect|detail|details|risk detail|risk details",
    "information": "information|context|background|further information|additional information|background information|"
    "background and context|risk context",
    "owner": "owner|risk owner|owned by|lead owner|accountable officer|executive owner|senior responsible owner|sro|"
    "accountable|strategic owner|risk owner post|owner post",
    "lead": "risk lead|lead|lead officer|lead post",
    "responsible_officer": "responsible officer|responsible|risk manager|manager|"
    "action owner|responsible post|responsible owner|managed by",
    "status": "status|risk status|control status|current status|status of risk",
    "first_recorded": "first recorded|risk creation date|date raised|raised|date identified|identified|date opened|"
    "opened|created|date created|creation date|date recorded|recorded|date added|date first recorded|entry date|"
    "date entered|date of entry|raised on|first raised|added",
    "last_review": "last review|last reviewed|date last reviewed|last review date|date of last review|reviewed|review|"
    "date reviewed|last updated|date of review|reviewed on|most recent review|date last updated",
    "next_review": "next review|next review date|review due|review by|next review due|review date|date of next review",
    "next_key_date": "next key date|key date|next milestone|next key dates|key dates",
    "direction": "direction of travel|direction|movement|trend|travel|change|risk movement|direction of risk|"
    "change since last|change since last review|change since last meeting|change since last report|risk trend|dot",
    "appetite": "appetite|risk appetite|tolerance|risk tolerance|appetite level",
    "controls": "controls|existing controls|control measures|mitigation|mitigations|mitigating actions|"
    "controls in place|"
    "current controls|key controls|mitigating controls|controls and mitigation|controls and mitigations|"
    "controls and actions|measures in place|control|controls mitigation|controls mitigations|risk controls|"
    "current mitigation|how we control it",
    "pending_controls": "further controls|pending controls|planned controls|additional controls|planned actions|"
    "further actions|actions|actions required|further action|planned mitigation|controls planned|future controls",
    "updates": "latest update|update|updates|progress|progress update|latest updates|commentary|comments|narrative|"
    "latest position|current position|latest progress|update since last meeting|review notes|notes|position statement|"
    "progress updates|risk update|latest commentary|recent updates",
    "band": "rag|rag rating|rag status|risk level|band|priority|risk band|current rag|risk category rating",
    "matrix_factors": "impact x likelihood|likelihood x impact|i x l|l x i",
}
_EXACT = {name: field for field, names in _SAME.items() for name in names.split("|")}
_BASES = {
    **dict.fromkeys(("impact", "severity", "consequence", "consequences"), "impact"),
    **dict.fromkeys(("likelihood", "probability"), "likelihood"),
    **dict.fromkeys(("score", "rating", "grading", "grade"), "score"),
}
_QUALIFIERS = {
    **dict.fromkeys(("inherent", "gross", "initial", "uncontrolled", "raw", "original", "unmitigated"), "inherent_"),
    **dict.fromkeys(("residual", "net", "current", "controlled", "mitigated", "now"), ""),
    **dict.fromkeys(("target", "desired", "tolerable"), "target_"),
    **dict.fromkeys(("previous", "last", "prior", "former"), "previous_"),
    **dict.fromkeys(("proposed",), "proposed_"),
}
_FILLER = {"risk", "overall", "level", "the", "total", "x", "and", "i", "l", "word", "of", "matrix"} | {
    str(n) for n in range(1, 11)
}
LISTS = ("controls", "pending_controls", "updates")


@lru_cache(maxsize=4096)
def field_of(label: str) -> str | None:
    """The field that a heading or label stands for, or None. Scores come with their qualifier: inherent_score."""
    if len(label) > 60:
        return None
    words = re.findall(r"[a-z0-9]+", label.casefold().replace("×", " x ").replace("’", "").replace("'", ""))
    key = " ".join(words)
    if key in _EXACT:
        return _EXACT[key] if _EXACT[key] != "matrix_factors" else "score"
    return _qualified(words) or _EXACT.get(" ".join(word for word in words if word not in ("s", "the")))


def _qualified(words: list[str]) -> str | None:
    bases = [_BASES[word] for word in words if word in _BASES]
    qualifiers = [_QUALIFIERS[word] for word in words if word in _QUALIFIERS]
    known = all(word in _BASES or word in _QUALIFIERS or word in _FILLER for word in words)
    if not known or not bases or len(set(qualifiers)) > 1:
        return None
    both = {"impact", "likelihood"} <= set(bases)
    base = "score" if both else next((one for one in bases if one != "score"), "score")
    return (qualifiers[0] if qualifiers else "") + base


@lru_cache(maxsize=1024)
def qualifier_of(label: str) -> str | None:
    """The qualifier that a spanning heading gives to the columns below it: "inherent_", "target_", "" for residual."""
    words = re.findall(r"[a-z]+", label.casefold())
    found = {_QUALIFIERS[word] for word in words if word in _QUALIFIERS}
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
    short = re.search(r"\b([il])\s*[x×*]\s*([il])\b", label.casefold())
    return {"i": "impact", "l": "likelihood"}[short[1]] if short else ""
