"""Targets that cannot be: before the report, passed without a new one, missing, in words, no day of the calendar. Pure."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from candour.audits.intake.days import due_days, last_day
from candour.kernel.calendar import say_date
from candour.kernel.intake.document import Finding

from ..paper import Paper
from ..record import Recommendation


def check(paper: Paper) -> Iterator[Finding]:
    """Each recommendation's targets against its report, the paper's day and the calendar."""
    missing = [finding for one in paper.found for finding in _missing(one)]
    if len(missing) > 1 and len(missing) == len(paper.found) and not any(one.record["targets"] for one in paper.found):
        message = "No recommendation of this paper has a target date."  # said once
        missing = [replace(missing[0], reference="", should="a target date for each", message=message)]
    yield from missing
    for one in paper.found:
        yield from _passed(paper, one)
    for one in paper.told:
        yield from _before(one)
        for day, place in one.story.days:
            if day.impossible:
                yield Finding(
                    "date-invalid",
                    "error",
                    place,
                    one.key,
                    day.text,
                    "a day of the calendar",
                    f"{one.key} prints {day.text}, which is no day.",
                )


def _before(one: Recommendation) -> Iterator[Finding]:
    reported = one.entry.audit.date
    for target in one.story.targets[:1]:
        due = last_day(target.date)
        if due and reported and due < date.fromisoformat(f"{reported[:7]}-01"):
            text = one.entry.audit.date_text or reported
            message = f"{one.key} was due by {target.text}, before the report of {text} was made."
            yield Finding(
                "target-before-audit", "warning", target.place, one.key, target.text, f"a day from {text} on", message
            )


def _missing(one: Recommendation) -> Iterator[Finding]:
    record, place = one.record, one.entry.place
    noted = one.story.noted
    if "no target date" in noted or "in words" in noted or (one.story.quoted and record["outcome"]):
        return
    if not record["targets"]:
        message = f"{one.key} has no target date."
        yield Finding("target-missing", "warning", place, one.key, "no target", "a target date", message)
    elif not one.story.targets:
        message = f"{one.key} has no target date in its entry; only the table of exceeded targets gives one."
        yield Finding("target-not-printed", "note", place, one.key, "no target", record["targets"][-1]["text"], message)
    elif record["current_target"] is None and not any(
        day.impossible for day in due_days(record["targets"][-1]["text"])
    ):
        words = record["targets"][-1]["text"]
        message = f"The target of {one.key} is in words ({words}), so no reminder can be set from it."
        yield Finding("target-in-words", "note", one.story.targets[-1].place, one.key, words, "a day", message)


def _passed(paper: Paper, one: Recommendation) -> Iterator[Finding]:
    due, stands = last_day(one.record["current_target"]), paper.stands
    over = one.record["outcome"] not in (None, "partly_implemented", "not_implemented")
    if not due or not stands or due >= stands or one.record["proposed_closed"] or over:
        return
    if "late against" in one.story.noted:
        return
    message = (
        f"The target of {one.key}, {one.record['current_target_text']}, had passed when this paper was written; it "
        f"has no new one."
    )
    yield Finding(
        "target-passed",
        "warning",
        one.entry.place,
        one.key,
        one.record["current_target_text"],
        f"a day from {say_date(stands)} on, or closure",
        message,
    )
