"""An update cycle: how an answer stands on a day, when a link opens, and which reminders are due. Dates in, nothing stored."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from candour.recommendations.rules.prompts import Check

State = Literal["answered", "thin", "late", "none", "over"]
STATES: tuple[State, ...] = ("none", "late", "thin", "answered")
STATE_WORDS: Mapping[State, str] = {
    "answered": "An answer that passes every check, or a closure that waits for the panel.",
    "thin": "An answer that fails at least one check: it may be sent back.",
    "late": "No answer, and the day by which it was asked for has passed.",
    "none": "No answer yet.",
    "over": "It has ended since, and nothing is asked of it any more.",
}


@dataclass(frozen=True)
class Asked:
    """What was asked of a post about one recommendation: by when, when it answered, and whether it came to an end since.

    answered_on is None where there is no answer or the last one was sent back. proposed: a closure waits for the panel.
    """

    due: date
    answered_on: date | None = None
    proposed: bool = False
    ended: bool = False


def state(asked: Asked, checks: Sequence[Check], today: date) -> State:
    """How an answer stands on a day. checks: those on the answer that stands; none where there is none."""
    return state_of(asked, all(check.passed for check in checks), today)


def state_of(asked: Asked, sound: bool, today: date) -> State:
    """The same where it is known whether the answer that stands passes every check."""
    if asked.answered_on is not None:
        return "answered" if sound else "thin"
    if asked.ended:
        return "over"
    if asked.proposed:
        return "answered"
    return "late" if today > asked.due else "none"


def open_to(state: State) -> bool:
    """Whether the post still owes an answer."""
    return state in {"none", "late"}


Opens = Literal["", "closed", "revoked", "expired"]


def shut(*, revoked_on: date | None, expires: date, closed_on: date | None, today: date) -> Opens:
    """Why a link does not open on a day; "" where it does. It opens on the day of its expiry for the last time."""
    if revoked_on is not None:
        return "revoked"
    if closed_on is not None:
        return "closed"
    return "expired" if today > expires else ""


@dataclass(frozen=True)
class Days:
    """The days of a cycle's reminders: before the due day, after it, and after it to the line above; 0 for none of them."""

    before: int
    after: int
    line: int


Reminder = Literal["before", "after", "line"]


def reminders(days: Days, *, due: date, today: date) -> Iterator[Reminder]:
    """The reminders whose day has come. One that was missed comes late, but none before the due day comes after it."""
    if days.before and due - timedelta(days=days.before) <= today <= due:
        yield "before"
    if days.after and today >= due + timedelta(days=days.after):
        yield "after"
    if days.line and today >= due + timedelta(days=days.line):
        yield "line"
