"""What can be asked about the decisions of boards."""

from django.db.models import Q

from candour.boards.access import BoardPermission
from candour.boards.models import Decision
from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE


def visible_decisions(actor: Actor) -> Q:
    """Decisions of the bodies for which an actor may see them."""
    see = actor.scope(BoardPermission.SEE)
    return Q() if EVERYWHERE in see else Q(organisation__in=see)


def decisions_of(organisation: int, *, actor: Actor, most: int = 20) -> list[Decision]:
    """The latest decisions of a body's boards, newest meeting first. One query."""
    rows = Decision.objects.filter(visible_decisions(actor), organisation=organisation)
    return list(rows.order_by("-met_on", "board", "minute", "pk")[:most])
