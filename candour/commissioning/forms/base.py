"""What the forms of agreements share."""

from collections.abc import Iterable
from typing import Any

from candour.kernel.records.forms import VerbForm, words_field
from candour.kernel.web.forms import TextField

__all__ = ["SIGHT", "SIGHT_HINTS", "Choices", "VerbForm", "approver_field", "words_field"]

Choices = Iterable[tuple[Any, str]]
SIGHT = [("public", "Office, panel and public"), ("office", "Office and panel"), ("restricted", "Restricted")]
SIGHT_HINTS = {
    "public": "It may be printed in papers and published.",
    "office": "Everyone who sees agreements in this body, and the panel. Never published.",
    "restricted": "Only its lead and posts that may see restricted records. For everyone else it does not exist: "
    "not in lists, totals, search or papers.",
}


def approver_field() -> TextField:
    """Who approved the change: kept with its entry, and printed beside it."""
    return TextField(
        "Approved by",
        hint="The board or post that approved it",
        missing="Enter the board or post that approved it",
        max_length=200,
    )
