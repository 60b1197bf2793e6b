"""The order, the numbers and the times of an agenda (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta


@dataclass(frozen=True)
class Slot:
    """An item as numbering and timing need it: its key, whether it is of the closed part, and its minutes."""

    key: int
    closed: bool
    minutes: int
    number: str = ""


@dataclass(frozen=True)
class Placed:
    """An item with its number on the agenda and the time at which it should begin."""

    key: int
    number: str
    begins: time


def in_parts(slots: Sequence[Slot]) -> list[Slot]:
    """The open part and then the closed part, each in the order given: so that no number or time tells of a closed item."""
    return [slot for slot in slots if not slot.closed] + [slot for slot in slots if slot.closed]


def placed(slots: Sequence[Slot], starts: time) -> list[Placed]:
    """Number and time of each item. A number that went out stands; items without one take the next of their part.

    What is added after the agenda went out is lettered after the last number of its part: 7a, 7b.
    """
    ordered, found, at = in_parts(slots), [], starts
    issued = any(slot.number for slot in ordered)
    last, letters = "", 0
    for place, slot in enumerate(ordered, start=1):
        if not issued:
            number = str(place)
        elif slot.number:
            number, last, letters = slot.number, slot.number, 0
        else:
            letters += 1
            number = f"{last.rstrip('abcdefghijklmnopqrstuvwxyz') or '0'}{letter(letters)}"
        found.append(Placed(slot.key, number, at))
        at = later(at, slot.minutes)
    return found


def letter(count: int) -> str:
    """a for 1, z for 26, aa for 27."""
    text = ""
    while count:
        count, left = divmod(count - 1, 26)
        text = chr(ord("a") + left) + text
    return text


def later(at: time, minutes: int) -> time:
    """The time of day so many minutes later; past midnight it goes on from nought."""
    return (datetime.combine(date.min + timedelta(days=1), at) + timedelta(minutes=minutes)).time()


def moved(keys: Sequence[int], key: int, to: int) -> list[int]:
    """The keys with one of them at a place from 0, the others in their order. Raises ValueError for a key that is not there."""
    rest = [each for each in keys if each != key]
    if len(rest) == len(keys):
        raise ValueError(f"{key} is not among them")
    place = max(0, min(to, len(rest)))
    return [*rest[:place], key, *rest[place:]]
