"""What else the panel should note: second slips, repeats, dates in words; what left the tracker and what was verified. Pure."""

from collections.abc import Iterator

from candour.kernel.calendar import say_date
from candour.kernel.papers.document import (
    Block,
    Cell,
    Column,
    Paragraph,
    cell,
    para,
    words,
)
from candour.kernel.papers.say import lines, listed, short_day
from candour.recommendations.papers.lists import Anchors
from candour.recommendations.papers.stock import Copy
from candour.recommendations.papers.words import (
    ENDED,
    FLAGGED,
    IN_WORDS,
    OUTCOMES,
    REPEATS,
    VERDICTS,
    VERIFIED,
    original_words,
    owner_words,
    status_cell,
    target_words,
    years,
)
from candour.recommendations.queries.rows import RecommendationRow

_FLAGGED: tuple[Column, ...] = (
    Column("Owner", 18),
    Column("Slips", 6, "right", "number"),
    Column("Every date in turn", 34),
)
_REPEATS: tuple[Column, ...] = (
    Column("Repeats", 18),
    Column("First reported", 13),
    Column("Age", 14),
    Column("Status", 11),
)
_WORDS: tuple[Column, ...] = (Column("Owner", 18), Column("Original target", 14), Column("As printed", 26))
_ENDED: tuple[Column, ...] = (Column("On", 12), Column("How", 14), Column("Decided by", 26))
_VERIFIED: tuple[Column, ...] = (Column("Looked at", 12), Column("What was found", 14), Column("In words", 28))


def noted(copy: Copy, anchors: Anchors) -> Iterator[Block]:
    """Second slips, repeats with their age, and dates that no calendar knows."""
    if not (copy.flagged or copy.repeats or copy.words):
        yield para("No date has moved twice, nothing is a repeat, and every date is a day.")
    if copy.flagged:
        yield anchors.table(
            FLAGGED, _FLAGGED, copy.flagged, lambda row: (owner_words(row), str(row.line.slips), _ledgers(row))
        )
    if copy.repeats:
        yield anchors.table(REPEATS, _REPEATS, copy.repeats, lambda row: _repeat(row, copy))
    if copy.words:
        yield anchors.table(
            IN_WORDS, _WORDS, copy.words, lambda row: (owner_words(row), original_words(row), _printed(row))
        )


def _ledgers(row: RecommendationRow) -> Cell:
    each = [
        Paragraph(words(", then ".join(target_words(target) for target in owner.targets)))
        for owner in row.owners
        if owner.slips > 1
    ]
    return cell(*each)


def _printed(row: RecommendationRow) -> str:
    return listed([target_words(one.current) for one in row.owners if one.current and one.current.due is None])


def _repeat(row: RecommendationRow, copy: Copy) -> tuple[Cell | str, ...]:
    earlier = copy.near(row.repeat_of_id)
    return (
        earlier.reference if earlier else "An earlier one",
        short_day(row.line.first_reported),
        years(row, copy.stock.as_at),
        status_cell(row),
    )


def ended(copy: Copy, anchors: Anchors) -> Iterator[Block]:
    """What left the tracker and how, and what the auditor found of closures."""
    since = say_date(copy.stock.since)
    if copy.ended:
        yield anchors.table(f"{ENDED} since {since}", _ENDED, copy.ended, _ended)
    else:
        yield para(f"Nothing has left the tracker since {since}.")
    if copy.verified:
        yield anchors.table(f"{VERIFIED} since {since}", _VERIFIED, copy.verified, _verified)
    else:
        yield para(f"The auditor has looked at no closure since {since}.")


def _ended(row: RecommendationRow) -> tuple[Cell | str, ...]:
    closed_on = row.line.closed_on
    closure = row.closure if row.line.outcome == "closed" else None
    decided = (closure.decision if closure else "") or "No meeting is recorded"
    return (short_day(closed_on) if closed_on else "", OUTCOMES.get(row.line.outcome, "Ended"), decided)


def _verified(row: RecommendationRow) -> tuple[Cell | str, ...]:
    closure = row.closure
    if closure is None or closure.verified_on is None:
        return ("", "", "")
    found = cell(*lines(closure.found)) if closure.found.strip() else "Nothing more is said"
    return (short_day(closure.verified_on), VERDICTS[closure.verdict], found)
