"""Updates that a cell holds one after another, each with its day before it; and logs kept newest first. Pure."""

import re
from collections.abc import Iterator, Sequence

from candour.audits.intake.days import due_days

from .labels import PERIOD, label_of
from .updates import Story, Update

_DAY = (
    r"\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}\.\d{1,2}\.(?:\d{4}|\d\d)|20\d\d-\d\d-\d\d|"
    r"\d{1,2}(?:st|nd|rd|th)?[ -][A-Z][a-z]{2,8}\.?[ -](?:20)?\d\d"
)
_SIGNED = r"(?:\s*\((?:[A-Z]{2,4}|[^()]{2,30})\))?"  # who wrote it: "12/03/25 (HoF): ..."
# "31/03/24 - The lock is fitted", "[Oct 2024] ...", "Q2 2024/25: ...", "12 March 2025 The lock is fitted".
_OPENS = re.compile(
    rf"^[\[(]?\s*(?:(?:progress |latest )?update[ds]?\s*(?:as at|for|on|of|[:–-])?\s*)?(?P<day>{_DAY}|(?i:{PERIOD}))\s*"
    rf"(?:(?i:\s*update))?[\])]?{_SIGNED}\s*(?:(?:[:–—]|-(?=\s))+\s*|(?<=[\])])\s*|$)(?P<rest>.*)$"
)
_PLAIN = re.compile(rf"^(?P<day>{_DAY})\s+(?P<rest>[A-Z].*)$")
# Where the next begins within a paragraph: after the end of a sentence, a day and a colon or dash, or a day in brackets.
_INSIDE = re.compile(
    rf"(?<=[.;!?])\s+(?=(?:(?:{_DAY}|(?i:{PERIOD}))\s*(?:update\s*)?[:–—]|(?:{_DAY})\s+-\s|\[(?:{_DAY}|(?i:{PERIOD}))\s*\]))"
)


def dated_lines(words: Sequence[str], period: str) -> Iterator[str]:
    """The lines of a cell of updates, each update opened by its label. period: of what stands before the first day."""
    first = True
    for line in words:
        for text in _INSIDE.split(line):
            label = label_of(text, in_update=False)
            if label and label.kind == "update" and label.period:
                yield text
            elif (found := _opened(text)) is not None:
                yield f"Update {found[0]}: {found[1]}".rstrip()
            elif first and not (label and label.kind == "update"):
                yield f"Update {period}:".replace(" :", ":")
                yield text
            else:
                yield text
            first = False


def _opened(text: str) -> tuple[str, str] | None:
    """(the day, what follows it) of a text that begins with its day."""
    found = _OPENS.match(text) or _PLAIN.match(text)
    day = found["day"].strip(" ,(") if found else ""
    return (day, found["rest"].strip()) if found and any(one.date for one in due_days(day)) else None


def oldest_first(stories: Sequence[Story]) -> None:
    """Turns the logs of a table round where more of them run from the newest than to it."""
    runs = [(story, _runs(story.updates)) for story in stories]
    if sum(run for _story, run in runs) < 0:
        for story, run in runs:
            if run < 0:
                story.updates.reverse()


def _runs(updates: Sequence[Update]) -> int:
    """1 where the days of updates run forward, -1 backward, 0 neither or too few to tell."""
    days = [when for one in updates if (when := when_of(one))]
    if len(set(days)) < 2:
        return 0
    return 1 if days == sorted(days) else -1 if days == sorted(days, reverse=True) else 0


def when_of(update: Update) -> str:
    """The day or month that an update is dated, "" where it has none."""
    return update.dated or next((one.date for one in due_days(update.period_text) if one.date), update.period or "")
