"""What is counted, and how the minute is shared out between processes (pure)."""

from dataclasses import dataclass
from datetime import datetime

MINUTE = 60  # seconds
SHARES = 10  # into which the count of a minute is cut: each process takes one at a time


@dataclass(frozen=True)
class Limit:
    """What may be done so often within a minute.

    usual: how often without a setting; 0 in the setting counts nothing. words: what was done too often, for whoever did.
    counts: whose count it is.
    """

    name: str
    usual: int
    words: str
    counts: str


LIMITS = {
    limit.name: limit
    for limit in (
        Limit("public", 300, "opened pages", "an address on the network, or a person who is signed in"),
        Limit("search", 120, "searched", "a person"),
        Limit("papers", 60, "asked for papers and files", "a person"),
        Limit("uploads", 60, "sent files", "a person"),
        Limit("guesses", 20, "tried links, tokens or letters that open nothing", "an address on the network"),
        Limit("api", 600, "asked with this token", "a service token"),
    )
}


def share_of(most: int) -> int:
    """How many of a minute's count a process takes at a time: a tenth, at least one."""
    return max(1, most // SHARES)


def minute_of(at: datetime) -> int:
    """The number of the minute, since 1970."""
    return int(at.timestamp()) // MINUTE


def left_of(at: datetime) -> int:
    """Whole seconds until the next minute begins, 1 to 60."""
    return MINUTE - int(at.timestamp()) % MINUTE
