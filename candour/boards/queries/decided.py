"""What can be asked about the decisions of boards."""

from candour.boards.models import Decision, visible_decisions
from candour.kernel.access import Actor


def decisions_of(organisation: int, *, actor: Actor, most: int = 20) -> list[Decision]:
    """The latest decisions of a body's boards, newest meeting first. One query."""
    rows = Decision.objects.filter(visible_decisions(actor), organisation=organisation)
    return list(rows.order_by("-met_on", "board", "minute", "pk")[:most])
