"""What a long heading means by the words in it, where its exact words are not known. Pure."""

import re
from functools import lru_cache

_DAY = r"\b(?:dates?|target|deadlines?|timescales?|due|completion|implementation)\b"
# By the first form that a heading holds: "Target implementation date (as agreed with management)".
_FORMS = (
    ("updated", r"\b(?:updates?|notes?|comments?)\b.*\bdate$|\bdate\b.*\b(?:updates?|notes?|comments?)\b"),
    ("updates", r"\b(?:updates?|notes?|comments?)$"),
    ("response_text", r"\bmanagement['’]?s? (?:response|action)|\b(?:response|reply)\b"),
    (
        "owner",
        r"\bresponsible\b|\bowners?\b|\bresponsibility\b|\blead (?:officer|manager|post)\b|\baccountable\b|\bassigned\b",
    ),
    (
        "current_target",
        rf"\b(?:revised|extended|current|latest|new|amended|forecast)\b.*{_DAY}|{_DAY}.*\b(?:revised|extended|amended)\b",
    ),
    ("updates", r"\bupdates?\b|\bprogress\b|\bposition\b|\bcomments?\b|\bcommentary\b"),
    ("status", r"\bstatus\b|\bb?rag\b"),
    ("audit_date", r"\b(?:date|month)\b.*\b(?:audit|report)\b|\b(?:audit|report)\b.*\b(?:date|issued|month)\b"),
    ("original_target", _DAY),
    ("priority", r"\bpriority\b|\bgrad(?:e|ing)\b|\brating\b|\bseverity\b"),
    ("opinion", r"\bassurance\b|\bopinion\b"),
    ("reference", r"\bref(?:erence)?\b|\bnumber\b|\bno\b\.?"),
    (
        "text",
        r"\brecommendations?\b|\bagreed actions?\b|\baction(?:s)? required\b|\bcauses? of concern\b|\bareas? for improvement\b",
    ),
    ("finding", r"\bfindings?\b|\bobservations?\b|\bweakness(?:es)?\b|\bissues?\b"),
    ("audit", r"\b(?:audit|report|review|inspection)\b"),
    ("evidence", r"\bevidence\b"),
)
# Days on which something happened: by none of them anything is due.
_HAPPENED = re.compile(
    r"\b(?:updated?|reviewed|raised|added|created|opened|logged|closed|published|received|reported|entered|verified)\b",
    re.IGNORECASE,
)
# What systems and hurried people leave of a word.
_SHORT = {
    "rec": "recommendation", "recs": "recommendations", "mgmt": "management", "mgt": "management", "mgr": "manager",
    "orig": "original", "rev": "revised", "curr": "current", "resp": "responsible", "impl": "implementation",
    "imp": "implementation", "tgt": "target", "desc": "description", "comm": "comments", "dt": "date", "compl": "completion",
    "cmts": "comments", "upd": "update", "prev": "previous", "pri": "priority",
    "pr": "priority", "st": "status", "dte": "date", "auth": "authority",
}  # fmt: skip
_MOST = 9  # words of a heading


def spelt(words: str) -> str:
    """Words of a heading with those that are cut short written out: "mgmt response" is "management response"."""
    return re.sub(r"[a-z]+", lambda one: _SHORT.get(one[0], one[0]), words)


@lru_cache(maxsize=4096)
def guessed(heading: str) -> str | None:
    """The field that the words of a heading speak for; None for a sentence, or where none does."""
    plain = re.sub(r"\([^()]*\)", " ", heading).strip() or heading
    plain = spelt(plain.casefold()) if re.fullmatch(r"[\w ./-]{1,40}", plain) else plain
    if (
        len(heading) > 90
        or len(plain.split()) > _MOST
        or plain.endswith((".", ";"))
        or re.search(r"\d{2}/\d{2}", plain)
    ):
        return None
    found = next((name for name, form in _FORMS if re.search(form, plain, re.IGNORECASE)), None)
    return None if found in ("original_target", "current_target") and _HAPPENED.search(plain) else found
