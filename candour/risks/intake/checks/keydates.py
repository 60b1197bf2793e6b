"""The next key date and the next review of each risk against the day of the paper. Pure."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from candour.kernel.calendar import MONTHS, say_date
from candour.kernel.intake.document import Finding, Place
from candour.kernel.intake.printed import blank

from ..joined import Risk, day_of
from ..paper import Paper
from ..values import read_day

_MEETING = re.compile(r"\b(?:panel|committee|board|meeting|jarap|jac|jaac|this paper)\b", re.IGNORECASE)
_MONTH = re.compile(
    rf"^\W*(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month>{'|'.join(name[:3] for name in MONTHS)})[a-z]*\W*"
    r"(?P<year>20\d\d|\d\d)?\b",
    re.IGNORECASE,
)


def check(paper: Paper, risks: Sequence[Risk]) -> Iterator[Finding]:
    """Key dates that lack, have passed or are the meeting itself; reviews that were due before the paper."""
    yield from _missing(risks)
    for risk in risks:
        if not risk.has("closed"):
            yield from _next_review(paper.stands, risk)
            if paper.dated:
                yield from _key_date(paper.dated, risk)


def _place(risk: Risk, name: str) -> Place:
    printed = risk.printed(name)
    return printed.place if printed else risk.appearances[0].place


def _missing(risks: Sequence[Risk]) -> Iterator[Finding]:
    """A card without the key date that most others have."""
    cards = [risk for risk in risks if risk.details and not risk.record["redacted"] and not risk.has("closed")]
    without = [risk for risk in cards if blank(risk.record["next_key_date_text"] or "")]
    if len(cards) < 3 or len(without) * 2 > len(cards):
        return
    for risk in without:
        message = f"{risk.reference}: no next key date is printed; the other risks have one."
        place = risk.details[0].place
        yield Finding(
            "key-date-missing", "warning", place, risk.reference, "no next key date", "a date to come", message
        )


def _key_date(dated: date, risk: Risk) -> Iterator[Finding]:
    text = risk.record["next_key_date_text"] or ""
    day = read_day(text) or read_day(re.split(r"\s[-–—]\s", text)[0])
    found = _MONTH.match(text)
    place = _place(risk, "next_key_date")
    if day and day < dated:
        message = f"{risk.reference}: the next key date, {say_date(day)}, had passed when the paper was written."
        yield Finding("key-date-passed", "warning", place, risk.reference, text, f"after {say_date(dated)}", message)
    elif day == dated or (found and not day and _this_meeting(dated, found, text)):
        message = (
            f"{risk.reference}: the next key date is the meeting of this paper, so nothing is said of what comes next."
        )
        should = f"a date after {say_date(dated)}"
        yield Finding("key-date-meeting", "warning", place, risk.reference, text, should, message)


def _this_meeting(dated: date, found: re.Match[str], text: str) -> bool:
    """Whether words such as "October 23 - Review by the panel" can only be the month and the body of this paper."""
    month = [name[:3].casefold() for name in MONTHS].index(found["month"].casefold()) + 1
    year = int(found["year"]) % 100 if found["year"] else dated.year % 100
    same_year = year == dated.year % 100 or (
        found["year"] is not None and len(found["year"]) == 2 and year <= dated.day
    )
    return month == dated.month and same_year and not found["day"] and bool(_MEETING.search(text))


def _next_review(dated: date | None, risk: Risk) -> Iterator[Finding]:
    next_, last = day_of(risk.record["next_review"]), day_of(risk.record["last_review"])
    place = _place(risk, "next_review")
    if next_ and last and next_ <= last:
        message = f"{risk.reference}: the next review, {say_date(next_)}, is not after the last one, {say_date(last)}."
        says, should = f"next review {say_date(next_)}", f"after {say_date(last)}"
        yield Finding("next-review-before-last", "error", place, risk.reference, says, should, message)
    elif dated and next_ and next_ < dated and not awaits(risk):
        message = f"{risk.reference}: the next review was due on {say_date(next_)}, before the paper."
        says, should = (
            f"next review {say_date(next_)}",
            f"{say_date(dated)} or later, or a status that says it is overdue",
        )
        yield Finding("next-review-passed", "warning", place, risk.reference, says, should, message)


def awaits(risk: Risk) -> bool:
    """Whether the paper itself says that a review or a control of the risk is late."""
    printed = risk.printed("next_review")
    words = f"{risk.record['status'] or ''} {printed.text if printed else ''}".casefold()
    return "awaiting review" in words or "overdue" in words or "late" in words.split()
