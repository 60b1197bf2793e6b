"""When a letter comes to somebody, and what it means that one came back (pure)."""

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
HOURS = range(6, 21)  # of the day, at which a letter that gathers others may come
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Pace(StrEnum):
    """How soon a letter comes."""

    AT_ONCE = "at once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


PACES = tuple(Pace)  # from the quickest to none
PACE_WORDS: Mapping[Pace, str] = {
    Pace.AT_ONCE: "At once",
    Pace.DAILY: "In one letter a day",
    Pace.WEEKLY: "In one letter a week",
    Pace.NEVER: "Not by e-mail",
}


def offered(slowest: Pace) -> tuple[Pace, ...]:
    """What a person may choose for a kind of letter."""
    return PACES[: PACES.index(slowest) + 1]


def pace_of(wished: str, slowest: Pace) -> Pace:
    """How soon a letter comes: as wished, and no slower than its kind allows; at once where nothing was wished."""
    allowed = offered(slowest)
    return Pace(wished) if wished in allowed else allowed[-1] if wished in PACES else Pace.AT_ONCE


def next_due(pace: Pace, *, hour: int, weekday: int, after: datetime) -> datetime:
    """When the letter that gathers others is due next after a moment: at the hour in London, of the day or the weekday."""
    day = after.astimezone(LONDON).date()
    if pace is Pace.WEEKLY:
        day += timedelta(days=(weekday - day.weekday()) % 7)
    due = datetime.combine(day, time(hour), LONDON)
    if due <= after:
        due = datetime.combine(day + timedelta(days=7 if pace is Pace.WEEKLY else 1), time(hour), LONDON)
    return due


# What an enhanced status code says of the cause (RFC 3463, sections 3.2 to 3.8), and what mends it.
CAUSES: Mapping[str, str] = {
    "1.1": "There is no such mailbox: correct the address of the person",
    "1.2": "There is no such mail server: correct the address of the person",
    "1.3": "The address is not written as an address: correct it",
    "1.6": "The mailbox has moved and left no address: ask the person for the new one",
    "1.10": "The domain takes no mail: correct the address of the person",
    "2.1": "The mailbox is shut: ask whoever keeps it, or correct the address",
    "2.2": "The mailbox is full: ask the person to make room, then send it again",
    "2.3": "The letter is too long for the mailbox: ask whoever keeps it",
    "4.1": "The mail server did not answer: ask whoever keeps it, then send it again",
    "4.4": "There is no way to the mail server: correct the address, or ask whoever keeps the server",
    "4.7": "The mail server did not take it in time: send it again",
    "7.1": "The mail server may not take it from us: ask whoever keeps it to let letters of Candour in",
}
OF_SUBJECTS: Mapping[str, str] = {
    "1": "The address is wrong: correct it",
    "2": "The mailbox takes nothing: ask whoever keeps it",
    "3": "The mail server takes nothing: ask whoever keeps it, then send it again",
    "4": "The way to the mail server failed: send it again, and ask whoever keeps it if that fails",
    "5": "The mail servers did not understand each other: ask whoever keeps them",
    "6": "The letter was refused for what is in it: ask whoever keeps the mail server",
    "7": "The mail server may not take it from us: ask whoever keeps it to let letters of Candour in",
}
UNKNOWN = "The mail server refused it: ask whoever keeps it, or correct the address"


def cause(status: str) -> str:
    """Why a letter came back and what mends it, by its enhanced status code."""
    subject, detail = _parts(status)
    return CAUSES.get(f"{subject}.{detail}") or OF_SUBJECTS.get(subject) or UNKNOWN


def for_good(status: str) -> bool:
    """Whether a refused letter is given up until a person mends its address: the code is about the address, the mailbox or
    the letter itself (X.1, X.2, X.6). What is about the server, the way to it or its rules is mended there, and tried again.
    """
    return _parts(status)[0] in {"1", "2", "6"}


def shuts(status: str) -> bool:
    """Whether a permanent failure means that the address itself does not receive: it is wrong (X.1), or shut (X.2.1)."""
    subject, detail = _parts(status)
    return subject == "1" or (subject, detail) == ("2", "1")


def _parts(status: str) -> tuple[str, str]:
    """(subject, detail) of an enhanced status code."""
    _, _, rest = status.partition(".")
    subject, _, detail = rest.partition(".")
    return subject, detail


ENHANCED = re.compile(r"(?:^|\D)([245]\.\d{1,3}\.\d{1,3})(?!\d)")
NO_MAILBOX = re.compile(
    r"no such|unknown|not (?:exist|found|known)|doesn.t exist|invalid|unavailable|disabled", re.IGNORECASE
)


def status_in(code: int, words: str) -> str:
    """The enhanced status code of a server's reply (RFC 2034); where it gives none, what its reply code means (RFC 5321,
    4.2.3). 550 alone is said of a mailbox that is not there, and of much else: the words tell which.
    """
    if found := ENHANCED.search(words):
        return found[1]
    if code == 550:
        return "5.1.1" if NO_MAILBOX.search(words) else "5.7.0"
    known = {551: "5.1.6", 552: "5.2.2", 553: "5.1.3", 556: "5.1.10"}
    return known.get(code, "5.3.0" if code >= 500 else "4.3.0")
