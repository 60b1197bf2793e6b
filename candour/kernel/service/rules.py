"""When a token may be used (pure)."""

from collections.abc import Iterable, Mapping
from datetime import date

LONGEST = 366  # days from the day it is made: a year
KEPT_DAYS = 7  # how long the answer to a write is kept for those who ask again with its key
IN_USE, EXPIRED, REVOKED = "In use", "Expired", "Revoked"
STATE_TONES: Mapping[str, str] = {IN_USE: "green", EXPIRED: "line", REVOKED: "red"}


def state(expires_on: date, revoked_on: date | None, today: date) -> str:
    """Whether a token may be used on a day: to the end of its last day, unless it was revoked."""
    if revoked_on is not None:
        return REVOKED
    return EXPIRED if today > expires_on else IN_USE


def narrowed(scopes: Mapping[str, frozenset[int]], permissions: Iterable[str]) -> dict[str, frozenset[int]]:
    """Of what a post may do that which a token may: where both say so, and in the organisations of the post."""
    return {name: scopes[name] for name in map(str, permissions) if name in scopes}
