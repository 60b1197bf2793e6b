"""How a tracker paper says counts, dates, owners and what is amiss. Pure."""

import re
from collections.abc import Sequence
from datetime import date

from candour.kernel.calendar import MONTHS, say_date
from candour.kernel.papers.document import Cell, Paragraph, cell, words
from candour.kernel.papers.say import days, listed
from candour.recommendations import rules
from candour.recommendations.papers.stock import Copy, said_since
from candour.recommendations.queries.rows import OwnerRow, RecommendationRow, TargetRow

TITLE = "Recommendations tracker"
REDACTED = "REDACTED"
NO_OWNER, NO_TARGET, NO_LATER, NO_REPORT = "No post", "No date", "No later date", "Not from a report"
CLOSURES, MOVED, QUIET, FLAGGED, REPEATS, IN_WORDS, ENDED, VERIFIED, TOTALS, OPINIONS = (
    "Proposed closed, for decision",
    "Original dates that have passed or moved",
    "Without an update",
    "Given a new date twice or more",
    "Repeats and revisits",
    "Dates in words",
    "Left the tracker",
    "Looked at again by the auditor",
    "Totals by priority",
    "Totals by opinion",
)
LETTERS = {
    "closures": ("Appendix A", "Closures for decision"),
    "moved": ("Appendix B", "Original dates that have passed or moved"),
    "quiet": ("Appendix C", "No update this period"),
    "noted": ("Appendix D", "Slips, repeats and dates in words"),
    "ended": ("Appendix E", "What has left the tracker"),
    "tracker": ("Appendix F", "The tracker in full"),
    "meaning": ("Appendix G", "What the words mean"),
    "restricted": ("Appendix H", "Restricted recommendations, for panel members only"),
}
STATUS_TONES = {
    "Overdue": "red",
    "Awaiting Response": "amber",
    "Sent Back": "amber",
    "No Date": "amber",
    "Due Soon": "amber",
    "Fell Short": "red",
    "Proposed Closed": "blue",
    "Closed": "green",
    "Verified": "green",
}
SEEN_BY = {"public": "Public", "office": "Office and panel", "restricted": "Panel only"}
RESPONSES = {"accepted": "Accepted", "in part": "Accepted in part", "not accepted": "Not accepted", "": "Not given yet"}
VERDICTS = {
    "implemented": "Implemented",
    "in part": "Implemented in part",
    "not": "Not implemented",
    "superseded": "Superseded",
}
OUTCOMES = {
    "closed": "Closed by the panel",
    "not accepted": "Not accepted",
    "risk accepted": "Risk accepted",
    "superseded": "Superseded",
}


_LIGHT = {"high": "red", "medium": "amber", "low": "green"}
_NONE = re.compile(r"^\W*(?:none|nil|n/?a|no barriers?)\b.{0,20}$", re.IGNORECASE)


def target_words(target: TargetRow) -> str:
    """As it was printed where that says the same day ("March 2019"), else the day; else the words."""
    if target.due is None:
        return target.text.strip() or NO_TARGET
    return target.text.strip() if rules.read_target(target.text) == target.due else say_date(target.due)


def _by_day(targets: Sequence[TargetRow], *, day: date | None) -> str:
    return next((target_words(target) for target in targets if target.due == day), "")


def original_words(row: RecommendationRow) -> str:
    """The earliest first date of its owners; words where none has a day."""
    first = [owner.original for owner in row.owners if owner.original]
    return _by_day(first, day=row.line.original_due) or NO_TARGET


def current_words(row: RecommendationRow) -> str:
    """The date that stands: the earliest of its owners, or the words that one of them has."""
    current = [owner.current for owner in row.owners if owner.current]
    if row.line.due is None:
        return row.printed_target or NO_TARGET
    return _by_day(current, day=row.line.due)


def later_words(row: RecommendationRow) -> str:
    """The date that stands where it is another than the first."""
    return current_words(row) if row.line.slips else NO_LATER


def owner_words(row: RecommendationRow) -> str:
    return listed([owner.owner or NO_OWNER for owner in row.owners]) or NO_OWNER


def owners_cell(row: RecommendationRow) -> Cell:
    """Each owner; where there are several, each with the date that stands for it."""
    if len(row.owners) < 2:
        return cell(owner_words(row))
    said = (f"{owner.owner or NO_OWNER}, {_standing(owner)}" for owner in row.owners)
    return cell(*(Paragraph(words(one)) for one in said))


def _standing(owner: OwnerRow) -> str:
    return target_words(owner.current) if owner.current else NO_TARGET


def report_words(row: RecommendationRow) -> str:
    return row.audit.strip() or NO_REPORT


def reported(row: RecommendationRow) -> str:
    """September 2018: the month of the report, which is what reports are known by."""
    day = row.line.reported_on
    return f"{MONTHS[day.month - 1]} {day.year}"


def priority_cell(row: RecommendationRow) -> Cell:
    """Its word on a light ground: a tall cell in the full colour would shout."""
    return cell(row.line.priority, tone=_LIGHT.get(row.line.tone, "")) if row.line.priority else cell("None")


def status_cell(row: RecommendationRow) -> Cell:
    return cell(row.status, tone=STATUS_TONES.get(row.status, ""))


def last_slip(row: RecommendationRow) -> TargetRow | None:
    """The newest date of any owner that is not the first."""
    slips = [target for owner in row.owners for target in owner.targets if target.number]
    return max(slips, key=lambda target: (target.set_on, target.number), default=None)


def barrier(row: RecommendationRow) -> str:
    """The newest barrier that an owner named; "" where the newest update names none."""
    said = row.updates[-1].barriers.strip() if row.updates else ""
    return "" if rules.nothing(said) or _NONE.match(said) else said


def years(row: RecommendationRow, day: date) -> str:
    return rules.age(row.line.first_reported, day)


def notes(row: RecommendationRow, copy: Copy) -> list[str]:
    """What a reader of one recommendation should not have to find out: late, silent, without a date or an owner ..."""
    since, line = copy.stock.since, row.line
    if line.closed_on:
        return []
    said = []
    if row.late.current:
        said.append(f"{days(row.late.current)} late against the date that stands")
    if row.late.original and row.late.original != row.late.current:
        said.append(f"{days(row.late.original)} past its original date")
    if not line.due and not line.in_words:
        said.append("It has no target date")
    if line.in_words:
        said.append("A target is in words, which no calendar knows")
    if row.flagged:
        said.append(f"The date has moved {line.slips} times")
    if not said_since(row, since):
        why = f"since {say_date(since)}" if row.pk in copy.stock.before else "yet"
        said.append(f"No update {why}")
    if not any(owner.owner for owner in row.owners):
        said.append("No post answers for it")
    return said
