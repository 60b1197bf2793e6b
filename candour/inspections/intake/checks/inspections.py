"""Findings about one inspection of a list. Pure."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from candour.inspections.rules.items import CAUSE
from candour.kernel.calendar import days_late, say_date
from candour.kernel.intake.document import Finding
from candour.kernel.intake.printed import blank, words_key

# Source: HMICFRS, What is PEEL: five grades since 2021/22, four before.
FIVE_SINCE = date(2021, 4, 1)
FOUR = ("outstanding", "good", "requires improvement", "inadequate")
FIVE = ("outstanding", "good", "adequate", "requires improvement", "inadequate")
UNGRADED = ("ungraded", "not graded", "no grade")


def of_inspection(one: Any, as_at: date | None) -> Iterator[Finding]:
    """Everything about one inspection. one: a paper.Found. as_at: the day of which the paper speaks."""
    yield from _days(one)
    yield from _grades(one)
    yield from _numbers(one)
    yield from _items(one, as_at)


def _days(one: Any) -> Iterator[Finding]:
    for text, place in one.no_days:
        said = f"‘{text[:60]}’ is no day. It is kept as printed, and nothing is dated by it"
        yield Finding("date-unreadable", "error", place, one.key, text, "A day such as 17 October 2024", said)


def _grades(one: Any) -> Iterator[Finding]:
    day = date.fromisoformat(one.record["date"]) if one.record["date"] else None
    scale = FOUR if day and day < FIVE_SINCE else FIVE
    for given in one.record["grades"]:
        word = words_key(given["grade"])
        if word in scale or word in UNGRADED or blank(given["grade"]):
            continue
        many = "four grades before April 2021" if scale is FOUR else "five grades since April 2021"
        said = f"{given['area']}: ‘{given['grade']}’ is not on the scale of its date, the {many}"
        should = ", ".join(each.capitalize() for each in scale)
        yield Finding("grade-off-scale", "error", given["place"], one.key, given["grade"], should, said)


def _numbers(one: Any) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, place in one.numbers:
        if words_key(number) in seen:
            said = f"The number {number} is given twice in {one.key}"
            yield Finding("number-repeated", "error", place, one.key, number, "One number an item", said)
        seen.add(words_key(number))


def _items(one: Any, as_at: date | None) -> Iterator[Finding]:
    items = one.record["items"]
    for name, place in one.no_sorts:
        said = f"{name}: it is not said whether this is a recommendation, and it is read as one"
        should = "Recommendation, area for improvement or cause of concern"
        yield Finding("kind-unsaid", "note", place, one.key, name, should, said)
    for item in items:
        name = item["number"] or item["text"][:60]
        if item["sort"] == CAUSE and not any(each["under"] == (item["number"] or item["text"]) for each in items):
            said = f"{name}: no recommendation stands under this cause of concern"
            should = "One recommendation at least under each cause of concern"
            yield Finding("cause-alone", "warning", item["place"], one.key, name, should, said)
        due = date.fromisoformat(item["due"]) if item["due"] else None
        if as_at and due and due < as_at and not item["closed"]:
            late = days_late(due, as_at)
            said = f"{name} was due on {say_date(due)}, {late} {'day' if late == 1 else 'days'} before the day of the paper"
            yield Finding(
                "due-passed", "warning", item["place"], one.key, item["due_text"], "A new date, or closed", said
            )
