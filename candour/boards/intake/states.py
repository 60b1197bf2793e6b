"""What a log says of how an action stands: "Late, by 13 days", "Done on 3 June 2026: the letter went out", "Closed". Pure."""

import re
from dataclasses import dataclass
from datetime import date

from candour.kernel.calendar import read_date

# The first word that is found, by the state that it stands for: as rules.acting names states, without the board's numbers.
_WORDS = (
    ("done", r"done|completed?|closed?|discharged|finished|implemented|achieved|actioned|yes"),
    ("superseded", r"replaced|superseded|merged|subsumed"),
    ("dropped", r"dropped|cancelled|withdrawn|no longer required|not required|rejected"),
    ("late", r"late|overdue|past due"),
    ("due soon", r"due soon"),
    (
        "open",
        r"open|on-?going|in progress|not started|not yet due|outstanding|on track|under ?way|active|pending|started|no",
    ),
)
_STATE = re.compile("|".join(rf"(?P<s{n}>{words})" for n, (_, words) in enumerate(_WORDS)), re.IGNORECASE)
_ON = re.compile(r"^[\s,–-]*(?:on\s+)?(?P<day>[^:;.]{6,40}?)\s*(?:[:;.]\s*(?P<rest>.*))?$", re.IGNORECASE | re.DOTALL)
_BY = re.compile(r"\bby\s+(?P<by>\S+)")
_DAYS = re.compile(r"\bby\s+(?P<days>[\d,]+)\s+days?\b", re.IGNORECASE)
_LIKE_A_DAY = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?\s+[A-Za-z]{3,9}\.?,?\s+\d{2,4}\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b\d{4}-\d\d-\d\d\b"
)


@dataclass(frozen=True)
class Said:
    """A state as it is read. word: "" for one that cannot be told; days: by how many it says it is late."""

    word: str
    on: date | None = None
    outcome: str = ""
    by: str = ""
    days: int | None = None


def read_state(text: str) -> Said:
    """The state that a cell prints."""
    found = _STATE.match(text.strip())
    if not found or (text.strip()[found.end() :][:1].isalnum()):
        return Said("")
    word = next(name for n, (name, _) in enumerate(_WORDS) if found[f"s{n}"])
    rest = text.strip()[found.end() :]
    if word == "late":
        days = _DAYS.search(rest)
        return Said(word, days=int(days["days"].replace(",", "")) if days else None)
    if word == "superseded":
        by = _BY.search(rest)
        return Said(word, by=by["by"].rstrip(".,;") if by else "")
    if word not in ("done", "dropped"):
        return Said(word)
    told = _ON.match(rest)
    day = read_date(told["day"].strip()) if told else None
    outcome = ((told["rest"] or "") if told and day else rest.lstrip(" ,:;.–-")).strip()
    return Said(word, on=day, outcome=outcome)


def impossible(text: str) -> bool:
    """Whether a text prints something like a day, of which there is none: 31 June 2026."""
    found = _LIKE_A_DAY.search(text)
    return found is not None and read_date(found[0]) is None and read_date(text) is None


def day_in(text: str) -> date | None:
    """The day that a cell prints, alone or last among other words: the one that stands of "30 April 2026, now 2 June 2026"."""
    days = [read_date(one) for one in [text, *_LIKE_A_DAY.findall(text)[::-1]]]
    return next((day for day in days if day is not None), None)
