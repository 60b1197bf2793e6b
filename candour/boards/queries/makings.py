"""Packs that are being made, or whose making was the last: as the page of a meeting's packs shows them."""

from datetime import datetime, timedelta

from candour.boards.models import Making, Meeting

LOST = timedelta(minutes=10)  # after which nobody is at work on it any more: the server was stopped meanwhile
STOPPED = "It stopped before it was done, because the server was stopped. Begin it again."


def makings_of(meeting: Meeting, *, at: datetime) -> dict[bool, Making]:
    """The last making of each part, by whether that is the closed one. One query.

    One that nobody is at work on any more reads as ended, and says so.
    """
    found = {row.closed: row for row in Making.objects.filter(meeting=meeting).order_by("pk")}
    for row in found.values():
        if lost(row, at):
            row.ended, row.error = True, STOPPED
    return found


def lost(making: Making, at: datetime) -> bool:
    """Whether it was begun so long ago that nobody can be at work on it."""
    return not making.ended and making.begun_at < at - LOST
