"""What apps add to the sending of notices: where a {link} leads, and what is to be reminded of on a day."""

from collections.abc import Callable
from datetime import datetime

Address = Callable[[int, datetime], str | None]
Reminder = Callable[[datetime], int]

_addresses: dict[str, Address] = {}
_reminders: dict[str, Reminder] = {}


def register_address(about: str, address: Address) -> None:
    """Say where the {link} of notices about something leads: a path, or None where it leads nowhere any more."""
    _addresses[about] = address


def register_reminder(name: str, reminder: Reminder) -> None:
    """Add a job that writes the notices due at a moment, and says how many. It must be idempotent."""
    _reminders[name] = reminder


def address_of(about: str, number: int | None, at: datetime) -> str | None:
    """The path that stands for {link}; "" for a notice about nothing in particular."""
    return "" if not about or number is None else _addresses[about](number, at)


def remind(*, at: datetime) -> int:
    """Write all notices that are due; gives how many."""
    return sum(reminder(at) for reminder in _reminders.values())
