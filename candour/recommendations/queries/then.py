"""What conditions.py asks of the database, asked of the row of a past day."""

from collections.abc import Callable, Mapping
from datetime import date

from candour.recommendations import rules
from candour.recommendations.models import Closure
from candour.recommendations.queries.conditions import NOBODY
from candour.recommendations.queries.filters import RecommendationFilter
from candour.recommendations.queries.rows import RecommendationRow
from candour.recommendations.rules import Span


def owners_then(row: RecommendationRow) -> list[tuple[int, str]]:
    """The posts that answered for it, by number and title; NOBODY where one was still to be named."""
    found = {owner.owner_id or NOBODY: owner.owner for owner in row.owners}
    return list(found.items()) or [(NOBODY, "")]


def directorates_then(row: RecommendationRow, of: Mapping[int, str]) -> list[str]:
    """The directorates of those who answered for it; "" where one stands in none or is not named. of: by post."""
    return list(dict.fromkeys(of.get(number, "") for number, _ in owners_then(row)))


def slipped_then(row: RecommendationRow, wanted: RecommendationFilter) -> bool:
    """Whether it had slipped as a filter asks."""
    most = row.line.slips if wanted.slips_most is None else wanted.slips_most
    gap = any(target.number and not target.approver for owner in row.owners for target in owner.targets)
    return wanted.slips <= row.line.slips <= most and (gap or not wanted.unapproved)


def dated_then(row: RecommendationRow, wanted: RecommendationFilter, today: date) -> bool:
    """Whether its dates, its slips, its age and what happened to it are as a filter asks."""
    line = row.line
    if wanted.past == "past" and not (line.original_due and line.original_due < today):
        return False
    if wanted.past not in {"", "past", rules.past(line, today)}:
        return False
    if wanted.age and not rules.reported_for(wanted.age, today).holds(line.first_reported):
        return False
    return slipped_then(row, wanted) and (not wanted.happened or HAPPENED_THEN[wanted.happened](row, wanted.span))


def _on_hand(row: RecommendationRow, span: Span) -> bool:
    began = span.last is None or row.line.reported_on <= span.last
    return began and (row.line.closed_on is None or span.first is None or row.line.closed_on >= span.first)


def _sent_back(row: RecommendationRow, span: Span) -> bool:
    return any(each.answer == Closure.Answer.SENT_BACK and span.holds(each.answered_on) for each in row.closures)


def _verified(row: RecommendationRow, span: Span) -> bool:
    standing = [each for each in row.closures if each.lapsed_on is None]
    return any(each.verdict == Closure.Verdict.IMPLEMENTED and span.holds(each.verified_on) for each in standing)


HAPPENED_THEN: Mapping[str, Callable[[RecommendationRow, Span], bool]] = {
    "reported": lambda row, span: span.holds(row.line.reported_on),
    "on hand": _on_hand,
    "closed": lambda row, span: span.holds(row.line.closed_on) and row.line.outcome == "closed",
    "ended": lambda row, span: span.holds(row.line.closed_on) and row.line.outcome != "closed",
    "sent back": _sent_back,
    "verified": _verified,
    "due": lambda row, span: span.holds(row.line.due),
    "undated": lambda row, _span: row.line.due is None,
}
