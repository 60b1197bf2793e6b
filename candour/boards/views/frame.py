"""What the pages of boards share: finding what stands at an address, addresses, and the tones of states."""

from collections.abc import Mapping

from django.http import Http404
from django.urls import reverse

from candour.boards.models import Board, Item, Meeting
from candour.boards.queries import board_at, item_at, meeting_at
from candour.kernel.web.page import Request

PAPER_TONES: Mapping[str, str] = {"In": "green", "Draft": "blue", "Due": "amber", "Late": "red", "No paper": ""}


def board_found(request: Request, organisation: str, code: str) -> Board:
    """The board at the address. Raises Http404 alike for one that is hidden and one that never was."""
    try:
        return board_at(organisation, code, actor=request.actor)
    except Board.DoesNotExist:
        raise Http404 from None


def meeting_found(request: Request, organisation: str, reference: str) -> Meeting:
    """The meeting at the address. Raises Http404 alike for one that is hidden and one that never was."""
    try:
        found: Meeting = meeting_at(organisation, reference, actor=request.actor)
    except Meeting.DoesNotExist:
        raise Http404 from None
    return found


def item_found(request: Request, organisation: str, reference: str) -> Item:
    """The item at the address. Raises Http404 alike for one that is hidden and one that never was."""
    try:
        return item_at(organisation, reference, actor=request.actor)
    except Item.DoesNotExist:
        raise Http404 from None


def board_address(board: Board, name: str = "board") -> str:
    """The address of a page of a board: board_address(board, "board-seats")."""
    return reverse(name, args=[board.organisation.code, board.code])


def meeting_address(meeting: Meeting, name: str = "meeting") -> str:
    """The address of a page of a meeting."""
    return reverse(name, args=[meeting.record.organisation.code, meeting.record.reference])


def item_address(item: Item, name: str = "item") -> str:
    """The address of a page of an agenda item."""
    return reverse(name, args=[item.record.organisation.code, item.record.reference])
