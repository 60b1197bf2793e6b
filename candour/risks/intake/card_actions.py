"""Tables of actions inside a card of one risk: what is to be done, by whom, by when, how it goes. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from candour.kernel.intake.document import Cell, Row

from .labels import field_of

CONTINUED = re.compile(r"[\s(\[–—-]+cont(?:inued|[\'’]?d|\.)?[\s.)\]]*$", re.IGNORECASE)
# What stands beside an action: who, when, how far.
_WHO = r"(?:action |control |task )?(?:owner|lead|officer|by whom|who|responsible(?: officer| person)?|assigned to)"
_WHEN = (
    r"(?:by )?when|by|due(?: date| by)?|timescales?|deadline|"
    r"(?:planned |expected |target |completion |due |review |implementation )*(?:date|deadline)"
)
_HOW = (
    r"status|rag(?: status| rating)?|progress(?: update)?|updates?|effectiveness|assurance|comments?|complete(?:d|\?)?"
)
_COUNT = r"no\.?|ref\.?|#|action (?:no|ref)\.?"
_BESIDE = re.compile(rf"^(?:{_WHO}|{_WHEN}|{_HOW}|{_COUNT})$", re.IGNORECASE)
_NUMBER = re.compile(rf"^(?:{_COUNT})$", re.IGNORECASE)
# How an action stands that is still to come no more.
DONE = re.compile(r"^\W*(?:complete[d]?|closed|done|implemented|in place)\W*$", re.IGNORECASE)


@dataclass(frozen=True)
class Actions:
    """A table of actions within a card. column: of the words; field: controls or pending_controls."""

    column: int
    field: str
    width: frozenset[int]

    def read(self, row: Row) -> Cell | None:
        """The cell of the action of a row; None where the row is none of the table."""
        filled = {n for n, text in enumerate(row.texts) if text}
        held = row.cells[self.column] if self.column in filled else None
        if held is None or not filled <= self.width or len(filled) < 2:
            return None
        return None if field_of(row.texts[min(filled)]) else held


def actions_of(row: Row, below: Sequence[Row]) -> Actions | None:
    """The table that a row of headings opens: actions or controls beside who, when or how far, and rows as wide below."""
    filled = {n: text.strip(" :") for n, text in enumerate(row.texts) if text}
    named = {n: name for n, text in filled.items() if (name := field_of(text)) in ("controls", "pending_controls")}
    others = [text for n, text in filled.items() if n not in named]
    if len(named) != 1 or not others or not all(map(_BESIDE.match, others)) or all(map(_NUMBER.match, others)):
        return None
    column, name = next(iter(named.items()))
    found = Actions(column, name, frozenset(filled))
    return found if below and found.read(below[0]) is not None else None
