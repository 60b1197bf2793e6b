"""On which boards a post sits, and of which it is the secretary."""

from django.urls import reverse

from candour.boards.models import Board, Seat, visible_boards
from candour.kernel.establishment.guard import standing_from
from candour.kernel.establishment.work import Source


def _address(code: str, reference: str) -> str:
    return reverse("board", args=[code, reference])


SOURCES = (
    Source(
        name="seat",
        one="seat on a board",
        many="seats on boards",
        order=50,
        rows=lambda actor, today: Seat.objects.filter(
            standing_from(today), visible_boards(actor, "board__"), board__ended_on=None
        ),
        holder="post",
        code="board__organisation__code",
        reference="board__code",
        title="board__name",
        address=_address,
    ),
    Source(
        name="secretary",
        one="board to be secretary of",
        many="boards to be secretary of",
        order=51,
        rows=lambda actor, today: Board.objects.filter(visible_boards(actor), ended_on=None),
        holder="secretary",
        code="organisation__code",
        reference="code",
        title="name",
        address=_address,
    ),
)
