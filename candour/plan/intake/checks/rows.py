"""What a delivery plan contradicts itself in, or leaves unclear. Pure; nothing is corrected."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from candour.kernel.calendar import say_date
from candour.kernel.intake.document import Finding, Place
from candour.kernel.intake.printed import NUMBER, blank, read_number
from candour.plan import rules
from candour.plan.intake.reading import One, Paper
from candour.plan.intake.words import PLACEHOLDER, asks, nobody

_COUNTED = re.compile(
    rf"\b(?P<count>{NUMBER})\b(?:\s+of(?:\s+the)?\s+\d+)?\s+(?:(?:of them|are|is|rated|were)\s+)*"
    r"(?P<what>blue|red|amber|green|activities|actions|objectives|priorities)\b",
    re.IGNORECASE,
)


def findings_of(paper: Paper) -> list[Finding]:
    """Every finding, in the order in which it is printed."""
    found = [finding for one in paper.rows for finding in _of_row(one, paper)]
    found += _repeated(paper.rows)
    found += _undated(paper.rows)
    found += _counts(paper)
    return sorted(found, key=lambda each: each.place if isinstance(each.place, Place) else Place())


def _of_row(one: One, paper: Paper) -> Iterator[Finding]:
    yield from _of_dates(one, paper.as_at)
    yield from _of_rating(one, paper.as_at)
    if nobody(one.record["owner"]):
        yield Finding(
            "no-owner",
            "warning",
            one.place,
            one.key,
            one.printed.text("owner"),
            "a post",
            "No post answers for it: nobody would be asked what moved",
        )
    texts = [one.record["title"], one.record["text"], *(each["text"] for each in one.record["success"])]
    if found := next((match[0] for text in texts if (match := PLACEHOLDER.search(text))), ""):
        yield Finding(
            "placeholder",
            "note",
            one.place,
            one.key,
            found,
            "a figure or a name",
            f"‘{found}’ was left to be filled in",
        )


def _of_dates(one: One, as_at: date | None) -> Iterator[Finding]:
    for day, words in ((one.start, "begins"), (one.due, "is due"), (one.first, "was first due")):
        if day.impossible:
            yield Finding(
                "date-impossible",
                "error",
                one.place,
                one.key,
                day.text,
                "a day of the calendar",
                f"It {words} on ‘{day.text}’, which is no day",
            )
    dated = {"due", "revised"} & one.printed.columns_named
    if dated and not one.due.day and not one.due.impossible and one.rating.stands != "done":
        yield Finding(
            "no-date",
            "note",
            one.place,
            one.key,
            one.due.text,
            "a day",
            "It has no day by which it is done" if blank(one.due.text) else f"‘{one.due.text}’ is no day",
        )
    if one.start.day and one.due.day and one.due.day < one.start.day:
        yield Finding(
            "due-before-start",
            "error",
            one.place,
            one.key,
            one.due.text,
            f"a day after {say_date(one.start.day)}",
            f"It is due on {say_date(one.due.day)}, before it begins on {say_date(one.start.day)}",
        )
    if as_at and one.due.day and one.due.day < as_at and one.rating.stands != "done" and not one.record["proposes"]:
        yield Finding(
            "past-due",
            "warning",
            one.place,
            one.key,
            one.due.text,
            "a new date with its reason, or done",
            f"It was due on {say_date(one.due.day)}, is not done, and no new date is printed",
        )


def _asks(one: One) -> bool:
    """Whether what is in the way would stand apart: in a column, under a question, or nothing at all is said.

    Of one text that tells how it goes nobody can say by rule that it gives no reason.
    """
    apart = "barriers" in one.printed.columns_named or any(asks(line) for line in one.printed.lines("progress"))
    return apart or ("progress" in one.printed.columns_named and not one.printed.text("progress"))


def _of_rating(one: One, as_at: date | None) -> Iterator[Finding]:
    rating, answers = one.rating, one.answers
    if "brag" in one.printed.columns_named and not rating.word:
        yield Finding("no-rating", "note", one.place, one.key, "", "a rating", "Nobody says how it stands")
    elif rating.word and not rating.stands:
        yield Finding(
            "rating-unknown",
            "warning",
            one.place,
            one.key,
            rating.word,
            "a colour of the plan’s own legend",
            f"‘{rating.word}’ is no rating that is known",
        )
    if rating.fill and rating.colour and rating.fill != rating.colour:
        yield Finding(
            "colour-differs",
            "warning",
            one.place,
            one.key,
            rating.word,
            rating.fill,
            f"The word is {rating.word}, and the cell is {rating.fill}",
        )
    if rating.stands in rules.REASONED and rules.nothing(answers.barriers) and _asks(one):
        yield Finding(
            "no-reason",
            "warning",
            one.place,
            one.key,
            rating.word,
            "what is in the way",
            f"It is {rating.word.lower()}, and nothing says why",
        )
    if rating.stands == "done" and not rules.nothing(answers.left):
        yield Finding(
            "done-with-work-left",
            "warning",
            one.place,
            one.key,
            answers.left.split("\n")[0][:200],
            "nothing left, or not done",
            "It is rated as done, and something is left to do",
        )
    if rating.stands == "done" and as_at and one.start.day and one.start.day > as_at:
        yield Finding(
            "done-before-start",
            "warning",
            one.place,
            one.key,
            one.start.text,
            f"a day before {say_date(as_at)}",
            f"It is rated as done, and begins on {say_date(one.start.day)}",
        )


def _undated(rows: list[One]) -> Iterator[Finding]:
    if rows and not any({"due", "revised"} & one.printed.columns_named for one in rows):
        yield Finding(
            "no-dates",
            "note",
            rows[0].place,
            "",
            "no column of days",
            "a day for each activity",
            "No column says by when: none of its activities can be late",
        )


def _repeated(rows: list[One]) -> Iterator[Finding]:
    times: Counter[str] = Counter(one.record["reference"] for one in rows if one.record["reference"])
    for one in rows:
        reference = one.record["reference"]
        if reference and one.record.get("key"):
            yield Finding(
                "reference-repeated",
                "error",
                one.place,
                one.key,
                reference,
                "a reference of its own",
                f"{reference} stands on {times[reference]} rows",
            )


def _counts(paper: Paper) -> Iterator[Finding]:
    """Counts in sentences against the rows."""
    rows = paper.rows
    colours = Counter(one.rating.colour for one in rows)
    held = {"activities": len(rows), "actions": len(rows)}
    held |= {"objectives": len({one.record["objective"] for one in rows} - {""})}
    held |= {"priorities": len({one.record["priority"] for one in rows} - {""})}
    for line in paper.found.front:
        if len(line.text.split()) < 4:
            continue
        for said in _COUNTED.finditer(line.text):
            what, count = said["what"].lower(), read_number(said["count"])
            known = colours[what] if what in ("blue", "red", "amber", "green") else held[what]
            if count is None or count == known or (what in ("objectives", "priorities") and not known):
                continue
            yield Finding(
                "count-differs",
                "warning",
                line.place,
                "",
                said[0],
                str(known),
                f"It says {said[0]}; its rows hold {known}",
            )
