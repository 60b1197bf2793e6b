"""Dates against each other and against the paper's own date. Pure."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from candour.kernel.calendar import add_months, read_month, say_date
from candour.kernel.intake.document import Finding, Place, Severity
from candour.kernel.intake.printed import blank

from ..joined import DATES, Risk
from ..paper import Paper
from ..values import read_day
from .controls import last_day
from .keydates import awaits

_QUARTERLY = re.compile(
    r"reviewed (?:at least )?(?:every quarter|each quarter|once a quarter|quarterly|on a quarterly)", re.IGNORECASE
)
_MONTHLY = re.compile(
    r"reviewed (?:at least )?(?:every month|each month|once a month|monthly|on a monthly)", re.IGNORECASE
)
_NO_REVIEW = re.compile(r"\bupdates?\b[^.]{0,60}\b(?:is|are) (?:not|no) (?:a )?reviews?\b", re.IGNORECASE)
_EVERY = re.compile(r"reviewed (?:at least )?every (two|three|four|six|\d{1,2}) months", re.IGNORECASE)
_WORDS = {"two": 2, "three": 3, "four": 4, "six": 6}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LABELS = {"first_recorded": "first recorded", "last_review": "last review", "next_review": "next review"}


def check(paper: Paper, risks: Sequence[Risk]) -> Iterator[Finding]:
    """The paper's date, then each risk's own dates and those of its updates."""
    yield from _paper_date(paper)
    months, words = _interval(paper)
    monthly = _by_month(risks)
    by_band = _intervals_by_band(paper)
    apart = any(_NO_REVIEW.search(block.text) for block in paper.prose)
    for risk in risks:
        yield from _invalid(risk, monthly)
        yield from _order(paper, risk)
        yield from _updates(paper, risk)
        if not apart:
            yield from _newest(risk)
        yield from _key_date(risk)
        every, said = by_band.get(paper.scale.band(risk.record["score"]), (months, words))
        if every and paper.stands and not awaits(risk) and not risk.has("closed"):
            yield from _overdue(paper.stands, every, said, risk)


def _paper_date(paper: Paper) -> Iterator[Finding]:
    weekday = re.match(r"([A-Za-z]+day)\b", paper.date_text)
    if paper.dated and weekday and weekday[1].casefold() in _WEEKDAYS:
        real = _WEEKDAYS[paper.dated.weekday()].capitalize()
        if real.casefold() != weekday[1].casefold():
            message = f"{say_date(paper.dated)} is a {real}."
            yield Finding("paper-weekday", "warning", paper.date_place, "", paper.date_text, real, message)
    elif paper.date_text and not paper.dated:
        message = "The date of the paper cannot be read, so no date was checked against it."
        yield Finding("paper-date", "warning", paper.date_place, "", paper.date_text, "a date", message)


def _interval(paper: Paper) -> tuple[int, str]:
    """The review interval that the paper states for all its risks, in months, and its sentence."""
    for block in paper.prose:
        if not re.search(r"\b(?:all|each|every)\b.*\brisks?\b", block.text, re.IGNORECASE):
            continue
        for sentence in re.split(r"(?<=[.;])\s+", block.text):
            every = _EVERY.search(sentence)
            if every:
                return int(_WORDS.get(every[1].lower(), every[1])), sentence
            if _QUARTERLY.search(sentence):
                return 3, sentence
            if _MONTHLY.search(sentence):
                return 1, sentence
    return 0, ""


_SAID_EVERY = re.compile(
    r"\b(?:(?P<one>monthly|each month|every month)|(?P<three>quarterly|each quarter|every quarter)|"
    r"(?P<six>six[- ]monthly|half[- ]yearly|twice a year)|(?P<twelve>annually|yearly|every year|once a year)|"
    r"(?:at least )?every (?P<number>two|three|four|six|\d{1,2}) months)\b",
    re.IGNORECASE,
)
_MONTHS = {"one": 1, "three": 3, "six": 6, "twelve": 12}


def _intervals_by_band(paper: Paper) -> dict[str, tuple[int, str]]:
    """Band -> months and sentence, from such as "High risks are reviewed monthly, Medium every quarter"."""
    names = "|".join(re.escape(name) for name, _low, _high in sorted(paper.scale.bands, key=lambda one: -len(one[0])))
    found: dict[str, tuple[int, str]] = {}
    for block in paper.prose if names else ():
        for sentence in re.split(r"(?<=[.;])\s+", block.text):
            parts = re.split(rf"\b({names})\b", sentence, flags=re.IGNORECASE)
            if not re.search(r"\breview", sentence, re.IGNORECASE):
                continue
            for name, words in zip(parts[1::2], parts[2::2], strict=True):
                every = _SAID_EVERY.search(words[:60])
                if every:
                    kind, number = str(every.lastgroup), every["number"]
                    months = _MONTHS.get(kind) or int(_WORDS.get(number.lower(), number))
                    band = next(one for one, _l, _h in paper.scale.bands if one.casefold() == name.casefold())
                    found.setdefault(band, (months, sentence))
    return found


def _place(risk: Risk, name: str) -> Place:
    printed = risk.printed(name)
    return printed.place if printed else risk.appearances[0].place


# A day, month and year in figures, or with the month in words: "31/11/2025", "31 November 2025".
_NO_DAY = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}(?:st|nd|rd|th)?[\s-]+(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
    r"[\s-]+(?:\d{4}|\d{2})",
    re.IGNORECASE,
)


def _updates_place(risk: Risk) -> Place:
    places = [one.lists["updates"] for one in (*risk.details, *risk.appearances) if "updates" in one.lists]
    return places[0] if places else risk.appearances[0].place


def _by_month(risks: Sequence[Risk]) -> set[str]:
    """The dates that a register prints as months for all its risks: its habit, and no word for a day."""
    printed = {
        name: [text for risk in risks for one in risk.appearances if not blank(text := one.text(name))]
        for name in DATES
    }
    return {name for name, texts in printed.items() if len(texts) > 1 and all(map(read_month, texts))}


def _invalid(risk: Risk, monthly: set[str]) -> Iterator[Finding]:
    for one in risk.appearances:
        for name in DATES:
            text = one.text(name)
            if text and not blank(text) and not read_day(text) and name not in monthly:
                numbers = bool(_NO_DAY.fullmatch(text.strip()))
                code = "date-invalid" if numbers else "date-in-words"
                severity: Severity = "error" if numbers else "note"
                said = "is no day in the calendar" if numbers else "is not a day"
                message = f"{risk.reference}: {_LABELS[name]} is printed as {text}, which {said}."
                yield Finding(code, severity, one.fields[name].place, risk.reference, text, "a date", message)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _order(paper: Paper, risk: Risk) -> Iterator[Finding]:
    first, last = _day(risk.record["first_recorded"]), _day(risk.record["last_review"])
    if first and last and last < first:
        message = f"{risk.reference} was last reviewed before it was first recorded."
        says = f"first recorded {say_date(first)}, last review {say_date(last)}"
        should = f"{say_date(first)} or later"
        yield Finding(
            "review-before-recorded", "error", _place(risk, "last_review"), risk.reference, says, should, message
        )
    for name in ("first_recorded", "last_review"):
        day = _day(risk.record[name])
        if day and paper.dated and day > paper.dated:
            message = f"{risk.reference}: {_LABELS[name]} lies after the date of the paper."
            should = f"{say_date(paper.dated)} or earlier"
            yield Finding(
                "date-after-paper", "error", _place(risk, name), risk.reference, say_date(day), should, message
            )


def _updates(paper: Paper, risk: Risk) -> Iterator[Finding]:
    first, place = _day(risk.record["first_recorded"]), _updates_place(risk)
    for update in risk.record["updates"]:
        day, text = _day(update["date"]), update.get("date_text", "")
        if text and not day:
            dated = re.fullmatch(r"\d{1,4}\D\d{1,2}\D\d{1,4}", text) or _NO_DAY.fullmatch(text)
            code = "date-invalid" if dated else "date-without-year"
            said = "is no day in the calendar" if dated else "has no year"
            severity: Severity = "error" if dated else "note"
            message = f"{risk.reference}: an update is dated {text}, which {said}."
            yield Finding(code, severity, place, risk.reference, text, "a date with its year", message)
        elif day and paper.dated and day > paper.dated:
            message = f"{risk.reference}: an update is dated after the paper."
            should = f"{say_date(paper.dated)} or earlier"
            yield Finding("update-after-paper", "error", place, risk.reference, text, should, message)
        elif day and first and day < first:
            message = f"{risk.reference}: an update is dated before the risk was first recorded, {say_date(first)}."
            yield Finding(
                "update-before-recorded", "warning", place, risk.reference, text, f"{say_date(first)} or later", message
            )
        if day:
            yield from _deadline(risk, day, update["text"], place)


_DEADLINE = re.compile(
    r"\b(?:to be|will|due to|due for|should|must|expected to|expected|planned for|scheduled for|deadline(?: is| of)?|"
    r"target date(?: is| of)?|aim(?:s|ing)? to)\b\W*"
    r"(?:\w+\W+){0,6}?(?:by|in|on|of|for|is|deadline)?\s*(?:the\s+)?(?:end\s+(?:of\s+)?)?"
    r"((?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\s+(?:\d{4}|\d{2})"
    r"|\d{1,2}/\d{1,2}/(?:\d{4}|\d{2}))\b"
)


def _deadline(risk: Risk, day: date, text: str, place: Place) -> Iterator[Finding]:
    """Something that an update says will be done by a month that had passed when it was written."""
    for found in _DEADLINE.finditer(text):
        last = last_day(found[1])
        if last and last < day:
            message = (
                f"{risk.reference}: the update of {say_date(day)} promises something for {found[1]}, which had passed."
            )
            says = f"{say_date(day)}: {found[0]}"
            yield Finding("deadline-passed", "warning", place, risk.reference, says, f"after {say_date(day)}", message)


def _newest(risk: Risk) -> Iterator[Finding]:
    """The last review against the newest update: one of the two was not kept."""
    days = [day for update in risk.record["updates"] if (day := _day(update["date"]))]
    last = _day(risk.record["last_review"])
    if days and last and max(days) != last:
        newest = say_date(max(days))
        later = "after" if max(days) > last else "before"
        message = f"{risk.reference}: the newest update is of {newest}, {later} the last review of {say_date(last)}."
        place = _place(risk, "last_review")
        yield Finding("last-review", "warning", place, risk.reference, f"last review {say_date(last)}", newest, message)


def _key_date(risk: Risk) -> Iterator[Finding]:
    text = risk.record["next_key_date_text"]
    if not text or blank(text) or read_day(text) or read_day(re.split(r"\s[-–—]\s", text)[0]):
        return
    unclear = re.match(r"([A-Z][a-z]+)\s+(\d{1,2})\b(?!\d)", text)
    message = f"{risk.reference}: the next key date is in words, so no reminder can be set from it."
    if unclear and int(unclear[2]) <= 31:
        message += f" {unclear[0]} may be a day or a year."
    place = _place(risk, "next_key_date")
    yield Finding("key-date-in-words", "note", place, risk.reference, text, "a day, month and year", message)


def _overdue(dated: date, months: int, words: str, risk: Risk) -> Iterator[Finding]:
    """Not reviewed within the interval that the paper states for all its risks, by the newest date it prints."""
    days = [day for update in risk.record["updates"] if (day := _day(update["date"]))]
    seen = [day for day in (_day(risk.record["last_review"]), *days) if day and day <= dated]
    if seen and add_months(max(seen), months) < dated:
        message = (
            f"{risk.reference} was last reviewed on {say_date(max(seen))}, more than {months} months before the paper,"
        )
        message += f" which states: {words}"
        should = f"{say_date(add_months(dated, -months))} or later"
        place = _place(risk, "last_review")
        yield Finding(
            "review-overdue", "warning", place, risk.reference, f"last review {say_date(max(seen))}", should, message
        )
