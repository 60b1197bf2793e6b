"""How a plan says that an audit stands: the stage that was reached, or that it left the plan. Pure."""

import re
from dataclasses import dataclass

from .labels import year_of

# The furthest first: "Final report issued, fieldwork completed in May" is at its final report.
_REACHED = (
    ("final", r"\bfinal\b(?:\s+(?:audit\s+)?report)?\s*(?:was |has been )?\s*(?:issued|published|sent)|^final(?: report)?\W*$"),
    ("responses", r"\bresponses?\s+(?:received|in|agreed)\b|^responses\W*$"),
    ("draft", r"\bdraft\b(?:\s+(?:audit\s+)?report)?\s*(?:was |has been )?\s*(?:issued|sent)|^(?:at )?draft(?: report)?\W*$"),
    ("exit", r"\bexit meeting\s+(?:was )?held\b|\bfieldwork\s+(?:is )?complete"),
    ("fieldwork", r"\bfieldwork\s+(?:is |has )?(?:in progress|under\s?way|begun|started|commenced|on-?going)|\bin progress\b"),
    ("brief", r"\b(?:terms of reference|tor|(?:audit )?brief)\b\s*(?:was |were |has been )?\s*(?:issued|agreed|sent|out)"),
)  # fmt: skip
_CANCELLED = re.compile(r"\bcancelled\b|\bremoved from (?:the |this )?plan\b|\bwithdrawn\b", re.IGNORECASE)
_DEFERRED = re.compile(r"\bdeferred\b|\bcarried (?:forward|over)\b|\bmoved to (?=(?:20)?\d\d\s?/)", re.IGNORECASE)


@dataclass(frozen=True)
class Status:
    """reached: the stage, "" where none is said. left: "", "cancelled" or "deferred"; to: the year, None where none is said."""

    reached: str = ""
    left: str = ""
    to: str | None = None


def status_of(text: str) -> Status:
    """What the words beside an audit say: "Terms of Reference Issued", "Fieldwork completed", "Deferred to 2024/25"."""
    if _CANCELLED.search(text):
        return Status(left="cancelled")
    if moved := _DEFERRED.search(text):
        return Status(left="deferred", to=year_of(text[moved.start() :]))
    return Status(next((stage for stage, form in _REACHED if re.search(form, text, re.IGNORECASE)), ""))
