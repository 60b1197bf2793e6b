"""Votes, and who may take a decision of a value (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Allowed:
    """Up to how many pounds a post or a board may decide; None for any value."""

    up_to: Decimal | None


def may_take(limits: Sequence[Allowed], value: Decimal) -> bool:
    """Whether one of the limits reaches the value, itself included. Nobody may without a limit."""
    return any(each.up_to is None or value <= each.up_to for each in limits)


def vote_refused(for_: int | None, against: int | None, abstained: int | None, there: int) -> str:
    """What is wrong with a vote, in words; "" where nothing is, or where none was taken. there: who counts and was there."""
    votes = (for_, against, abstained)
    if votes == (None, None, None):
        return ""
    if for_ is None or against is None:
        return "Enter the votes for and against, or none at all"
    if sum(each or 0 for each in votes) > there:
        return f"There are more votes than the {there} who were there and may vote"
    if for_ < against:
        return "More voted against than for: nothing was resolved"
    return ""
