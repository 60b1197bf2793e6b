"""The read lines of meetings and items (pure)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class MeetingRow:
    """The read line of a meeting: organisation, owner and board are ids."""

    reference: str
    organisation: int
    owner: int | None
    sensitivity: str
    board: int
    held_on: date
    issued_on: date | None
    opened_on: date | None
    closed_on: date | None
    called_off_on: date | None
    signed_on: date | None


@dataclass(frozen=True)
class ItemRow:
    """The read line of an agenda item: organisation, owner (who presents) and meeting are ids."""

    reference: str
    organisation: int
    owner: int | None
    sensitivity: str
    meeting: int
    position: int
    closed: bool
    verbal: bool
    papers: int
    drafts: int
    questions: int
    answered: int
    minuted: bool
    withdrawn_on: date | None
