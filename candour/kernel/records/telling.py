"""What an entry is told as, on the page of a record and on that of its history: the words are those of each app."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Told:
    """One thing that happened, for the timeline. tag is a word of status shown beside the title."""

    day: date
    title: str
    texts: tuple[str, ...] = ()
    why: str = ""
    by: str = ""
    tag: str = ""
    tone: str = ""
    sequence: int = 0


@dataclass(frozen=True)
class Diff:
    """One field of one row: old and new in words, empty where there was or is nothing."""

    field: str
    old: str
    new: str
    name: str = ""  # of the field in its model
    raw: Any = None  # the old value as it is kept


@dataclass(frozen=True)
class Group:
    """The fields of one row that an entry changed, under what the row is."""

    title: str
    diffs: tuple[Diff, ...]
    model: str = ""
    key: int = 0


@dataclass(frozen=True)
class Shown:
    """An entry in full."""

    told: Told
    actor: str
    approver: str
    recorded_at: datetime
    effective: date
    backdated: bool
    groups: tuple[Group, ...]
    hash: str
    holds: bool

    @property
    def fingerprint(self) -> str:
        return f"{self.hash[:4]} {self.hash[4:8]} … {self.hash[-4:]}"
