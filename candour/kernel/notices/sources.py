"""What apps add to the sending of notices: where a {link} leads, what is to be reminded of on a day, kinds of letters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from candour.kernel.notices.rules import Pace

Address = Callable[[int, datetime], str | None]
Reminder = Callable[[datetime], int]


@dataclass(frozen=True)
class Kind:
    """A kind of letter. slowest: what a person may choose for it at most; AT_ONCE leaves no choice. why: why no slower.

    A letter with an address in it that opens something by itself is of a kind that comes at once.
    """

    name: str
    words: str
    slowest: Pace
    why: str = ""
    order: int = 50


SET_FOR_A_POST = "A day that was set for your post cannot be switched off"  # why a kind of letter comes within a day

_kinds: dict[str, Kind] = {}
_addresses: dict[str, Address] = {}
_reminders: dict[str, Reminder] = {}


def register_address(about: str, address: Address) -> None:
    """Say where the {link} of notices about something leads: a path, or None where it leads nowhere any more."""
    _addresses[about] = address


def register_kind(kind: Kind) -> None:
    """Make a kind of letter known; of the same name there is one."""
    _kinds[kind.name] = kind


def kinds() -> Mapping[str, Kind]:
    """Every kind of letter by its name, in order."""
    return {kind.name: kind for kind in sorted(_kinds.values(), key=lambda kind: (kind.order, kind.name))}


def register_reminder(name: str, reminder: Reminder) -> None:
    """Add a job that writes the notices due at a moment, and says how many. It must be idempotent."""
    _reminders[name] = reminder


def address_of(about: str, number: int | None, at: datetime) -> str | None:
    """The path that stands for {link}; "" for a notice about nothing in particular."""
    return "" if not about or number is None else _addresses[about](number, at)


def remind(*, at: datetime) -> int:
    """Write all notices that are due; gives how many."""
    return sum(reminder(at) for reminder in _reminders.values())
