"""What the forms of plans share."""

from collections.abc import Iterable
from typing import Any

from candour.plan import rules

Choices = Iterable[tuple[Any, str]]
SIGHT = [("public", "Office, panel and public"), ("office", "Office and panel"), ("restricted", "Restricted")]
SIGHT_HINTS = {
    "public": "It stands in the public copy of the delivery report.",
    "office": "Everyone who sees the plan in this body, and the panel. Never published.",
    "restricted": "Only its owner and posts that may see restricted records. For everyone else it does not exist: "
    "not in the plan, lists, counts, search or papers.",
}
EVERY = [(str(months), words) for months, words in rules.EVERY.items()]


def no_post(posts: Choices) -> list[tuple[Any, str]]:
    return [("", "No post yet"), *posts]
