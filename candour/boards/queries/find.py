"""Finding a board, a meeting or an agenda item at its address, as an actor may see it."""

from typing import Any

from django.db.models import OuterRef, Subquery

from candour.boards.access import BoardPermission
from candour.boards.models import Board, Item, Meeting, visible_boards
from candour.kernel.access import Actor
from candour.kernel.records.models import visible


def board_at(organisation: str, code: str, *, actor: Actor) -> Board:
    """The board at an address. Raises Board.DoesNotExist alike for one that is hidden and one that never was."""
    rows = Board.objects.filter(visible_boards(actor)).select_related("organisation", "secretary", "parent")
    return rows.get(organisation__code=organisation, code=code)


def boards_seen(actor: Actor) -> list[Board]:
    """The boards that an actor may see and that have not ended, by body and name. One query."""
    rows = Board.objects.filter(visible_boards(actor), ended_on=None).select_related(
        "organisation", "secretary", "parent"
    )
    return list(rows.order_by("organisation__name", "name", "pk"))


def meeting_at(organisation: str, reference: str, *, actor: Actor) -> Any:
    """The meeting at an address, with `last_met`: the day of the one before it, None for the first.

    Raises Meeting.DoesNotExist alike for one that is hidden and one that never was.
    """
    seen = visible(actor, BoardPermission.SEE, "record__")
    before = Meeting.objects.filter(seen, board=OuterRef("board"), held_on__lt=OuterRef("held_on"), called_off_on=None)
    rows = Meeting.objects.filter(seen).annotate(last_met=Subquery(before.order_by("-held_on").values("held_on")[:1]))
    rows = rows.select_related(
        "record__organisation", "record__owner", "board__organisation", "board__secretary", "signed_by"
    )
    return rows.get(record__organisation__code=organisation, record__kind="meeting", record__reference=reference)


def item_at(organisation: str, reference: str, *, actor: Actor) -> Item:
    """The agenda item at an address. Raises Item.DoesNotExist alike for one that is hidden and one that never was."""
    rows = Item.objects.filter(visible(actor, BoardPermission.SEE, "record__"))
    rows = rows.select_related("record__organisation", "record__owner")
    rows = rows.select_related("meeting__board__organisation", "meeting__record__organisation")
    return rows.get(record__organisation__code=organisation, record__kind="item", record__reference=reference)
