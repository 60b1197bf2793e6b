"""Each recommendation of each report: who, when, and slips in its words. Pure."""

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from candour.audits.intake.days import due_days
from candour.audits.intake.prose import named_twice, shared_twice
from candour.kernel.intake.document import Finding, Severity
from candour.kernel.intake.printed import words_key

from ..found import Recommendation, Report
from ..paper import Paper

# What a paper says itself is lacking is no contradiction.
_NOBODY = re.compile(r"^\W*(?:nobody|no post|no owner)\b", re.IGNORECASE)
_UNDATED = re.compile(r"\bno (?:target )?date\W*$", re.IGNORECASE)
_DONE = re.compile(r"^\W*(?:implemented|completed?|done|actioned)\b", re.IGNORECASE)


def check(paper: Paper) -> Iterator[Finding]:
    """Report by report, in the order printed."""
    for report in paper.reports:
        for one in report.recommendations:
            if not one.brief:
                yield from _who_and_when(report, one)
            for day in due_days("\n".join(one.part(name) for name in one.parts)):
                if day.impossible:
                    message = f"{_name(report, one)} prints {day.text}, which is no day."
                    yield Finding(
                        "date-invalid", "error", one.place, report.title, day.text, "a day of the calendar", message
                    )
            if one.broken:
                message = (
                    f"{_name(report, one)}: its label stands in the middle of its text, so text and finding are "
                    f"read as one."
                )
                yield Finding(
                    "text-run-together",
                    "note",
                    one.place,
                    report.title,
                    f"{one.part('text')[:80]} ...",
                    "a text and a finding",
                    message,
                )
        yield from _said_done(report)
        yield from _twice(report)


def _name(report: Report, one: Recommendation) -> str:
    return f"{report.title}, recommendation {one.number}"


def _who_and_when(report: Report, one: Recommendation) -> Iterator[Finding]:
    name, said = _name(report, one), one.part("timescale")
    done = any(_DONE.match(line) for line in said.split("\n"))
    if not one.owners and not _NOBODY.search(said):
        severity: Severity = "note" if done else "warning"
        should = "a post"
        yield Finding(
            "owner-missing",
            severity,
            one.place,
            report.title,
            said or "no owner",
            should,
            f"{name} names nobody who answers for it.",
        )
    elif one.owners and not any(owner["role"] for owner in one.owners):
        message = f"{name} names people and no post. Candour keeps posts."
        yield Finding("owner-without-post", "note", one.place, report.title, one.owners[0]["name"], "a post", message)
    if not said:
        yield Finding(
            "target-missing",
            "warning",
            one.place,
            report.title,
            "no target",
            "a target date",
            f"{name} has no target date.",
        )
    elif not one.targets and not done and not _UNDATED.search(said):
        message = f"The target of {name} is in words ({said}), so no reminder can be set from it."
        yield Finding("target-in-words", "note", one.place, report.title, said, "a day", message)


def _said_done(report: Report) -> Iterator[Finding]:
    """A report that says that all is completed, beside a recommendation that is due on a day and not all completed."""
    if not re.search(r"\b(?:both|all)\b[^.]{0,60}\bcompleted\b", report.agreed, re.IGNORECASE):
        return
    for one in report.recommendations:
        if one.targets and not one.brief:
            message = (
                f"{_name(report, one)} is due by {one.targets[-1].text}, but the report says that all had been "
                f"completed."
            )
            yield Finding(
                "completed-but-due", "warning", one.place, report.title, one.part("timescale"), report.agreed, message
            )


def _twice(report: Report) -> Iterator[Finding]:
    """Groups named twice in a split or a list, over the points of a cell too; a point that a list has twice."""
    told: set[str] = set()
    for place, group in groupby(report.lines, key=lambda line: line.place):
        lines = list(group)
        found = [*shared_twice(" ".join(line.words for line in lines))]
        found += [one for line in lines for one in named_twice(line.words)]
        for name, said in found:
            if said not in told:
                told.add(said)
                message = f"{report.title} names {name} twice in one list."
                yield Finding("group-twice", "warning", place, report.title, said, "each once", message)
        items = [line.words for line in lines if line.kind == "item"]
        for before, after in pairwise(items):
            if len(before) > 8 and words_key(after).startswith(words_key(before)):
                message = f"{report.title} lists “{before}” twice."
                yield Finding("item-twice", "warning", place, report.title, before, "each once", message)
